with source as (

    select * from {{ source('raw', 'streams') }}

),

renamed as (

    select
        -- ids
        stream_id,
        la_code,

        -- codes
        route,
        cms_supplier,
        environment,
        payload_mode,

        -- dates
        start_date,
        end_date,

        -- flags
        is_primary

    from source

)

select * from renamed
