with source as (

    select * from {{ source('raw', 'cp_plan_reviews') }}

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
        child_protection_plan_id,

        -- dates
        review_date,

        -- flags
        purge

    from source

)

select * from renamed
