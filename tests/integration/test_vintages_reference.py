"""Vintages are what plain Python gives for the state as known at each rung, and change only when their past does."""

import csv
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest
from indicator_reference import REFERENCE, Child, Period
from marts_world import World, a_row, a_stream
from random_children import a_child

from assets.findings.subjects import end_of_day

LAST = date(2026, 5, 5)
# the days on which each feed was heard; the second is silent from before the year end until after two rungs of it
FEEDS = {
    "301-d2i": [date(2025, 4, 1), date(2025, 6, 1), date(2026, 3, 30), date(2026, 4, 1), date(2026, 4, 14), LAST],
    "302-cms": [date(2025, 4, 1), date(2026, 3, 20), date(2026, 4, 10)],
}
COVERED = {"301-d2i": LAST, "302-cms": date(2026, 4, 10), "301-cin-2026": date(2026, 3, 31)}
RETURN, RETURN_CAME = "301-cin-2026", datetime(2026, 4, 29, 23, tzinfo=UTC)
CIN = {"cin_rate", "rereferral_pct", "cpp_2yrs_pct", "assessments_45wd_pct", "referrals_count"}
MOMENTS = [
    datetime.fromisoformat(moment)
    for moment in (
        *("2025-04-01 09:00", "2025-06-01 09:00", "2026-03-30 09:00", "2026-04-01 22:59:59", "2026-04-01 23:00"),
        *("2026-04-14 12:00", "2026-05-03 09:00"),
    )
]
LADDER = {"day_1": 1, "day_7": 7, "day_14": 14, "day_30": 30, "day_60": 60, "day_90": 90}
REFERENCES = (
    *("dim_local_authority", "dim_indicator"),
    *("local_authority", "local_authority_ons_code", "local_authority_population", "indicator", "rule"),
)
ERASED = "7"

Known = tuple[datetime, datetime | None]
Rows = list[tuple[str, str, str, dict[str, Any], Known]]  # source, child, entity, row, when it was known
Values = dict[tuple[Any, ...], tuple[Any, ...]]

VALUES = """
    select source_id, indicator_id, period_end, rung, numerator, denominator, status
    from marts.fct_indicator_vintage where area_type = 'la'
"""


def _rows() -> Rows:
    random = Random(20260505)
    found: Rows = []
    for source in COVERED:
        is_return = source == RETURN
        moments = [RETURN_CAME.replace(tzinfo=None)] if is_return else MOMENTS
        for number in range(25):
            child = a_child(random, date(2022, 6, 1), COVERED[source], is_return)
            born = {"date_of_birth": child.born}
            found.append((source, str(number), "children", born, (random.choice(moments), None)))
            for entity, rows in child.tables.items():
                for row in rows:
                    since = random.choice(moments)
                    until = random.choice([moment for moment in moments if moment > since] or [None])
                    found.append((source, str(number), entity, row, (since, random.choice([None, until]))))
    return found


def _tables(rows: Rows) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for source, child, entity, row, (since, until) in rows:
        tables[f"history.{entity}"].append(a_row(source, child, **row) | {"known_from": since, "known_to": until})
    for source, days in FEEDS.items():
        lineage = {"source_type": "timely", "source_id": source, "la_code": source[:3]}
        tables["staging.stg_csc__streams"] += a_stream(source, first=days[0], last=days[-1])["staging.stg_csc__streams"]
        tables["staging.stg_csc__records"] += [
            lineage | {"submission_day": day, "received_at": datetime.combine(day, time(9), UTC)} for day in days
        ]
    came = {"source_id": RETURN, "la_code": "301", "received_at": RETURN_CAME}
    tables["staging.stg_csc__records"].append(came | {"source_type": "return"})
    tables["staging.stg_csc__returns"].append(
        {"return_id": RETURN, "la_code": "301", "kind": "cin", "year": 2026, "received_at": RETURN_CAME}
    )
    return tables


def _spoke_by(source: str, end: date, day: date) -> bool:
    if source == RETURN:
        return _end_of(day) >= RETURN_CAME
    return any(end <= heard <= day for heard in FEEDS[source])


def _end_of(day: date) -> datetime:
    return pl.select(end_of_day(pl.lit(day))).item()


def _rungs(source: str) -> dict[tuple[date, str], datetime | None]:
    """Year end and rung to the moment, in UTC; None for what is known now."""
    found: dict[tuple[date, str], datetime | None] = {}
    for year in [2026] if source == RETURN else [2024, 2025, 2026]:
        end = date(year, 3, 31)
        days = {rung: end + timedelta(days=later) for rung, later in LADDER.items()}
        days["return_deadline"] = date(year, 7, 31)
        for rung, day in days.items():
            if day <= LAST and _spoke_by(source, end, day):
                found[end, rung] = _end_of(day).replace(tzinfo=None)
        found[end, "latest"] = None
    return found


def _residents() -> dict[tuple[str, int], int]:
    path = Path(__file__).parents[2] / "dbt_project/seeds/local_authority_population.csv"
    with path.open(encoding="utf-8") as handle:
        return {(row["la_code"], int(row["mid_year"])): int(row["population_0_17"]) for row in csv.DictReader(handle)}


def _expected(rows: Rows) -> Values:
    """For each rung, the reference indicators of the state known then."""
    expected: Values = {}
    residents = _residents()
    last_year = max(year for _, year in residents)
    for source in COVERED:
        for (end, rung), moment in _rungs(source).items():
            children = _as_known([row[1:] for row in rows if row[0] == source], moment)
            start = end.replace(year=end.year - 1) + timedelta(days=1)
            period = Period(start, end, COVERED[source] if moment is None else end, frozenset(), source == RETURN)
            for indicator_id in CIN if source == RETURN else REFERENCE:
                numerator, counted = REFERENCE[indicator_id](children, period)
                denominator: int | None = counted
                if indicator_id == "referrals_count":
                    denominator = None
                elif indicator_id in ("cin_rate", "cla_rate"):
                    denominator = residents[source[:3], min(end.year - 1, last_year)]
                expected[source, indicator_id, end, rung] = (numerator, denominator, denominator == 0)
    return expected


def _as_known(rows: list[tuple[str, str, dict[str, Any], Known]], moment: datetime | None) -> list[Child]:
    children: dict[str, Child] = defaultdict(Child)
    for child, entity, row, (since, until) in rows:
        if until is None if moment is None else since <= moment and (until is None or until > moment):
            if entity == "children":
                children[child].born = row["date_of_birth"]
            else:
                children[child].tables.setdefault(entity, []).append(row)
    return list(children.values())


def _found(world: World) -> Values:
    """By source, indicator, year end and rung: numerator, denominator, whether there is nothing to divide by."""
    return {row[:4]: (row[4], row[5], row[6] == "z") for row in world.read(VALUES).iter_rows()}


# the vintages and what they are made from, without the other marts
SELECTION = "+fct_indicator_vintage,tag:marts"


@pytest.fixture(scope="module", params=["duckdb", "postgres"])
def world(request: pytest.FixtureRequest, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    scratch = tmp_path_factory.mktemp("vintages")
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else str(scratch / "warehouse.duckdb")
    made = World(request.param, url, scratch, repository)
    made.fill(_tables(_rows()))
    # cautious: a test that looks at a mart which is not built here stays out
    once = ("build", "--exclude-resource-type", "unit_test", "--indirect-selection", "cautious")
    made.dbt(*once, "--select", SELECTION, *REFERENCES)
    return made


def test_each_rung_is_what_python_makes_of_the_state_known_then(world: World) -> None:
    expected, found = _expected(_rows()), _found(world)
    assert found.keys() == expected.keys()
    assert {key: (found[key], expected[key]) for key in found if found[key] != expected[key]} == {}
    differing = {key[1] for key in found if found[key] != found[(*key[:3], "latest")]}
    assert len(differing) > 5, "the rungs say nothing different, so the test proves little"
    silent = {key[3] for key in found if key[0] == "302-cms" and key[2].year == 2026}
    assert silent == {"day_14", "day_30", "latest"}
    assert {key[3] for key in found if key[0] == RETURN} == {"day_30", "latest"}


def test_a_rung_is_known_at_the_end_of_its_london_day(world: World) -> None:
    """The moment in SQL is the one by which findings and the comparison read the state."""
    query = "select distinct period_end, rung, known_at from marts.fct_indicator_vintage"
    for end, rung, known_at in world.read(query).iter_rows():
        day = LAST if rung == "latest" else end + timedelta(days=LADDER.get(rung, 122))
        assert known_at == _end_of(day), rung


def test_a_vintage_is_made_anew_only_when_its_past_changed(world: World) -> None:
    if world.target == "postgres":
        pytest.skip("which vintages are due is the same SQL; it is tried on DuckDB")
    before = _found(world)
    rows = [row for row in _rows() if row[1] != ERASED]
    tables, expected = _tables(rows), _expected(rows)
    # a batch found for 10 April: later rungs of that source follow; earlier ones stand and so do other sources, of
    # which no load said that anything changed
    noted = {"source_id": "301-d2i", "load_id": "l1"}
    world.fill(tables | {"control.changed_sources": [noted | {"from_at": datetime(2026, 4, 10, tzinfo=UTC)}]})
    world.dbt("run", "--select", SELECTION)
    later = {("301-d2i", "day_14", 2026), ("301-d2i", "day_30", 2026)}
    found = _found(world)
    assert found.keys() == before.keys()
    for key, value in found.items():
        follows = key[3] == "latest" or (key[0], key[3], key[2].year) in later
        assert value == (expected if follows else before)[key], key
    assert any(before[key] != expected[key] for key in expected if key[3] == "day_1"), "the child makes no difference"
    # an erasure reaches back to the beginning, and is forgotten once it has been followed; a vintage that there would
    # be none of now is not kept: the return, taken back, comes again after its only rung
    tables["staging.stg_csc__records"][-1]["received_at"] = datetime(2026, 5, 4, 9, tzinfo=UTC)
    beginning = [{"source_id": source, "load_id": "l2", "from_at": datetime(1, 1, 1, tzinfo=UTC)} for source in COVERED]
    world.fill(tables | {"control.changed_sources": beginning})
    world.dbt("run", "--select", SELECTION)
    assert _found(world) == {key: value for key, value in expected.items() if key[::3] != (RETURN, "day_30")}
    kept = world.read("select distinct source_id from indicators.int_indicator_vintages__by_source")
    assert sorted(kept["source_id"]) == ["301-d2i", "302-cms"]
    assert world.read("select * from control.changed_sources").is_empty()
