"""The warehouse on DuckDB: one file, one writer at a time. Extensions are never fetched from outside."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from assets.lake import Selection
from assets.warehouse.engine import Warehouse, WarehouseError, named_type

_TYPES: dict[type[pl.DataType], str] = {
    pl.String: "varchar",
    pl.Boolean: "boolean",
    pl.Date: "date",
    pl.Int8: "tinyint",
    pl.Int16: "smallint",
    pl.Int32: "integer",
    pl.Int64: "bigint",
    pl.UInt8: "utinyint",
    pl.UInt16: "usmallint",
    pl.UInt32: "uinteger",
    pl.UInt64: "ubigint",
    pl.Float32: "real",
    pl.Float64: "double",
    pl.Null: "varchar",
    pl.Categorical: "varchar",
    pl.Enum: "varchar",
}


class DuckWarehouse(Warehouse):
    """One connection to a DuckDB file (or `:memory:`)."""

    dialect = "duckdb"
    errors = (duckdb.Error,)

    def __init__(self, path: str, *, read_only: bool, threads: int, memory_limit_gb: float) -> None:
        super().__init__()
        if path != ":memory:" and not read_only:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        configuration: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "threads": threads,
            "memory_limit": f"{memory_limit_gb}GiB",
            "preserve_insertion_order": False,
        }
        try:
            self._connection = duckdb.connect(path, read_only=read_only, config=configuration)
        except duckdb.IOException as error:
            raise WarehouseError(_why_not_opened(path, error)) from None
        self._connection.execute("set TimeZone = 'UTC'")
        self._connection.execute("set enable_progress_bar = false")

    def close(self) -> None:
        self._connection.close()

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> pl.DataFrame:
        relation = self._connection.sql(sql, params=list(parameters)) if parameters else self._connection.sql(sql)
        frame = pl.from_arrow(relation.to_arrow_table())
        if not isinstance(frame, pl.DataFrame):
            raise TypeError("a query gives a table")
        return frame.with_columns(_plain(name, dtype) for name, dtype in frame.schema.items())

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        self._connection.execute(sql, list(parameters))

    def column_type(self, dtype: pl.DataType) -> str:
        if isinstance(dtype, pl.Datetime):
            return "timestamp with time zone" if dtype.time_zone else "timestamp"
        return named_type(_TYPES, dtype)

    def _append(self, table: str, frame: pl.DataFrame) -> None:
        names = ", ".join(f'"{name}"' for name in frame.columns)
        self._connection.register("appended_frame", frame.to_arrow())
        try:
            self._connection.execute(f"insert into {table} ({names}) select {names} from appended_frame")
        finally:
            self._connection.unregister("appended_frame")

    def stage_parquet(self, view: str, chosen: Sequence[Selection], schema: dict[str, pl.DataType]) -> bool:
        columns = ", ".join(
            f'cast("{name}" as {self.column_type(dtype)}) as "{name}"' for name, dtype in schema.items()
        )
        parts = [f"select {columns} from {_files(selection)}" for selection in chosen]
        self.execute(f"create or replace temporary view {view} as {' union all '.join(parts)}")
        return True

    def short_key(self, *texts: str) -> str:
        return f"cast('0x' || left(md5(concat_ws(' ', {', '.join(texts)})), 15) as bigint)"

    def analyse(self, table: str) -> None:
        pass

    def wait_for_turn(self, purpose: str) -> None:
        pass


def _files(selection: Selection) -> str:
    """The files of a selection as a relation, with the rows of the wanted sources only."""
    files = ", ".join(_quoted(path) for path in selection.paths)
    wanted = "" if selection.sources is None else f" where source_id in ({', '.join(map(_quoted, selection.sources))})"
    return f"read_parquet([{files}], hive_partitioning = false){wanted}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _plain(name: str, dtype: pl.DataType) -> pl.Expr:
    if isinstance(dtype, pl.Decimal):
        return pl.col(name).cast(pl.Float64 if dtype.scale else pl.Int64)
    return pl.col(name)


def _why_not_opened(path: str, error: duckdb.IOException) -> str:
    if not Path(path).exists():
        return f"there is no warehouse at {path} yet; `csc process` makes it"
    if "lock" in str(error).lower():
        return f"another process is writing to {path}; try again when its run has ended"
    return f"the warehouse at {path} cannot be opened: {error}"
