"""The SQL under every collection: counts and sums of the warehouse, never a child. It runs unchanged on both engines.

What the figures mean is the business of quality/expectations; relations have their SQL in relations.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from assets.expectations.relations import RELATION_TABLES, relations_sql
from assets.warehouse.engine import Warehouse
from quality.expectations.code_mix import FIELDS, Field


@dataclass(frozen=True)
class Query:
    """One select: the tables that it reads, the columns that it gives, and what stands for its placeholders."""

    tables: tuple[str, ...]
    sql: str
    columns: dict[str, pl.DataType]
    parameters: tuple[Any, ...] = ()

    def rows(self, warehouse: Warehouse) -> pl.DataFrame:
        """What it gives, in types that are the same on either engine."""
        found = warehouse.query(self.sql, self.parameters)
        return found.select(pl.col(name).cast(dtype) for name, dtype in self.columns.items())


_TEXT, _DATE, _COUNT, _NUMBER = pl.String(), pl.Date(), pl.Int64(), pl.Float64()
_SUBJECT: dict[str, pl.DataType] = {"source_id": _TEXT, "la_code": _TEXT}

# Live streams on that day; takes the day twice.
_IN_FORCE = """
    in_force as (
        select distinct stream_id as source_id, la_code
        from raw.streams
        where environment = 'live' and start_date <= ? and (end_date is null or end_date >= ?)
    )
"""


def volumes_query(as_of: date, window_days: int) -> Query:
    """Records by stream and day of the window, and the day each stream first sent anything."""
    return Query(
        ("raw.streams", "raw.records"),
        f"""
        with {_IN_FORCE},
        daily as (
            select source_id, submission_day, count(*) as records
            from raw.records
            where source_type = 'timely'
            group by source_id, submission_day
        ),
        first_days as (
            select source_id, min(submission_day) as first_day from daily group by source_id
        )
        select in_force.source_id, in_force.la_code, first_days.first_day, daily.submission_day, daily.records
        from in_force
        left join first_days on first_days.source_id = in_force.source_id
        left join daily on daily.source_id = in_force.source_id and daily.submission_day between ? and ?
        """,
        _SUBJECT | {"first_day": _DATE, "submission_day": _DATE, "records": _COUNT},
        (as_of, as_of, as_of - timedelta(days=window_days), as_of),
    )


def freshness_query(as_of: date) -> Query:
    """Every register row of each stream in force, with the day of the stream's last accepted record."""
    return Query(
        ("raw.streams", "raw.records"),
        f"""
        with {_IN_FORCE},
        last_days as (
            select source_id, max(submission_day) as last_day
            from raw.records
            where source_type = 'timely' and submission_day <= ?
            group by source_id
        )
        select in_force.source_id, in_force.la_code, streams.start_date, streams.end_date, last_days.last_day
        from in_force
        inner join raw.streams as streams
            on streams.stream_id = in_force.source_id and streams.environment = 'live' and streams.start_date <= ?
        left join last_days on last_days.source_id = in_force.source_id
        """,
        _SUBJECT | {"start_date": _DATE, "end_date": _DATE, "last_day": _DATE},
        (as_of,) * 4,
    )


def holidays_query() -> Query:
    """Bank holidays in England."""
    return Query(("raw.bank_holidays",), 'select "date" as holiday from raw.bank_holidays', {"holiday": _DATE})


def code_mix_query(as_of: date) -> Query:
    """Rows by code of every field: in the state of each stream in force, and in the latest returns of every LA."""
    return Query(
        ("raw.streams", "raw.returns", *_history_of(FIELDS)),
        f"""
        with {_IN_FORCE},
        sources as (
            select source_id, 'feed' as kind from in_force
            union all
            select returns.return_id as source_id, returns.kind
            from raw.returns as returns
            where returns.year = (
                select max(latest.year) from raw.returns as latest
                where latest.la_code = returns.la_code and latest.kind = returns.kind
            )
        )
        {" union all ".join(_code_counts(field) for field in FIELDS)}
        """,
        {"source_type": _TEXT, **_SUBJECT, "field": _TEXT, "code": _TEXT, "rows": _COUNT},
        (as_of, as_of),
    )


def _history_of(fields: Sequence[Field]) -> list[str]:
    return sorted({f"history.{field.entity}" for field in fields})


def _code_counts(field: Field) -> str:
    # A placement of a return that begins because of a new legal status is one that the feed does not have.
    legal_status_only = "and coalesce(rows.start_reason, '') <> 'L'" if field.entity == "placements" else ""
    return f"""
        select
            rows.source_type, rows.source_id, rows.la_code, '{field.name}' as field, rows.{field.column} as code,
            count(*) as "rows"
        from history.{field.entity} as rows
        inner join sources on sources.source_id = rows.source_id and sources.kind in ('feed', '{field.kind}')
        where rows.known_to is null and rows.{field.column} is not null {legal_status_only}
        group by rows.source_type, rows.source_id, rows.la_code, rows.{field.column}
    """


def integrity_query() -> Query:
    """Rows without what they speak of, by source and relation."""
    columns = _SUBJECT | {"relation": _TEXT, "rows_without": _COUNT}
    return Query(RELATION_TABLES, relations_sql(), columns)


def indicators_query(as_of: date) -> Query:
    """The latest value over twelve months (of a snapshot: at a month's end) by stream and indicator, and what DfE's
    published years of that LA range over."""
    return Query(
        ("raw.streams", "marts.fct_indicator_value", "marts.dim_indicator"),
        f"""
        with {_IN_FORCE},
        unbroken as (
            select * from marts.fct_indicator_value
            where area_type = 'la' and breakdown = 'all' and breakdown_value = 'all'
        ),
        feed as (
            select
                unbroken.*,
                row_number() over (
                    partition by unbroken.source_id, unbroken.indicator_id
                    order by case unbroken.period_type when 'rolling_12m' then 0 else 1 end, unbroken.period_end desc
                ) as place
            from unbroken
            inner join in_force on in_force.source_id = unbroken.source_id
            where unbroken.source_type = 'timely' and unbroken.period_type in ('rolling_12m', 'month')
        ),
        published as (
            select area_code, indicator_id, min(value) as lowest, max(value) as highest
            from unbroken
            where source_type = 'published' and period_type = 'financial_year' and status = 'ok'
            group by area_code, indicator_id
        )
        select
            feed.source_id, feed.area_code as la_code, feed.indicator_id, dim_indicator.unit, feed.numerator,
            feed.denominator, feed.value, feed.status, published.lowest, published.highest
        from feed
        inner join marts.dim_indicator as dim_indicator on dim_indicator.indicator_id = feed.indicator_id
        left join published
            on published.area_code = feed.area_code and published.indicator_id = feed.indicator_id
        where feed.place = 1
        """,
        _SUBJECT
        | {"indicator_id": _TEXT, "unit": _TEXT, "numerator": _COUNT, "denominator": _COUNT, "value": _NUMBER}
        | {"status": _TEXT, "lowest": _NUMBER, "highest": _NUMBER},
        (as_of, as_of),
    )


_LATEST = "select max(submission_day) as latest from raw.records where source_type = 'timely'"


def latest_day(warehouse: Warehouse) -> date | None:
    """The last submission day of which a stream's record was loaded."""
    found: date | None = (
        warehouse.query(_LATEST)["latest"].cast(pl.Date)[0] if warehouse.exists("raw.records") else None
    )
    return found
