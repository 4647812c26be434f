"""Fixtures shared by every test."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from postgres_server import PostgresServer, fresh_database, running_postgres

from assets.warehouse.engine import Warehouse, open_warehouse

REPOSITORY = Path(__file__).resolve().parent.parent


@sa.event.listens_for(sa.Engine, "connect")
def _need_not_outlive_a_power_cut(connection: object, _: object) -> None:
    """Of Dagster's storage in this process: it waits for the disk after each of a thousand events a run."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """Sample files that are not part of the project; tests that need them skip where they are absent."""
    folder = REPOSITORY.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder of sample files beside the checkout is not there")
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One Postgres server for the whole test run, shared by its workers; gone with the last of them."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="module")
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The URL of an empty database of the module's own."""
    with fresh_database(postgres_server) as url:
        yield url


@pytest.fixture(params=["duckdb", "postgres"])
def warehouse_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty warehouse of each kind in turn."""
    if request.param == "duckdb":
        yield f"duckdb:///{tmp_path / 'warehouse.duckdb'}"
        return
    with fresh_database(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture
def warehouse(warehouse_url: str) -> Iterator[Warehouse]:
    """A connection to it."""
    with open_warehouse(warehouse_url) as opened:
        yield opened
