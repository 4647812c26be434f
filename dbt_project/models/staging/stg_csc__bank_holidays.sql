with source as (

    select * from {{ source('raw', 'bank_holidays') }}

),

renamed as (

    select
        -- dates
        date

    from source

)

select * from renamed
