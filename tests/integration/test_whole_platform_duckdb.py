"""From landing to report on DuckDB: what the manifest says comes out, and again the second time."""

import pytest
from platform_home import PlatformHome
from whole_platform import WholePlatform


class TestOnDuckdb(WholePlatform):
    """Everything in whole_platform.py."""

    @pytest.fixture(scope="class")
    @classmethod
    def home(cls, duckdb_home: PlatformHome) -> PlatformHome:
        return duckdb_home
