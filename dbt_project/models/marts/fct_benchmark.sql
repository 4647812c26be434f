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

    select
        group_kind,
        group_id,
        la_code,
        count(*) over (partition by group_kind, group_id) as members
    from memberships

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

{#- Windows rather than joins of a summary back to its rows: Postgres plans the latter as nested loops. -#}
ranked as (

    select
        la_values.*,
        groups.group_kind,
        groups.group_id,
        groups.members,
        count(la_values.value) over benchmark as contributors,
        row_number() over (
            partition by {{ benchmark_key() }} order by la_values.value nulls last, la_values.la_code
        ) as value_rank,
        rank() over (
            partition by {{ benchmark_key() }}
            order by case when polarity = 'higher_better' then -value else value end nulls last
        ) as polarity_rank
    from la_values
    inner join groups on la_values.la_code = groups.la_code
    window benchmark as (partition by {{ benchmark_key() }})

),

measured as (

    select
        *,
        {{ mean_of('value', 'benchmark') }} as group_mean,
        {{ quartile_of_ranked(1, 'benchmark') }} as group_p25,
        {{ quartile_of_ranked(2, 'benchmark') }} as group_median,
        {{ quartile_of_ranked(3, 'benchmark') }} as group_p75,
        min(value) over benchmark as group_minimum,
        max(value) over benchmark as group_maximum,
        sum(case when value is not null then numerator end) over benchmark as pooled_numerator,
        sum(case when value is not null then denominator end) over benchmark as pooled_denominator,
        count(case when value is not null then numerator end) over benchmark as with_numerator,
        count(case when value is not null then denominator end) over benchmark as with_denominator
    from ranked
    window benchmark as (partition by {{ benchmark_key() }})

),

{#- Below the minimum of contributors a statistic would tell one LA the value of another. -#}
shown as (

    select
        *,
        group_mean as mean,
        group_p25 as p25,
        group_median as median,
        group_p75 as p75,
        group_minimum as minimum,
        group_maximum as maximum,
        case
            when with_numerator < contributors then null
            when unit = 'count' then cast(pooled_numerator as double precision)
            when with_denominator = contributors
                then {{ value_of('unit', 'pooled_numerator', 'pooled_denominator') }}
        end as pooled_value,
        case when polarity <> 'neutral' and value is not null then polarity_rank end as rank,
        case when polarity <> 'neutral' then contributors end as rank_of,
        case when value is not null then denominator end as own_denominator
    from measured
    where contributors >= {{ minimum }}

    union all

    select
        *,
        null as mean,
        null as p25,
        null as median,
        null as p75,
        null as minimum,
        null as maximum,
        null as pooled_value,
        null as rank,
        null as rank_of,
        null as own_denominator
    from measured
    where contributors < {{ minimum }}

),

limited as (

    select
        *,
        {{ quartile_band() }} as quartile_band,
        {{ control_limit(z=1.959964, side=-1) }} as lower_95,
        {{ control_limit(z=1.959964, side=1) }} as upper_95,
        {{ control_limit(z=3.090232, side=-1) }} as lower_998,
        {{ control_limit(z=3.090232, side=1) }} as upper_998
    from shown

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
