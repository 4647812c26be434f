with source as (

    select * from {{ source('raw', 'returns') }}

),

renamed as (

    select
        -- ids
        return_id,
        la_code,

        -- codes
        kind,

        -- numbers
        year,

        -- dates
        reference_date,
        period_start,
        received_at

    from source

)

select * from renamed
