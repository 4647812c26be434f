{{ config(alias='children') }}
{%- set key = [] -%}
{%- set attributes = [
    'unique_pupil_number',
    'former_unique_pupil_number',
    'unique_pupil_number_unknown_reason',
    'date_of_birth',
    'expected_date_of_birth',
    'sex',
    'ethnicity',
    'home_postcode',
    'uasc_flag',
    'uasc_end_date',
    'date_of_death',
    'is_mother',
    'mother_child_date_of_birth',
    'uasc_date_of_birth',
] -%}

{{ item_versions(
    item_occurrences(
        ref('stg_csc__children'), key, attributes, purged_with=['child_details'], keep_absent=true
    ),
    key,
    attributes
) }}
