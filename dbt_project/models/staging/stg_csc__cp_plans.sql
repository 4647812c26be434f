with source as (

    select * from {{ source('raw', 'cp_plans') }}

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

        -- codes
        initial_category_of_abuse,
        latest_category_of_abuse,

        -- numbers
        number_of_previous_plans,

        -- dates
        start_date,
        end_date,

        -- flags
        purge

    from source

)

select * from renamed
