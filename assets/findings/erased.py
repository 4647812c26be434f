"""Findings on children who were erased: they go with what they were found in. Judging anew is done elsewhere."""

from assets.findings.store import FINDING_TABLE, JUDGED_TABLE, ensure
from assets.warehouse.engine import Warehouse


def forget_erased(warehouse: Warehouse) -> None:
    """Delete what was found in purged children before they were heard of again; counts, which name nobody, stay.

    A day on which a stream sent nothing but a child who is gone is not judged again: nothing is left to be judged.
    """
    ensure(warehouse)
    with warehouse.transaction():
        warehouse.execute(
            f"""
            create temporary table purged_and_found as
            select distinct purges.source_id, purges.child_key
            from raw.purges as purges
            where purges.level = 'child' and (
                exists (select 1 from {FINDING_TABLE} as held where {_same("held", "purges")})
                or exists (select 1 from {JUDGED_TABLE} as held where {_same("held", "purges")})
            )
            """
        )
        # the log is long: it is searched only where there is such a child
        if warehouse.query("select count(*) as n from purged_and_found")["n"][0]:
            for table in _TABLES:
                warehouse.execute(f"delete from {table} as held where {_GONE}")
        warehouse.execute("drop table purged_and_found")


def _same(left: str, right: str) -> str:
    return f"{left}.source_id = {right}.source_id and {left}.child_key = {right}.child_key"


_TABLES = (FINDING_TABLE, JUDGED_TABLE)
_GONE = f"""
    exists (select 1 from purged_and_found as purged where {_same("purged", "held")})
    and not exists (
        select 1 from raw.records as records
        where {_same("records", "held")} and not records.is_purge_message
            and (records.source_type = 'return' or records.submission_day <= held.submission_day)
            and not exists (
                select 1 from raw.purges as purges
                where {_same("purges", "records")} and purges.level = 'child'
                    and (purges.received_at, purges.batch_id, purges.batch_index)
                        >= (records.received_at, records.batch_id, records.batch_index)
            )
    )
"""
