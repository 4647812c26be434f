with source as (

    select * from {{ source('raw', 'episodes') }}

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
        referral_source,
        closure_reason,
        primary_need,

        -- dates
        referral_date,
        closure_date,
        icpc_date_episode_level,

        -- flags
        referral_no_further_action_flag,
        purge

    from source

)

select * from renamed
