with in_need as (

    select * from {{ ref('int_children_in_need__merged') }}

)

{{ changes_of_spells('in_need', numerator='1') }}
