{{ config(alias='previous_permanence') }}
{%- set key = [] -%}
{%- set attributes = ['permanence_option', 'permanence_la', 'permanence_date'] -%}

{{ item_versions(
    item_occurrences(ref('stg_csc__previous_permanence'), key, attributes, purged_with=[]),
    key,
    attributes
) }}
