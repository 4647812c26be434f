with placements as (

    select
        source_id,
        child_key,
        start_date as first_day,
        -- open at some time in the 12 months to D: until the day 12 months after it ended
        {{ first_day_reaching('end_date', 12) }} as first_day_after
    from {{ ref('int_placements__collapsed') }}

),

edges as (

    select source_id, child_key, first_day as day, 1 as change
    from placements

    union all

    select source_id, child_key, first_day_after as day, -1 as change
    from placements
    where first_day_after is not null

),

days_of_change as (

    select source_id, child_key, day, sum(change) as change
    from edges
    group by source_id, child_key, day

),

stretches as (

    select
        source_id,
        child_key,
        day as start_date,
        lead(day) over (partition by source_id, child_key order by day) as end_date,
        sum(change) over (
            partition by source_id, child_key order by day rows between unbounded preceding and current row
        ) as placements_in_year
    from days_of_change

),

looked_after as (

    select * from {{ ref('int_looked_after__under_18') }}

),

counted as (

    select
        source_id,
        start_date,
        end_date,
        0 as three_or_more,
        1 as is_looked_after
    from looked_after

    union all

    select
        looked_after.source_id,
        greatest(looked_after.start_date, stretches.start_date) as start_date,
        least(looked_after.end_date, stretches.end_date) as end_date,
        1 as three_or_more,
        0 as is_looked_after
    from looked_after
    inner join stretches
        on
            looked_after.source_id = stretches.source_id
            and looked_after.child_key = stretches.child_key
            and (looked_after.end_date is null or stretches.start_date < looked_after.end_date)
            and (stretches.end_date is null or looked_after.start_date < stretches.end_date)
    where stretches.placements_in_year >= 3

)

{{ changes_of_spells('counted', numerator='three_or_more', denominator='is_looked_after') }}
