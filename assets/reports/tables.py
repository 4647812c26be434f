"""What the report is made from: the comparison's tables of one year and the names that go with them.

Reading only. Adding up, hiding and wording come after.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import polars as pl

from assets.comparison.plan import Period
from assets.warehouse.engine import Warehouse

_SUBMISSIONS = """
    select stream_id as source_id,
           cast(count(*) as bigint) as batches,
           cast(sum(case when outcome = 'accepted' then 0 else 1 end) as bigint) as batches_refused,
           cast(sum(case when outcome = 'accepted' then coalesce(records, 0) else 0 end) as bigint) as records,
           cast(sum(case when outcome = 'accepted' then 0 else coalesce(records, 0) end) as bigint) as records_refused,
           cast(sum(coalesce(bytes, 0)) as bigint) as bytes
    from raw.submissions
    group by stream_id
"""
_STREAMS = """
    select distinct s.stream_id as source_id, s.la_code, s.route, d.first_day, d.last_day
    from raw.streams s
    left join (
        select source_id, min(submission_day) as first_day, max(submission_day) as last_day
        from raw.records where source_type = 'timely' group by source_id
    ) d on d.source_id = s.stream_id
    where s.environment = 'live'
"""
_SET_ASIDE = """
    select source_id, cast(count(*) as bigint) as records_set_aside from raw.rejected
    where batch_index is not null group by source_id
"""

_TEXT, _DAY, _COUNT, _REAL, _FLAG = pl.String(), pl.Date(), pl.Int64(), pl.Float64(), pl.Boolean()
_OF_PAIR = {"source_id": _TEXT, "return_id": _TEXT, "la_code": _TEXT, "route": _TEXT, "kind": _TEXT}

SCHEMAS: dict[str, dict[str, pl.DataType]] = {
    "streams": {"source_id": _TEXT, "la_code": _TEXT, "route": _TEXT, "first_day": _DAY, "last_day": _DAY},
    "submissions": {
        "source_id": _TEXT,
        "batches": _COUNT,
        "batches_refused": _COUNT,
        "records": _COUNT,
        "records_refused": _COUNT,
        "bytes": _COUNT,
    },
    "set_aside": {"source_id": _TEXT, "records_set_aside": _COUNT},
    "returns": {"return_id": _TEXT, "la_code": _TEXT, "kind": _TEXT, "year": pl.Int32()},
    "pairs": {
        **_OF_PAIR,
        "first_day": _DAY,
        "last_day": _DAY,
        "history_from": _DAY,
        "reaches_start": _FLAG,
        "reaches_end": _FLAG,
    },
    "coverage": {**_OF_PAIR, "entity": _TEXT, "n_timely": _COUNT, "n_return": _COUNT, "n_both": _COUNT},
    "field_agreement": {
        **_OF_PAIR,
        "entity": _TEXT,
        "field": _TEXT,
        "n_compared": _COUNT,
        "n_agree": _COUNT,
        "n_missing_timely": _COUNT,
        "n_missing_return": _COUNT,
    },
    "timeliness_curve": {
        "source_id": _TEXT,
        "route": _TEXT,
        "entity": _TEXT,
        "event": _TEXT,
        "lag_days": pl.Int32(),
        "n": _COUNT,
    },
    "indicator_agreement": {
        "source_id": _TEXT,
        "return_id": _TEXT,
        "la_code": _TEXT,
        "route": _TEXT,
        "indicator_id": _TEXT,
        "timely_value": _REAL,
        "return_value": _REAL,
        "published_value": _REAL,
        "published_status": _TEXT,
        "timely_numerator": _REAL,
        "timely_denominator": _REAL,
        "return_numerator": _REAL,
        "return_denominator": _REAL,
        "difference": _REAL,
        "within_tolerance": _FLAG,
    },
    "validity": {
        "source_id": _TEXT,
        "source_type": _TEXT,
        "route": _TEXT,
        "rule_id": _TEXT,
        "severity": _TEXT,
        "entity": _TEXT,
        "rows_checked": _COUNT,
        "rows_failed": _COUNT,
    },
    "local_authorities": {"la_code": _TEXT, "la_name": _TEXT},
    "indicators": {"indicator_id": _TEXT, "name": _TEXT, "unit": _TEXT, "decimals": pl.Int32(), "definition": _TEXT},
    "rules": {"rule_id": _TEXT, "message": _TEXT},
}
_OF_YEAR = ("pairs", "coverage", "field_agreement")
_SQL = {"streams": _STREAMS, "submissions": _SUBMISSIONS, "set_aside": _SET_ASIDE}
_FROM = {
    "streams": "raw.streams",
    "submissions": "raw.submissions",
    "set_aside": "raw.rejected",
    "returns": "raw.returns",
    "local_authorities": "marts.dim_local_authority",
    "indicators": "marts.dim_indicator",
    "rules": "reference.rule",
}


@dataclass(frozen=True)
class ReportTables:
    """The tables of one report. `year` is the year in which the returns' collection ends; None when there is none."""

    year: int | None
    streams: pl.DataFrame
    submissions: pl.DataFrame
    set_aside: pl.DataFrame
    returns: pl.DataFrame
    pairs: pl.DataFrame
    coverage: pl.DataFrame
    field_agreement: pl.DataFrame
    timeliness_curve: pl.DataFrame
    indicator_agreement: pl.DataFrame
    validity: pl.DataFrame
    local_authorities: pl.DataFrame
    indicators: pl.DataFrame
    rules: pl.DataFrame

    @classmethod
    def of(cls, year: int | None, given: Mapping[str, pl.DataFrame]) -> "ReportTables":
        """From the frames given; a table that is not given has no rows."""
        unknown = set(given) - set(SCHEMAS)
        if unknown:
            raise ValueError(f"the report has no tables called {sorted(unknown)}; it has {sorted(SCHEMAS)}")
        names = [field.name for field in fields(cls) if field.name != "year"]
        return cls(year, **{name: _typed(name, given.get(name)) for name in names})


def report_tables(warehouse: Warehouse, year: int | None = None) -> ReportTables:
    """The report's tables for a year; by default the latest for which a return was loaded."""
    returns = _read(warehouse, "returns")
    if year is None and returns.height:
        year = int(returns["year"].to_list()[-1])
    if year is None:
        return ReportTables.of(None, {name: _read(warehouse, name) for name in SCHEMAS if name not in _OF_YEAR})
    found = {name: _read(warehouse, name) for name in SCHEMAS if name not in _OF_YEAR}
    found |= {name: _read(warehouse, name, "where year = ?", (year,)) for name in _OF_YEAR}
    found["indicator_agreement"] = _read(warehouse, "indicator_agreement", "where period_end = ?", (Period(year).end,))
    found["returns"] = returns.filter(pl.col("year") == year)
    of_year = pl.col("source_id").is_in(found["returns"]["return_id"].to_list())
    found["validity"] = found["validity"].filter((pl.col("source_type") == "timely") | of_year)
    return ReportTables.of(year, found)


def _read(warehouse: Warehouse, name: str, where: str = "", parameters: tuple[object, ...] = ()) -> pl.DataFrame:
    """One table, or none of its rows where the stage that makes it has not run."""
    table = _FROM.get(name, f"comparison.{name}")
    if not warehouse.exists(table):
        return pl.DataFrame(schema=SCHEMAS[name])
    frame = warehouse.query(_SQL.get(name, f"select * from {table} {where}"), parameters)
    order = "year" if name == "returns" else frame.columns[0]
    return _typed(name, frame.sort(order))


def _typed(name: str, frame: pl.DataFrame | None) -> pl.DataFrame:
    if frame is None:
        return pl.DataFrame(schema=SCHEMAS[name])
    return frame.select(pl.col(column).cast(dtype) for column, dtype in SCHEMAS[name].items())
