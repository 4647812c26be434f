with source as (

    select * from {{ source('raw', 'sdq_assessments') }}

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
        no_score_reason,

        -- numbers
        score,

        -- dates
        date,
        stated_date_of_birth,

        -- flags
        purge

    from source

)

select * from renamed
