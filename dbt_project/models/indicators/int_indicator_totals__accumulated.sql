{%- set indicators = [
    'cin_rate', 'rereferral_pct', 'cpp_2yrs_pct', 'cla_rate', 'assessments_45wd_pct', 'referrals_count',
    'cla_3plus_placements_pct', 'sdq_average_score'
] -%}
with changes as (

    {% for indicator in indicators %}
    select '{{ indicator }}' as indicator_id, source_id, day, numerator, denominator
    from {{ ref('int_' ~ indicator ~ '__daily_changes') }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

sources as (

    select * from {{ ref('int_indicator_statements__covered') }}

),

{#- What happened before the coverage is the opening total, on the day before it. -#}
changes_in_coverage as (

    select
        changes.indicator_id,
        changes.source_id,
        greatest(changes.day, sources.coverage_start - 1) as day,
        sum(changes.numerator) as numerator,
        sum(changes.denominator) as denominator
    from changes
    inner join sources on changes.source_id = sources.source_id
    where changes.day <= sources.coverage_end
    group by changes.indicator_id, changes.source_id, greatest(changes.day, sources.coverage_start - 1)

),

days as (

    select
        indicators.indicator_id,
        sources.source_id,
        calendar.day
    from sources
    inner join {{ ref('indicator') }} as indicators
        on (indicators.family = 'cin' and sources.holds_cin) or (indicators.family = 'cla' and sources.holds_cla)
    inner join {{ ref('int_calendar__days') }} as calendar
        on calendar.day between sources.coverage_start - 1 and sources.coverage_end

),

accumulated as (

    select
        days.indicator_id,
        days.source_id,
        days.day,
        cast(sum(coalesce(changes.numerator, 0)) over so_far as bigint) as numerator,
        cast(sum(coalesce(changes.denominator, 0)) over so_far as bigint) as denominator
    from days
    left join changes_in_coverage as changes
        on
            days.indicator_id = changes.indicator_id
            and days.source_id = changes.source_id
            and days.day = changes.day
    window so_far as (
        partition by days.indicator_id, days.source_id order by days.day
        rows between unbounded preceding and current row
    )

)

select * from accumulated
