with spells as (

    select * from {{ ref('int_findings__spells') }}

),

rules as (

    select * from {{ ref('rule') }}

)

select
    spells.source_id,
    spells.la_code,
    spells.rule_id,
    rules.severity,
    rules.category,
    cast(count(distinct spells.child_key) as bigint) as children,
    cast(count(*) as bigint) as findings,
    cast(sum(case when spells.fixed_on is null then 1 else 0 end) as bigint) as findings_open,
    cast(sum(case when spells.fixed_on is not null then 1 else 0 end) as bigint) as findings_fixed,
    -- of whole days to one place, so that neither engine's last bit shows
    cast(
        round(cast(percentile_cont(0.5) within group (order by spells.days_to_fix) as numeric(18, 6)), 1)
        as double precision
    ) as days_to_fix_median,
    cast(
        round(cast(percentile_cont(0.9) within group (order by spells.days_to_fix) as numeric(18, 6)), 1)
        as double precision
    ) as days_to_fix_p90,
    min(spells.first_seen) as first_seen,
    max(spells.last_seen) as last_seen
from spells
left join rules on spells.rule_id = rules.rule_id
group by spells.source_id, spells.la_code, spells.rule_id, rules.severity, rules.category
