select
    source_id,
    referral_date as day,
    count(*) as numerator,
    cast(0 as bigint) as denominator
from {{ ref('int_referrals__dated') }}
group by source_id, referral_date
