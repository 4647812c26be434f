with indicators as (

    select * from {{ ref('indicator') }}

),

totals as (

    select * from {{ ref('int_indicator_totals__accumulated') }}

),

sources as (

    select * from {{ ref('int_indicator_statements__covered') }}

),

counted as (

    select
        sources.source_type,
        sources.of_source_id as source_id,
        sources.rung,
        sources.known_at,
        sources.la_code,
        sources.is_pooled,
        sources.pool_id,
        indicators.indicator_id,
        indicators.unit,
        periods.period_type,
        periods.period_end,
        periods.reporting_year,
        case
            when indicators.basis = 'flow' then at_end.numerator - before_start.numerator
            else at_end.numerator
        end as numerator,
        case
            when indicators.basis = 'flow' then at_end.denominator - before_start.denominator
            else at_end.denominator
        end as own_denominator,
        case
            when indicators.look_back_months = 0 then false
            when indicators.basis = 'flow'
                then {{ months_later('periods.period_start', '-indicators.look_back_months') }} < sources.coverage_start
            else {{ months_later('periods.period_end', '-indicators.look_back_months') }} + 1 < sources.coverage_start
        end as is_low_reliability
    from {{ ref('int_indicator_periods__complete') }} as periods
    inner join sources on periods.source_id = sources.source_id
    inner join totals as at_end on periods.source_id = at_end.source_id and periods.period_end = at_end.day
    inner join totals as before_start
        on
            at_end.source_id = before_start.source_id
            and at_end.indicator_id = before_start.indicator_id
            and periods.period_start - 1 = before_start.day
    inner join indicators on at_end.indicator_id = indicators.indicator_id
    where
        not (indicators.basis = 'snapshot' and periods.period_type = 'rolling_12m')
        -- a return's scores are known as of its reference date only
        and not (
            indicators.basis = 'rolling_year'
            and sources.source_type = 'return'
            and periods.period_end <> sources.coverage_end
        )

),

divided as (

    select
        counted.source_type,
        counted.source_id,
        counted.rung,
        counted.known_at,
        counted.la_code,
        counted.is_pooled,
        counted.pool_id,
        counted.indicator_id,
        counted.unit,
        counted.period_type,
        counted.period_end,
        counted.reporting_year,
        counted.is_low_reliability,
        counted.numerator,
        {{ denominator_held_now('counted.unit', 'counted.own_denominator') }} as denominator
    from counted
    {{ join_residents('counted') }}

)

select * from divided
