with assessments as (

    {{ current_rows('assessments', ['start_date', 'authorisation_date']) }}

),

completed as (

    select
        assessments.source_id,
        assessments.authorisation_date,
        -- a start before the calendar begins is more than 45 working days before anything in it
        authorised.working_days_to_date - coalesce(started.working_days_to_date, -46) as working_days
    from assessments
    inner join {{ ref('int_calendar__days') }} as authorised on assessments.authorisation_date = authorised.day
    left join {{ ref('int_calendar__days') }} as started on assessments.start_date = started.day
    where assessments.start_date <= assessments.authorisation_date

)

select
    source_id,
    authorisation_date as day,
    cast(sum(case when working_days <= 45 then 1 else 0 end) as bigint) as numerator,
    count(*) as denominator
from completed
group by source_id, authorisation_date
