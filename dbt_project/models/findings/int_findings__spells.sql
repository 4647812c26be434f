{{ config(alias='finding_spell') }}

-- A finding lasts from the first day on which it was made to the day on which the child was judged without it. A child
-- is judged on the days that change something, so nothing can be fixed on any other day.
with judged as (

    select
        source_id,
        child_key,
        submission_day,
        row_number() over (partition by source_id, child_key order by submission_day) as visit
    from {{ source('findings', 'judged_child') }}

),

found as (

    select distinct source_id, la_code, child_key, rule_id, submission_day
    from {{ source('findings', 'finding') }}
    where scope = 'state' and child_key is not null

),

in_spells as (

    select
        found.source_id,
        found.la_code,
        found.child_key,
        found.rule_id,
        found.submission_day,
        judged.visit,
        judged.visit - row_number() over (
            partition by found.source_id, found.child_key, found.rule_id order by judged.visit
        ) as spell
    from found
    inner join judged
        on found.source_id = judged.source_id
        and found.child_key = judged.child_key
        and found.submission_day = judged.submission_day

),

spells as (

    select
        source_id,
        la_code,
        child_key,
        rule_id,
        min(submission_day) as first_seen,
        max(submission_day) as last_seen,
        max(visit) as last_visit,
        count(*) as times_seen
    from in_spells
    group by source_id, la_code, child_key, rule_id, spell

)

select
    spells.source_id,
    spells.la_code,
    spells.child_key,
    spells.rule_id,
    spells.first_seen,
    spells.last_seen,
    judged.submission_day as fixed_on,
    cast(judged.submission_day - spells.first_seen as integer) as days_to_fix,
    cast(spells.times_seen as integer) as times_seen
from spells
left join judged
    on spells.source_id = judged.source_id
    and spells.child_key = judged.child_key
    and judged.visit = spells.last_visit + 1
