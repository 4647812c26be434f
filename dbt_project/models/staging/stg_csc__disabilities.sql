with source as (

    select * from {{ source('raw', 'disabilities') }}

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
        disability_code,

        -- flags
        purge

    from source

)

select * from renamed
