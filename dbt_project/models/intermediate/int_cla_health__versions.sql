{{ config(alias='cla_health') }}
{%- set key = [] -%}
{%- set attributes = [
    'convicted',
    'health_check',
    'immunisations',
    'teeth_check',
    'health_assessment',
    'substance_misuse',
    'intervention_received',
    'intervention_offered',
    'stated_date_of_birth',
] -%}

{{ item_versions(
    item_occurrences(ref('stg_csc__cla_health'), key, attributes, purged_with=[]),
    key,
    attributes
) }}
