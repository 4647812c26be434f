{{ config(materialized='table') }}

with purges as (

    -- by the ids that the hashes stand for, where any row has them: what is named by no row can take nothing along
    select
        purges.*,
        episodes.id as social_care_episode_id,
        items.id as item_id
    from {{ ref('stg_csc__purges') }} as purges
    left join {{ source('control', 'held_ids') }} as episodes on purges.episode_key = episodes.key
    left join {{ source('control', 'held_ids') }} as items on purges.item_key = items.key

),

events as (

    select * from {{ ref('int_events__sequenced') }}

),

sequenced as (

    select
        purges.source_id,
        purges.child_key,
        purges.level,
        purges.social_care_episode_id,
        purges.item_id,
        max(events.seq) as seq
    from purges
    inner join events
        on purges.source_id = events.source_id
        and purges.child_key = events.child_key
        and purges.received_at = events.received_at
        and purges.batch_id = events.batch_id
        and purges.batch_index = events.batch_index
    group by
        purges.source_id,
        purges.child_key,
        purges.level,
        purges.social_care_episode_id,
        purges.item_id

)

select * from sequenced
