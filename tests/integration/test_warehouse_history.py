"""History through dbt: computed again or built anew it is the same, and the state at any moment follows from it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from dbt_runs import build_history, run_dbt
from feed_builder import PLAIN_PURGING, Record, a_record, write_days, write_return
from history_compare import Rows, differences, expected_history, history_in
from random_feed import FIRST_DAY, RandomFeed

from assets.lake import Lake
from assets.warehouse.engine import WarehouseError, open_warehouse
from assets.warehouse.load import load_days, load_returns
from assets.warehouse.state import SUBJECTS, state_of_source, state_of_subjects
from assets.warehouse.tables import ensure_tables
from quality.schemas.entities import ALL_ENTITIES

RETURN = "204-cin-2026"


@dataclass
class World:
    """A warehouse with the history of random children, and what it was made from."""

    url: str
    lake: Lake
    records: list[Record]
    partitions: list[str]
    dbt_work: Path

    def history(self) -> Rows:
        with open_warehouse(self.url) as warehouse:
            return history_in(warehouse)

    def waiting(self) -> int:
        with open_warehouse(self.url) as warehouse:
            return int(warehouse.query("select count(*) as n from control.touched_children")["n"][0])


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Random children of two streams, loaded and computed at once."""
    folder = tmp_path_factory.mktemp("history")
    lake, url = Lake(folder / "lake"), f"duckdb:///{folder / 'warehouse.duckdb'}"
    records = RandomFeed(21).children(["204-d2i", "301-cms"], 60)
    partitions = write_days(lake, records)
    with open_warehouse(url) as warehouse:
        load_days(warehouse, lake, partitions, PLAIN_PURGING)
    build_history(url, folder)
    return World(url, lake, records, partitions, folder)


def test_history_is_that_of_the_reference_and_nobody_waits(world: World) -> None:
    assert differences(expected_history(world.records), world.history()) == []
    assert world.waiting() == 0


def test_a_day_processed_again_and_a_history_built_anew_are_the_same(world: World) -> None:
    before = world.history()
    with open_warehouse(world.url) as warehouse:
        for partition in world.partitions[::-1]:
            load_days(warehouse, world.lake, [partition], PLAIN_PURGING)
    assert world.waiting() == 0
    build_history(world.url, world.dbt_work, "--full-refresh")
    assert world.history() == before


def test_one_table_cannot_be_rebuilt_from_the_touched_children_alone(world: World) -> None:
    build_history(world.url, world.dbt_work)
    with pytest.raises(AssertionError, match="rebuild it with its parents"):
        run_dbt(world.url, world.dbt_work, "run", "--full-refresh", "--select", "int_episodes__versions")


def test_a_history_table_that_is_missing_is_made_of_everyone(world: World) -> None:
    before = world.history()
    with open_warehouse(world.url) as warehouse:
        warehouse.execute("drop table history.placements")
    build_history(world.url, world.dbt_work)
    assert world.history() == before


def test_a_late_batch_gives_the_history_as_if_it_had_come_in_order(world: World, tmp_path: Path) -> None:
    late_day = world.partitions[4]
    url = f"duckdb:///{tmp_path / 'late.duckdb'}"
    for part in ([p for p in world.partitions if p != late_day], [late_day]):
        with open_warehouse(url) as warehouse:
            load_days(warehouse, world.lake, part, PLAIN_PURGING)
        build_history(url, world.dbt_work)
    with open_warehouse(url) as warehouse:
        assert history_in(warehouse) == world.history()


@pytest.mark.parametrize("days", [0, 3, 8])
def test_the_state_at_a_moment_is_what_was_known_then(world: World, days: int) -> None:
    moment = FIRST_DAY + timedelta(days=days, hours=12)
    expected = {
        name: [row for row in rows if row[0] == "204-d2i" and row[-3] <= moment and (row[-2] or moment) >= moment]
        for name, rows in expected_history(world.records).items()
    }
    with open_warehouse(world.url, read_only=True) as warehouse:
        of_source = state_of_source(warehouse, "204-d2i", moment)
        children = sorted({record["child"] for record in world.records if record["source"] == "204-d2i"})
        rows = [(n, "204-d2i", child, moment.date(), None, moment) for n, child in enumerate(children)]
        subjects = pl.DataFrame(rows, schema=SUBJECTS, orient="row")
        of_subjects = state_of_subjects(warehouse, subjects)
    for name, entity in ALL_ENTITIES.items():
        found = of_source[name].select("source_id", "child_key", *entity.attributes).rows()
        assert sorted(found, key=str) == sorted((row[:-3] for row in expected[name]), key=str)
        lineage = ["row", "source_type", "source_id", "la_code", "child_key"]
        assert of_source[name].columns == [*lineage, *entity.attributes]
        assert of_subjects[name].columns == ["subject", "as_of", "period_start", *lineage, *entity.attributes]
        known = of_subjects[name].select("source_id", "child_key", *entity.attributes).rows()
        assert sorted(known, key=str) == sorted(found, key=str)
        assert of_subjects[name]["row"].to_list() == list(range(len(known)))


def test_a_child_can_be_several_subjects(world: World) -> None:
    moments = [datetime(2025, 1, 1, tzinfo=UTC), FIRST_DAY + timedelta(days=30)]
    child = world.records[0]
    rows = [(n, child["source"], child["child"], m.date(), None, m) for n, m in enumerate(moments)]
    with open_warehouse(world.url, read_only=True) as warehouse:
        found = state_of_subjects(warehouse, pl.DataFrame(rows, schema=SUBJECTS, orient="row"))
    assert set(found["episodes"]["subject"]) <= {1}


def test_without_history_there_is_no_state(tmp_path: Path) -> None:
    with open_warehouse(f"duckdb:///{tmp_path / 'w.duckdb'}") as warehouse:
        ensure_tables(warehouse)
        with pytest.raises(WarehouseError, match="build the history first"):
            state_of_source(warehouse, "204-d2i")


def test_a_newer_landing_of_a_return_takes_the_place_of_the_older(world: World, tmp_path: Path) -> None:
    url, lake = f"duckdb:///{tmp_path / 'returns.duckdb'}", Lake(tmp_path / "lake")
    episode = {"social_care_episode_id": "1", "primary_need": "N1"}
    review = {"review_date": FIRST_DAY.date(), "participation": "PN1"}
    landings = [
        [_of_return("c1", 5, episodes=[episode], reviews=[review]), _of_return("c2", 5, episodes=[episode])],
        [_of_return("c1", 9, episodes=[episode | {"primary_need": "N2"}])],
    ]
    for landing in landings:
        write_return(lake, RETURN, landing)
        with open_warehouse(url) as warehouse:
            load_returns(warehouse, lake, [RETURN], PLAIN_PURGING)
        build_history(url, world.dbt_work)
    with open_warehouse(url) as warehouse:
        episodes = warehouse.query("select child_key, primary_need, known_to from history.episodes")
        reviews = warehouse.query("select * from history.reviews")
    assert episodes.rows() == [("c1", "N2", None)]
    assert reviews.is_empty()


def _of_return(child: str, day: int, **said: object) -> Record:
    return a_record(child, at=f"2026-01-{day:02d}T09:00:00+00:00", source=RETURN, mode="full", **said)


def test_models_and_their_tests_build_on_either_engine(warehouse_url: str, tmp_path: Path) -> None:
    with open_warehouse(warehouse_url) as warehouse:
        ensure_tables(warehouse)
    run_dbt(warehouse_url, tmp_path, "run", "--select", "tag:history")
    run_dbt(warehouse_url, tmp_path, "build", "--select", "tag:history")
