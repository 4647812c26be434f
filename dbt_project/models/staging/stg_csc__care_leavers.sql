with source as (

    select * from {{ source('raw', 'care_leavers') }}

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
        activity,
        accommodation,
        accommodation_suitable,
        in_touch,

        -- dates
        contact_date,
        stated_date_of_birth,

        -- flags
        purge

    from source

)

select * from renamed
