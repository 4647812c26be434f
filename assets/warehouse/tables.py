"""The tables that loaders write, made from the canonical entities: schemas raw, control, secure and findings.

Tables that dbt or the comparison make do not belong here, and neither does loading.
"""

import polars as pl

from assets.published.indicator_values import SCHEMA as PUBLISHED_VALUES
from assets.warehouse.engine import Warehouse, WarehouseError
from assets.warehouse.to_judge import DAYS_TO_JUDGE
from quality.schemas.entities import ALL_ENTITIES, POLARS_TYPES
from quality.schemas.logs import FAULTS, PURGES, RECORDS, REJECTED

_TIME = pl.Datetime("us", "UTC")

# What says where a row of raw.<entity> came from; times and receipts are in raw.records, which holds every receiving.
CONTENT: dict[str, pl.DataType] = {
    "source_type": pl.String(),
    "source_id": pl.String(),
    "la_code": pl.String(),
    "child_key": pl.String(),
    "content_hash": pl.String(),
    "content_no": pl.Int64(),
    "row_index": pl.Int32(),
}

# A content's number in this warehouse: rows are found by it, and since numbers are given as contents come, those of a
# day stand together. It is not the same in two warehouses, and says nothing.
# A content's key is made from source, child and hash; by it alone most contents are seen not to be held.
LOG: dict[str, pl.DataType] = RECORDS | {"content_no": pl.Int64(), "content_key": pl.Int64()}

STREAMS: dict[str, pl.DataType] = {
    "stream_id": pl.String(),
    "la_code": pl.String(),
    "route": pl.String(),
    "cms_supplier": pl.String(),
    "environment": pl.String(),
    "payload_mode": pl.String(),
    "start_date": pl.Date(),
    "end_date": pl.Date(),
    "is_primary": pl.Boolean(),
}

RETURNS: dict[str, pl.DataType] = {
    "return_id": pl.String(),
    "la_code": pl.String(),
    "kind": pl.String(),  # cin or ssda903
    "year": pl.Int32(),  # in which the collection ends
    "reference_date": pl.Date(),
    "period_start": pl.Date(),
    "received_at": _TIME,
}

SUBMISSIONS: dict[str, pl.DataType] = {
    "attempt_id": pl.String(),
    "stream_id": pl.String(),
    "la_code": pl.String(),
    "received_at": _TIME,
    "submission_day": pl.Date(),
    "batch_id": pl.String(),
    "outcome": pl.String(),
    "http_status": pl.Int32(),
    "bytes": pl.Int64(),
    "records": pl.Int32(),
    "error_rules": pl.String(),
}


# Children whose sequence of distinct contents a load changed, until history has been recomputed for them.
TOUCHED_CHILDREN: dict[str, pl.DataType] = {
    "source_id": pl.String(),
    "child_key": pl.String(),
    "from_day": pl.Date(),  # the first submission day that changed
    "from_at": _TIME,  # the first moment from which it changed; what was known before that stands
    "before_hash": pl.String(),  # the content of the last record before that moment; null where there is none
    "before_mode": pl.String(),  # its payload mode
    "load_id": pl.String(),  # of the last load that touched the child
}

# Sources whose records a load changed, until the vintages of their indicators have been computed.
CHANGED_SOURCES: dict[str, pl.DataType] = {
    "source_id": pl.String(),
    "from_at": _TIME,  # the first moment from which it changed; a purge reaches back to the beginning
    "load_id": pl.String(),
}

# The last record of each child in each source, so that a new day is compared with that alone and not with the log.
LAST_RECORDS: dict[str, pl.DataType] = {
    "source_id": pl.String(),
    "child_key": pl.String(),
    "received_at": _TIME,
    "batch_id": pl.String(),
    "batch_index": pl.Int32(),
    "content_hash": pl.String(),
    "payload_mode": pl.String(),
}

# What the keyed hashes in tombstones stand for, of the ids that are held.
HELD_IDS: dict[str, pl.DataType] = {"id": pl.String(), "key": pl.String()}

# Purge messages that named something not held; kept, because what a purge did erase cannot be seen afterwards.
PURGES_OF_NOTHING: dict[str, pl.DataType] = {
    name: PURGES[name]
    for name in ("source_id", "child_key", "submission_day", "received_at", "batch_id", "batch_index")
}

CHILD_IDENTIFIERS: dict[str, pl.DataType] = {
    "la_code": pl.String(),
    "la_child_id": pl.String(),
    "mis_child_id": pl.String(),
    "child_key": pl.String(),
    "person_hash": pl.String(),  # keyed hash of names and date of birth, to notice one person under two ids
    "submission_day": pl.Date(),  # on which these identifiers were last given
}

FINDINGS: dict[str, pl.DataType] = {
    "rule_id": pl.String(),
    "entity": pl.String(),
    "row": pl.UInt32(),
    "source_id": pl.String(),
    "la_code": pl.String(),
    "child_key": pl.String(),
    "as_of": pl.Date(),
    "fields": pl.String(),
    "severity": pl.String(),
    "submission_day": pl.Date(),
    "scope": pl.String(),  # record, state or return
}

# Which children's state was judged on which day, so that a finding no longer there is known to be fixed.
JUDGED_CHILDREN: dict[str, pl.DataType] = {
    "source_id": pl.String(),
    "child_key": pl.String(),
    "submission_day": pl.Date(),
}

RULE_OUTCOMES: dict[str, pl.DataType] = {
    "rule_id": pl.String(),
    "source_id": pl.String(),
    "la_code": pl.String(),
    "as_of": pl.Date(),
    "severity": pl.String(),
    "entity": pl.String(),
    "rows_checked": pl.Int64(),
    "rows_failed": pl.Int64(),
    "outcome": pl.String(),  # passed, failed, not_applicable or could_not_run
    "reason": pl.String(),
    "submission_day": pl.Date(),
    "scope": pl.String(),
}


def content_schema(entity: str) -> dict[str, pl.DataType]:
    """Columns of raw.<entity>: where the row is from, the entity's attributes, the purge flag."""
    attributes = {column.name: POLARS_TYPES[column.kind] for column in ALL_ENTITIES[entity].columns}
    return CONTENT | attributes | {"purge": pl.Boolean()}


def all_tables() -> dict[str, dict[str, pl.DataType]]:
    """Every table of the loaders, as schema.table, with its columns."""
    return {
        "raw.records": LOG,
        "raw.purges": PURGES,
        "raw.rejected": REJECTED,
        "raw.faults": FAULTS,
        **{f"raw.{name}": content_schema(name) for name in ALL_ENTITIES},
        "raw.streams": STREAMS,
        "raw.returns": RETURNS,
        "raw.submissions": SUBMISSIONS,
        "raw.bank_holidays": {"date": pl.Date()},
        "raw.published_values": PUBLISHED_VALUES,
        "control.touched_children": TOUCHED_CHILDREN,
        "control.changed_sources": CHANGED_SOURCES,
        "control.last_records": LAST_RECORDS,
        "control.days_to_judge": DAYS_TO_JUDGE,
        "control.purges_of_nothing": PURGES_OF_NOTHING,
        "control.held_ids": HELD_IDS,
        "secure.child_identifiers": CHILD_IDENTIFIERS,
        "findings.finding": FINDINGS,
        "findings.rule_outcome": RULE_OUTCOMES,
        "findings.judged_child": JUDGED_CHILDREN,
    }


# What Postgres looks rows up by. DuckDB finds them by scanning columns, which is faster there than keeping indexes.
_INDEXES: dict[str, tuple[tuple[str, ...], ...]] = {
    "raw.records": (("source_id", "child_key"), ("source_id", "submission_day"), ("content_no",), ("content_key",)),
    "raw.purges": (("source_id", "child_key"), ("source_id", "submission_day")),
    "raw.rejected": (("source_id", "submission_day"),),
    **{f"raw.{name}": (("content_no",), ("source_id", "child_key")) for name in ALL_ENTITIES},
    "control.last_records": (("source_id", "child_key"),),
    "control.touched_children": (("source_id", "child_key"),),
    "secure.child_identifiers": (("la_code", "child_key"),),
    "findings.finding": (("source_id", "submission_day"),),
    "findings.rule_outcome": (("source_id", "submission_day"),),
    "findings.judged_child": (("source_id", "child_key"), ("source_id", "submission_day")),
}


def ensure_tables(warehouse: Warehouse) -> None:
    """Make every table of the loaders that is not there yet; nothing happens to those that are.

    Raises WarehouseError when one that is there lacks columns, because an earlier version made it.
    """
    wanted = all_tables()
    there = _columns_there(warehouse)
    for table in wanted.keys() & there.keys():
        if lacking := sorted(wanted[table].keys() - there[table]):
            raise WarehouseError(
                f"this warehouse is of an earlier version: {table} lacks {', '.join(lacking)}; set it aside, and make "
                "it anew from the landed days with csc process --from the first of them"
            )
    missing = [table for table in wanted if table not in there]
    if not missing:
        return
    with warehouse.transaction():
        warehouse.wait_for_turn("tables")
        for table in missing:
            warehouse.create(table, wanted[table])
            for columns in _INDEXES.get(table, ()) if warehouse.dialect == "postgres" else ():
                name = "_".join((table.replace(".", "_"), *columns))[:63]
                warehouse.execute(f"create index if not exists {name} on {table} ({', '.join(columns)})")


def _columns_there(warehouse: Warehouse) -> dict[str, set[str]]:
    """The columns of every table and view there is, by schema.table."""
    found = warehouse.query("select table_schema, table_name, column_name from information_schema.columns")
    columns: dict[str, set[str]] = {}
    for schema, table, column in found.rows():
        columns.setdefault(f"{schema}.{table}", set()).add(column)
    return columns
