{{ config(materialized='table') }}
{#- Every child when history is built from nothing, else the children whose sequence of records changed. -#}
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
        true as is_everyone
    from known
    left join {{ source('control', 'touched_children') }} as touched
        on known.source_id = touched.source_id and known.child_key = touched.child_key

)
{% else %}
with touched as (

    select
        source_id,
        child_key,
        load_id,
        false as is_everyone
    from {{ source('control', 'touched_children') }}

)
{% endif %}
select * from touched
