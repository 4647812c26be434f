with source as (

    select * from {{ source('raw', 'assessment_factors') }}

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

        -- codes
        factor,

        -- flags
        purge

    from source

)

select * from renamed
