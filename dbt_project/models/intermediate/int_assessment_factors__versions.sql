{{ config(alias='assessment_factors') }}
{%- set key = ['social_care_episode_id', 'child_and_family_assessment_id', 'factor'] -%}
{%- set attributes = [] -%}
{%- set holder_key = ['social_care_episode_id', 'child_and_family_assessment_id'] -%}
{%- set holders = item_occurrences(
    ref('stg_csc__assessments'), holder_key, ['has_factors'],
    purged_with=['episodes', 'assessments'], own_id='child_and_family_assessment_id'
) -%}

{{ list_versions(
    "select * from (" ~ holders ~ ") as sent where from_last = 1 and has_factors",
    item_occurrences(
        ref('stg_csc__assessment_factors'), key, attributes,
        purged_with=['episodes', 'assessments'], own_id='child_and_family_assessment_id'
    ),
    key,
    attributes,
    holder_key
) }}
