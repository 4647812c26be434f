"""A small warehouse, as loaders and dbt leave it, in which every collection has something usual and something odd."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from assets.published.indicator_values import SCHEMA as VALUES
from assets.warehouse.engine import Warehouse
from assets.warehouse.tables import all_tables, ensure_tables
from quality.schemas.entities import ALL_ENTITIES, POLARS_TYPES

# A Wednesday. 204-d2i is as it should be; 204-cms has sent nothing since Friday; 301-byo has ended.
AS_OF = date(2026, 4, 1)
RETURN, OLDER_RETURN = "204-cin-2026", "204-cin-2025"
_START = date(2025, 6, 2)
_MORNING = datetime(2026, 1, 5, 9, tzinfo=UTC)
_TIME = pl.Datetime("us", "UTC")
CHILDREN = tuple(f"key-of-child-{number}" for number in range(20))


def fill(warehouse: Warehouse) -> None:
    """Make every table and put the world in."""
    ensure_tables(warehouse)
    for entity in ALL_ENTITIES:
        warehouse.create(f"history.{entity}", _history(entity))
    _register(warehouse)
    _log(warehouse, "204-d2i", AS_OF)
    _log(warehouse, "204-cms", AS_OF - timedelta(days=5))
    _log(warehouse, RETURN, AS_OF, days=1)
    _log(warehouse, OLDER_RETURN, AS_OF, days=1)
    known = [{"la_code": "204", "child_key": key} for key in CHILDREN]
    _into(warehouse, "secure.child_identifiers", known)
    _state(warehouse)
    _indicators(warehouse)


def break_relations(warehouse: Warehouse) -> None:
    """An assessment of no episode, a child without identifiers, and one in history of whom nothing is in the log."""
    version = {"source_type": "timely", "source_id": "204-d2i", "la_code": "204", "known_from": _MORNING}
    lost = {"child_key": CHILDREN[0], "social_care_episode_id": "E-lost", "child_and_family_assessment_id": "A1"}
    _versions(warehouse, "assessments", [version | lost])
    _versions(warehouse, "children", [version | {"child_key": "key-of-a-child-erased-by-half"}])
    warehouse.execute("delete from secure.child_identifiers where child_key = ?", (CHILDREN[3],))


def _register(warehouse: Warehouse) -> None:
    stream = {"la_code": "204", "environment": "live", "payload_mode": "delta", "start_date": _START}
    ended = {"stream_id": "301-byo", "la_code": "301", "end_date": AS_OF - timedelta(days=1)}
    _into(
        warehouse, "raw.streams", [stream | {"stream_id": "204-d2i"}, stream | {"stream_id": "204-cms"}, stream | ended]
    )
    returned = {"return_id": RETURN, "la_code": "204", "kind": "cin", "year": 2026}
    older = {"return_id": OLDER_RETURN, "la_code": "204", "kind": "cin", "year": 2025}
    _into(warehouse, "raw.returns", [returned, older])
    _into(warehouse, "raw.bank_holidays", [{"date": date(2026, 4, 3)}])


def _log(warehouse: Warehouse, source_id: str, last_day: date, days: int = 60) -> None:
    """Every child on every day."""
    base = {"source_type": _kind(source_id), "source_id": source_id, "la_code": "204", "is_purge_message": False}
    records = [
        base | {"child_key": key, "submission_day": last_day - timedelta(days=ago), "received_at": _MORNING}
        for key in CHILDREN
        for ago in range(days)
    ]
    _into(warehouse, "raw.records", records)


def _kind(source_id: str) -> str:
    return "return" if source_id in (RETURN, OLDER_RETURN) else "timely"


def _state(warehouse: Warehouse) -> None:
    """The feed says half and half, the return one in ten; a version that ended says otherwise and does not count."""
    rows: list[dict[str, Any]] = []
    for source_id, one_in in (("204-d2i", 2), ("204-cms", 10), (RETURN, 10), (OLDER_RETURN, 2)):
        version = {"source_type": _kind(source_id), "source_id": source_id, "la_code": "204", "known_from": _MORNING}
        for number, key in enumerate(CHILDREN):
            rows.append(version | {"child_key": key, "sex": "F" if number % one_in == 0 else "M"})
            rows.append(version | {"child_key": key, "sex": "U", "known_to": _MORNING})
    _versions(warehouse, "children", rows)
    episode = {"source_type": "timely", "source_id": "204-d2i", "la_code": "204", "known_from": _MORNING}
    episode |= {"child_key": CHILDREN[0], "social_care_episode_id": "E1"}
    _versions(warehouse, "episodes", [episode])
    _versions(warehouse, "cin_plans", [episode | {"child_in_need_plan_id": "P1"}])


def _indicators(warehouse: Warehouse) -> None:
    warehouse.replace("marts.dim_indicator", pl.DataFrame({"indicator_id": ["cin_rate"], "unit": ["rate_per_10000"]}))
    value = {"area_type": "la", "area_code": "204", "indicator_id": "cin_rate", "breakdown": "all", "status": "ok"}
    value |= {"breakdown_value": "all", "denominator": 10_000}
    feed = value | {"source_type": "timely", "period_type": "month"}
    year = value | {"source_type": "published", "source_id": "b1", "period_type": "financial_year"}
    rows = [
        feed | {"source_id": "204-d2i", "period_end": date(2026, 3, 31), "numerator": 360, "value": 360.0},
        feed | {"source_id": "204-d2i", "period_end": date(2026, 2, 28), "numerator": 9999, "value": 9999.0},
        feed | {"source_id": "204-cms", "period_end": date(2026, 3, 31), "numerator": 900, "value": 900.0},
        year | {"period_end": date(2024, 3, 31), "value": 350.0},
        year | {"period_end": date(2025, 3, 31), "value": 400.0},
        year | {"period_end": date(2023, 3, 31), "value": 5000.0, "status": "u"},
    ]
    warehouse.replace("marts.fct_indicator_value", _frame(rows, VALUES))


def _history(entity: str) -> dict[str, pl.DataType]:
    lineage = dict.fromkeys(("source_type", "source_id", "la_code", "child_key"), pl.String())
    attributes = {column.name: POLARS_TYPES[column.kind] for column in ALL_ENTITIES[entity].columns}
    return {**lineage, **attributes, "known_from": _TIME, "known_to": _TIME, "closed_reason": pl.String()}


def _versions(warehouse: Warehouse, entity: str, rows: list[dict[str, Any]]) -> None:
    warehouse.insert(f"history.{entity}", _frame(rows, _history(entity)))


def _into(warehouse: Warehouse, table: str, rows: list[dict[str, Any]]) -> None:
    warehouse.insert(table, _frame(rows, all_tables()[table]))


def _frame(rows: list[dict[str, Any]], schema: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)
