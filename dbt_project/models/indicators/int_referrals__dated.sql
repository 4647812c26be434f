with episodes as (

    {{ current_rows('episodes', ['referral_date']) }}

),

referrals as (

    select distinct source_id, child_key, referral_date
    from episodes
    where referral_date is not null

),

dated as (

    select
        source_id,
        child_key,
        referral_date,
        lag(referral_date) over (partition by source_id, child_key order by referral_date) as previous_referral_date
    from referrals

)

select * from dated
