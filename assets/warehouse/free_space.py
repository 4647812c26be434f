"""The warehouse without the space in which deleted rows still stand.

Neither engine overwrites a row that is deleted: DuckDB marks it and leaves freed blocks as they are, Postgres leaves
it in its page, and its most common values in the planner's statistics. Erasure needs the bytes gone, so afterwards
everything that is left is written anew.
"""

import os
import shutil
from pathlib import Path

import duckdb
import psycopg
from psycopg import sql

from assets.files import sync_folder
from assets.warehouse.engine import WarehouseError

_FRESH = ".rewritten"


def rewrite(url: str, *, threads: int, memory_limit_gb: float) -> None:
    """Write the warehouse anew. Killed at any point, it leaves the last good warehouse in its place.

    On DuckDB no other connection may be open (WarehouseError), and there must be room for a second file.
    """
    if url.startswith("duckdb:///"):
        _rewrite_file(Path(url.removeprefix("duckdb:///")), threads, memory_limit_gb)
    else:
        _rewrite_server(url.replace("+psycopg2", "", 1))


def sweep(url: str) -> None:
    """Delete what a killed process left beside a DuckDB file: a rewriting not finished, and rows spilled to disk."""
    if not url.startswith("duckdb:///"):
        return
    path = Path(url.removeprefix("duckdb:///"))
    for leftover in (_fresh(path), _wal(_fresh(path))):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(path.with_name(f"{path.name}.tmp"), ignore_errors=True)


def _rewrite_file(path: Path, threads: int, memory_limit_gb: float) -> None:
    sweep(f"duckdb:///{path}")
    fresh = _fresh(path)
    settings = {"threads": threads, "memory_limit": f"{memory_limit_gb}GiB", "temp_directory": f"{path}.tmp"}
    try:
        with duckdb.connect(config={name: str(value) for name, value in settings.items()}) as connection:
            connection.execute("set preserve_insertion_order = false")
            connection.execute(f"attach {_quoted(path)} as warehouse")
            connection.execute("checkpoint warehouse")
            connection.execute(f"attach {_quoted(fresh)} as fresh")
            connection.execute("copy from database warehouse to fresh")
            connection.execute("checkpoint fresh")
    except duckdb.Error as error:
        sweep(f"duckdb:///{path}")
        raise WarehouseError(
            f"the warehouse at {path} could not be written anew, so what was erased may still stand in its free space:"
            f" {str(error).splitlines()[0]}; make room or end what uses it, and run the job again"
        ) from None
    with fresh.open("rb+") as handle:
        os.fsync(handle.fileno())
    fresh.replace(path)
    _wal(path).unlink(missing_ok=True)
    sync_folder(path.parent)
    sweep(f"duckdb:///{path}")


def _rewrite_server(url: str) -> None:
    """VACUUM FULL copies the rows that are left to new files; the statistics are made anew, and then copied too."""
    with psycopg.connect(url, autocommit=True) as connection:
        tables = connection.execute(
            "select schemaname, tablename from pg_tables where schemaname not in ('information_schema', 'pg_catalog')"
        ).fetchall()
        for name in tables:
            connection.execute(sql.SQL("vacuum (full, analyze) {}").format(sql.Identifier(*name)))
        connection.execute("vacuum (full) pg_catalog.pg_statistic")
        connection.execute("checkpoint")


def _fresh(path: Path) -> Path:
    return path.with_name(f"{path.name}{_FRESH}")


def _wal(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
