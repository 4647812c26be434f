{{ config(alias='cp_plan_reviews') }}
{%- set key = ['social_care_episode_id', 'child_protection_plan_id', 'review_date'] -%}
{%- set attributes = [] -%}

{{ item_versions(
    item_occurrences(ref('stg_csc__cp_plan_reviews'), key, attributes, purged_with=[]),
    key,
    attributes
) }}
