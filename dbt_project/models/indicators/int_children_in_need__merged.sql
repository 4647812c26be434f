with episodes as (

    {{ current_rows('episodes', ['social_care_episode_id', 'referral_date', 'closure_date', 'closure_reason', 'referral_no_further_action_flag']) }}

),

assessments as (

    {{ current_rows('assessments', ['social_care_episode_id']) }}

),

assessed as (

    select distinct source_id, child_key, social_care_episode_id
    from assessments

),

further_activity as (

    {% for entity in ['cin_plans', 'cp_plans', 's47_enquiries', 'placements'] %}
    select source_id, child_key, social_care_episode_id
    from ({{ current_rows(entity, ['social_care_episode_id']) }}) as {{ entity }}
    {% if not loop.last %}union{% endif %}
    {% endfor %}

),

in_need as (

    select
        episodes.source_id,
        episodes.child_key,
        episodes.referral_date as start_date,
        episodes.closure_date as end_date
    from episodes
    left join assessed
        on
            episodes.source_id = assessed.source_id
            and episodes.child_key = assessed.child_key
            and episodes.social_care_episode_id = assessed.social_care_episode_id
    left join further_activity
        on
            episodes.source_id = further_activity.source_id
            and episodes.child_key = further_activity.child_key
            and episodes.social_care_episode_id = further_activity.social_care_episode_id
    where
        not coalesce(episodes.referral_no_further_action_flag, false)
        and not (
            coalesce(episodes.closure_reason, '') in ('RC8', 'RC9')
            and assessed.source_id is not null
            and further_activity.source_id is null
        )

)

{{ merged_spells('in_need') }}
