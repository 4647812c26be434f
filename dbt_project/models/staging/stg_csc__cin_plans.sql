with source as (

    select * from {{ source('raw', 'cin_plans') }}

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
        child_in_need_plan_id,

        -- dates
        start_date,
        end_date,

        -- flags
        purge

    from source

)

select * from renamed
