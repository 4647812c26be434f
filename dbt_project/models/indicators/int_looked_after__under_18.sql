{#- A view: the day a child turns 18 is personal, and is stored nowhere outside history. -#}
{{ config(materialized='view') }}

with children as (

    {{ current_rows('children', ['date_of_birth']) }}

),

periods_of_care as (

    select * from {{ ref('int_periods_of_care__merged') }}

),

under_18 as (

    select
        periods_of_care.source_id,
        periods_of_care.child_key,
        periods_of_care.start_date,
        least(periods_of_care.end_date, {{ months_later('children.date_of_birth', 18 * 12) }}) as end_date
    from periods_of_care
    left join children
        on periods_of_care.source_id = children.source_id and periods_of_care.child_key = children.child_key

)

select * from under_18 where end_date is null or end_date > start_date
