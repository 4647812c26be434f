with latest_register as (

    select *
    from (
        select
            *,
            row_number() over (partition by stream_id order by start_date desc) as newest
        from {{ ref('stg_csc__streams') }}
        where environment = 'live'
    ) as numbered
    where newest = 1

),

primary_streams as (

    select
        stream_id,
        row_number() over (partition by la_code order by start_date desc, stream_id) as choice
    from latest_register
    where is_primary

),

received as (

    select
        source_id,
        la_code,
        min(submission_day) as first_submission_day,
        max(submission_day) as last_submission_day
    from {{ ref('stg_csc__records') }}
    where source_type = 'timely'
    group by source_id, la_code

),

feeds as (

    select
        'timely' as source_type,
        received.source_id,
        received.la_code,
        primary_streams.stream_id is not null as is_pooled,
        'primary' as pool_id,
        true as holds_cin,
        true as holds_cla,
        {{ start_of_financial_year(months_later('received.first_submission_day', -var('coverage_months'))) }}
            as coverage_start,
        received.last_submission_day as coverage_end
    from received
    left join primary_streams
        on received.source_id = primary_streams.stream_id and primary_streams.choice = 1

),

annual_returns as (

    select
        'return' as source_type,
        return_id as source_id,
        la_code,
        true as is_pooled,
        kind || '-' || cast(year as text) as pool_id,
        kind = 'cin' as holds_cin,
        kind = 'ssda903' as holds_cla,
        make_date(cast(year - 1 as integer), 4, 1) as coverage_start,
        make_date(cast(year as integer), 3, 31) as coverage_end
    from {{ ref('stg_csc__returns') }}

)

select * from feeds
union all
select * from annual_returns
