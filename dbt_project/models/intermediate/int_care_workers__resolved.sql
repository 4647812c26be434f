{{ config(materialized='table') }}
{%- set worker = ['social_care_episode_id', 'worker_id'] -%}
{%- set of_worker = history_key(['source_id', 'child_key', 'full_no'], worker) -%}

-- depends_on: {{ ref('int_children__touched') }}
with recursive said as (
    {{ item_occurrences(
        ref('stg_csc__care_workers'), worker + ['start_date'], ['end_date', 'change_reason'],
        purged_with=['episodes']
    ) }}
),

occurrences as (

    select {{ occurrence_columns(worker + ['start_date'], ['end_date', 'change_reason']) }}, is_full from said
    {%- if model.resource_type == 'model' and not history_is_to_be_rebuilt() %}
    {#- not by ref: the history it goes on from is made of this model -#}
    {%- set spells = api.Relation.create(database=this.database, schema=this.schema, identifier='care_workers') %}
    union all
    select *, true as is_full
    from (
        {{ occurrences_carried_on(spells, worker + ['start_date'], ['end_date', 'change_reason']) }}
    ) as held
    {%- endif %}

),

-- a delta row without a start date is a stub: it is about one of the spells that the worker already has
rows_kept as (

    select
        *,
        not is_full and start_date is null as is_stub,
        row_number() over (partition by {{ of_worker }} order by seq, row_index, start_date) as row_no
    from occurrences
    where from_last = 1

),

-- a stub that says no end date says nothing, but for the first row of a worker
moves as (

    select
        *,
        max(case when is_stub then 1 else 0 end) over (partition by {{ of_worker }}) as has_stub,
        row_number() over (partition by {{ of_worker }} order by seq, row_index, start_date) as move_no,
        dense_rank() over (order by {{ of_worker }}) as worker_no
    from rows_kept
    where not is_stub or end_date is not null or row_no = 1

),

spells as (

    select distinct
        worker_no,
        start_date
    from moves
    where has_stub = 1 and not is_stub
    union
    select distinct
        worker_no,
        cast(null as date) as start_date
    from moves
    where has_stub = 1

),

-- The worker's spells after each row in turn. A stub goes to the open spell with the latest start; where none is
-- open, to the only spell or the latest; where there is none, it makes a spell without a start.
walk as (

    select
        worker_no,
        start_date,
        cast(0 as bigint) as move_no,
        false as is_known,
        cast(null as date) as end_date,
        false as is_meant
    from spells

    union all

    select
        worker_no,
        start_date,
        move_no,
        is_known or is_meant as is_known,
        case when is_meant then coalesce(said_end_date, end_date) else end_date end as end_date,
        is_meant
    from (
        select
            walk.worker_no,
            walk.start_date,
            moves.move_no,
            walk.is_known,
            walk.end_date,
            moves.end_date as said_end_date,
            case
                when moves.is_stub then row_number() over (
                    partition by walk.worker_no
                    order by
                        case
                            when walk.is_known and walk.end_date is null then 0
                            when walk.is_known then 1
                            when walk.start_date is null then 2
                            else 3
                        end,
                        walk.start_date desc nulls last
                ) = 1
                else walk.start_date is not distinct from moves.start_date
            end as is_meant
        from walk
        inner join moves on walk.worker_no = moves.worker_no and walk.move_no + 1 = moves.move_no
    ) as step

),

resolved as (

    select
        moves.source_type,
        moves.source_id,
        moves.la_code,
        moves.child_key,
        moves.seq,
        moves.row_index,
        moves.is_full,
        moves.full_no,
        moves.full_to,
        moves.replaces_all,
        moves.received_at,
        moves.social_care_episode_id,
        moves.worker_id,
        case when moves.is_stub then walk.start_date else moves.start_date end as start_date,
        moves.end_date,
        moves.change_reason,
        1 as from_last
    from moves
    left join walk
        on moves.worker_no = walk.worker_no and moves.move_no = walk.move_no and walk.is_meant and moves.is_stub
    where moves.seq > 0

)

select * from resolved
