{{ config(alias='dolo') }}
{%- set key = ['start_date'] -%}
{%- set attributes = ['end_date', 'stated_date_of_birth'] -%}

{{ item_versions(
    item_occurrences(ref('stg_csc__dolo'), key, attributes, purged_with=[]),
    key,
    attributes
) }}
