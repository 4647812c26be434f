"""From landing to report on Postgres: the same as on DuckDB, value for value."""

from datetime import timedelta
from pathlib import Path

import pytest
from platform_home import SCENARIO, PlatformHome, saved
from polars.testing import assert_frame_equal
from whole_platform import Tables, WholePlatform, compare_again, differing, landed_files, run_models

from assets.findings.assets import judge_waiting
from assets.records.taking_in import take_in_days
from assets.warehouse.loading import load
from orchestration.demonstration import land_feed, land_returns


class TestOnPostgres(WholePlatform):
    """Everything in whole_platform.py, and more."""

    @pytest.fixture(scope="class")
    @classmethod
    def home(cls, tmp_path_factory: pytest.TempPathFactory, postgres_url: str, made_up_files: Path) -> PlatformHome:
        home = PlatformHome(tmp_path_factory.mktemp("home") / "on-postgres", postgres_url)
        home.receive(made_up_files)
        home.run_all()
        return home

    def test_single_stages_again_change_nothing(self, home: PlatformHome, first: Tables) -> None:
        files = landed_files(home)
        land_feed(home.stores, home.made_up)
        land_returns(home.stores, home.made_up, SCENARIO.return_year)
        assert landed_files(home) == files, "landing the same again stored it again"
        a_day = str(SCENARIO.first_day + timedelta(days=16))
        take_in_days(home.stores, [a_day], frozenset()).raise_failures()
        days = [SCENARIO.first_day + timedelta(days=offset) for offset in (30, 0, 23, 16, 1)]
        for day in days:
            load(home.stores, [str(day)])
        run_models(home, "dbt_history")
        with home.stores.warehouse() as warehouse:
            judge_waiting(warehouse, home.stores)
        run_models(home, "dbt_marts")
        compare_again(home)
        assert differing(home.results(), first) == []

    def test_run_storage_holds_no_personal_value(self, home: PlatformHome) -> None:
        from personal_values import found_in_tables, personal_values

        values = personal_values(home.made_up, home.stores.pseudonyms)
        assert found_in_tables(home, values, ("public", "control")) == []

    def test_every_table_is_the_same_as_on_duckdb(self, first: Tables, duckdb_tables: Path) -> None:
        on_duckdb = saved(duckdb_tables)
        assert first.keys() == on_duckdb.keys()
        for name, table in first.items():
            assert_frame_equal(table, on_duckdb[name], check_exact=True)
