"""Every collection as a small frame, read from the warehouse. Whether it is as expected is asked in judging.py."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from assets.expectations import queries
from assets.expectations.queries import Query
from assets.warehouse.engine import Warehouse
from quality.expectations.code_mix import code_mix
from quality.expectations.freshness import freshness
from quality.expectations.indicators import indicators
from quality.expectations.integrity import integrity
from quality.expectations.model import Limits, Suite
from quality.expectations.suites import all_suites
from quality.expectations.volumes import volumes


@dataclass(frozen=True)
class Observed:
    """One collection: its suite, and its frame, or the outcome and reason of not having one."""

    suite: Suite
    frame: pl.DataFrame | None
    outcome: str = ""
    reason: str = ""


@dataclass(frozen=True)
class _Source:
    """Where a frame comes from: selects, and what is made of their rows."""

    queries: Sequence[Query]
    made: Callable[..., pl.DataFrame]


def observe(warehouse: Warehouse, as_of: date, limits: Limits) -> list[Observed]:
    """Every collection as it stands on that day. A query that breaks takes nothing else with it."""
    sources, there = _sources(as_of, limits), _tables(warehouse)
    return [_observed(warehouse, suite, sources[suite.collection], there) for suite in all_suites(limits)]


def _tables(warehouse: Warehouse) -> frozenset[str]:
    schemas = ("raw", "secure", "history", "findings", "marts")
    return frozenset(f"{schema}.{name}" for schema in schemas for name in warehouse.tables(schema))


def _sources(as_of: date, limits: Limits) -> dict[str, _Source]:
    return {
        "volumes": _Source(
            [queries.volumes_query(as_of, limits.volume_days)], lambda daily: volumes(daily, as_of, limits)
        ),
        "freshness": _Source(
            [queries.freshness_query(as_of), queries.holidays_query()],
            lambda register, holidays: freshness(register, holidays["holiday"].to_list(), as_of),
        ),
        "code_mix": _Source([queries.code_mix_query(as_of)], lambda counts: code_mix(counts, limits)),
        "integrity": _Source([queries.integrity_query()], integrity),
        "indicators": _Source([queries.indicators_query(as_of)], lambda values: indicators(values, limits)),
    }


def _observed(warehouse: Warehouse, suite: Suite, source: _Source, there: frozenset[str]) -> Observed:
    missing = [table for query in source.queries for table in query.tables if table not in there]
    if missing:
        return Observed(suite, None, "not_applicable", f"there is no {missing[0]} yet")
    try:
        rows = [query.rows(warehouse) for query in source.queries]
    except warehouse.errors as error:  # its text may quote the data
        return Observed(suite, None, "could_not_run", f"its query ended in {type(error).__name__}")
    return Observed(suite, source.made(*rows))
