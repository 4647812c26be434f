{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key=['source_id', 'period_end', 'rung'],
    on_schema_change='fail'
) }}
{#- Vintages once computed stay until a load changes their past: see int_indicator_vintages__due. -#}
select *
from {{ ref('int_indicator_values__by_source') }}
where rung is not null
