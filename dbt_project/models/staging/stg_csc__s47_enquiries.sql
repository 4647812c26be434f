with source as (

    select * from {{ source('raw', 's47_enquiries') }}

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
        section_47_assessment_id,

        -- dates
        start_date,
        end_date,
        icpc_date,
        icpc_target_date,

        -- flags
        icpc_required_flag,
        purge

    from source

)

select * from renamed
