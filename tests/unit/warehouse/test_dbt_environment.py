"""dbt is told where to build by variables that profiles.yml reads."""

import pytest

from assets.warehouse.dbt_environment import dbt_environment
from assets.warehouse.engine import WarehouseError


def test_duckdb() -> None:
    assert dbt_environment("duckdb:////srv/csc/warehouse.duckdb", 4, 2.5) == {
        "CSC_DBT_TARGET": "duckdb",
        "CSC_DBT_DUCKDB_PATH": "/srv/csc/warehouse.duckdb",
        "CSC_DBT_THREADS": "4",
        "CSC_DBT_MEMORY_LIMIT": "2.5GiB",
    }


@pytest.mark.parametrize(
    ("url", "host", "port", "user", "password", "database"),
    [
        ("postgresql://csc:s%40fe@db.example:6000/feeds", "db.example", "6000", "csc", "s@fe", "feeds"),
        ("postgresql+psycopg2://csc@db/feeds", "db", "5432", "csc", "", "feeds"),
        ("postgresql://postgres:@/feeds?host=/tmp/sockets", "/tmp/sockets", "5432", "postgres", "", "feeds"),  # noqa: S108
    ],
)
def test_postgres(url: str, host: str, port: str, user: str, password: str, database: str) -> None:
    found = dbt_environment(url, 2, 3.0)
    assert found["CSC_DBT_TARGET"] == "postgres"
    names = ("HOST", "PORT", "USER", "PASSWORD", "DATABASE")
    assert [found[f"CSC_DBT_PG_{name}"] for name in names] == [host, port, user, password, database]


def test_another_kind_of_url_is_refused() -> None:
    with pytest.raises(WarehouseError, match="postgresql://"):
        dbt_environment("mysql://x", 2, 3.0)
