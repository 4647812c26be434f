{{ config(alias='care_workers') }}
{%- set key = ['social_care_episode_id', 'worker_id', 'start_date'] -%}
{%- set attributes = ['end_date', 'change_reason'] -%}

{{ item_versions(
    'select * from ' ~ ref('int_care_workers__resolved'),
    key,
    attributes
) }}
