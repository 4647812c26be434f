with sources as (

    select * from {{ ref('int_indicator_sources__covered') }}

),

taken_in as (

    {{ taken_in() }}

),

kept as (

    select * from {{ ref('int_indicator_vintages__by_source') }}

),

{#- A vintage is of what children were said to be; residents and the register are those of now, as for every value. -#}
vintages as (

    select
        kept.source_type,
        kept.source_id,
        kept.la_code,
        kept.indicator_id,
        kept.unit,
        kept.period_type,
        kept.period_end,
        kept.is_low_reliability,
        kept.numerator,
        {{ denominator_held_now('kept.unit', 'kept.denominator') }} as denominator,
        kept.rung,
        kept.known_at
    from kept
    {{ join_residents('kept') }}

),

{#- What is said now is the last rung, and known as of the last day that the platform has taken in. -#}
latest as (

    select
        said_now.source_type,
        said_now.source_id,
        said_now.la_code,
        said_now.indicator_id,
        said_now.unit,
        said_now.period_type,
        said_now.period_end,
        said_now.is_low_reliability,
        said_now.numerator,
        said_now.denominator,
        'latest' as rung,
        case
            when said_now.source_type = 'timely' then {{ end_of_day('taken_in.feeds_to') }}
            else {{ end_of_day('taken_in.returns_to') }}
        end as known_at
    from {{ ref('int_indicator_values__by_source') }} as said_now
    cross join taken_in
    where said_now.rung is null and said_now.period_type = 'financial_year'

),

every_rung as (

    select * from vintages
    union all
    select * from latest

),

la_values as (

    select
        every_rung.*,
        sources.is_pooled,
        sources.pool_id
    from every_rung
    inner join sources on every_rung.source_id = sources.source_id

),

{{ values_of_areas('la_values', ['rung', 'known_at']) }}

select * from calculated
