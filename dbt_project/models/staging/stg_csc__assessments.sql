with source as (

    select * from {{ source('raw', 'assessments') }}

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
        child_and_family_assessment_id,

        -- dates
        start_date,
        authorisation_date,
        internal_review_date,

        -- flags
        has_factors,
        purge

    from source

)

select * from renamed
