"""What the tests of the whole platform share: the made-up files, and one run of everything on DuckDB."""

import os
from pathlib import Path

import pytest
from platform_home import PlatformHome, made_once, make_files, save

pytest.register_assert_rewrite("whole_platform", "personal_values")


@pytest.fixture(scope="session")
def test_run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this test run see."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def made_up_files(test_run_folder: Path) -> Path:
    """The scenario's feed, returns and manifest."""
    return made_once(test_run_folder / "made-up", make_files)


@pytest.fixture(scope="session")
def duckdb_home(test_run_folder: Path, made_up_files: Path) -> PlatformHome:
    """A platform on DuckDB that has taken in everything once, in one run; its tables are kept in a folder beside it."""

    def run_everything(folder: Path) -> None:
        home = PlatformHome(folder)
        home.receive(made_up_files)
        home.run_all()
        save(home.results(), folder.with_name("on-duckdb-tables"))

    return PlatformHome(made_once(test_run_folder / "on-duckdb", run_everything))


@pytest.fixture(scope="session")
def duckdb_tables(duckdb_home: PlatformHome) -> Path:
    """The tables of that platform, as parquet."""
    return duckdb_home.folder.with_name("on-duckdb-tables")
