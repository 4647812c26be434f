"""From landing to report on Postgres: the same as on DuckDB, value for value."""

from pathlib import Path

import pytest
from platform_home import PlatformHome, saved
from polars.testing import assert_frame_equal
from whole_platform import Tables, WholePlatform


class TestOnPostgres(WholePlatform):
    """Everything in whole_platform.py, and more."""

    @pytest.fixture(scope="class")
    @classmethod
    def home(cls, tmp_path_factory: pytest.TempPathFactory, postgres_url: str, made_up_files: Path) -> PlatformHome:
        home = PlatformHome(tmp_path_factory.mktemp("home") / "on-postgres", postgres_url)
        home.receive(made_up_files)
        home.run_all()
        return home

    def test_run_storage_holds_no_personal_value(self, home: PlatformHome) -> None:
        from personal_values import found_in_tables, personal_values

        values = personal_values(home.made_up, home.stores.pseudonyms)
        assert found_in_tables(home, values, ("public", "control")) == []

    def test_every_table_is_the_same_as_on_duckdb(self, first: Tables, duckdb_tables: Path) -> None:
        on_duckdb = saved(duckdb_tables)
        assert first.keys() == on_duckdb.keys()
        for name, table in first.items():
            assert_frame_equal(table, on_duckdb[name], check_exact=True)
