{{ config(alias='missing_episodes') }}
{%- set key = ['start_date', 'missing_type'] -%}
{%- set attributes = ['end_date', 'stated_date_of_birth'] -%}

{{ item_versions(
    item_occurrences(ref('stg_csc__missing_episodes'), key, attributes, purged_with=[]),
    key,
    attributes
) }}
