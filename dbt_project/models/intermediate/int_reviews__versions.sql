{{ config(alias='reviews') }}
{%- set key = ['review_date'] -%}
{%- set attributes = ['participation', 'stated_date_of_birth'] -%}

{{ item_versions(
    item_occurrences(ref('stg_csc__reviews'), key, attributes, purged_with=[]),
    key,
    attributes
) }}
