{#-
  The vintages to be computed in this run: those reached and never computed, and those whose past a load changed since.
  On most days there is none. Those computed are looked up in the table that the run adds them to, which comes later in
  the same run and so is no dependency.
-#}
{%- set ladder = var('vintage_ladder_days') -%}
{%- set computed = none -%}
{%- if execute and not flags.FULL_REFRESH and model.resource_type == 'model' -%}
    {%- set computed = load_relation(
        api.Relation.create(database=this.database, schema=this.schema, identifier='int_indicator_vintages__by_source')
    ) -%}
{%- endif -%}
with sources as (

    select * from {{ ref('int_indicator_sources__covered') }}

),

first_heard as (

    select source_id, min(received_at) as first_at
    from {{ ref('stg_csc__records') }}
    group by source_id

),

year_ends as (

    select sources.source_id, calendar.day as period_end
    from sources
    inner join {{ ref('int_calendar__days') }} as calendar
        on
            extract(month from calendar.day) = 3
            and extract(day from calendar.day) = 31
            and {{ months_later('calendar.day + 1', -12) }} >= sources.coverage_start
            and calendar.day <= sources.coverage_end

),

rungs as (

    {% for days in ladder %}
    select source_id, period_end, 'day_{{ days }}' as rung, period_end + {{ days }} as known_day from year_ends
    union all
    {% endfor %}
    select
        source_id,
        period_end,
        'return_deadline' as rung,
        make_date(
            cast(extract(year from period_end) as integer),
            {{ var('return_deadline').split('-')[0] | int }},
            {{ var('return_deadline').split('-')[1] | int }}
        ) as known_day
    from year_ends

),

{#- As far as the platform has come: nobody can say what will be known on a day that is still to come. -#}
reached as (

    select
        rungs.source_id,
        rungs.period_end,
        rungs.rung,
        {{ end_of_day('rungs.known_day') }} as known_at
    from rungs
    where rungs.known_day <= (select max(coverage_end) from sources where source_type = 'timely')

),

computed as (

    {% if computed is not none %}
    select distinct source_id, period_end, rung from {{ computed }}
    {% else %}
    select source_id, period_end, rung from reached where false
    {% endif %}

),

due as (

    select
        reached.source_id || '@' || cast(reached.period_end as text) || '@' || reached.rung as statement_id,
        reached.source_id,
        reached.period_end,
        reached.rung,
        reached.known_at
    from reached
    inner join first_heard on reached.source_id = first_heard.source_id and first_heard.first_at <= reached.known_at
    left join computed
        on
            reached.source_id = computed.source_id
            and reached.period_end = computed.period_end
            and reached.rung = computed.rung
    left join {{ ref('int_vintage_sources__changed') }} as changed on reached.source_id = changed.source_id
    where computed.source_id is null or changed.from_at <= reached.known_at

)

select * from due
