{{ config(materialized='table') }}
{#-
  Every child when history is built from nothing, else the children whose sequence of records changed.

  resume_at: the first moment that changed. What was known just before it stands, and history goes on from there. Null
  where the child is computed from its first record: when everyone is, and for a child with purges, which reach back.
  before_hash, before_mode: of the last record before that moment, with which the next is compared.
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
        cast(null as {{ dbt.type_string() }}) as before_hash,
        cast(null as {{ dbt.type_string() }}) as before_mode,
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

touched as (

    select
        changed.source_id,
        changed.child_key,
        changed.load_id,
        case when purged.child_key is null then changed.from_at end as resume_at,
        case when purged.child_key is null then changed.before_hash end as before_hash,
        case when purged.child_key is null then changed.before_mode end as before_mode,
        false as is_everyone
    from changed
    left join purged on changed.source_id = purged.source_id and changed.child_key = purged.child_key

)
{% endif %}
select * from touched
