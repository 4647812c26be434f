with placements as (

    {{ current_rows('placements') }}

)

{{ merged_spells('placements') }}
