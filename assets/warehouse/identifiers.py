"""secure.child_identifiers: the only place where an LA's own child id meets the key. Other loading is elsewhere."""

from assets.warehouse.engine import Warehouse
from assets.warehouse.tables import CHILD_IDENTIFIERS

_COLUMNS = ", ".join(CHILD_IDENTIFIERS)


def keep_latest(warehouse: Warehouse) -> None:
    """Take in `incoming_identifiers`: one row a child, the one given last, whatever the order days are loaded in."""
    warehouse.execute(
        f"""
        create temporary table loading_identifiers as
        with given as (
            select {_COLUMNS} from incoming_identifiers
            union
            select {_COLUMNS} from secure.child_identifiers as held
            where exists (
                select 1 from incoming_identifiers as fresh
                where fresh.la_code = held.la_code and fresh.child_key = held.child_key
            )
        ),
        from_last as (
            select *, row_number() over (
                partition by la_code, child_key
                order by submission_day desc, mis_child_id desc nulls last, person_hash desc nulls last
            ) as place
            from given
        )
        select {_COLUMNS} from from_last where place = 1
        """
    )
    warehouse.execute(
        "delete from secure.child_identifiers as held using loading_identifiers as fresh"
        " where fresh.la_code = held.la_code and fresh.child_key = held.child_key"
    )
    warehouse.execute(f"insert into secure.child_identifiers ({_COLUMNS}) select {_COLUMNS} from loading_identifiers")


def forget_purged(warehouse: Warehouse) -> None:
    """Take out the children purged in every source that held them: a purge leaves no way back from key to child."""
    warehouse.execute(
        """
        create temporary table loading_purged_children as
        select distinct held.child_key
        from secure.child_identifiers as held
        inner join raw.purges as purges on purges.child_key = held.child_key and purges.level = 'child'
        """
    )
    # the log is searched only where there is such a child: it is long
    if warehouse.query("select count(*) as n from loading_purged_children")["n"][0]:
        warehouse.execute(
            """
            delete from secure.child_identifiers as held
            using loading_purged_children as purged
            where purged.child_key = held.child_key and not exists (
                select 1 from raw.records as records
                where records.child_key = held.child_key
                    and not records.is_purge_message
                    and not exists (
                        select 1 from raw.purges as purges
                        where purges.source_id = records.source_id
                            and purges.child_key = records.child_key
                            and purges.level = 'child'
                            and (purges.received_at, purges.batch_id, purges.batch_index)
                                >= (records.received_at, records.batch_id, records.batch_index)
                    )
            )
            """
        )
