"""Volumes: a stream sends about as many records a day as it did in the weeks before."""

from datetime import date, timedelta

import polars as pl

from quality.expectations.model import ABOUT, LA, REASON, SOURCE, Between, Limits, Suite

COLLECTION = "volumes"
# A stream that sends the same number every day may send a few more or fewer: a deviation is never less than this.
_SMALLEST_DEVIATION = 1.0


def suite(limits: Limits) -> Suite:
    """The suite on frames made by `volumes`."""
    most = limits.volume_deviations
    return Suite(
        COLLECTION,
        "Records received on the day, beside each stream's own recent past",
        (
            Between(
                "volume_like_the_days_before",
                f"Records received on the day are within {most:g} standard deviations of the mean of the "
                f"{limits.volume_days} days before",
                measure="deviations",
                minimum=-most,
                maximum=most,
                rule_id="CSC-364",
            ),
        ),
        nothing="no live stream is in force",
    )


def volumes(daily: pl.DataFrame, as_of: date, limits: Limits) -> pl.DataFrame:
    """How far each stream's records of that day lie from the mean of the days before, in standard deviations.

    daily: source_id, la_code, first_day (on which the stream first sent anything; null for never), submission_day,
    records; one row a stream and day with records, or one with nulls.

    A day without records counts as a day of none. The first day of a stream is left out: it brings the whole caseload.
    """
    day, oldest = pl.col("submission_day"), as_of - timedelta(days=limits.volume_days)
    is_past = (day >= oldest) & (day < as_of) & (day > pl.col("first_day"))
    past = pl.col("records").filter(is_past).cast(pl.Float64)
    totals = daily.group_by(SOURCE, LA).agg(
        pl.col("first_day").first(),
        pl.col("records").filter(day == as_of).sum().cast(pl.Float64).alias("latest"),
        past.sum().alias("total"),
        (past * past).sum().alias("squares"),
    )
    days = ((pl.lit(as_of) - pl.col("first_day")).dt.total_days() - 1).clip(0, limits.volume_days)
    counted = totals.with_columns(days=days.fill_null(0))
    is_judged = pl.col("days") >= limits.fewest_volume_days
    mean = pl.col("total") / pl.col("days")
    variance = (pl.col("squares") - pl.col("days") * mean * mean) / (pl.col("days") - 1)
    deviation = variance.clip(0).sqrt().clip(_SMALLEST_DEVIATION)
    return counted.select(
        SOURCE,
        LA,
        pl.lit("records received").alias(ABOUT),
        pl.when(is_judged).then((pl.col("latest") - mean) / deviation).alias("deviations"),
        pl.when(pl.col("first_day").is_null())
        .then(pl.lit("nothing has been received yet"))
        .when(~is_judged)
        .then(pl.lit(f"fewer than {limits.fewest_volume_days} days of past"))
        .alias(REASON),
    ).sort(SOURCE)
