with la_values as (

    select * from {{ ref('int_indicator_values__by_source') }}

),

{#- A pool adds up the LAs that have both sides of the division, so its residents are those of its contributors. -#}
contributing as (

    select
        la_values.*,
        local_authorities.region_9
    from la_values
    inner join {{ ref('local_authority') }} as local_authorities on la_values.la_code = local_authorities.la_code
    where la_values.is_pooled and (la_values.unit = 'count' or la_values.denominator is not null)

),

areas as (

    select
        source_type, source_id, 'la' as area_type, la_code as area_code, indicator_id, unit, period_type, period_end,
        numerator, denominator, is_low_reliability
    from la_values

    union all

    select
        source_type, pool_id as source_id, 'region' as area_type, region_9 as area_code, indicator_id, unit,
        period_type, period_end, sum(numerator), sum(denominator), bool_or(is_low_reliability)
    from contributing
    group by source_type, pool_id, region_9, indicator_id, unit, period_type, period_end

    union all

    select
        source_type, pool_id as source_id, 'england' as area_type, 'England' as area_code, indicator_id, unit,
        period_type, period_end, sum(numerator), sum(denominator), bool_or(is_low_reliability)
    from contributing
    group by source_type, pool_id, indicator_id, unit, period_type, period_end

),

calculated as (

    select
        source_type,
        source_id,
        area_type,
        area_code,
        indicator_id,
        period_type,
        period_end,
        'all' as breakdown,
        'all' as breakdown_value,
        cast(numerator as bigint) as numerator,
        cast(denominator as bigint) as denominator,
        {{ value_of('unit', 'numerator', 'denominator') }} as value,
        {{ status_of('unit', 'denominator', 'is_low_reliability') }} as status
    from areas

),

published as (

    select
        source_type,
        source_id,
        area_type,
        area_code,
        indicator_id,
        period_type,
        period_end,
        breakdown,
        breakdown_value,
        numerator,
        denominator,
        value,
        status
    from {{ source('raw', 'published_values') }}

)

select * from calculated
union all
select * from published
