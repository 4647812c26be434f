{#-
  From spans to versions: a span of no length is dropped (of several records at one instant the last counts), and
  neighbours that say the same are one version. The last common table expressions of every history model.
-#}
{% macro merged_versions(key, attributes) %}
{%- set of_row = history_key(['source_id', 'child_key'], key) -%}
-- of several records at one instant, the last one says how what was known before it ended
told as (

    select
        *,
        last_value(ended_by) over (
            partition by {{ of_row }}, known_to order by seq, row_index
            rows between unbounded preceding and unbounded following
        ) as how_ended
    from spans

),

lasting as (

    select
        *,
        lag(known_to) over (partition by {{ of_row }} order by known_from) as before_to
        {%- for column in attributes %},
        lag({{ column }}) over (partition by {{ of_row }} order by known_from) as before_{{ column }}
        {%- endfor %}
    from told
    where known_to is null or known_to > known_from

),

numbered as (

    select
        *,
        sum(
            case
                when before_to = known_from
                {%- for column in attributes %}
                    and before_{{ column }} is not distinct from {{ column }}
                {%- endfor %}
                    then 0
                else 1
            end
        ) over (partition by {{ of_row }} order by known_from) as version_no,
        lead(known_from) over (partition by {{ of_row }} order by known_from) as next_from
    from lasting

),

-- the last span of a version says how the version ended
ending as (

    select
        *,
        min(known_from) over (partition by {{ of_row }}, version_no) as version_from,
        row_number() over (partition by {{ of_row }}, version_no order by known_from desc) as from_end
    from numbered

),

versions as (

    select
        source_type,
        source_id,
        la_code,
        child_key,
        {%- for column in key + attributes %}
        {{ column }},
        {%- endfor %}
        version_from as known_from,
        known_to,
        case
            when known_to is null then null
            when next_from = known_to then 'changed'
            else how_ended
        end as closed_reason
    from ending
    where from_end = 1

)

select * from versions
{%- if continues_history() %}
union all
select
    source_type,
    source_id,
    la_code,
    child_key,
    {%- for column in key + attributes %}
    {{ column }},
    {%- endfor %}
    received_at as known_from,
    cast(null as timestamp with time zone) as known_to,
    cast(null as {{ dbt.type_string() }}) as closed_reason
from steady
{%- endif %}
{% endmacro %}
