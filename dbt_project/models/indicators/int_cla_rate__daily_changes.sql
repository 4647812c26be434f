with looked_after as (

    select * from {{ ref('int_looked_after__under_18') }}

)

{{ changes_of_spells('looked_after', numerator='1') }}
