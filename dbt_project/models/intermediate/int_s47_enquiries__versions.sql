{{ config(alias='s47_enquiries') }}
{%- set key = ['social_care_episode_id', 'section_47_assessment_id'] -%}
{%- set attributes = ['start_date', 'end_date', 'icpc_required_flag', 'icpc_date', 'icpc_target_date'] -%}

{{ item_versions(
    item_occurrences(
        ref('stg_csc__s47_enquiries'), key, attributes,
        purged_with=['episodes', 's47_enquiries'], own_id='section_47_assessment_id'
    ),
    key,
    attributes
) }}
