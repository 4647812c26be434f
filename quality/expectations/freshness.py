"""Freshness: no stream in force has been silent for long, counted in working days of England."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from quality.expectations.model import ABOUT, LA, REASON, SOURCE, Between, Limits, Suite

COLLECTION = "freshness"


def suite(limits: Limits) -> Suite:
    """The suite on frames made by `freshness`."""
    return Suite(
        COLLECTION,
        "Working days since each stream's last accepted record",
        (
            Between(
                "stream_not_silent",
                f"A stream in force has not been without an accepted record for {limits.silent_working_days} working "
                "days or more",
                measure="silent_working_days",
                maximum=limits.silent_working_days - 1,
                rule_id="CSC-364",
            ),
        ),
        nothing="no live stream is in force",
    )


def freshness(register: pl.DataFrame, holidays: Sequence[date], as_of: date) -> pl.DataFrame:
    """Working days after each stream's last accepted record, up to and with as_of, on which it was in force.

    register: source_id, la_code, start_date, end_date (null for open), last_day (null for never); one row for each row
    that the stream has in the register.
    """
    tomorrow, a_day = as_of + timedelta(days=1), pl.duration(days=1)
    since = pl.max_horizontal("start_date", pl.col("last_day") + a_day)
    until = pl.min_horizontal((pl.col("end_date") + a_day).fill_null(tomorrow), pl.lit(tomorrow))
    working_days = pl.business_day_count(since, pl.max_horizontal(since, until), holidays=list(holidays))
    return (
        register.group_by(SOURCE, LA)
        .agg(working_days.sum().cast(pl.Float64).alias("silent_working_days"))
        .select(
            SOURCE,
            LA,
            pl.lit("last accepted record").alias(ABOUT),
            "silent_working_days",
            pl.lit(None, pl.String).alias(REASON),
        )
        .sort(SOURCE)
    )
