"""Days may come in any order: the warehouse that results is the same."""

from pathlib import Path

import pytest
from platform_home import SCENARIO, PlatformHome, saved
from whole_platform import day_after, differing, run_models

from assets.findings.assets import judge_waiting
from assets.records.taking_in import take_in_days
from assets.warehouse.loading import load


@pytest.fixture(scope="module")
def late_home(tmp_path_factory: pytest.TempPathFactory, made_up_files: Path) -> PlatformHome:
    """A platform that loaded some days one by one, backwards, and made history of the last before the first came."""
    home = PlatformHome(tmp_path_factory.mktemp("home") / "late")
    home.receive(made_up_files)
    for offset in (22, 18, 20):
        day = str(day_after(offset))
        take_in_days(home.stores, [day], frozenset()).raise_failures()
        load(home.stores, [day])
    late = [str(day_after(offset)) for offset in range(16, (SCENARIO.last_day - SCENARIO.first_day).days + 1)]
    take_in_days(home.stores, late, frozenset()).raise_failures()
    load(home.stores, late)
    run_models(home, "dbt_history")
    with home.stores.warehouse() as warehouse:
        judge_waiting(warehouse, home.stores)
    home.run(SCENARIO.first_day, day_after(15))
    return home


def test_the_order_in_which_days_are_processed_changes_nothing(late_home: PlatformHome, duckdb_tables: Path) -> None:
    assert differing(late_home.results(), saved(duckdb_tables)) == []
