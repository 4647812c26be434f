with source as (

    select * from {{ source('raw', 'adoptions') }}

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
        social_care_episode_id,

        -- codes
        decision_reversed_reason,
        foster_carer_adopter,
        adopter_number,
        adopter_sex,
        adopter_legal_status,

        -- dates
        initial_decision_date,
        matched_date,
        placed_date,
        ad1_decision_date,
        placed_adoption_decision_date,
        decision_reversed_date,
        stated_date_of_birth,

        -- flags
        in_ad1,
        in_placed_adoption,
        purge

    from source

)

select * from renamed
