{{ config(alias='care_leavers') }}
{%- set key = ['social_care_episode_id'] -%}
{%- set attributes = [
    'contact_date',
    'activity',
    'accommodation',
    'accommodation_suitable',
    'in_touch',
    'stated_date_of_birth',
] -%}

{{ item_versions(
    item_occurrences(ref('stg_csc__care_leavers'), key, attributes, purged_with=['episodes', 'care_leavers']),
    key,
    attributes
) }}
