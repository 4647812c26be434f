{{ config(alias='cp_plans') }}
{%- set key = ['social_care_episode_id', 'child_protection_plan_id'] -%}
{%- set attributes = [
    'start_date',
    'end_date',
    'initial_category_of_abuse',
    'latest_category_of_abuse',
    'number_of_previous_plans',
] -%}

{{ item_versions(
    item_occurrences(
        ref('stg_csc__cp_plans'), key, attributes,
        purged_with=['episodes', 'cp_plans'], own_id='child_protection_plan_id'
    ),
    key,
    attributes
) }}
