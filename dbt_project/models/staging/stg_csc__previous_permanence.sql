with source as (

    select * from {{ source('raw', 'previous_permanence') }}

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

        -- codes
        permanence_option,
        permanence_la,
        permanence_date,

        -- flags
        purge

    from source

)

select * from renamed
