{#- A copy of what loads noted, so that what comes in while the vintages are computed is not forgotten with it. -#}
select
    source_id,
    from_at,
    load_id
from {{ source('control', 'changed_sources') }}
