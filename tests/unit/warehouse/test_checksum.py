"""Checksums of history tell any difference, and nothing but differences."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest

from assets.warehouse.checksum import checksums
from assets.warehouse.engine import Warehouse, open_warehouse
from quality.schemas.entities import ALL_ENTITIES

_TIME = pl.Datetime("us", "UTC")
_ABOUT = {name: pl.String() for name in ("source_type", "source_id", "la_code", "child_key", "closed_reason")}
_TIMES = {"known_from": _TIME, "known_to": _TIME}
ROW = {
    "source_id": "204-d2i",
    "child_key": "a",
    "disability_code": "HAND",
    "known_from": datetime(2026, 3, 2, tzinfo=UTC),
}
OTHER = ROW | {"child_key": "b", "known_to": datetime(2026, 3, 3, tzinfo=UTC), "closed_reason": "changed"}


@pytest.fixture
def duckdb(tmp_path: Path) -> Iterator[Warehouse]:
    with open_warehouse(f"duckdb:///{tmp_path / 'w.duckdb'}") as opened:
        yield opened


def _checksum(warehouse: Warehouse, *rows: dict[str, object]) -> str:
    """Of the table of disabilities, holding these rows and no others."""
    for name, entity in ALL_ENTITIES.items():
        own = {column: entity.polars_schema[column] for column in entity.attributes}
        schema = _ABOUT | _TIMES | own
        warehouse.execute(f"drop table if exists history.{name}")
        warehouse.create(f"history.{name}", schema)
        if name == "disabilities":
            for row in rows:
                warehouse.insert(f"history.{name}", pl.DataFrame([{c: row.get(c) for c in schema}], schema=schema))
    found = {name: (versions, checksum) for name, versions, checksum in checksums(warehouse).rows()}
    assert set(found) == set(ALL_ENTITIES)
    assert found["disabilities"][0] == len(rows)
    return found["disabilities"][1]


def test_the_order_of_rows_does_not_matter(warehouse: Warehouse) -> None:
    assert _checksum(warehouse, ROW, OTHER) == _checksum(warehouse, OTHER, ROW)


@pytest.mark.parametrize(
    "changed",
    [
        {"disability_code": "HEAR"},
        {"disability_code": None},
        {"disability_code": ""},
        {"source_id": "204-byo"},
        {"known_from": datetime(2026, 3, 2, 0, 0, 0, 1, tzinfo=UTC)},
        {"known_to": datetime(2026, 3, 4, tzinfo=UTC)},
        {"closed_reason": "absent_from_full"},
    ],
)
def test_one_value_that_differs_gives_another_checksum(duckdb: Warehouse, changed: dict[str, object]) -> None:
    checksum = _checksum(duckdb, ROW, OTHER)
    assert _checksum(duckdb, ROW | changed, OTHER) != checksum


def test_null_is_not_the_empty_text_and_a_row_twice_is_not_a_row_once(duckdb: Warehouse) -> None:
    null, empty = (_checksum(duckdb, ROW | {"disability_code": code}) for code in (None, ""))
    assert null != empty
    assert _checksum(duckdb, ROW, ROW) != _checksum(duckdb, ROW)
