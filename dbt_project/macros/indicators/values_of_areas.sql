{#-
  From values of sources to values of LAs, regions and England: an LA's own, and those of a pool added up. `la_values`
  is a CTE of the columns of int_indicator_values__by_source; `by` names columns that are carried along and not pooled
  over. The last common table expressions of the models of indicator values; the result is `calculated`.
-#}
{% macro values_of_areas(la_values, by=[]) %}
{%- set also = ', ' ~ by | join(', ') if by else '' -%}
{#- A pool adds up the LAs that have both sides of the division, so its residents are those of its contributors. -#}
contributing as (

    select
        la_values.*,
        local_authorities.region_9
    from {{ la_values }} as la_values
    inner join {{ ref('local_authority') }} as local_authorities on la_values.la_code = local_authorities.la_code
    where la_values.is_pooled and (la_values.unit = 'count' or la_values.denominator is not null)

),

areas as (

    select
        source_type, source_id, 'la' as area_type, la_code as area_code, indicator_id, unit, period_type, period_end,
        numerator, denominator, is_low_reliability{{ also }}
    from {{ la_values }}

    union all

    select
        source_type, pool_id as source_id, 'region' as area_type, region_9 as area_code, indicator_id, unit,
        period_type, period_end, sum(numerator), sum(denominator), bool_or(is_low_reliability){{ also }}
    from contributing
    group by source_type, pool_id, region_9, indicator_id, unit, period_type, period_end{{ also }}

    union all

    select
        source_type, pool_id as source_id, 'england' as area_type, 'England' as area_code, indicator_id, unit,
        period_type, period_end, sum(numerator), sum(denominator), bool_or(is_low_reliability){{ also }}
    from contributing
    group by source_type, pool_id, indicator_id, unit, period_type, period_end{{ also }}

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
        {{ status_of('unit', 'denominator', 'is_low_reliability') }} as status{{ also }}
    from areas

)
{%- endmacro %}
