"""Compares every stream with every return of its LA and writes schema `comparison`.

The order of the work and the tables that come out of it; each measure is worked out in its own file.
"""

from collections.abc import Mapping
from datetime import datetime

import polars as pl

from assets.comparison.agreement import SCHEMA as AGREEMENT_SCHEMA
from assets.comparison.agreement import with_agreement
from assets.comparison.coverage import COUNTS_SCHEMA, coverage
from assets.comparison.indicator_agreement import indicator_agreement
from assets.comparison.matching import RECORD_SCHEMA
from assets.comparison.pair import Pair, compare_pair
from assets.comparison.sources import Sources, state
from assets.comparison.timeliness import CURVE_SCHEMA, lag_curve, summary
from assets.comparison.validity import validity
from assets.warehouse.engine import Warehouse

SCHEMA_NAME = "comparison"
_PAIR_IDS = ("source_id", "return_id", "la_code", "route", "kind", "year")
_PAIR_TYPES = {name: pl.String() for name in _PAIR_IDS[:5]} | {"year": pl.Int32()}


def compare(
    warehouse: Warehouse,
    *,
    match_tolerance_days: int,
    indicator_tolerance_pct: float,
    known_at: datetime | None = None,
) -> dict[str, pl.DataFrame]:
    """Every table of the comparison, by name, for the feeds as known at that moment (default now). Writes nothing."""
    sources = Sources(warehouse)
    pairs, streams = sources.pairs(), sources.streams()
    compared, curves = [], []
    # One turn a stream, and in it one a return of the same LA: a few, and each holds only its own rows in memory.
    for stream in streams.iter_rows(named=True):
        versions = sources.versions(stream["source_id"], known_at)
        curves.append(_labelled(lag_curve(versions, stream["first_day"], stream["last_day"]), stream))
        feed = state(versions)
        for pair in pairs.filter(pl.col("source_id") == stream["source_id"]).iter_rows(named=True):
            returned = state(sources.versions(pair["return_id"]))
            found = compare_pair(pair["kind"], pair["year"], feed, returned, match_tolerance_days)
            compared.append((pair, found))
    curve = pl.concat([_labelled(pl.DataFrame(schema=CURVE_SCHEMA), {}), *curves])
    return {
        "pairs": _with_window(pairs),
        "coverage": coverage(_stacked(compared, "counts", COUNTS_SCHEMA)),
        "field_agreement": with_agreement(_stacked(compared, "fields", AGREEMENT_SCHEMA)),
        "record_match": _stacked(compared, "record_match", RECORD_SCHEMA),
        "timeliness": summary(curve, ["source_id", "la_code", "route", "entity", "event"]),
        "timeliness_curve": curve,
        "indicator_agreement": indicator_agreement(
            sources.indicator_values(),
            pairs.with_columns(period_end=pl.date(pl.col("year"), 3, 31)),
            indicator_tolerance_pct,
        ),
        "validity": validity(sources.outcomes(), _judged_sources(streams, sources.returns())),
    }


def write(warehouse: Warehouse, tables: Mapping[str, pl.DataFrame]) -> dict[str, int]:
    """Replace the tables of schema comparison; returns rows by table."""
    return {name: warehouse.replace(f"{SCHEMA_NAME}.{name}", frame) for name, frame in tables.items()}


def _labelled(frame: pl.DataFrame, stream: Mapping[str, object]) -> pl.DataFrame:
    named = {name: pl.lit(stream.get(name), dtype=pl.String()) for name in ("source_id", "la_code", "route")}
    return frame.select(**named, **{name: pl.col(name) for name in frame.columns})


def _stacked(
    compared: list[tuple[dict[str, object], Pair]], part: str, schema: Mapping[str, pl.DataType]
) -> pl.DataFrame:
    labelled = [
        getattr(found, part).select(
            *(pl.lit(pair[name], dtype=_PAIR_TYPES[name]).alias(name) for name in _PAIR_IDS), *schema
        )
        for pair, found in compared
    ]
    return pl.concat([pl.DataFrame(schema=_PAIR_TYPES | dict(schema)), *labelled])


def _with_window(pairs: pl.DataFrame) -> pl.DataFrame:
    """Whether the stream was sending on the return's last day, and whether its history reaches the year's beginning."""
    reference = pl.date(pl.col("year"), 3, 31)
    # Feeds carry 24 months of history, floored to 1 April.
    two_years_back = pl.col("first_day").dt.offset_by("-24mo")
    in_first_quarter = (two_years_back.dt.month() < 4).cast(pl.Int32)
    history_from = pl.date(two_years_back.dt.year() - in_first_quarter, 4, 1)
    return pairs.with_columns(
        history_from=history_from,
        reaches_start=history_from <= pl.date(pl.col("year") - 1, 4, 1),
        reaches_end=pl.col("last_day") >= reference,
    )


def _judged_sources(streams: pl.DataFrame, returns: pl.DataFrame) -> pl.DataFrame:
    """Streams and returns as validity needs them. A return has no route: it is compared with every route of its LA."""
    of_streams = streams.select("source_id", "la_code", "route", source_type=pl.lit("timely"))
    of_returns = returns.with_columns(source_type=pl.lit("return"), route=pl.lit(None, dtype=pl.String()))
    return pl.concat([of_streams, of_returns.select(of_streams.columns)])
