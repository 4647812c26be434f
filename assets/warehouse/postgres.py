"""The warehouse on Postgres: many readers and writers. Rows go in by COPY, the fastest way there is."""

from collections.abc import Sequence
from typing import Any, cast

import polars as pl
import psycopg

from assets.lake import Selection
from assets.warehouse.engine import Warehouse, WarehouseError, named_type, percent_placeholders

# COLLATE "C": text sorts by code point, as it does in DuckDB and polars, whatever the server was set up with.
_TYPES: dict[type[pl.DataType], str] = {
    pl.String: 'text collate "C"',
    pl.Boolean: "boolean",
    pl.Date: "date",
    pl.Int8: "smallint",
    pl.Int16: "smallint",
    pl.Int32: "integer",
    pl.Int64: "bigint",
    pl.UInt8: "smallint",
    pl.UInt16: "integer",
    pl.UInt32: "bigint",
    pl.UInt64: "numeric(20)",
    pl.Float32: "real",
    pl.Float64: "double precision",
    pl.Null: 'text collate "C"',
    pl.Categorical: 'text collate "C"',
    pl.Enum: 'text collate "C"',
}

# Postgres type numbers to polars types; any other comes back as text.
_READ: dict[int, pl.DataType] = {
    16: pl.Boolean(),
    20: pl.Int64(),
    21: pl.Int16(),
    23: pl.Int32(),
    700: pl.Float32(),
    701: pl.Float64(),
    1082: pl.Date(),
    1114: pl.Datetime("us"),
    1184: pl.Datetime("us", "UTC"),
    1700: pl.Float64(),
}
_COPY_ROWS = 100_000


class PostgresWarehouse(Warehouse):
    """One connection to a Postgres database."""

    dialect = "postgres"
    errors = (psycopg.Error,)

    def __init__(self, url: str, *, read_only: bool) -> None:
        super().__init__()
        options = "-c TimeZone=UTC" + (" -c default_transaction_read_only=on" if read_only else "")
        try:
            self._connection = psycopg.connect(url, autocommit=True, options=options)
        except psycopg.OperationalError as error:
            raise WarehouseError(f"the warehouse's Postgres server cannot be reached: {error}") from None

    def close(self) -> None:
        self._connection.close()

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> pl.DataFrame:
        with self._run(sql, parameters) as cursor:
            if cursor.description is None:
                raise psycopg.ProgrammingError("the statement gives no rows")
            schema = {column.name: _READ.get(column.type_code, pl.String()) for column in cursor.description}
            kinds = [column.type_code for column in cursor.description]
            columns = list(zip(*cursor.fetchall(), strict=True)) or [()] * len(schema)
        return pl.DataFrame(
            [
                pl.Series(name, [_as_float(v) for v in values] if kind == 1700 else values, dtype=dtype, strict=False)
                for (name, dtype), values, kind in zip(schema.items(), columns, kinds, strict=True)
            ]
        )

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        self._run(sql, parameters).close()

    def _run(self, sql: str, parameters: Sequence[Any]) -> psycopg.Cursor[Any]:
        cursor = self._connection.cursor()
        if parameters:
            cursor.execute(cast(Any, percent_placeholders(sql)), tuple(parameters))
        else:
            cursor.execute(cast(Any, sql))
        return cursor

    def column_type(self, dtype: pl.DataType) -> str:
        if isinstance(dtype, pl.Datetime):
            return "timestamp with time zone" if dtype.time_zone else "timestamp"
        return named_type(_TYPES, dtype)

    def _append(self, table: str, frame: pl.DataFrame) -> None:
        names = ", ".join(f'"{name}"' for name in frame.columns)
        statement = cast(Any, f"copy {table} ({names}) from stdin (format csv)")
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            for part in frame.iter_slices(_COPY_ROWS):
                plain = part.select(_writable(name, dtype) for name, dtype in part.schema.items())
                copy.write(plain.write_csv(include_header=False, datetime_format="%Y-%m-%dT%H:%M:%S%.6f%:z"))

    def stage_parquet(self, view: str, chosen: Sequence[Selection], schema: dict[str, pl.DataType]) -> bool:  # noqa: ARG002
        return False

    def short_key(self, *texts: str) -> str:
        return f"cast(cast('x' || left(md5(concat_ws(' ', {', '.join(texts)})), 15) as bit(60)) as bigint)"

    def analyse(self, table: str) -> None:
        self.execute(f"analyze {table}")

    def wait_for_turn(self, purpose: str) -> None:
        self.execute("select pg_advisory_xact_lock(hashtext(?))", (f"csc:{purpose}",))


def _writable(name: str, dtype: pl.DataType) -> pl.Expr:
    """As COPY takes it. Postgres text cannot hold a NUL character: the replacement character stands for it."""
    column = pl.col(name)
    if isinstance(dtype, pl.String):
        return column.str.replace_all("\x00", "\ufffd", literal=True)
    if isinstance(dtype, pl.Datetime) and not dtype.time_zone:
        return column.dt.strftime("%Y-%m-%dT%H:%M:%S%.6f")
    return column


def _as_float(value: Any) -> float | None:
    return None if value is None else float(value)
