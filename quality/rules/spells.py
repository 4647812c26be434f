"""Comparing a row with any other row of the same child. The row before or after in time is in context.py."""

from collections.abc import Sequence

import polars as pl

OTHER = "_other"
CHILD = ("subject",)
EPISODE = ("subject", "social_care_episode_id")


def pairs(
    frame: pl.LazyFrame, others: pl.LazyFrame, columns: Sequence[str], within: Sequence[str] = CHILD
) -> pl.LazyFrame:
    """Every row beside every row of `others` under the same key; the other's columns end in `_other`."""
    right = others.select(*within, pl.col("row").alias(f"row{OTHER}"), *(pl.col(c).alias(c + OTHER) for c in columns))
    return frame.join(right, on=list(within), how="inner")


def pairs_within(frame: pl.LazyFrame, columns: Sequence[str], within: Sequence[str] = CHILD) -> pl.LazyFrame:
    """Every row beside every different row of its own table under the same key, both ways round."""
    return pairs(frame, frame, columns, within).filter(pl.col("row") != pl.col(f"row{OTHER}"))


def other(column: str) -> pl.Expr:
    """A column of the other row of a pair."""
    return pl.col(column + OTHER)


def of_one_before(column: str, order: Sequence[str | pl.Expr], within: Sequence[str] = CHILD) -> pl.Expr:
    """The column of the row before this one in an order that is not that of time alone; nulls come last."""
    return pl.col(column).shift(1).over(within, order_by=[*order, "row"], nulls_last=True)


def starts_during_other(end: str, *, open_counts: pl.Expr | None = None, last_day_counts: bool = True) -> pl.Expr:
    """True where this row starts on or after the other's start and before its end, or by as_of if it has none.

    open_counts: when a row without an end counts as still running (default always).
    last_day_counts: whether starting on the other's last day is inside it.
    """
    start = pl.col("start_date")
    inside = start <= other(end) if last_day_counts else start < other(end)
    running = other(end).is_null() & (start <= pl.col("as_of"))
    if open_counts is not None:
        running = running & open_counts
    return (start >= other("start_date")) & (inside | running)


def failing(frame: pl.LazyFrame) -> pl.LazyFrame:
    """The rows that a function rule gives back: each failing `row` once."""
    return frame.select("row").unique()


def said_differently(frame: pl.LazyFrame, columns: Sequence[str]) -> pl.LazyFrame:
    """The rows of a child of which not every row says the same: what the feed repeats in each episode."""
    many = frame.group_by("subject").agg(pl.struct(columns).n_unique().alias("versions"))
    return failing(frame.join(many.filter(pl.col("versions") > 1), on="subject", how="semi"))


def in_runs(frame: pl.LazyFrame, within: Sequence[str] = CHILD) -> pl.LazyFrame:
    """The rows with `run`: the number, within the key, of the unbroken run that a row is part of.

    A run is broken where a row starts after every one before it has ended; one without an end goes on to as_of. Rows
    need a start_date.
    """
    until = pl.coalesce("end_date", "as_of").cum_max().shift(1).over(within)
    in_time = frame.sort(*within, "start_date", "row").with_columns(until.alias("_until"))
    return in_time.with_columns(
        (pl.col("start_date") > pl.col("_until")).fill_null(True).cum_sum().over(within).alias("run")
    )
