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
                f"{limits.volume_days} days before (of those with records)",
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

    Only days with records count, on either side: most streams rest at weekends, and with those days in between even
    half a caseload would be nothing unusual. Silence is the business of freshness. The first day of a stream is left
    out, since it brings the whole caseload.
    """
    day, oldest = pl.col("submission_day"), as_of - timedelta(days=limits.volume_days)
    is_past = (day >= oldest) & (day < as_of) & (day > pl.col("first_day"))
    past = pl.col("records").filter(is_past).cast(pl.Float64)
    measured = daily.group_by(SOURCE, LA).agg(
        pl.col("first_day").first(),
        pl.col("records").filter(day == as_of).sum().cast(pl.Float64).alias("latest"),
        past.len().alias("days"),
        past.mean().alias("mean"),
        past.std().clip(_SMALLEST_DEVIATION).alias("deviation"),
    )
    reason = (
        pl.when(pl.col("first_day").is_null())
        .then(pl.lit("nothing has been received yet"))
        .when(pl.col("latest") == 0)
        .then(pl.lit("nothing was received on the day"))
        .when(pl.col("days") < limits.fewest_volume_days)
        .then(pl.lit(f"fewer than {limits.fewest_volume_days} days with records among the {limits.volume_days} before"))
    )
    return measured.select(
        SOURCE,
        LA,
        pl.lit("records received").alias(ABOUT),
        pl.when(reason.is_null()).then((pl.col("latest") - pl.col("mean")) / pl.col("deviation")).alias("deviations"),
        reason.alias(REASON),
    ).sort(SOURCE)
