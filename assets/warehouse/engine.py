"""The warehouse behind one small class: DuckDB by default, Postgres on a shared deployment.

What both engines share is here; what differs is in duck.py and postgres.py. Which tables there are, and what is loaded
into them, does not belong here.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Literal, Self

import polars as pl

from assets.lake import Selection

Dialect = Literal["duckdb", "postgres"]

# A quoted string or name, a placeholder, or a per cent sign, in SQL of ours.
_TOKENS = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|\?|%")


class WarehouseError(ValueError):
    """The warehouse cannot do what was asked; the message says what and why, never a value."""


class Warehouse(ABC):
    """One connection. SQL takes `?` placeholders on either engine; the session's time zone is UTC."""

    dialect: Dialect
    errors: tuple[type[Exception], ...]  # what the engine raises for SQL that it cannot run

    def __init__(self) -> None:
        self._depth = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """End the connection; a transaction still open is undone."""

    @abstractmethod
    def query(self, sql: str, parameters: Sequence[Any] = ()) -> pl.DataFrame:
        """The rows of one select. Sums of integers have the engine's own type: cast in SQL where the type matters."""

    @abstractmethod
    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Run one statement for its effect."""

    @abstractmethod
    def _append(self, table: str, frame: pl.DataFrame) -> None:
        """Add a frame's rows, columns matched by name."""

    @abstractmethod
    def column_type(self, dtype: pl.DataType) -> str:
        """The engine's type for a polars type."""

    @abstractmethod
    def stage_parquet(self, view: str, chosen: Sequence[Selection], schema: dict[str, pl.DataType]) -> bool:
        """Make rows of local parquet files a relation, if the engine reads parquet itself; whether it does."""

    @abstractmethod
    def short_key(self, *texts: str) -> str:
        """SQL of a whole number made from texts, the same in every session: rows are found by it before they are read.

        Two texts may have the same one, so compare the texts as well.
        """

    @abstractmethod
    def analyse(self, table: str) -> None:
        """Let the engine count what is in a table it is about to join, where it does not do so by itself."""

    @abstractmethod
    def wait_for_turn(self, purpose: str) -> None:
        """Hold other writers of the same purpose off until this transaction ends."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Within another transaction it is part of that one."""
        if self._depth == 0:
            self.execute("begin")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            if self._depth == 0:
                self.execute("rollback")
            raise
        self._depth -= 1
        if self._depth == 0:
            self.execute("commit")

    def insert(self, table: str, frame: pl.DataFrame) -> int:
        """Append a frame to an existing table, columns matched by name; returns the number of rows."""
        if frame.height:
            self._append(table, frame)
        return frame.height

    def replace(self, table: str, frame: pl.DataFrame, where: str = "true", parameters: Sequence[Any] = ()) -> int:
        """Put a frame in the place of the rows that `where` covers, in one transaction; returns the number of rows.

        Schema and table are made from the frame's types if missing. A table replaced whole takes the frame's columns.
        """
        with self.transaction():
            if where == "true" and self.exists(table) and self.columns(table) != frame.columns:
                self.execute(f"drop table {table}")
            self.create(table, dict(frame.schema))
            self.execute(f"delete from {table} where {where}", parameters)
            return self.insert(table, frame)

    def create(self, table: str, schema: dict[str, pl.DataType]) -> None:
        """Make a table (and its schema) of these columns unless it is there."""
        columns = ", ".join(f'"{name}" {self.column_type(dtype)}' for name, dtype in schema.items())
        if "." in table:
            self.execute(f"create schema if not exists {table.split('.')[0]}")
        self.execute(f"create table if not exists {table} ({columns})")

    def create_temporary(self, table: str, schema: dict[str, pl.DataType]) -> None:
        """Make an empty temporary table, in the place of any of that name."""
        columns = ", ".join(f'"{name}" {self.column_type(dtype)}' for name, dtype in schema.items())
        self.execute(f"drop table if exists {table}")
        self.execute(f"create temporary table {table} ({columns})")

    def exists(self, table: str) -> bool:
        """Whether there is a table or view of that name, given as schema.table."""
        return bool(self.columns(table))

    def columns(self, table: str) -> list[str]:
        """Column names of schema.table in order; none when there is no such table."""
        schema, name = table.split(".")
        found = self.query(
            "select column_name from information_schema.columns where table_schema = ? and table_name = ?"
            " order by ordinal_position",
            (schema, name),
        )
        return found["column_name"].to_list()

    def tables(self, schema: str) -> list[str]:
        """Names of the tables and views of a schema, sorted."""
        found = self.query("select table_name from information_schema.tables where table_schema = ?", (schema,))
        return sorted(found["table_name"].to_list())


def named_type(types: dict[type[pl.DataType], str], dtype: pl.DataType) -> str:
    """The engine's name of a polars type. Raises WarehouseError for one that no warehouse table holds."""
    name = types.get(dtype.base_type())
    if name is None:
        raise WarehouseError(f"no warehouse table holds columns of type {dtype}")
    return name


def percent_placeholders(sql: str) -> str:
    """The same statement with `%s` for `?`, and per cent signs doubled; quoted text keeps its question marks."""

    def swap(match: re.Match[str]) -> str:
        token = match.group()
        return "%s" if token == "?" else token.replace("%", "%%")  # noqa: S105

    return _TOKENS.sub(swap, sql)


def open_warehouse(url: str, *, read_only: bool = False, threads: int = 2, memory_limit_gb: float = 3.0) -> Warehouse:
    """Open `duckdb:///path` or `postgresql://...`. Raises WarehouseError for another kind of URL, or when it cannot.

    threads, memory_limit_gb: for DuckDB only. Its file must exist to be read, and has one writer at a time.
    """
    if url.startswith("duckdb:///"):
        from assets.warehouse.duck import DuckWarehouse

        path = url.removeprefix("duckdb:///")
        return DuckWarehouse(path, read_only=read_only, threads=threads, memory_limit_gb=memory_limit_gb)
    if url.startswith(("postgresql://", "postgresql+psycopg2://")):
        from assets.warehouse.postgres import PostgresWarehouse

        return PostgresWarehouse(url.replace("+psycopg2", "", 1), read_only=read_only)
    raise WarehouseError("a warehouse URL must start with duckdb:/// or postgresql://")
