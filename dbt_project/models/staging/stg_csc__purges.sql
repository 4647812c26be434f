with source as (

    select
        purges.*,
        episodes.id as social_care_episode_id,
        items.id as item_id
    from {{ source('raw', 'purges') }} as purges
    left join {{ source('control', 'held_ids') }} as episodes on purges.episode_key = episodes.key
    left join {{ source('control', 'held_ids') }} as items on purges.item_key = items.key

),

renamed as (

    select
        -- ids
        source_id,
        la_code,
        child_key,
        batch_id,
        batch_index,
        social_care_episode_id,
        item_id,

        -- codes
        level,

        -- dates
        submission_day,
        received_at

    from source

)

select * from renamed
