{{ config(alias='disabilities') }}
{%- set key = ['disability_code'] -%}
{%- set attributes = [] -%}

{{ list_versions(
    "select * from " ~ ref('int_records__sequenced') ~ " where is_full or has_disabilities",
    item_occurrences(ref('stg_csc__disabilities'), key, attributes, purged_with=['child_details']),
    key,
    attributes
) }}
