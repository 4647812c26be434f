with days as (

    select day from {{ ref('int_calendar__days') }}

),

month_ends as (

    select
        cast(date_trunc('month', day) as date) as month_start,
        day as month_end
    from days
    where extract(day from day + 1) = 1

),

periods as (

    select 'week' as period_type, day - 6 as period_start, day as period_end
    from days
    where extract(isodow from day) = 7

    union all

    select 'month' as period_type, month_start as period_start, month_end as period_end
    from month_ends

    union all

    select 'rolling_12m' as period_type, {{ months_later('month_start', -11) }} as period_start, month_end as period_end
    from month_ends

    union all

    select 'financial_year' as period_type, {{ months_later('month_start', -11) }} as period_start, month_end as period_end
    from month_ends
    where extract(month from month_end) = 3

),

complete as (

    select
        sources.source_id,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        cast(extract(year from {{ months_later('periods.period_end', 9) }}) as integer) as reporting_year
    from {{ ref('int_indicator_statements__covered') }} as sources
    inner join periods
        on periods.period_start >= sources.coverage_start and periods.period_end <= sources.coverage_end
    -- a vintage is of one year end
    where
        sources.rung is null
        or (periods.period_type = 'financial_year' and periods.period_end = sources.coverage_end)

)

select * from complete
