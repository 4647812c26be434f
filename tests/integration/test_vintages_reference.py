"""Vintages are what plain Python gives for the state as known at each rung, and change only when their past does."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from indicator_reference import REFERENCE, Child, Period
from marts_world import World, a_row, a_stream
from random_children import a_child

SOURCE, FIRST, LAST = "301-d2i", date(2025, 4, 1), date(2026, 5, 5)
MOMENTS = [
    datetime.fromisoformat(moment)
    for moment in (
        *("2025-04-01 09:00", "2025-06-01 09:00", "2026-03-30 09:00", "2026-04-01 22:59:59", "2026-04-01 23:00"),
        *("2026-04-14 12:00", "2026-05-03 09:00"),
    )
]
LADDER = {"day_1": 1, "day_7": 7, "day_14": 14, "day_30": 30, "day_60": 60, "day_90": 90}
SEEDS = ("local_authority", "local_authority_ons_code", "local_authority_population", "indicator", "rule")
ERASED = "7"

Known = tuple[datetime, datetime | None]
Rows = list[tuple[str, str, dict[str, Any], Known]]  # child, entity, row, when it was known

VALUES = """
    select indicator_id, period_end, rung, numerator from marts.fct_indicator_vintage where area_type = 'la'
"""


def _rows() -> Rows:
    random = Random(20260505)
    found: Rows = []
    for number in range(40):
        child = a_child(random, date(2022, 6, 1), LAST, False)
        found.append((str(number), "children", {"date_of_birth": child.born}, (random.choice(MOMENTS), None)))
        for entity, rows in child.tables.items():
            for row in rows:
                since = random.choice(MOMENTS)
                until = random.choice([moment for moment in MOMENTS if moment > since] or [None])
                found.append((str(number), entity, row, (since, random.choice([None, until]))))
    return found


def _tables(rows: Rows) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for child, entity, row, (since, until) in rows:
        tables[f"history.{entity}"].append(a_row(SOURCE, child, **row) | {"known_from": since, "known_to": until})
    for name, found in a_stream(SOURCE, first=FIRST, last=LAST).items():
        tables[name] += found
    for record in tables["staging.stg_csc__records"]:
        record["received_at"] = datetime.combine(record["submission_day"], datetime.min.time(), UTC)
    return tables


def _rungs() -> dict[tuple[date, str], datetime | None]:
    """Year end and rung to the moment, in UTC; None for what is known now."""
    found: dict[tuple[date, str], datetime | None] = {}
    for year in (2024, 2025, 2026):
        end = date(year, 3, 31)
        days = {rung: end + timedelta(days=later) for rung, later in LADDER.items()}
        days["return_deadline"] = date(year, 7, 31)
        for rung, day in days.items():
            midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo("Europe/London"))
            if FIRST <= day <= LAST:
                found[end, rung] = midnight.astimezone(UTC).replace(tzinfo=None) - timedelta(microseconds=1)
        found[end, "latest"] = None
    return found


def _expected(rows: Rows) -> dict[tuple[Any, ...], int]:
    expected = {}
    for (end, rung), moment in _rungs().items():
        children = _as_known(rows, moment)
        start = end.replace(year=end.year - 1) + timedelta(days=1)
        covered = LAST if moment is None else end
        period = Period(start, end, covered, frozenset(), False)
        for indicator_id, worked_out in REFERENCE.items():
            expected[indicator_id, end, rung] = worked_out(children, period)[0]
    return expected


def _as_known(rows: Rows, moment: datetime | None) -> list[Child]:
    children: dict[str, Child] = defaultdict(Child)
    for child, entity, row, (since, until) in rows:
        if until is None if moment is None else since <= moment and (until is None or until > moment):
            if entity == "children":
                children[child].born = row["date_of_birth"]
            else:
                children[child].tables.setdefault(entity, []).append(row)
    return list(children.values())


def _found(world: World) -> dict[tuple[Any, ...], int]:
    return {row[:3]: row[3] for row in world.read(VALUES).iter_rows()}


def _build(world: World, *more: str) -> None:
    world.dbt("build", "--exclude-resource-type", "unit_test", "--select", "tag:marts", *more)


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def world(request: pytest.FixtureRequest, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    scratch = tmp_path_factory.mktemp("vintages")
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else str(scratch / "warehouse.duckdb")
    made = World(request.param, url, scratch, repository)
    made.fill(_tables(_rows()))
    _build(made, *SEEDS)
    return made


def test_each_rung_is_what_python_makes_of_the_state_known_then(world: World) -> None:
    expected, found = _expected(_rows()), _found(world)
    assert found.keys() == expected.keys()
    assert {key: (found[key], expected[key]) for key in found if found[key] != expected[key]} == {}
    differing = {key[0] for key in found if found[key] != found[key[0], key[1], "latest"]}
    assert len(differing) > 5, "the rungs say nothing different, so the test proves little"


def test_a_vintage_is_made_anew_only_when_its_past_changed(world: World) -> None:
    if world.target == "postgres":
        pytest.skip("which vintages are due is the same SQL; it is tried on DuckDB")
    before = _found(world)
    rows = [row for row in _rows() if row[0] != ERASED]
    tables = _tables(rows)
    world.fill(tables)
    _build(world)
    assert {k: v for k, v in _found(world).items() if k[2] != "latest"} == {
        k: v for k, v in before.items() if k[2] != "latest"
    }
    # a batch found for 10 April: later rungs follow, earlier ones stand
    noted = {"source_id": SOURCE, "load_id": "l1"}
    world.fill(tables | {"control.changed_sources": [noted | {"from_at": datetime(2026, 4, 10, tzinfo=UTC)}]})
    _build(world)
    expected = _expected(rows)
    later = {("day_14", 2026), ("day_30", 2026)}
    for key, value in _found(world).items():
        follows = key[2] == "latest" or (key[2], key[1].year) in later
        assert value == (expected if follows else before)[key], key
    # an erasure reaches back to the beginning, and is forgotten once it has been followed
    world.fill(tables | {"control.changed_sources": [noted | {"from_at": datetime(1, 1, 1, tzinfo=UTC)}]})
    _build(world)
    assert _found(world) == expected
    assert world.read("select * from control.changed_sources").is_empty()
