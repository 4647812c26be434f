with sources as (

    select * from {{ ref('int_indicator_sources__covered') }}

),

due as (

    select * from {{ ref('int_indicator_vintages__due') }}

),

statements as (

    select
        source_type,
        source_id,
        la_code,
        is_pooled,
        pool_id,
        holds_cin,
        holds_cla,
        coverage_start,
        coverage_end,
        source_id as of_source_id,
        cast(null as text) as rung,
        cast(null as timestamp with time zone) as known_at
    from sources

    union all

    select
        sources.source_type,
        due.statement_id as source_id,
        sources.la_code,
        sources.is_pooled,
        sources.pool_id,
        sources.holds_cin,
        sources.holds_cla,
        sources.coverage_start,
        due.period_end as coverage_end,
        due.source_id as of_source_id,
        due.rung,
        due.known_at
    from due
    inner join sources on due.source_id = sources.source_id

)

select * from statements
