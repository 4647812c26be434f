with la_values as (

    select * from {{ ref('int_indicator_values__by_source') }} where rung is null

),

{{ values_of_areas('la_values') }},

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
