with placements as (

    {{ current_rows('placements', ['start_date', 'end_date', 'start_reason', 'placement_type', 'placement_postcode', 'change_reason', 'child_looked_after_placement_id']) }}

),

{#- Shorter than a day, or temporary with a return to the placement before: no placement of its own, and no move. -#}
lasting as (

    select
        source_id,
        child_key,
        start_date,
        coalesce(end_date, cast('9999-12-31' as date)) as end_date,
        start_reason,
        placement_type,
        placement_postcode,
        change_reason,
        child_looked_after_placement_id
    from placements
    where
        start_date is not null
        and (end_date is null or end_date > start_date)
        and coalesce(placement_type, '') not in ('T0', 'T1', 'T2', 'T3', 'T4')

),

in_period_of_care as (

    select
        lasting.*,
        periods_of_care.start_date as care_start_date
    from lasting
    inner join {{ ref('int_periods_of_care__merged') }} as periods_of_care
        on
            lasting.source_id = periods_of_care.source_id
            and lasting.child_key = periods_of_care.child_key
            and lasting.start_date >= periods_of_care.start_date
            and lasting.start_date < coalesce(periods_of_care.end_date, cast('9999-12-31' as date))

),

followed as (

    select
        *,
        lag(start_date) over care as previous_start_date,
        lag(placement_type) over care as previous_type,
        lag(placement_postcode) over care as previous_postcode,
        lag(change_reason) over care as previous_change_reason
    from in_period_of_care
    window care as (
        partition by source_id, child_key, care_start_date
        order by start_date, end_date, child_looked_after_placement_id
    )

),

numbered as (

    select
        *,
        sum(
            case
                when previous_start_date is null then 1
                when
                    placement_type is not distinct from previous_type
                    and placement_postcode is not distinct from previous_postcode
                    then 0
                -- adoption by the current foster carers: the child stays where it is
                when placement_type in ('A3', 'A5') then 0
                {% if not var('count_same_carer_moves') %}
                when start_reason in ('T', 'U') then 0
                -- SSDA903 writes the reason of a move on the row that ends with it
                when previous_change_reason = 'PLACE' then 0
                {% endif %}
                else 1
            end
        ) over (
            partition by source_id, child_key, care_start_date
            order by start_date, end_date, child_looked_after_placement_id
            rows between unbounded preceding and current row
        ) as placement_number
    from followed

)

select
    source_id,
    child_key,
    min(start_date) as start_date,
    nullif(max(end_date), cast('9999-12-31' as date)) as end_date
from numbered
group by source_id, child_key, care_start_date, placement_number
