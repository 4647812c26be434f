{{ config(alias='pre_proceedings') }}
{%- set key = ['social_care_episode_id', 'start_date'] -%}
{%- set attributes = [
    'letter_sent_date',
    'initial_meeting_date',
    'court_application_date',
    'step_decision_date',
    'initial_care_letter_date',
    'family_group_meeting_offered',
    'family_group_meeting_held',
    'outcome',
    'review_meetings',
] -%}

{{ item_versions(
    item_occurrences(ref('stg_csc__pre_proceedings'), key, attributes, purged_with=[]),
    key,
    attributes
) }}
