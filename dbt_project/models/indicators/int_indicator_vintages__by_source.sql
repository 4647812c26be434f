{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key=['source_id', 'period_end', 'rung'],
    on_schema_change='fail',
    post_hook="{{ forget_unreached_vintages() }}"
) }}
{#- Vintages once computed stay until a load changes their past: see int_indicator_vintages__due. -#}
-- depends_on: {{ ref('int_indicator_vintages__reached') }}
select
    *,
    {{ var('count_same_carer_moves') }} as counts_same_carer_moves
from {{ ref('int_indicator_values__by_source') }}
where rung is not null
