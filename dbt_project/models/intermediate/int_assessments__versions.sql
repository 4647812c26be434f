{{ config(alias='assessments') }}
{%- set key = ['social_care_episode_id', 'child_and_family_assessment_id'] -%}
{%- set attributes = ['start_date', 'authorisation_date', 'internal_review_date', 'has_factors'] -%}

{{ item_versions(
    item_occurrences(
        ref('stg_csc__assessments'), key, attributes,
        purged_with=['episodes', 'assessments'], own_id='child_and_family_assessment_id'
    ),
    key,
    attributes,
    stays_true=['has_factors']
) }}
