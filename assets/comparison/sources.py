"""Reads what the comparison needs from the warehouse: streams, returns, history, indicator values, rule outcomes.

The only SQL of this stage. What the frames mean is the business of the pure functions beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from assets.comparison.indicator_agreement import VALUES_SCHEMA
from assets.comparison.plan import SUBJECTS
from assets.comparison.validity import OUTCOMES_SCHEMA
from assets.warehouse.engine import Warehouse
from quality.schemas.entities import ENTITIES, POLARS_TYPES

_UTC = pl.Datetime("us", "UTC")
_PAIRS = """
    select distinct s.stream_id as source_id, r.return_id, s.la_code, s.route, r.kind, r.year, d.first_day, d.last_day
    from raw.streams s
    join raw.returns r on r.la_code = s.la_code
    join (
        select source_id, min(submission_day) as first_day, max(submission_day) as last_day
        from raw.records where source_type = 'timely' group by source_id
    ) d on d.source_id = s.stream_id
    where s.environment = 'live'
    order by source_id, return_id
"""
_STREAMS = """
    select distinct s.stream_id as source_id, s.la_code, s.route, d.first_day, d.last_day
    from raw.streams s
    join (
        select source_id, min(submission_day) as first_day, max(submission_day) as last_day
        from raw.records where source_type = 'timely' group by source_id
    ) d on d.source_id = s.stream_id
    where s.environment = 'live'
    order by source_id
"""
_VALUES = """
    select source_type, source_id, area_code, indicator_id, period_end, numerator, denominator, value, status
    from marts.fct_indicator_value
    where area_type = 'la' and period_type = 'financial_year' and breakdown = 'all' and breakdown_value = 'all'
"""
_OUTCOMES = """
    select source_id, rule_id, severity, entity, outcome, scope,
           sum(rows_checked) as rows_checked, sum(rows_failed) as rows_failed
    from findings.rule_outcome
    where scope in ('state', 'return')
    group by source_id, rule_id, severity, entity, outcome, scope
"""

PAIRS_SCHEMA = {
    "source_id": pl.String(),
    "return_id": pl.String(),
    "la_code": pl.String(),
    "route": pl.String(),
    "kind": pl.String(),
    "year": pl.Int32(),
    "first_day": pl.Date(),
    "last_day": pl.Date(),
}
RETURNS_SCHEMA = {"source_id": pl.String(), "la_code": pl.String()}
STREAMS_SCHEMA = {name: PAIRS_SCHEMA[name] for name in ("source_id", "la_code", "route", "first_day", "last_day")}


@dataclass(frozen=True)
class Sources:
    """The warehouse as the comparison sees it."""

    warehouse: Warehouse

    def pairs(self) -> pl.DataFrame:
        """Every live stream that has sent something, with every return of its LA."""
        return self._read(("raw.streams", "raw.returns", "raw.records"), _PAIRS, PAIRS_SCHEMA)

    def streams(self) -> pl.DataFrame:
        """Every live stream that has sent something, with its first and last submission day."""
        return self._read(("raw.streams", "raw.records"), _STREAMS, STREAMS_SCHEMA)

    def returns(self) -> pl.DataFrame:
        """Every return that was loaded."""
        sql = "select return_id as source_id, la_code from raw.returns order by return_id"
        return self._read(("raw.returns",), sql, RETURNS_SCHEMA)

    def indicator_values(self) -> pl.DataFrame:
        """Year values of LAs, from every source."""
        return self._read(("marts.fct_indicator_value",), _VALUES, VALUES_SCHEMA)

    def outcomes(self) -> pl.DataFrame:
        """Outcomes of rules on the state of streams and on returns, summed over days."""
        return self._read(("findings.rule_outcome",), _OUTCOMES, OUTCOMES_SCHEMA)

    def versions(self, source_id: str, known_at: datetime | None = None) -> dict[str, pl.DataFrame]:
        """Per entity each version of a source known by then (default now): child, attributes, known_from, is_open."""
        return {entity: self._versions(source_id, entity, known_at) for entity in SUBJECTS}

    def _versions(self, source_id: str, entity: str, known_at: datetime | None) -> pl.DataFrame:
        attributes = {column.name: POLARS_TYPES[column.kind] for column in ENTITIES[entity].columns}
        names = ", ".join(f'"{name}"' for name in attributes)
        found = self.warehouse.query(
            f'select child_key, {names}, known_from, known_to from history."{entity}" where source_id = ?', (source_id,)
        )
        typed = found.with_columns(
            _as_utc(found, "known_from"),
            _as_utc(found, "known_to"),
            pl.col("child_key").cast(pl.String),
            *(pl.col(name).cast(dtype) for name, dtype in attributes.items()),
        )
        is_open = pl.col("known_to").is_null()
        if known_at is not None:
            typed = typed.filter(pl.col("known_from") <= known_at)
            is_open |= pl.col("known_to") > known_at
        return typed.with_columns(is_open=is_open).drop("known_to")

    def _read(self, needed: tuple[str, ...], sql: str, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
        """The rows of a query, or none where a table it needs has not been made yet: nothing of the kind was loaded."""
        if not all(self.warehouse.exists(table) for table in needed):
            return pl.DataFrame(schema=schema)
        return self.warehouse.query(sql).select(list(schema)).cast(pl.Schema(schema))


def _as_utc(frame: pl.DataFrame, name: str) -> pl.Expr:
    """A timestamp column as UTC, whether the engine gave it a time zone, or not, or no type at all (all null)."""
    kind = frame.schema[name]
    column = pl.col(name)
    if isinstance(kind, pl.Datetime) and kind.time_zone is not None:
        return column.dt.convert_time_zone("UTC").cast(_UTC)
    return column.cast(pl.Datetime("us")).dt.replace_time_zone("UTC")


def state(versions: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The open versions of every entity."""
    return {entity: frame.filter(pl.col("is_open")).drop("is_open") for entity, frame in versions.items()}
