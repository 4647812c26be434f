"""From landing to report on DuckDB: what the manifest says comes out, and again the second time."""

import pytest
from platform_home import PlatformHome
from whole_platform import Tables, WholePlatform, differing


class TestOnDuckdb(WholePlatform):
    """Everything in whole_platform.py."""

    @pytest.fixture(scope="class")
    @classmethod
    def home(cls, duckdb_home: PlatformHome) -> PlatformHome:
        return duckdb_home

    def test_the_whole_job_again_changes_nothing(self, home: PlatformHome, first: Tables) -> None:
        """On Postgres single stages are run again instead; the stages are the same."""
        home.run_all()
        assert differing(home.results(), first) == []
