{{ config(materialized='table') }}
{#-
  Every child when history is built from nothing, else the children whose sequence of records changed.

  resume_at: the moment of the last full record at or before the first change. A full record replaces everything, so
  what was known before it stands, and history is computed from there on. Null where there is none, and for a child
  with purges, since those reach back: then it is computed from the first record.
-#}
-- depends_on: {{ ref('stg_csc__records') }}, {{ ref('stg_csc__purges') }}
{%- set everyone = history_is_to_be_rebuilt() -%}

{% if everyone %}
with known as (

    select source_id, child_key from {{ ref('stg_csc__records') }}
    union
    select source_id, child_key from {{ ref('stg_csc__purges') }}

),

touched as (

    select
        known.source_id,
        known.child_key,
        touched.load_id,
        cast(null as timestamp with time zone) as resume_at,
        true as is_everyone
    from known
    left join {{ source('control', 'touched_children') }} as touched
        on known.source_id = touched.source_id and known.child_key = touched.child_key

)
{% else %}
with changed as (

    select * from {{ source('control', 'touched_children') }}

),

purged as (

    select distinct source_id, child_key from {{ ref('stg_csc__purges') }}

),

full_records as (

    select
        changed.source_id,
        changed.child_key,
        max(records.received_at) as resume_at
    from {{ ref('stg_csc__records') }} as records
    inner join changed
        on records.source_id = changed.source_id
        and records.child_key = changed.child_key
        and records.received_at <= changed.from_at
    left join purged on changed.source_id = purged.source_id and changed.child_key = purged.child_key
    where
        records.payload_mode = 'full'
        and not records.is_purge_message
        and purged.child_key is null
    group by changed.source_id, changed.child_key

),

touched as (

    select
        changed.source_id,
        changed.child_key,
        changed.load_id,
        full_records.resume_at,
        false as is_everyone
    from changed
    left join full_records
        on changed.source_id = full_records.source_id and changed.child_key = full_records.child_key

)
{% endif %}
select * from touched
