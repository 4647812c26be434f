with plans as (

    {{ current_rows('cp_plans', ['start_date', 'end_date']) }}

),

open_plans as (

    select
        source_id,
        start_date,
        end_date,
        0 as lasting_two_years,
        1 as open_plan
    from plans
    where start_date is not null and (end_date is null or end_date > start_date)

),

from_two_years as (

    select
        source_id,
        {{ first_day_reaching('start_date', 24) }} as start_date,
        end_date,
        1 as lasting_two_years,
        0 as open_plan
    from open_plans

),

spells as (

    select * from open_plans
    union all
    select * from from_two_years where end_date is null or end_date > start_date

)

{{ changes_of_spells('spells', numerator='lasting_two_years', denominator='open_plan') }}
