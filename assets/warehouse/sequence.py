"""The log of child records in the warehouse: what a load changes in it, and whose history that touches.

A child is touched when the sequence of its distinct contents changes. The same content again, after itself, says
nothing new and touches nobody. Entity rows are the business of contents.py.
"""

from assets.warehouse.engine import Warehouse
from quality.schemas.logs import PURGES, RECORDS

_COLUMNS = ", ".join(RECORDS)
_COLUMNS_OF_FRESH = ", ".join(f"fresh.{name}" for name in RECORDS)
_BEGINNING = "0001-01-01 00:00:00+00"
_ORDER = "received_at, batch_id, batch_index"


def _ordered(alias: str) -> str:
    return f"({alias}.received_at, {alias}.batch_id, {alias}.batch_index)"


def same_child(left: str, right: str) -> str:
    """The join condition of two tables on source and child."""
    return f"{left}.source_id = {right}.source_id and {left}.child_key = {right}.child_key"


def same_record(left: str, right: str) -> str:
    """The join condition of two tables on a record's place in the log."""
    return f"{same_child(left, right)} and {_ordered(left)} = {_ordered(right)}"


# A row that says something: other content than the row before it, or a full record where that was a delta.
_TELLING = (
    "is_purge_message or before_hash is distinct from content_hash or (payload_mode = 'full' and before_mode = 'delta')"
)


def find_changes(warehouse: Warehouse, in_scope: str) -> None:
    """Compare `loading_records`, `incoming_purges` and `loading_tombstones` with what raw holds in scope.

    Makes `loading_appeared` and `loading_vanished` (rows of the log), `loading_purges` (purges not known yet) and
    `loading_changed` (their children; in_order where all that happened is records after the child's last one,
    is_first_heard
    where there was none, follows where that one came before everything that changed).
    in_scope: the condition on alias `held` that a row is one which this load replaces.
    """
    held = f"select {_COLUMNS} from raw.records as held where {in_scope}"
    arriving = f"select {_COLUMNS} from loading_records"
    gone = f"""
        select gone.*, held.content_no
        from ({held} except {arriving}) as gone
        inner join raw.records as held on {same_record("held", "gone")}
    """
    for name, sql in (("appeared", f"{arriving} except {held}"), ("vanished", gone)):
        warehouse.execute(f"create temporary table loading_{name} as {sql}")
        warehouse.analyse(f"loading_{name}")
    columns = ", ".join(PURGES)
    warehouse.execute(
        "create temporary table loading_purges as"
        f" (select {columns} from incoming_purges union select {columns} from loading_tombstones)"
        f" except select {columns} from raw.purges"
    )
    warehouse.execute(
        f"""
        create temporary table loading_changed as
        with moved as (
            select source_id, child_key, submission_day, {_ORDER}, true as is_new from loading_appeared
            union all
            select source_id, child_key, submission_day, {_ORDER}, false from loading_vanished
            union all
            select source_id, child_key, submission_day, null, null, null, false from loading_purges
        )
        select
            moved.source_id,
            moved.child_key,
            min(moved.submission_day) as from_day,
            min(moved.received_at) as from_at,
            bool_and(
                moved.is_new
                and (last.child_key is null or {_ordered("moved")} > {_ordered("last")})
                and not exists (select 1 from raw.purges as purges where {same_child("purges", "moved")})
            ) as in_order,
            bool_and(last.child_key is null) as is_first_heard,
            min(last.received_at) < min(moved.received_at) as follows
        from moved
        left join control.last_records as last on {same_child("moved", "last")}
        group by moved.source_id, moved.child_key
        """
    )
    warehouse.analyse("loading_changed")


def _sequences(name: str) -> str:
    """The telling rows of the children whose log changed elsewhere than at its end."""
    return f"""
        create temporary table {name} as
        with moments as (
            select held.source_id, held.child_key, {_ORDER}, content_hash, payload_mode, is_purge_message
            from raw.records as held
            inner join loading_changed as changed on {same_child("held", "changed")} and not changed.in_order
            union all
            -- a purge outlives the record that brought it
            select distinct purges.source_id, purges.child_key, {_ORDER}, null, null, true
            from raw.purges as purges
            inner join loading_changed as changed on {same_child("purges", "changed")} and not changed.in_order
            where not exists (
                select 1 from raw.records as held
                where {same_child("held", "purges")} and held.received_at = purges.received_at
                    and held.batch_id = purges.batch_id and held.batch_index = purges.batch_index
            )
        ),
        followed as (
            select
                *,
                lag(content_hash) over in_order as before_hash,
                lag(payload_mode) over in_order as before_mode
            from moments
            window in_order as (partition by source_id, child_key order by {_ORDER})
        )
        select
            source_id,
            child_key,
            received_at,
            content_hash,
            payload_mode,
            row_number() over (partition by source_id, child_key order by {_ORDER}) as place
        from followed
        where {_TELLING}
    """


def change_log(warehouse: Warehouse, load_id: str) -> None:
    """Bring raw.records in line, note the children touched, and remember each child's last record."""
    warehouse.execute(_sequences("loading_before"))
    warehouse.execute(
        f"""
        delete from raw.records as held using loading_vanished as gone
        where {same_record("held", "gone")}
        """
    )
    warehouse.execute(
        f"""
        insert into raw.records ({_COLUMNS}, content_no, content_key)
        select {_COLUMNS_OF_FRESH}, numbers.content_no, numbers.content_key
        from loading_appeared as fresh
        left join loading_numbers as numbers
            on {same_child("numbers", "fresh")} and numbers.content_hash = fresh.content_hash
        """
    )
    warehouse.execute(_sequences("loading_after"))
    warehouse.execute(_earlier())
    warehouse.execute(_touched())
    _note_touched(warehouse, load_id)
    _note_changed_sources(warehouse, load_id)
    _remember_last(warehouse)


def _earlier() -> str:
    """The last record of each changed child before the first that changed. Call it when the log has been changed."""
    return f"""
        create temporary table loading_earlier as
        with held as (
            select held.source_id, held.child_key, held.content_hash, held.payload_mode, row_number() over (
                partition by held.source_id, held.child_key
                order by held.received_at desc, held.batch_id desc, held.batch_index desc
            ) as from_last
            from raw.records as held
            inner join loading_changed as changed
                on {same_child("held", "changed")} and held.received_at < changed.from_at
                and not changed.is_first_heard and not (changed.in_order and changed.follows)
        )
        select source_id, child_key, content_hash, payload_mode from held where from_last = 1
        union all
        select last.source_id, last.child_key, last.content_hash, last.payload_mode
        from control.last_records as last
        inner join loading_changed as changed
            on {same_child("last", "changed")} and changed.in_order and changed.follows
    """


def _touched() -> str:
    return f"""
        create temporary table loading_touched as
        with moments as (
            select source_id, child_key, {_ORDER}, content_hash, payload_mode, is_purge_message, true as is_new
            from loading_appeared
            union all
            select last.source_id, last.child_key, {_ORDER}, content_hash, payload_mode, false, false
            from control.last_records as last
            inner join loading_changed as changed on {same_child("last", "changed")} and changed.in_order
        ),
        followed as (
            select
                *,
                lag(content_hash) over in_order as before_hash,
                lag(payload_mode) over in_order as before_mode
            from moments
            window in_order as (partition by source_id, child_key order by {_ORDER})
        ),
        more as (
            select followed.source_id, followed.child_key
            from followed
            inner join loading_changed as changed on {same_child("followed", "changed")} and changed.in_order
            where is_new and ({_TELLING})
        ),
        other as (
            (select * from loading_before except select * from loading_after)
            union all
            (select * from loading_after except select * from loading_before)
        ),
        named as (
            select source_id, child_key from more
            union
            select source_id, child_key from other
            union
            select source_id, child_key from loading_purges
        )
        select changed.source_id, changed.child_key, changed.from_day, changed.from_at,
            earlier.content_hash as before_hash, earlier.payload_mode as before_mode
        from loading_changed as changed
        inner join named on {same_child("changed", "named")}
        left join loading_earlier as earlier on {same_child("changed", "earlier")}
    """


def _note_touched(warehouse: Warehouse, load_id: str) -> None:
    warehouse.execute(
        f"""
        update control.touched_children as held
        set
            from_day = least(held.from_day, fresh.from_day),
            from_at = least(held.from_at, fresh.from_at),
            before_hash = case when fresh.from_at < held.from_at then fresh.before_hash else held.before_hash end,
            before_mode = case when fresh.from_at < held.from_at then fresh.before_mode else held.before_mode end,
            load_id = ?
        from loading_touched as fresh
        where {same_child("held", "fresh")}
        """,
        (load_id,),
    )
    warehouse.execute(
        f"""
        insert into control.touched_children
            (source_id, child_key, from_day, from_at, before_hash, before_mode, load_id)
        select source_id, child_key, from_day, from_at, before_hash, before_mode, ?
        from loading_touched as fresh
        where not exists (select 1 from control.touched_children as held where {same_child("held", "fresh")})
        """,
        (load_id,),
    )


def _note_changed_sources(warehouse: Warehouse, load_id: str) -> None:
    warehouse.execute(
        f"""
        create temporary table loading_sources as
        with fresh as (
            select touched.source_id, case when purges.child_key is null then touched.from_at end as from_at
            from loading_touched as touched
            left join (select distinct source_id, child_key from loading_purges) as purges
                on {same_child("touched", "purges")}
            union all
            select held.source_id, held.from_at from control.changed_sources as held
            where exists (select 1 from loading_touched as touched where touched.source_id = held.source_id)
        )
        select source_id, min(coalesce(from_at, timestamp with time zone '{_BEGINNING}')) as from_at
        from fresh group by source_id
        """
    )
    warehouse.execute(
        "delete from control.changed_sources as held using loading_sources as fresh"
        " where fresh.source_id = held.source_id"
    )
    warehouse.execute(
        "insert into control.changed_sources (source_id, from_at, load_id)"
        " select source_id, from_at, ? from loading_sources",
        (load_id,),
    )


def _remember_last(warehouse: Warehouse) -> None:
    columns = f"source_id, child_key, {_ORDER}, content_hash, payload_mode"
    warehouse.execute(
        "delete from control.last_records as last using loading_changed as changed"
        f" where {same_child('last', 'changed')}"
    )
    warehouse.execute(
        f"""
        insert into control.last_records ({columns})
        with candidates as (
            select fresh.* from loading_appeared as fresh
            inner join loading_changed as changed on {same_child("fresh", "changed")} and changed.in_order
            union all
            select {", ".join(f"held.{name}" for name in RECORDS)} from raw.records as held
            inner join loading_changed as changed on {same_child("held", "changed")} and not changed.in_order
        ),
        from_last as (
            select *, row_number() over (
                partition by source_id, child_key order by received_at desc, batch_id desc, batch_index desc
            ) as place
            from candidates
        )
        select {columns} from from_last where place = 1
        """
    )
