with source as (

    select * from {{ source('raw', 'dolo') }}

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

        -- dates
        start_date,
        end_date,
        stated_date_of_birth,

        -- flags
        purge

    from source

)

select * from renamed
