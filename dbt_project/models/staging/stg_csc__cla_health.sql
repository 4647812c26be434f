with source as (

    select * from {{ source('raw', 'cla_health') }}

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
        convicted,
        health_check,
        immunisations,
        teeth_check,
        health_assessment,
        substance_misuse,
        intervention_received,
        intervention_offered,

        -- dates
        stated_date_of_birth,

        -- flags
        purge

    from source

)

select * from renamed
