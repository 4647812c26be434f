with source as (

    select * from {{ source('raw', 'purges') }}

),

renamed as (

    select
        -- ids
        source_id,
        la_code,
        child_key,
        batch_id,
        batch_index,
        episode_key,
        item_key,

        -- codes
        level,

        -- dates
        submission_day,
        received_at

    from source

)

select * from renamed
