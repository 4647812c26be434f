with source as (

    select * from {{ source('raw', 'records') }}

),

renamed as (

    select
        -- ids
        source_type,
        source_id,
        la_code,
        child_key,
        batch_id,
        batch_index,
        receipt_id,
        content_hash,
        content_no,
        content_key,

        -- codes
        payload_mode,
        schema_version,

        -- dates
        submission_day,
        received_at,

        -- flags
        has_child_details,
        has_disabilities,
        has_sdq_assessments,
        is_purge_message

    from source

)

select * from renamed
