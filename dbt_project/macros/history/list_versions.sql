{#-
  Versions of the rows of a list that has no ids and is replaced whole whenever it is sent.

  A list lasts from the record that sent it to the next record that sends it again, or to the child's next full record.

  holders: SQL of one row per record (and owner of the list) that sent the list: source_id, child_key, seq, full_no,
      full_to, received_at and the holder's own key columns.
  occurrences: SQL of the list's rows (see item_occurrences).
  holder_key: the holder's own key columns; none where the child holds the list.
-#}
{% macro list_versions(holders, occurrences, key, attributes, holder_key=[]) %}
-- depends_on: {{ ref('int_children__touched') }}, {{ ref('int_records__sequenced') }}
{{ require_everyone_when_rebuilding() }}
with said as (
    {{ occurrences }}
),

{{ occurrences_going_on(key, attributes) }}
senders as (
    {{ holders }}
),

holders as (

    select source_id, child_key, seq, full_no, received_at{% for column in holder_key %}, {{ column }}{% endfor %} from senders
    {%- if continues_history() %}
    union all
    select distinct source_id, child_key, seq, full_no, cast(null as timestamp with time zone){% for column in holder_key %}, {{ column }}{% endfor %}
    from occurrences
    where seq = 0
    {%- endif %}

),

lists as (

    select
        *,
        lead(received_at) over (
            partition by {{ history_key(['source_id', 'child_key', 'full_no'], holder_key) }} order by seq
        ) as next_at
    from holders

),

spans as (

    select
        occurrences.source_type,
        occurrences.source_id,
        occurrences.la_code,
        occurrences.child_key,
        occurrences.seq,
        occurrences.row_index,
        {%- for column in key + attributes %}
        occurrences.{{ column }},
        {%- endfor %}
        occurrences.received_at as known_from,
        coalesce(lists.next_at, occurrences.full_to) as known_to,
        case when lists.next_at is null then 'absent_from_full' else 'changed' end as ended_by
    from occurrences
    inner join lists
        on occurrences.source_id = lists.source_id
        and occurrences.child_key = lists.child_key
        and occurrences.seq = lists.seq
        {%- for column in holder_key %}
        and occurrences.{{ column }} is not distinct from lists.{{ column }}
        {%- endfor %}
    where occurrences.from_last = 1

),

{{ merged_versions(key, attributes) }}
{% endmacro %}
