{{ config(materialized='table') }}
{%- set key = ['social_care_episode_id', 'worker_id', 'start_date'] -%}

{{ item_occurrences(
    ref('stg_csc__care_workers'), key, ['end_date', 'change_reason'], purged_with=['episodes']
) }}
