{{ config(materialized='table') }}

with touched as (

    select * from {{ ref('int_children__touched') }}

),

records as (

    -- apart, so that the few moments since the first change are all of the log that is read for most children
    select records.*
    from {{ ref('stg_csc__records') }} as records
    inner join touched
        on records.source_id = touched.source_id
        and records.child_key = touched.child_key
        and records.received_at >= touched.resume_at
    union all
    select records.*
    from {{ ref('stg_csc__records') }} as records
    inner join touched
        on records.source_id = touched.source_id
        and records.child_key = touched.child_key
        and touched.resume_at is null

),

purges as (

    select purges.*
    from {{ ref('stg_csc__purges') }} as purges
    inner join touched on purges.source_id = touched.source_id and purges.child_key = touched.child_key

),

-- a purge outlives the record that brought it
moments as (

    select source_id, child_key, received_at, batch_id, batch_index from records
    union
    select source_id, child_key, received_at, batch_id, batch_index from purges

),

sequenced as (

    select
        *,
        row_number() over (
            partition by source_id, child_key order by received_at, batch_id, batch_index
        ) as seq
    from moments

)

select
    sequenced.source_id,
    sequenced.child_key,
    sequenced.received_at,
    sequenced.batch_id,
    sequenced.batch_index,
    sequenced.seq,
    records.source_type,
    records.la_code,
    records.content_hash,
    records.content_no,
    records.payload_mode,
    records.has_child_details,
    records.has_disabilities,
    records.has_sdq_assessments,
    coalesce(records.is_purge_message, true) as is_purge_message
from sequenced
left join records
    on sequenced.source_id = records.source_id
    and sequenced.child_key = records.child_key
    and sequenced.received_at = records.received_at
    and sequenced.batch_id = records.batch_id
    and sequenced.batch_index = records.batch_index
