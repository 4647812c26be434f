with children as (

    {{ current_rows('children', ['date_of_birth']) }}

),

sdq_assessments as (

    {{ current_rows('sdq_assessments', ['date', 'score']) }}

),

scores as (

    select
        sdq_assessments.source_id,
        sdq_assessments.child_key,
        -- a return's score has no date: it is the latest of the year, as of the reference date
        coalesce(sdq_assessments.date, sources.coverage_end) as score_date,
        max(sdq_assessments.score) as score
    from sdq_assessments
    inner join {{ ref('int_indicator_statements__covered') }} as sources
        on sdq_assessments.source_id = sources.source_id
    where
        sdq_assessments.score between 0 and 40
        and (sdq_assessments.date is not null or sources.source_type = 'return')
    group by
        sdq_assessments.source_id,
        sdq_assessments.child_key,
        coalesce(sdq_assessments.date, sources.coverage_end)

),

latest as (

    select
        source_id,
        child_key,
        score,
        score_date as start_date,
        least(
            {{ first_day_reaching('score_date', 12) }},
            lead(score_date) over (partition by source_id, child_key order by score_date)
        ) as end_date
    from scores

),

{#- Looked after for 12 months, and between the 5th and the 17th birthday. -#}
eligible as (

    select
        periods_of_care.source_id,
        periods_of_care.child_key,
        greatest(
            {{ first_day_reaching('periods_of_care.start_date', 12) }},
            {{ months_later('children.date_of_birth', 5 * 12) }}
        ) as start_date,
        least(periods_of_care.end_date, {{ months_later('children.date_of_birth', 17 * 12) }}) as end_date
    from {{ ref('int_periods_of_care__merged') }} as periods_of_care
    inner join children
        on periods_of_care.source_id = children.source_id and periods_of_care.child_key = children.child_key
    where children.date_of_birth is not null

),

scored as (

    select
        eligible.source_id,
        latest.score,
        greatest(eligible.start_date, latest.start_date) as start_date,
        least(eligible.end_date, latest.end_date) as end_date
    from eligible
    inner join latest on eligible.source_id = latest.source_id and eligible.child_key = latest.child_key

),

spells as (

    select * from scored where end_date > start_date

)

{{ changes_of_spells('spells', numerator='score', denominator='1') }}
