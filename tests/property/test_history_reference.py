"""History by dbt is history by a plain reference, whatever the records and the order in which days are loaded."""

import random
from pathlib import Path

import pytest
from dbt_runs import build_history
from feed_builder import PLAIN_PURGING, Record, write_days
from feed_situations import EXPECTED, situations
from history_compare import differences, expected_history, history_in
from random_feed import RandomFeed

from assets.lake import Lake
from assets.warehouse.engine import open_warehouse
from assets.warehouse.load import load_days

SOURCES = ["204-d2i", "301-cms"]
# Engine to seed and number of children in each source.
DRAWN = {"duckdb": (11, 600), "postgres": (12, 200)}


def _drawn(engine: str) -> list[Record]:
    seed, children = DRAWN[engine]
    return RandomFeed(seed).children(SOURCES, children)


@pytest.mark.parametrize("engine", DRAWN)
def test_everything_that_history_must_bear_occurs_in_what_is_drawn(engine: str) -> None:
    occurring = situations(_drawn(engine))
    assert set(occurring) == EXPECTED, "what is expected and never occurs, or is not known here"


@pytest.fixture(scope="module")
def dbt_work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where dbt keeps what it parsed, for the whole module."""
    return tmp_path_factory.mktemp("dbt")


def _differing(url: str, tmp_path: Path, dbt_work: Path, records: list[Record], *, shuffled: bool) -> list[str]:
    """Random children, their days over several loads with history after each; what then differs."""
    lake = Lake(tmp_path / "lake")
    partitions = sorted(write_days(lake, records))
    if shuffled:
        random.Random(1).shuffle(partitions)
    third = len(partitions) // 3 + 1
    for part in (partitions[:third], partitions[third : 2 * third], partitions[2 * third :]):
        with open_warehouse(url) as warehouse:
            load_days(warehouse, lake, part, PLAIN_PURGING)
        build_history(url, dbt_work)
    with open_warehouse(url) as warehouse:
        return differences(expected_history(records), history_in(warehouse))


@pytest.mark.parametrize("shuffled", [True, False])
def test_duckdb_agrees_with_the_reference(tmp_path: Path, dbt_work: Path, *, shuffled: bool) -> None:
    url = f"duckdb:///{tmp_path / 'warehouse.duckdb'}"
    assert _differing(url, tmp_path, dbt_work, _drawn("duckdb"), shuffled=shuffled) == []


def test_postgres_agrees_with_the_reference(tmp_path: Path, dbt_work: Path, postgres_url: str) -> None:
    """Days out of order alone: the SQL is the same, and among shuffled days are those that follow the one before."""
    assert _differing(postgres_url, tmp_path, dbt_work, _drawn("postgres"), shuffled=True) == []
