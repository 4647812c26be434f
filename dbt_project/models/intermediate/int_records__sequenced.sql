{{ config(materialized='table') }}

with events as (

    -- before the first of them comes the record after which history goes on
    select
        events.*,
        touched.before_mode is null as is_from_first,
        case when events.seq = 1 then touched.before_hash else lag(events.content_hash) over in_order end
            as before_hash,
        case when events.seq = 1 then touched.before_mode else lag(events.payload_mode) over in_order end
            as before_mode
    from {{ ref('int_events__sequenced') }} as events
    left join {{ ref('int_children__touched') }} as touched
        on events.source_id = touched.source_id and events.child_key = touched.child_key
    window in_order as (partition by events.source_id, events.child_key order by events.seq)

),

child_purges as (

    select source_id, child_key, seq
    from {{ ref('int_purges__sequenced') }}
    where level = 'child'

),

-- The same content again says nothing new, unless it was a delta before and now replaces everything.
telling as (

    select events.*
    from events
    left join child_purges
        on events.source_id = child_purges.source_id and events.child_key = child_purges.child_key
    where not events.is_purge_message
        and events.seq > coalesce(child_purges.seq, 0)
        and (
            events.before_hash is distinct from events.content_hash
            or (events.payload_mode = 'full' and events.before_mode = 'delta')
        )

),

-- the first record of a child, or the first after its purge, is full by definition
with_mode as (

    select
        *,
        payload_mode = 'full'
        or (is_from_first and row_number() over (partition by source_id, child_key order by seq) = 1) as is_full
    from telling

),

sequenced as (

    select
        source_type,
        source_id,
        la_code,
        child_key,
        content_hash,
        content_no,
        received_at,
        seq,
        is_full,
        sum(case when is_full then 1 else 0 end) over (
            partition by source_id, child_key order by seq
        ) as full_no,
        min(case when is_full then received_at end) over (
            partition by source_id, child_key order by seq
            rows between 1 following and unbounded following
        ) as full_to,
        -- one record that says everything: what it repeats goes on, what it lacks is gone
        is_full and count(*) over (partition by source_id, child_key) = 1 as replaces_all,
        has_child_details,
        has_disabilities,
        has_sdq_assessments
    from with_mode

)

select * from sequenced
