{#-
  Versions of an entity whose rows have ids, from its occurrences (see item_occurrences).

  Within an epoch, that is from one full record of the child to the next, an absent attribute is unchanged: it takes
  the last value sent for that key. A full record begins a new epoch, so nothing is carried over from before it. Where
  history goes on, the epoch begins with what was known.
  A version lasts until the key's next occurrence in the epoch, or else until the epoch ends.

  occurrences: SQL of the occurrences.
  stays_true: flags which, once true within an epoch, remain so.
-#}
{% macro item_versions(occurrences, key, attributes, stays_true=[]) %}
{%- set of_item = history_key(['source_id', 'child_key', 'full_no'], key) -%}
-- depends_on: {{ ref('int_children__touched') }}, {{ ref('int_records__sequenced') }}
{{ require_everyone_when_rebuilding() }}
with said as (
    {{ occurrences }}
),

{{ occurrences_going_on(key, attributes) }}
positioned as (

    select
        *,
        cast(row_number() over (partition by {{ of_item }} order by seq, row_index) as integer) as occurrence_no
    from occurrences
    where from_last = 1

),

anchored as (

    -- where the last value sent for each attribute is
    select
        *,
        {%- for column in attributes %}
        max(case when {{ column }}{{ '' if column in stays_true else ' is not null' }} then occurrence_no end)
            over so_far as {{ column }}_at,
        {%- endfor %}
        lead(received_at) over (partition by {{ of_item }} order by occurrence_no) as next_at
    from positioned
    window so_far as (
        partition by {{ of_item }} order by occurrence_no rows between unbounded preceding and current row
    )

),

spans as (

    select
        source_type,
        source_id,
        la_code,
        child_key,
        seq,
        row_index,
        {%- for column in key %}
        {{ column }},
        {%- endfor %}
        {%- for column in attributes %}
        {{ 'coalesce(' if column in stays_true }}nth_value({{ column }}, {{ column }}_at) over epoch
            {{- ', ' ~ column ~ ')' if column in stays_true }} as {{ column }},
        {%- endfor %}
        received_at as known_from,
        coalesce(next_at, full_to) as known_to,
        case when next_at is null then 'absent_from_full' else 'changed' end as ended_by
    from anchored
    window epoch as (
        partition by {{ of_item }} order by occurrence_no
        rows between unbounded preceding and unbounded following
    )

),

{{ merged_versions(key, attributes) }}
{% endmacro %}
