{{ config(alias='sdq_assessments') }}
{%- set key = ['date'] -%}
{%- set attributes = ['score', 'no_score_reason', 'stated_date_of_birth'] -%}

{{ list_versions(
    "select * from " ~ ref('int_records__sequenced') ~ " where is_full or has_sdq_assessments",
    item_occurrences(ref('stg_csc__sdq_assessments'), key, attributes, purged_with=['health_and_wellbeing']),
    key,
    attributes
) }}
