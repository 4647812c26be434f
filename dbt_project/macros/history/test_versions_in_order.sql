{#-
  The versions of each key follow one another: every one begins before it ends and ends before the next begins, all
  but the last have an end, and an end has a reason. Returns the versions that do not. One pass instead of five tests.
-#}
{% test versions_in_order(model, key) %}
select *
from (
    select
        *,
        lead(known_from) over (
            partition by {{ history_key(['source_id', 'child_key'], key) }} order by known_from
        ) as next_from
    from {{ model }}
) as followed
where source_id is null
    or child_key is null
    or known_from is null
    or known_to <= known_from
    or next_from < coalesce(known_to, next_from + interval '1 day')
    or (known_to is null) <> (closed_reason is null)
    or closed_reason not in ('changed', 'absent_from_full')
{% endtest %}
