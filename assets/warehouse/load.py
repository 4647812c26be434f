"""Loading lake partitions and reference tables into the warehouse.

Each call is one transaction. Loading a partition again, or partitions in another order, gives the same tables. The
work follows what changed: a record already in the log is not written again, a content already held neither.

A return is its latest landing: the children of the landing before it that are no longer in it are gone from the log,
and so from history. A child whose content is the same as before keeps the moment it was first received.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from assets.lake import Lake, return_partition
from assets.warehouse import contents, held_ids, identifiers, sequence
from assets.warehouse.engine import Warehouse, WarehouseError
from assets.warehouse.held_ids import Purging
from assets.warehouse.purge_effects import note_purges_of_nothing
from assets.warehouse.staged import incoming
from assets.warehouse.tables import RETURNS, STREAMS, SUBMISSIONS, ensure_tables
from quality.schemas.entities import ALL_ENTITIES, ENTITIES
from quality.schemas.logs import LOGS, PURGES, RECORDS

_SCOPE: dict[str, pl.DataType] = {"source_id": pl.String(), "submission_day": pl.Date()}
_BY_DAY = (
    "exists (select 1 from loading_scope as scope"
    " where scope.source_id = held.source_id and scope.submission_day = held.submission_day)"
)
_BY_SOURCE = "exists (select 1 from loading_scope as scope where scope.source_id = held.source_id)"
_TEMPORARY = (
    *(
        "scope",
        "tombstones",
        "reached",
        "records",
        "appeared",
        "vanished",
        "purges",
        "changed",
        "fresh",
        "keys",
        "numbers",
        "contents",
        "before",
        "after",
        "earlier",
        "touched",
        "sources",
    ),
    *("unused", "covered", "identifiers", "purged_children"),
)


@dataclass(frozen=True)
class Loaded:
    """What one load did: log rows added and removed, contents stored, children whose history is to be recomputed."""

    records_added: int
    records_removed: int
    contents_added: int
    children_touched: int


@dataclass(frozen=True)
class _Delivery:
    """Partitions to load (name to source), what they replace, and which logs and entities they may hold."""

    partitions: dict[str, str]
    scope: pl.DataFrame
    in_scope: str
    logs: tuple[str, ...]
    entities: tuple[str, ...]


def load_days(warehouse: Warehouse, lake: Lake, partitions: Sequence[str], purging: Purging) -> Loaded:
    """Load day partitions (`records/day=.../stream=...`). One that is no longer in the lake empties its day.

    Raises WarehouseError for a name that is not such a partition. Only streams of environment live belong here: the
    caller chooses.
    """
    sources = {partition: _day_scope(partition) for partition in dict.fromkeys(partitions)}
    scope = pl.DataFrame(list(sources.values()), schema=_SCOPE, orient="row")
    of_source = {partition: source_id for partition, (source_id, _) in sources.items()}
    return _load(
        warehouse, lake, _Delivery(of_source, scope, _BY_DAY, ("rejected", "faults"), tuple(ENTITIES)), purging
    )


def load_returns(warehouse: Warehouse, lake: Lake, return_ids: Sequence[str], purging: Purging) -> Loaded:
    """Load annual returns, each wholly in the place of what was held of it."""
    scope = pl.DataFrame([(return_id, None) for return_id in return_ids], schema=_SCOPE, orient="row")
    of_source = {return_partition(return_id): return_id for return_id in return_ids}
    delivery = _Delivery(of_source, scope, _BY_SOURCE, ("rejected", "faults"), tuple(ALL_ENTITIES))
    return _load(warehouse, lake, delivery, purging)


def load_reference(
    warehouse: Warehouse,
    streams: pl.DataFrame,
    returns: pl.DataFrame,
    submissions: pl.DataFrame,
    bank_holidays: Sequence[date],
) -> None:
    """Replace the register (live streams only), the returns held, the submission log and the bank holidays."""
    live = streams.filter(pl.col("environment") == "live")
    frames = {
        "raw.streams": live.select(_cast(STREAMS)),
        "raw.returns": returns.select(_cast(RETURNS)),
        "raw.submissions": submissions.select(_cast(SUBMISSIONS)),
        "raw.bank_holidays": pl.DataFrame({"date": sorted(set(bank_holidays))}, schema={"date": pl.Date()}),
    }
    ensure_tables(warehouse)
    with warehouse.transaction():
        for table, frame in frames.items():
            warehouse.replace(table, frame)


def _cast(schema: dict[str, pl.DataType]) -> list[pl.Expr]:
    return [pl.col(name).cast(dtype) for name, dtype in schema.items()]


def _day_scope(partition: str) -> tuple[str, date]:
    parts = dict(part.split("=", 1) for part in partition.split("/") if "=" in part)
    if not partition.startswith("records/") or set(parts) != {"day", "stream"}:
        raise WarehouseError(f"{partition!r} is not a day partition; expected records/day=YYYY-MM-DD/stream=ID")
    return parts["stream"], date.fromisoformat(parts["day"])


def _load(warehouse: Warehouse, lake: Lake, delivery: _Delivery, purging: Purging) -> Loaded:
    ensure_tables(warehouse)
    if not delivery.partitions and purging.tombstones.is_empty():
        return Loaded(0, 0, 0, 0)
    with warehouse.transaction():
        warehouse.wait_for_turn("load")
        warehouse.create_temporary("loading_scope", _SCOPE)
        warehouse.insert("loading_scope", delivery.scope.unique())
        warehouse.create_temporary("loading_tombstones", PURGES)
        warehouse.insert("loading_tombstones", purging.tombstones.select(list(PURGES)))
        warehouse.create_temporary("loading_reached", PURGES)
        warehouse.insert("loading_reached", purging.reached.select(list(PURGES)))
        with incoming(warehouse, lake, list(delivery.partitions), ("records", "purges", "identifiers", *delivery.logs)):
            _stage_records(warehouse, keep_unchanged=delivery.in_scope == _BY_SOURCE)
            sequence.find_changes(warehouse, delivery.in_scope)
            added = _add_contents(warehouse, lake, delivery)
            sequence.change_log(warehouse, uuid.uuid4().hex)
            contents.drop_unused_contents(warehouse)
            _write_logs(warehouse, delivery)
            held_ids.refresh(warehouse, purging.hashed)
            note_purges_of_nothing(warehouse)
            identifiers.keep_latest(warehouse)
            identifiers.forget_purged(warehouse)
            if contents.erase_purged(warehouse):
                held_ids.refresh(warehouse, purging.hashed)
        loaded = Loaded(
            _count(warehouse, "appeared"), _count(warehouse, "vanished"), added, _count(warehouse, "touched")
        )
        for name in _TEMPORARY:
            warehouse.execute(f"drop table if exists loading_{name}")
    return loaded


def _add_contents(warehouse: Warehouse, lake: Lake, delivery: _Delivery) -> int:
    """Entity rows are read from the partitions of those sources only that have something new."""
    sources = contents.find_contents(warehouse)
    wanted = [partition for partition, source_id in delivery.partitions.items() if source_id in sources]
    if not wanted:
        return 0
    with incoming(warehouse, lake, wanted, delivery.entities) as filled:
        return contents.add_contents(warehouse, [name for name in delivery.entities if name in filled])


def _count(warehouse: Warehouse, name: str) -> int:
    return int(warehouse.query(f"select count(*) as n from loading_{name}")["n"][0])


def _stage_records(warehouse: Warehouse, *, keep_unchanged: bool) -> None:
    """The log rows as they shall be. A child of a return with the same content as before keeps its row."""
    columns = ", ".join(RECORDS)
    arriving = f"select {columns} from incoming_records as fresh"
    if keep_unchanged:
        same = (
            "held.source_id = fresh.source_id and held.child_key = fresh.child_key"
            " and held.content_hash = fresh.content_hash"
        )
        arriving += f" where not exists (select 1 from raw.records as held where {same})"
        arriving += (
            f" union select {columns} from raw.records as held"
            f" where exists (select 1 from incoming_records as fresh where {same})"
        )
    warehouse.execute(f"create temporary table loading_records as {arriving}")
    warehouse.analyse("loading_records")


def _write_logs(warehouse: Warehouse, delivery: _Delivery) -> None:
    """Records set aside and faults are written anew. A purge, once known, stays: what it covers never comes back."""
    columns = ", ".join(PURGES)
    warehouse.execute(f"insert into raw.purges ({columns}) select {columns} from loading_purges")
    for table in delivery.logs:
        columns = ", ".join(LOGS[table])
        warehouse.execute(f"delete from raw.{table} as held where {delivery.in_scope}")
        warehouse.execute(f"insert into raw.{table} ({columns}) select {columns} from incoming_{table}")
