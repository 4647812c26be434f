select
    indicator_id,
    framework_area,
    domain,
    name,
    unit,
    polarity,
    decimals,
    definition,
    caveats
from {{ ref('indicator') }}
