"""A small warehouse for the findings tests: records in the log and history rows, written as the other stages would."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from assets.warehouse.engine import Warehouse
from assets.warehouse.tables import all_tables, content_schema, ensure_tables
from quality.schemas.entities import ALL_ENTITIES, POLARS_TYPES

STREAM = "204-d2i"
_TIME = pl.Datetime("us", "UTC")


def at(day: str, hour: int = 9) -> datetime:
    """A moment of that day, in UTC."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=hour)


def prepared(warehouse: Warehouse) -> Warehouse:
    """Every table, empty; history too, which dbt makes in a real warehouse."""
    ensure_tables(warehouse)
    for entity in ALL_ENTITIES:
        warehouse.create(f"history.{entity}", _history_schema(entity))
    return warehouse


def _history_schema(entity: str) -> dict[str, pl.DataType]:
    lineage: dict[str, pl.DataType] = {
        name: pl.String() for name in ("source_type", "source_id", "la_code", "child_key")
    }
    attributes = {column.name: POLARS_TYPES[column.kind] for column in ALL_ENTITIES[entity].columns}
    return lineage | attributes | {"known_from": _TIME, "known_to": _TIME, "closed_reason": pl.String()}


def _row(schema: Mapping[str, Any], values: Mapping[str, Any]) -> pl.DataFrame:
    dated = {
        name: date.fromisoformat(value) if schema[name] == pl.Date() and isinstance(value, str) else value
        for name, value in values.items()
    }
    return pl.DataFrame([{name: dated.get(name) for name in schema}], schema=dict(schema))


def known(warehouse: Warehouse, entity: str, child: str, since: str, until: str | None = None, **values: Any) -> None:
    """A version of an entity row, known from one day's morning to another's."""
    schema = _history_schema(entity)
    base = {
        "source_type": "timely",
        "source_id": STREAM,
        "la_code": "204",
        "child_key": child,
        "known_from": at(since),
        "known_to": at(until) if until else None,
    }
    warehouse.insert(f"history.{entity}", _row(schema, base | values))


def received(warehouse: Warehouse, child: str, day: str, content: str = "c1", **values: Any) -> None:
    """A record in the log."""
    schema = all_tables()["raw.records"]
    base = {
        "source_type": "timely",
        "source_id": STREAM,
        "la_code": "204",
        "child_key": child,
        "submission_day": day,
        "received_at": at(day),
        "batch_id": f"b-{day}",
        "batch_index": 0,
        "content_hash": content,
        "has_child_details": True,
        "is_purge_message": False,
    }
    warehouse.insert("raw.records", _row(schema, base | values))


def content(warehouse: Warehouse, entity: str, child: str, content_hash: str = "c1", **values: Any) -> None:
    """A row of an entity in one content of a child."""
    base = {"source_type": "timely", "source_id": STREAM, "la_code": "204"}
    base |= {"child_key": child, "content_hash": content_hash, "row_index": 0}
    warehouse.insert(f"raw.{entity}", _row(content_schema(entity), base | values))


def into(warehouse: Warehouse, table: str, **values: Any) -> None:
    """A row of any loader's table."""
    warehouse.insert(table, _row(all_tables()[table], values))


def days(*submission_days: str, source_id: str = STREAM) -> pl.DataFrame:
    """These submission days of one source."""
    listed = [(source_id, date.fromisoformat(day)) for day in submission_days]
    return pl.DataFrame(listed, schema={"source_id": pl.String(), "submission_day": pl.Date()}, orient="row")


def outcomes(warehouse: Warehouse, rule_id: str) -> list[tuple[Any, ...]]:
    """submission_day, scope, checked, failed and outcome of one rule, by day."""
    found = warehouse.query(
        "select submission_day, scope, rows_checked, rows_failed, outcome from findings.rule_outcome"
        " where rule_id = ? order by submission_day, scope",
        (rule_id,),
    )
    return [(str(day), *rest) for day, *rest in found.rows()]
