"""The comparison reads the warehouse and writes its tables there; the report is made from what it wrote."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from assets.comparison.compare import compare, write
from assets.comparison.plan import SUBJECTS
from assets.reports.report import build_report
from assets.reports.tables import report_tables
from assets.warehouse.engine import Warehouse, open_warehouse
from assets.warehouse.tables import all_tables
from quality.schemas.entities import ENTITIES, POLARS_TYPES

STREAM, RETURN = "204-d2i", "204-cin-2026"
FIRST, LAST = date(2025, 12, 1), date(2026, 4, 30)
STAMP = pl.Datetime("us", "UTC")


def history_schema(entity: str) -> dict[str, pl.DataType]:
    attributes = {column.name: POLARS_TYPES[column.kind] for column in ENTITIES[entity].columns}
    lineage = dict.fromkeys(("source_type", "source_id", "la_code", "child_key"), pl.String())
    return lineage | attributes | {"known_from": STAMP, "known_to": STAMP, "closed_reason": pl.String()}


def known(entity: str, source: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = history_schema(entity)
    kind = "timely" if source == STREAM else "return"
    base = dict.fromkeys(schema) | {"source_type": kind, "source_id": source, "la_code": "204"}
    return pl.DataFrame([base | row for row in rows], schema=schema, orient="row")


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def logged(source: str, day: date) -> dict[str, Any]:
    kind = "timely" if source == STREAM else "return"
    return {"source_type": kind, "source_id": source, "la_code": "204", "child_key": "a", "submission_day": day}


@pytest.fixture(params=["duckdb", "postgres"])
def warehouse(request, tmp_path: Path):
    """Two children in the feed, two in the census, one in both."""
    url = f"duckdb:///{tmp_path}/w.duckdb" if request.param == "duckdb" else request.getfixturevalue("postgres_url")
    with open_warehouse(url) as opened:
        fill(opened)
        yield opened


def put(warehouse: Warehouse, table: str, rows: list[dict[str, Any]]) -> None:
    schema = all_tables()[table]
    warehouse.replace(table, pl.DataFrame([dict.fromkeys(schema) | row for row in rows], schema=schema, orient="row"))


def fill(warehouse: Warehouse) -> None:
    stream = {"stream_id": STREAM, "la_code": "204", "route": "data_to_insight", "environment": "live"}
    put(warehouse, "raw.streams", [stream | {"payload_mode": mode} for mode in ("full", "delta")])
    put(warehouse, "raw.returns", [{"return_id": RETURN, "la_code": "204", "kind": "cin", "year": 2026}])
    put(warehouse, "raw.records", [logged(STREAM, FIRST), logged(STREAM, LAST), logged(RETURN, date(2026, 7, 1))])
    for entity in SUBJECTS:
        warehouse.replace(f"history.{entity}", pl.DataFrame(schema=history_schema(entity)))
    begun = {"known_from": at(FIRST)}
    warehouse.insert(
        "history.episodes",
        known(
            "episodes",
            STREAM,
            [
                {"child_key": "a", "social_care_episode_id": "1", "referral_date": date(2025, 5, 1), **begun},
                {"child_key": "b", "social_care_episode_id": "2", "referral_date": date(2026, 1, 5)}
                | {"known_from": at(date(2026, 1, 8))},
                {"child_key": "c", "social_care_episode_id": "3", "referral_date": date(2025, 6, 1), **begun}
                | {"known_to": at(date(2026, 1, 1)), "closed_reason": "absent_from_full"},
            ],
        ),
    )
    received = {"known_from": at(date(2026, 7, 1))}
    warehouse.insert(
        "history.episodes",
        known(
            "episodes",
            RETURN,
            [
                {"child_key": "a", "social_care_episode_id": "0", "referral_date": date(2025, 5, 3), **received},
                {"child_key": "c", "social_care_episode_id": "0", "referral_date": date(2025, 6, 1), **received},
            ],
        ),
    )


def test_tables_are_made_written_and_reported(warehouse, tmp_path: Path):
    tables = compare(warehouse, match_tolerance_days=7, indicator_tolerance_pct=5.0)
    rows = write(warehouse, tables)
    assert rows == {name: frame.height for name, frame in tables.items()}
    row = tables["coverage"].filter(pl.col("entity") == "episodes").row(0, named=True)
    assert (row["n_timely"], row["n_return"], row["n_both"], row["route"]) == (2, 2, 1, "data_to_insight")
    curve = tables["timeliness_curve"].filter(pl.col("event") == "referral_date")
    assert curve.select("lag_days", "n").rows() == [(3, 1)]
    pair = tables["pairs"].row(0, named=True)
    assert tables["pairs"].height == 1
    assert (pair["history_from"], pair["reaches_start"], pair["reaches_end"]) == (date(2023, 4, 1), True, True)
    read = report_tables(warehouse)
    assert read.year == 2026
    assert read.coverage.height == tables["coverage"].height
    assert build_report(read, tmp_path, datetime(2026, 8, 1, tzinfo=UTC)).html.exists()


def test_the_feed_can_be_taken_as_it_was_known_at_an_earlier_moment(warehouse):
    early = datetime(2025, 12, 31, tzinfo=UTC)
    tables = compare(warehouse, match_tolerance_days=7, indicator_tolerance_pct=5.0, known_at=early)
    row = tables["coverage"].filter(pl.col("entity") == "episodes").row(0, named=True)
    assert (row["n_timely"], row["n_return"], row["n_both"]) == (2, 2, 2)


def test_an_empty_warehouse_compares_nothing(tmp_path: Path):
    with open_warehouse(f"duckdb:///{tmp_path}/empty.duckdb") as empty:
        tables = compare(empty, match_tolerance_days=7, indicator_tolerance_pct=5.0)
        assert {frame.height for frame in tables.values()} == {0}
        write(empty, tables)
        assert report_tables(empty).year is None
