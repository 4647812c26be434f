{%- set minimum = var('minimum_contributors') -%}
with local_authorities as (

    select * from {{ ref('local_authority') }}

),

memberships as (

    select 'england' as group_kind, 'england' as group_id, la_code from local_authorities
    union all
    select 'region' as group_kind, region_9 as group_id, la_code from local_authorities
    union all
    select 'size' as group_kind, size_band as group_id, la_code from local_authorities

),

groups as (

    select group_kind, group_id, count(*) as members
    from memberships
    group by group_kind, group_id

),

{#- One value an LA: of several streams, that of the primary one. -#}
la_values as (

    select
        area_values.source_type,
        area_values.area_code as la_code,
        area_values.indicator_id,
        area_values.period_type,
        area_values.period_end,
        area_values.numerator,
        area_values.denominator,
        area_values.value,
        indicators.unit,
        indicators.polarity
    from {{ ref('fct_indicator_value') }} as area_values
    inner join {{ ref('indicator') }} as indicators on area_values.indicator_id = indicators.indicator_id
    left join {{ ref('int_indicator_sources__covered') }} as sources
        on area_values.source_id = sources.source_id
    where
        area_values.area_type = 'la'
        and area_values.breakdown = 'all'
        and (area_values.source_type <> 'timely' or sources.is_pooled)

),

grouped as (

    select
        la_values.*,
        memberships.group_kind,
        memberships.group_id
    from la_values
    inner join memberships on la_values.la_code = memberships.la_code

),

ranked as (

    select
        *,
        row_number() over (partition by {{ benchmark_key() }} order by value, la_code) as value_rank,
        count(*) over (partition by {{ benchmark_key() }}) as contributors,
        rank() over (
            partition by {{ benchmark_key() }}
            order by case when polarity = 'higher_better' then -value else value end
        ) as polarity_rank
    from grouped
    where value is not null

),

statistics as (

    select
        {{ benchmark_key() }},
        max(contributors) as contributors,
        {{ mean_of('value') }} as mean,
        {{ quartile_of_ranked(1) }} as p25,
        {{ quartile_of_ranked(2) }} as median,
        {{ quartile_of_ranked(3) }} as p75,
        min(value) as minimum,
        max(value) as maximum,
        case
            when max(unit) = 'count' then cast(sum(numerator) as double precision)
            when count(numerator) = count(*) and count(denominator) = count(*)
                then {{ value_of('max(unit)', 'sum(numerator)', 'sum(denominator)') }}
        end as pooled_value
    from ranked
    group by {{ benchmark_key() }}

),

shown as (

    select *
    from statistics
    where contributors >= {{ minimum }}

),

placed as (

    select
        grouped.source_type,
        grouped.la_code,
        grouped.indicator_id,
        grouped.period_type,
        grouped.period_end,
        grouped.group_id,
        grouped.group_kind,
        grouped.unit,
        grouped.polarity,
        grouped.value,
        case when grouped.value is not null then grouped.denominator end as own_denominator,
        groups.members,
        coalesce(statistics.contributors, 0) as contributors,
        shown.mean,
        shown.median,
        shown.p25,
        shown.p75,
        shown.minimum,
        shown.maximum,
        shown.pooled_value,
        case when shown.contributors is not null and grouped.polarity <> 'neutral' then ranked.polarity_rank end as rank,
        case when grouped.polarity <> 'neutral' then shown.contributors end as rank_of
    from grouped
    inner join groups on grouped.group_kind = groups.group_kind and grouped.group_id = groups.group_id
    left join statistics on {{ same_benchmark('grouped', 'statistics') }}
    left join shown on {{ same_benchmark('grouped', 'shown') }}
    left join ranked on {{ same_benchmark('grouped', 'ranked') }} and grouped.la_code = ranked.la_code

),

limited as (

    select
        *,
        {{ quartile_band() }} as quartile_band,
        {{ control_limit(z=1.959964, side=-1) }} as lower_95,
        {{ control_limit(z=1.959964, side=1) }} as upper_95,
        {{ control_limit(z=3.090232, side=-1) }} as lower_998,
        {{ control_limit(z=3.090232, side=1) }} as upper_998
    from placed

)

select
    source_type,
    la_code,
    indicator_id,
    period_type,
    period_end,
    group_id,
    group_kind,
    cast(members as bigint) as members,
    cast(contributors as bigint) as contributors,
    cast(mean as double precision) as mean,
    cast(median as double precision) as median,
    cast(p25 as double precision) as p25,
    cast(p75 as double precision) as p75,
    cast(minimum as double precision) as minimum,
    cast(maximum as double precision) as maximum,
    cast(pooled_value as double precision) as pooled_value,
    cast(rank as bigint) as rank,
    cast(rank_of as bigint) as rank_of,
    quartile_band,
    cast(lower_95 as double precision) as lower_95,
    cast(upper_95 as double precision) as upper_95,
    cast(lower_998 as double precision) as lower_998,
    cast(upper_998 as double precision) as upper_998
from limited
