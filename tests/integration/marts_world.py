"""A small warehouse made by hand for tests of the marts: history and staging as tables, and dbt for the rest.

The history models have tests of their own; here they are given.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import psycopg

from assets.warehouse.dbt_environment import dbt_environment
from assets.warehouse.tables import CHANGED_SOURCES, FINDINGS, JUDGED_CHILDREN
from quality.schemas.entities import ALL_ENTITIES, POLARS_TYPES
from quality.schemas.logs import RECORDS

KNOWN = datetime(2026, 4, 20, 9, tzinfo=UTC)
_SQL_TYPES = {
    pl.String: "text",
    pl.Date: "date",
    pl.Boolean: "boolean",
    pl.Int32: "integer",
    pl.Int64: "bigint",
    pl.Float64: "double precision",
    pl.Datetime: "timestamp",
}
_HISTORY = ("source_type", "source_id", "la_code", "child_key")


def _history_schema(entity: str) -> dict[str, Any]:
    attributes = {c.name: POLARS_TYPES[c.kind] for c in ALL_ENTITIES[entity].columns}
    versions = {"known_from": pl.Datetime("us"), "known_to": pl.Datetime("us"), "closed_reason": pl.String()}
    return dict.fromkeys(_HISTORY, pl.String()) | attributes | versions


SCHEMAS: dict[str, dict[str, Any]] = {f"history.{name}": _history_schema(name) for name in ALL_ENTITIES} | {
    "staging.stg_csc__records": RECORDS,
    "staging.stg_csc__streams": dict.fromkeys(
        ("stream_id", "la_code", "route", "cms_supplier", "environment", "payload_mode"), pl.String()
    )
    | {"start_date": pl.Date(), "end_date": pl.Date(), "is_primary": pl.Boolean()},
    "staging.stg_csc__returns": {
        "return_id": pl.String(),
        "la_code": pl.String(),
        "kind": pl.String(),
        "year": pl.Int32(),
        "reference_date": pl.Date(),
        "period_start": pl.Date(),
        "received_at": pl.Datetime("us"),
    },
    "staging.stg_csc__bank_holidays": {"date": pl.Date()},
    "raw.published_values": dict.fromkeys(
        ("source_type", "source_id", "area_type", "area_code", "indicator_id", "period_type"), pl.String()
    )
    | {"period_end": pl.Date(), "breakdown": pl.String(), "breakdown_value": pl.String()}
    | {"numerator": pl.Int64(), "denominator": pl.Int64(), "value": pl.Float64(), "status": pl.String()},
    "control.changed_sources": CHANGED_SOURCES,
    "findings.rule_outcome": dict.fromkeys(
        ("rule_id", "source_id", "la_code", "scope", "severity", "entity", "outcome", "reason"), pl.String()
    )
    | {"submission_day": pl.Date(), "as_of": pl.Date(), "rows_checked": pl.Int64(), "rows_failed": pl.Int64()},
    "findings.finding": FINDINGS | {"row": pl.Int64()},
    "findings.judged_child": JUDGED_CHILDREN,
}

Tables = Mapping[str, list[dict[str, Any]]]


def frames_of(tables: Tables) -> dict[str, pl.DataFrame]:
    """Every table of the world, rightly typed; attributes that a row does not name are null."""
    frames = {}
    for name, schema in SCHEMAS.items():
        rows = tables.get(name, [])
        frames[name] = pl.DataFrame([{column: row.get(column) for column in schema} for row in rows], schema=schema)
    return frames


def a_row(source_id: str, child: str, **attributes: Any) -> dict[str, Any]:
    """A current history row of one child of one source."""
    source_type = "return" if source_id.count("-") > 1 else "timely"
    lineage = {"source_type": source_type, "source_id": source_id, "la_code": source_id[:3], "child_key": child}
    return lineage | {"known_from": KNOWN.replace(tzinfo=None)} | attributes


def a_stream(stream_id: str, *, is_primary: bool = True, first: date, last: date) -> dict[str, list[dict[str, Any]]]:
    """Register row and log rows of a stream that was first heard on one day and last on another."""
    row = {"stream_id": stream_id, "la_code": stream_id[:3], "environment": "live", "is_primary": is_primary}
    log = [{"source_type": "timely", "source_id": stream_id, "la_code": stream_id[:3], "submission_day": day}
           for day in (first, last)]  # fmt: skip
    return {"staging.stg_csc__streams": [row | {"start_date": first}], "staging.stg_csc__records": log}


def _create(name: str) -> str:
    columns = ", ".join(f'"{column}" {_SQL_TYPES[type(dtype)]}' for column, dtype in SCHEMAS[name].items())
    return f"create table {name} ({columns})"


@dataclass(frozen=True)
class World:
    """One warehouse, on DuckDB (a file) or Postgres (a URL), and dbt pointed at it."""

    target: str
    place: str
    scratch: Path
    repository: Path

    def fill(self, tables: Tables) -> None:
        """Make the schemas and tables anew with these rows."""
        frames = frames_of(tables)
        schemas = sorted({name.split(".")[0] for name in frames})
        statements = [f"drop schema if exists {s} cascade" for s in schemas] + [f"create schema {s}" for s in schemas]
        statements += [_create(name) for name in frames]
        if self.target == "duckdb":
            with duckdb.connect(self.place) as connection:
                for statement in statements:
                    connection.execute(statement)
                for name, frame in frames.items():
                    if frame.height:
                        connection.register("rows_to_load", frame.to_arrow())
                        connection.execute(f"insert into {name} by name select * from rows_to_load")
                        connection.unregister("rows_to_load")
            return
        with psycopg.connect(self.place) as connection:
            for statement in statements:
                connection.execute(statement.encode())
            for name, frame in frames.items():
                if frame.height:
                    with connection.cursor().copy(f"copy {name} from stdin".encode()) as copy:
                        for row in frame.iter_rows():
                            copy.write_row(row)

    def dbt(self, *arguments: str) -> str:
        """Run dbt in a process of its own; raises with its output when it fails."""
        project = self.repository / "dbt_project"
        command = [
            str(Path(sys.executable).with_name("dbt")), "--quiet", *arguments,
            "--project-dir", str(project), "--profiles-dir", str(project), "--target", self.target,
            "--target-path", str(self.scratch / "target"), "--log-path", str(self.scratch / "logs"),
        ]  # fmt: skip
        url = self.place if self.target == "postgres" else f"duckdb:///{self.place}"
        done = subprocess.run(
            command, env=os.environ | dbt_environment(url, 2, 1.0), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise AssertionError(f"dbt {' '.join(arguments)} failed:\n{done.stdout[-6000:]}{done.stderr[-2000:]}")
        return done.stdout

    def read(self, query: str) -> pl.DataFrame:
        """Answer of a query."""
        if self.target == "duckdb":
            with duckdb.connect(self.place, read_only=True) as connection:
                return pl.DataFrame(connection.sql(query).to_arrow_table())
        with psycopg.connect(self.place) as connection:
            cursor = connection.execute(query.encode())
            names = [column.name for column in cursor.description or ()]
            return pl.DataFrame(cursor.fetchall(), schema=names, orient="row", infer_schema_length=None)
