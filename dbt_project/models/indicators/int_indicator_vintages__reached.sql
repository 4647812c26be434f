{%- set month, day = var('return_deadline').split('-') -%}
with sources as (

    select * from {{ ref('int_indicator_sources__covered') }}

),

{#- The one look at the log: on which days each source was heard. -#}
heard as (

    select source_id, submission_day, min(received_at) as first_at
    from {{ ref('stg_csc__records') }}
    group by source_id, submission_day

),

taken_in as (

    {{ taken_in() }}

),

year_ends as (

    select sources.source_type, sources.source_id, calendar.day as period_end
    from sources
    inner join {{ ref('int_calendar__days') }} as calendar
        on
            extract(month from calendar.day) = 3
            and extract(day from calendar.day) = 31
            and {{ months_later('calendar.day + 1', -12) }} >= sources.coverage_start
            and calendar.day <= sources.coverage_end

),

rungs as (

    {% for days in var('vintage_ladder_days') %}
    select source_type, source_id, period_end, 'day_{{ days }}' as rung, period_end + {{ days }} as known_day
    from year_ends
    union all
    {% endfor %}
    select
        source_type,
        source_id,
        period_end,
        'return_deadline' as rung,
        make_date(cast(extract(year from period_end) as integer), {{ month | int }}, {{ day | int }}) as known_day
    from year_ends

),

dated as (

    select
        rungs.*,
        {{ end_of_day('rungs.known_day') }} as known_at
    from rungs
    cross join taken_in
    where rungs.known_day <= case when rungs.source_type = 'timely' then taken_in.feeds_to else taken_in.returns_to end

),

{#-
  As known then, the source had to cover the year end: a feed had been heard on it or after it, a return had come in.
  Who was silent from before the year end until after that day had said nothing about the year end by then.
-#}
reached as (

    select
        source_id || '@' || cast(period_end as text) || '@' || rung as statement_id,
        source_id,
        period_end,
        rung,
        known_at
    from dated
    where
        exists (
            select 1
            from heard
            where
                heard.source_id = dated.source_id
                and heard.first_at <= dated.known_at
                and (dated.source_type = 'return' or heard.submission_day >= dated.period_end)
        )

)

select * from reached
