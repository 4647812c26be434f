with source as (

    select * from {{ source('raw', 'placements') }}

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
        child_looked_after_placement_id,

        -- codes
        start_reason,
        placement_type,
        placement_postcode,
        end_reason,
        change_reason,
        legal_status,
        placement_provider,
        urn,
        primary_need,
        home_postcode,

        -- dates
        start_date,
        end_date,

        -- flags
        purge

    from source

)

select * from renamed
