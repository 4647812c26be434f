{{ config(alias='episodes') }}
{%- set key = ['social_care_episode_id'] -%}
{%- set attributes = [
    'referral_date',
    'referral_source',
    'referral_no_further_action_flag',
    'closure_date',
    'closure_reason',
    'primary_need',
    'icpc_date_episode_level',
] -%}

{{ item_versions(
    item_occurrences(ref('stg_csc__episodes'), key, attributes, purged_with=['episodes']),
    key,
    attributes
) }}
