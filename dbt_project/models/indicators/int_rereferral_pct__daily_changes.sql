select
    source_id,
    referral_date as day,
    cast(
        sum(case when previous_referral_date >= {{ months_later('referral_date', -12) }} then 1 else 0 end) as bigint
    ) as numerator,
    count(*) as denominator
from {{ ref('int_referrals__dated') }}
group by source_id, referral_date
