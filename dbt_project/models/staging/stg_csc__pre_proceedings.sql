with source as (

    select * from {{ source('raw', 'pre_proceedings') }}

),

renamed as (

    select
        -- ids
        source_type,
        source_id,
        la_code,
        child_key,
        content_hash,
        content_no,
        row_index,
        social_care_episode_id,

        -- codes
        family_group_meeting_offered,
        family_group_meeting_held,
        outcome,

        -- numbers
        review_meetings,

        -- dates
        start_date,
        letter_sent_date,
        initial_meeting_date,
        court_application_date,
        step_decision_date,
        initial_care_letter_date,

        -- flags
        purge

    from source

)

select * from renamed
