{{ config(alias='adoptions') }}
{%- set key = ['social_care_episode_id'] -%}
{%- set attributes = [
    'initial_decision_date',
    'matched_date',
    'placed_date',
    'ad1_decision_date',
    'placed_adoption_decision_date',
    'in_ad1',
    'in_placed_adoption',
    'decision_reversed_date',
    'decision_reversed_reason',
    'foster_carer_adopter',
    'adopter_number',
    'adopter_sex',
    'adopter_legal_status',
    'stated_date_of_birth',
] -%}

{{ item_versions(
    item_occurrences(ref('stg_csc__adoptions'), key, attributes, purged_with=['episodes', 'adoptions']),
    key,
    attributes
) }}
