{#-
  As occurrences: what the touched children's history says just before the moment from which it is computed anew, in the
  epoch that runs then. In the order of occurrence_columns.
-#}
{% macro occurrences_carried_on(history, key, attributes) %}
    select
        history.source_type,
        history.source_id,
        history.la_code,
        history.child_key,
        cast(0 as bigint) as seq,
        cast(0 as bigint) as full_no,
        next_full.received_at as full_to,
        coalesce(next_full.replaces_all, false) as replaces_all,
        history.known_from as received_at,
        0 as row_index,
        {%- for column in key + attributes %}
        history.{{ column }},
        {%- endfor %}
        cast(1 as bigint) as from_last
    from {{ history }} as history
    inner join {{ ref('int_children__touched') }} as touched
        on history.source_id = touched.source_id and history.child_key = touched.child_key
    left join (
        select source_id, child_key, min(received_at) as received_at, bool_or(replaces_all) as replaces_all
        from {{ ref('int_records__sequenced') }}
        where is_full
        group by source_id, child_key
    ) as next_full
        on history.source_id = next_full.source_id and history.child_key = next_full.child_key
    where history.known_from < touched.resume_at
        and (history.known_to is null or history.known_to >= touched.resume_at)
{% endmacro %}


{#- The columns of occurrences from which versions are made, for a union with those carried on. -#}
{% macro occurrence_columns(key, attributes) -%}
    source_type, source_id, la_code, child_key, seq, full_no, full_to, replaces_all, received_at, row_index
    {%- for column in key + attributes %}, {{ column }}{% endfor %}, from_last
{%- endmacro %}


{#-
  The common table expression `occurrences`, of `said` and, where history goes on, of what was known.

  Of children who have said everything anew in one record, most rows say what was known: on a day of snapshots nearly
  all. Those (`steady`) go on as they are and take no part in what follows; equal rows are found by grouping.
-#}
{% macro occurrences_going_on(key, attributes) %}
{%- if continues_history() -%}
carried_on as (
    {{ occurrences_carried_on(this, key, attributes) }}
),

replaced as (

    select {{ occurrence_columns(key, attributes) }} from said where replaces_all and from_last = 1
    union all
    select {{ occurrence_columns(key, attributes) }} from carried_on where replaces_all

),

paired as (

    select
        source_type,
        source_id,
        la_code,
        child_key,
        {%- for column in key + attributes %}
        {{ column }},
        {%- endfor %}
        max(seq) as seq,
        max(full_no) as full_no,
        max(full_to) as full_to,
        true as replaces_all,
        min(received_at) as received_at,
        max(row_index) as row_index,
        cast(1 as bigint) as from_last,
        count(*) as copies
    from replaced
    group by source_type, source_id, la_code, child_key
    {%- for column in key + attributes %}, {{ column }}{% endfor %}

),

steady as (

    select * from paired where copies = 2

),

occurrences as (

    select {{ occurrence_columns(key, attributes) }} from said where not replaces_all
    union all
    select {{ occurrence_columns(key, attributes) }} from carried_on where not replaces_all
    union all
    select {{ occurrence_columns(key, attributes) }} from paired where copies = 1

),
{%- else -%}
occurrences as (

    select {{ occurrence_columns(key, attributes) }} from said

),
{%- endif %}
{% endmacro %}
