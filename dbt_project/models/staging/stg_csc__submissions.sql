with source as (

    select * from {{ source('raw', 'submissions') }}

),

renamed as (

    select
        -- ids
        attempt_id,
        stream_id,
        la_code,
        batch_id,

        -- codes
        outcome,
        http_status,
        error_rules,

        -- numbers
        bytes,
        records,

        -- dates
        received_at,
        submission_day

    from source

)

select * from renamed
