with vintages as (

    select * from {{ ref('int_indicator_vintages__by_source') }}

),

sources as (

    select * from {{ ref('int_indicator_sources__covered') }}

),

{#- What is said now is the last rung, and known as of the last day that the platform has taken in. -#}
latest as (

    select
        current_values.*,
        {{ end_of_day('(select max(coverage_end) from sources where source_type = \'timely\')') }} as latest_at
    from {{ ref('int_indicator_values__by_source') }} as current_values
    where
        current_values.rung is null
        and current_values.period_type = 'financial_year'

),

la_values as (

    {% for rows, rung, known_at in [
        ('vintages', 'rows_of_it.rung', 'rows_of_it.known_at'),
        ('latest', "'latest'", 'rows_of_it.latest_at'),
    ] %}
    select
        rows_of_it.source_type,
        rows_of_it.source_id,
        rows_of_it.la_code,
        -- whether it is pooled is a matter of the register now, as for every value
        sources.is_pooled,
        sources.pool_id,
        rows_of_it.indicator_id,
        rows_of_it.unit,
        rows_of_it.period_type,
        rows_of_it.period_end,
        rows_of_it.is_low_reliability,
        rows_of_it.numerator,
        rows_of_it.denominator,
        {{ rung }} as rung,
        {{ known_at }} as known_at
    from {{ rows }} as rows_of_it
    inner join sources on rows_of_it.source_id = sources.source_id
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

{{ values_of_areas('la_values', ['rung', 'known_at']) }}

select * from calculated where known_at is not null
