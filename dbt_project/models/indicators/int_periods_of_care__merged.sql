with placements as (

    {{ current_rows('placements', ['start_date', 'end_date']) }}

)

{{ merged_spells('placements') }}
