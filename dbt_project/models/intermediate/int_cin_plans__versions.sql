{{ config(alias='cin_plans') }}
{%- set key = ['social_care_episode_id', 'child_in_need_plan_id'] -%}
{%- set attributes = ['start_date', 'end_date'] -%}

{{ item_versions(
    item_occurrences(
        ref('stg_csc__cin_plans'), key, attributes,
        purged_with=['episodes', 'cin_plans'], own_id='child_in_need_plan_id'
    ),
    key,
    attributes
) }}
