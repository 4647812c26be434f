"""How late each stream must be found to be: lag in days from an event to the day on which its date was first held.

Only events dated within the stream's own days count, and only dates still held at the end.
"""

import polars as pl

from synthetic.facts import is_date
from synthetic.held import ATTRIBUTES, first_known
from synthetic.scenario import Scenario
from synthetic.streams import StreamLog

_NOT_EVENTS = ("children", "disabilities", "assessment_factors")


def lags(log: StreamLog, held: dict[str, pl.DataFrame], scenario: Scenario) -> pl.DataFrame:
    """source_id, entity, event, lag_days, n."""
    known = first_known(log)
    first, last = scenario.first_day, scenario.last_day
    parts = []
    for entity, names in ATTRIBUTES.items():
        for name in () if entity in _NOT_EVENTS else [name for name in names if is_date(name)]:
            now = held[entity].select("child", pl.col(name).alias("date")).unique()
            now = now.filter(pl.col("date").is_between(first, last)).with_columns(value=pl.col("date").cast(pl.String))
            since = known.filter((pl.col("entity") == entity) & (pl.col("field") == name))
            found = now.join(since, on=["child", "value"], how="inner")
            lag = pl.col("day") - pl.col("date").cast(pl.Int32)
            counted = found.select(lag_days=lag).group_by("lag_days").agg(n=pl.len())
            parts.append(
                counted.select(
                    source_id=pl.lit(log.plan.stream_id),
                    entity=pl.lit(entity),
                    event=pl.lit(name),
                    lag_days=pl.col("lag_days").cast(pl.Int32),
                    n=pl.col("n").cast(pl.Int64),
                )
            )
    return pl.concat(parts).sort("entity", "event", "lag_days")


def first_sent(log: StreamLog, scenario: Scenario) -> pl.DataFrame:
    """One row a date of an event held by the stream: entity, truth_row, child, event, its date and first sent day."""
    events = [(entity, name) for entity, names in ATTRIBUTES.items() for name in names if is_date(name)]
    wanted = pl.struct("entity", "field").is_in(
        pl.DataFrame(events, schema={"entity": pl.String, "field": pl.String}, orient="row").to_struct("e").implode()
    )
    sent = log.sent.with_columns(pl.col("entity").cast(pl.String)).drop_nulls("value").filter(wanted)
    since = sent.filter(pl.col("value") >= scenario.first_day.isoformat())
    return (
        since.group_by("entity", "truth_row", "child", "field", "value")
        .agg(first_sent_day=pl.col("day").min().cast(pl.Date))
        .sort("entity", "truth_row", "field", "value")
        .with_columns(source_id=pl.lit(log.plan.stream_id))
    )


def summary(lagged: pl.DataFrame) -> pl.DataFrame:
    """source_id, entity, event, n and how many within 1, 7 and 30 days."""
    within = [pl.col("n").filter(pl.col("lag_days") <= days).sum().alias(f"n_within_{days}") for days in (1, 7, 30)]
    return lagged.group_by("source_id", "entity", "event", maintain_order=True).agg(pl.col("n").sum(), *within)
