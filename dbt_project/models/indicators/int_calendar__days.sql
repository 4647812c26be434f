with days as (

    select cast(moment as date) as day
    from generate_series(
        cast('2000-01-01' as timestamp), cast('2050-12-31' as timestamp), interval '1 day'
    ) as moments (moment)

),

marked as (

    select
        days.day,
        extract(isodow from days.day) < 6 and holidays.date is null as is_working_day
    from days
    left join (select distinct date from {{ ref('stg_csc__bank_holidays') }}) as holidays on days.day = holidays.date

),

counted as (

    select
        day,
        is_working_day,
        cast(
            sum(case when is_working_day then 1 else 0 end) over (
                order by day rows between unbounded preceding and current row
            ) as bigint
        ) as working_days_to_date
    from marked

)

select * from counted
