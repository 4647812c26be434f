"""Every indicator three ways: plain Python, dbt on DuckDB and dbt on Postgres give the same numbers."""

import csv
from collections import defaultdict
from datetime import date, timedelta
from math import sqrt
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

import polars as pl
import pytest
import yaml
from indicator_reference import REFERENCE, Child, Period, months_before
from marts_world import KNOWN, World, a_row, a_stream
from random_children import a_child

HOLIDAYS = frozenset({date(2024, 12, 25), date(2024, 12, 26), date(2025, 5, 5), date(2025, 12, 25)})
FAMILIES = {
    "cin": ["cin_rate", "rereferral_pct", "cpp_2yrs_pct", "assessments_45wd_pct", "referrals_count"],
    "ssda903": ["cla_rate", "cla_3plus_placements_pct", "sdq_average_score"],
}
SCALES = {"rate_per_10000": 10000, "percent": 100, "mean": 1, "count": 1}
# source: first and last day covered, as its submissions and its kind make it
COVERAGE = {
    "301-d2i": (date(2023, 4, 1), date(2026, 4, 20)),
    "302-cms": (date(2022, 4, 1), date(2025, 3, 31)),
    "303-byo": (date(2023, 4, 1), date(2026, 4, 19)),
    "304-byo": (date(2023, 4, 1), date(2026, 4, 19)),
    "301-cin-2026": (date(2025, 4, 1), date(2026, 3, 31)),
    "301-ssda903-2026": (date(2025, 4, 1), date(2026, 3, 31)),
}
FIRST_SUBMISSION = {
    "301-d2i": date(2025, 4, 1), "302-cms": date(2025, 3, 31), "303-byo": date(2025, 5, 2), "304-byo": date(2026, 3, 31)
}  # fmt: skip
SEEDS = ("local_authority", "local_authority_ons_code", "local_authority_population", "indicator", "rule")
SELECTION = ("tag:marts", *SEEDS)

State = dict[str, list[Child]]


def _state() -> State:
    random = Random(20260420)
    return {
        source: [a_child(random, date(2021, 6, 1), end, source.count("-") > 1) for _ in range(40)]
        for source, (_, end) in COVERAGE.items()
    }


def _tables(state: State) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for source, children in state.items():
        for number, child in enumerate(children):
            tables["history.children"].append(a_row(source, str(number), date_of_birth=child.born))
            for entity, rows in child.tables.items():
                tables[f"history.{entity}"] += [a_row(source, str(number), **row) for row in rows]
                # an earlier version of the same row, which must count for nothing
                earlier = {"known_to": KNOWN.replace(tzinfo=None), "start_date": date(2020, 1, 1)}
                tables[f"history.{entity}"] += [a_row(source, str(number), **row | earlier) for row in rows[:1]]
    for source, (_, end) in COVERAGE.items():
        if source in FIRST_SUBMISSION:
            for name, rows in a_stream(source, first=FIRST_SUBMISSION[source], last=end).items():
                tables[name] += rows
        else:
            kind = source.split("-")[1]
            row = {"return_id": source, "la_code": "301", "kind": kind, "year": end.year, "reference_date": end}
            tables["staging.stg_csc__returns"].append(row)
    tables["staging.stg_csc__bank_holidays"] = [{"date": day} for day in HOLIDAYS]
    return tables


@pytest.fixture(scope="module")
def state() -> State:
    return _state()


@pytest.fixture(scope="module")
def duckdb_world(state: State, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    scratch = tmp_path_factory.mktemp("marts_duckdb")
    world = World("duckdb", str(scratch / "warehouse.duckdb"), scratch, repository)
    world.fill(_tables(state))
    world.dbt("build", "--select", *SELECTION)
    return world


@pytest.fixture(scope="module")
def postgres_world(
    state: State, repository: Path, tmp_path_factory: pytest.TempPathFactory, postgres_url: str
) -> World:
    world = World("postgres", postgres_url, tmp_path_factory.mktemp("marts_postgres"), repository)
    world.fill(_tables(state))
    world.dbt("build", "--select", *SELECTION)
    return world


def _seed(repository: Path, name: str) -> list[dict[str, str]]:
    with (repository / f"dbt_project/seeds/{name}.csv").open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def _periods(first: date, last: date) -> list[tuple[str, date, date]]:
    """Every complete period inside the coverage: type, first day, last day."""
    found = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.weekday() == 6:
            found.append(("week", day - timedelta(days=6), day))
        if (day + timedelta(days=1)).day == 1:
            found.append(("month", day.replace(day=1), day))
            found.append(("rolling_12m", months_before(day.replace(day=1), 11), day))
            if day.month == 3:
                found.append(("financial_year", months_before(day.replace(day=1), 11), day))
    return [period for period in found if period[1] >= first]


def _is_made(indicator: dict[str, str], period_type: str, end: date, source: str) -> bool:
    if indicator["basis"] == "snapshot" and period_type == "rolling_12m":
        return False
    is_return = source not in FIRST_SUBMISSION
    return not (indicator["indicator_id"] == "sdq_average_score" and is_return and end != COVERAGE[source][1])


def _status(indicator: dict[str, str], denominator: int | None, start: date, end: date, first: date) -> str:
    if denominator == 0:
        return "z"
    months = int(indicator["look_back_months"])
    if indicator["basis"] == "flow":
        needed = months_before(start, months)
    else:
        needed = months_before(end, months) + timedelta(days=1)
    return "u" if months and needed < first else "ok"


def _expected(state: State, repository: Path) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    indicators = {row["indicator_id"]: row for row in _seed(repository, "indicator")}
    residents = {
        (row["la_code"], int(row["mid_year"])): int(row["population_0_17"])
        for row in _seed(repository, "local_authority_population")
    }
    expected = {}
    for source, children in state.items():
        first, last = COVERAGE[source]
        kind = source.split("-")[1]
        for indicator_id in FAMILIES.get(kind, list(REFERENCE)):
            indicator = indicators[indicator_id]
            for period_type, start, end in _periods(first, last):
                if not _is_made(indicator, period_type, end, source):
                    continue
                period = Period(start, end, last, HOLIDAYS, source not in FIRST_SUBMISSION)
                numerator, denominator = REFERENCE[indicator_id](children, period)
                if indicator["unit"] == "rate_per_10000":
                    reporting_year = end.year + (end.month > 3)
                    denominator = residents[source[:3], min(max(reporting_year - 1, 2023), 2024)]
                bottom = None if indicator["unit"] == "count" else denominator
                key = (source, indicator_id, period_type, end)
                expected[key] = (numerator, bottom, _status(indicator, bottom, start, end, first))
    return expected


VALUES = """
    select source_id, indicator_id, period_type, period_end, numerator, denominator, status, value
    from marts.fct_indicator_value where area_type = 'la'
"""


def test_python_and_duckdb_agree_on_every_indicator(state: State, repository: Path, duckdb_world: World) -> None:
    found = {row[:4]: row[4:7] for row in duckdb_world.read(VALUES).iter_rows()}
    expected = _expected(state, repository)
    assert found.keys() == expected.keys()
    assert {key: (found[key], expected[key]) for key in found if found[key] != expected[key]} == {}
    # the random children exercise each indicator: some numerator is neither nothing nor everything
    lively = {key[1] for key, (top, bottom, _) in expected.items() if top > 0 and (bottom is None or top != bottom)}
    assert lively == set(REFERENCE)


def test_a_value_is_numerator_over_denominator_in_its_unit(repository: Path, duckdb_world: World) -> None:
    units = {row["indicator_id"]: row["unit"] for row in _seed(repository, "indicator")}
    for _, indicator_id, _, _, numerator, denominator, status, value in duckdb_world.read(VALUES).iter_rows():
        if units[indicator_id] == "count":
            assert value == numerator
        elif status == "z":
            assert value is None
        else:
            assert value == numerator * SCALES[units[indicator_id]] / denominator


def test_pooled_rows_add_up_their_authorities(duckdb_world: World) -> None:
    frame = duckdb_world.read("select * from marts.fct_indicator_value")
    keys = ["indicator_id", "period_type", "period_end"]
    timely = frame.filter(pl.col("source_type") == "timely")
    added = timely.filter(pl.col("area_type") == "la").group_by(keys).agg(pl.col("numerator", "denominator").sum())
    england = timely.filter(pl.col("area_type") == "england").select(
        *keys, "numerator", pl.col("denominator").fill_null(0)
    )
    assert england.sort(keys).equals(added.sort(keys).select(england.columns))
    pools = frame.filter(pl.col("area_type") != "la")["source_id"].unique().sort().to_list()
    assert pools == ["cin-2026", "primary", "ssda903-2026"]


def test_benchmarks_agree_with_the_standard_library(duckdb_world: World) -> None:
    frame = duckdb_world.read(
        "select * from marts.fct_benchmark where group_kind = 'england' and source_type = 'timely'"
    )
    values = duckdb_world.read(VALUES).filter(pl.col("source_id").str.count_matches("-") == 1)
    behind: dict[tuple[Any, ...], dict[str, float]] = defaultdict(dict)
    for source, *key, _, _, _, value in values.iter_rows():
        if value is not None:
            behind[tuple(key)][source[:3]] = value
    compared = 0
    for row in frame.iter_rows(named=True):
        group = behind[row["indicator_id"], row["period_type"], row["period_end"]]
        assert (row["members"], row["contributors"]) == (153, len(group))
        if len(group) < 3:
            assert row["median"] is row["mean"] is row["pooled_value"] is row["rank"] is row["upper_95"] is None
            continue
        compared += 1
        numbers = sorted(group.values())
        assert [row["p25"], row["median"], row["p75"]] == pytest.approx(quantiles(numbers, n=4, method="inclusive"))
        assert row["median"] == pytest.approx(median(numbers))
        assert row["mean"] == pytest.approx(sum(numbers) / len(numbers), abs=1e-8)
        assert (row["minimum"], row["maximum"]) == (numbers[0], numbers[-1])
        _check_place(row, group)
    assert compared > 500


def _check_place(row: dict[str, Any], group: dict[str, float]) -> None:
    own = group.get(row["la_code"])
    if own is None:
        assert row["rank"] is row["quartile_band"] is row["lower_95"] is None
    elif row["indicator_id"] in ("cin_rate", "cla_rate", "referrals_count"):
        assert (row["rank"], row["rank_of"], row["quartile_band"]) == (None, None, "-")
    else:
        higher_better = row["indicator_id"] == "assessments_45wd_pct"
        better = sum(value > own if higher_better else value < own for value in group.values())
        assert (row["rank"], row["rank_of"]) == (better + 1, len(group))
        edges = sum(own > edge for edge in (row["p25"], row["median"], row["p75"]))
        assert row["quartile_band"] == ("DCBA" if higher_better else "ABCD")[edges]


def _wilson(share: float, n: int, z: float) -> tuple[float, float]:
    centre, spread = share + z * z / (2 * n), z * sqrt(share * (1 - share) / n + (z / (2 * n)) ** 2)
    return 100 * (centre - spread) / (1 + z * z / n), 100 * (centre + spread) / (1 + z * z / n)


def _byar(expected: float, residents: int, z: float) -> tuple[float, float]:
    low = expected * (1 - 1 / (9 * expected) - z / 3 * expected**-0.5) ** 3 if expected else 0.0
    high = (expected + 1) * (1 - 1 / (9 * (expected + 1)) + z / 3 * (expected + 1) ** -0.5) ** 3
    return max(0.0, low) * 10000 / residents, high * 10000 / residents


def test_control_limits_are_wilson_and_byar_around_the_pooled_value(duckdb_world: World) -> None:
    frame = duckdb_world.read(
        """
        select b.*, v.denominator, i.unit
        from marts.fct_benchmark as b
        inner join marts.dim_indicator as i on b.indicator_id = i.indicator_id
        inner join marts.fct_indicator_value as v
            on b.source_type = v.source_type and b.indicator_id = v.indicator_id and b.period_type = v.period_type
            and b.period_end = v.period_end and v.area_type = 'la' and b.la_code = v.area_code
        where b.source_type = 'timely' and b.group_kind = 'england' and b.rank_of is not null or b.quartile_band = '-'
        """
    )
    seen = set()
    for row in frame.filter(pl.col("pooled_value").is_not_null() & pl.col("quartile_band").is_not_null()).iter_rows(
        named=True
    ):
        unit, pooled, n = row["unit"], row["pooled_value"], row["denominator"]
        seen.add(unit)
        found = [row[name] for name in ("lower_95", "upper_95", "lower_998", "upper_998")]
        if unit == "percent":
            wanted = [*_wilson(pooled / 100, n, 1.959964), *_wilson(pooled / 100, n, 3.090232)]
        elif unit == "rate_per_10000":
            expected = pooled * n / 10000
            wanted = [*_byar(expected, n, 1.959964), *_byar(expected, n, 3.090232)]
        else:
            wanted = [None] * 4
        assert found == (wanted if wanted[0] is None else pytest.approx(wanted, abs=1e-9))
    assert seen == {"percent", "rate_per_10000", "count", "mean"}


def test_every_indicator_of_the_seed_has_a_unit_test(repository: Path) -> None:
    tested = {
        test["model"]
        for path in (repository / "dbt_project/models/indicators").glob("*.yml")
        for test in yaml.safe_load(path.read_text(encoding="utf-8")).get("unit_tests", [])
    }
    wanted = {f"int_{row['indicator_id']}__daily_changes" for row in _seed(repository, "indicator")}
    assert wanted <= tested
    assert set(REFERENCE) == {row["indicator_id"] for row in _seed(repository, "indicator")}


@pytest.mark.parametrize("table", ["dim_local_authority", "dim_indicator", "fct_indicator_value", "fct_benchmark"])
def test_duckdb_and_postgres_agree_to_the_last_bit(table: str, duckdb_world: World, postgres_world: World) -> None:
    one = duckdb_world.read(f"select * from marts.{table}")
    other = postgres_world.read(f"select * from marts.{table}").select(one.columns)
    keys = [c for c in one.columns if c.endswith(("_id", "_type", "_code", "_end", "_kind")) or c == "la_code"]
    expected = one.with_columns(pl.all().cast(pl.String)).sort(keys)
    found = other.with_columns(pl.all().cast(pl.String)).sort(keys)
    assert found.equals(expected)
