"""How long after it happened an event was first known, from the versions of a stream's rows.

Only events dated while the stream was running can say anything: whatever came with the first full load was known to
the LA long before. Characteristics of a child (birth, end of a status) are not events and are left out.
"""

from collections.abc import Mapping
from datetime import date

import polars as pl

from assets.comparison.wilson import with_share
from quality.schemas.entities import ENTITIES

TIME_ZONE = "Europe/London"
WITHIN_DAYS = (1, 7, 30)
CURVE_SCHEMA = {"entity": pl.String(), "event": pl.String(), "lag_days": pl.Int32(), "n": pl.Int64()}

EVENTS: dict[str, tuple[str, ...]] = {
    entity.name: tuple(column.name for column in entity.columns if column.kind == "date" and not column.return_only)
    for entity in ENTITIES.values()
    if entity.name not in ("children", "disabilities", "assessment_factors")
}


def lag_curve(versions: Mapping[str, pl.DataFrame], first_day: date, last_day: date) -> pl.DataFrame:
    """One row an event and lag in London days: the number of distinct (child, date) first known that late.

    versions: per entity every version (child_key, date attributes, known_from, is_open), of one stream.
    """
    parts = [
        _lags(versions[entity], event, first_day, last_day).with_columns(entity=pl.lit(entity), event=pl.lit(event))
        for entity, events in EVENTS.items()
        if entity in versions
        for event in events
    ]
    if not parts:
        return pl.DataFrame(schema=CURVE_SCHEMA)
    return pl.concat(parts).select(*CURVE_SCHEMA).cast(pl.Schema(CURVE_SCHEMA)).sort("entity", "event", "lag_days")


def _lags(versions: pl.DataFrame, event: str, first_day: date, last_day: date) -> pl.DataFrame:
    known_day = pl.col("known_from").dt.convert_time_zone(TIME_ZONE).dt.date()
    events = (
        versions.filter(pl.col(event).is_between(first_day, last_day))
        .group_by("child_key", event)
        .agg(pl.col("known_from").min(), pl.col("is_open").any())
        .filter(pl.col("is_open"))
    )
    lag = (known_day - pl.col(event)).dt.total_days().cast(pl.Int32)
    return events.select(lag_days=lag).group_by("lag_days").agg(n=pl.len())


def summary(curve: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """One row a group: n, median and 90th percentile of the lag, shares within 1, 7 and 30 days with intervals."""
    every = curve.select(*by, pl.col("lag_days").repeat_by("n")).explode("lag_days", empty_as_null=False)
    within = [(pl.col("lag_days") <= days).sum().alias(f"n_within_{days}") for days in WITHIN_DAYS]
    grouped = every.group_by(by).agg(
        pl.len().alias("n"),
        pl.col("lag_days").median().alias("lag_median_days"),
        pl.col("lag_days").quantile(0.9, interpolation="linear").alias("lag_p90_days"),
        *within,
    )
    for days in WITHIN_DAYS:
        name = f"within_{days}_day" if days == 1 else f"within_{days}_days"
        grouped = with_share(grouped, f"n_within_{days}", "n", name, prefix=f"{name}_")
    return grouped.drop(f"n_within_{days}" for days in WITHIN_DAYS).sort(by)
