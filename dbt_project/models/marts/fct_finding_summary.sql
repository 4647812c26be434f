with outcomes as (

    select * from {{ source('findings', 'rule_outcome') }}

),

rules as (

    select * from {{ ref('rule') }}

)

select
    outcomes.source_id,
    outcomes.la_code,
    outcomes.submission_day,
    outcomes.scope,
    outcomes.rule_id,
    rules.category,
    outcomes.severity,
    outcomes.entity,
    cast(outcomes.rows_checked as bigint) as rows_checked,
    cast(outcomes.rows_failed as bigint) as rows_failed,
    outcomes.outcome,
    outcomes.reason
from outcomes
left join rules on outcomes.rule_id = rules.rule_id
