{{ config(alias='placements') }}
{%- set key = ['social_care_episode_id', 'child_looked_after_placement_id'] -%}
{%- set attributes = [
    'start_date',
    'start_reason',
    'placement_type',
    'placement_postcode',
    'end_date',
    'end_reason',
    'change_reason',
    'legal_status',
    'placement_provider',
    'urn',
    'primary_need',
    'home_postcode',
] -%}

{{ item_versions(
    item_occurrences(
        ref('stg_csc__placements'), key, attributes,
        purged_with=['episodes', 'placements'], own_id='child_looked_after_placement_id'
    ),
    key,
    attributes
) }}
