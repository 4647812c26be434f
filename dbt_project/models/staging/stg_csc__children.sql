with source as (

    select * from {{ source('raw', 'children') }}

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
        unique_pupil_number,
        former_unique_pupil_number,

        -- codes
        unique_pupil_number_unknown_reason,
        sex,
        ethnicity,
        home_postcode,

        -- dates
        date_of_birth,
        expected_date_of_birth,
        uasc_end_date,
        date_of_death,
        mother_child_date_of_birth,
        uasc_date_of_birth,

        -- flags
        uasc_flag,
        is_mother,
        purge

    from source

)

select * from renamed
