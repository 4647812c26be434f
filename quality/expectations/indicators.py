"""Indicators: a stream's latest values lie where DfE's published values of the same LA have been, give or take."""

import polars as pl

from quality.expectations.model import ABOUT, LA, REASON, SOURCE, Limits, NotAbove, NotBelow, Suite

COLLECTION = "indicators"


def suite(limits: Limits) -> Suite:
    """The suite on frames made by `indicators`."""
    margin = f"{limits.published_margin_pct:g}%"
    return Suite(
        COLLECTION,
        "Latest indicator values of each stream, beside the LA's published years",
        (
            NotBelow(
                "not_below_published",
                f"A value is not over {margin} below the lowest that was published for the LA",
                measure="value",
                limit="lowest",
            ),
            NotAbove(
                "not_above_published",
                f"A value is not over {margin} above the highest that was published for the LA",
                measure="value",
                limit="highest",
            ),
        ),
        nothing="no stream has an indicator value yet",
    )


def indicators(values: pl.DataFrame, limits: Limits) -> pl.DataFrame:
    """Each stream's latest values, and the published range of the LA widened by the margin.

    values: source_id, la_code, indicator_id, unit, numerator, denominator, value, status, lowest, highest (null where
    nothing was published). A value that rests on a handful of children is not judged, so that none can be read off.
    """
    margin = limits.published_margin_pct / 100
    reason = _why_not(limits.small_number)
    is_judged = reason.is_null()
    return values.select(
        SOURCE,
        LA,
        pl.col("indicator_id").alias(ABOUT),
        pl.when(is_judged).then(pl.col("value")).alias("value"),
        pl.when(is_judged).then(pl.col("lowest") * (1 - margin)).alias("lowest"),
        pl.when(is_judged).then(pl.col("highest") * (1 + margin)).alias("highest"),
        reason.alias(REASON),
    ).sort(SOURCE, ABOUT)


def _why_not(small_number: int) -> pl.Expr:
    def is_small(count: pl.Expr) -> pl.Expr:
        return count.is_between(1, small_number).fill_null(value=False)

    numerator, denominator, unit = pl.col("numerator"), pl.col("denominator"), pl.col("unit")
    is_of_few = (
        is_small(denominator)
        | (is_small(numerator) & (unit != "mean"))  # the numerator of a mean is a sum of scores
        | (is_small(denominator - numerator) & (unit == "percent"))
    )
    return (
        pl.when(pl.col("highest").is_null())
        .then(pl.lit("nothing is published for this LA"))
        .when((pl.col("status") != "ok") | pl.col("value").is_null())
        .then(pl.lit("the value is missing, or looks back to before the stream's coverage"))
        .when(is_of_few)
        .then(pl.lit(f"rests on a count of 1 to {small_number}"))
    )
