"""Indicators at the return's year end side by side: from the feed, from the return, as DfE published them.

The values come from the warehouse; none is worked out here.
"""

import polars as pl

VALUES_SCHEMA = {
    "source_type": pl.String(),
    "source_id": pl.String(),
    "area_code": pl.String(),
    "indicator_id": pl.String(),
    "period_end": pl.Date(),
    "numerator": pl.Float64(),
    "denominator": pl.Float64(),
    "value": pl.Float64(),
    "status": pl.String(),
}
_SIDES = ("timely", "return", "published")


def indicator_agreement(values: pl.DataFrame, pairs: pl.DataFrame, tolerance_pct: float) -> pl.DataFrame:
    """One row a stream, return and indicator that the return can answer.

    values: source_type, source_id, area_code, indicator_id, period_end, numerator, denominator, value, status, for LAs
    and financial years. pairs: source_id, return_id, la_code, period_end. difference = timely - return;
    within_tolerance: it is at most tolerance_pct per cent of the return's value; null when either value is missing.
    """
    returned = pairs.join(
        _side(values, "return").rename({"source_id": "return_id"}), on=["return_id", "period_end"], how="inner"
    )
    with_timely = returned.join(
        _side(values, "timely"), on=["source_id", "indicator_id", "period_end"], how="left", validate="m:1"
    )
    # A figure republished in a later file replaces the earlier one.
    published = _side(values.sort("source_id"), "published", by_area=True).unique(
        ["la_code", "indicator_id", "period_end"], keep="last", maintain_order=True
    )
    joined = with_timely.join(published, on=["la_code", "indicator_id", "period_end"], how="left")
    difference = pl.col("timely_value") - pl.col("return_value")
    allowed = pl.col("return_value").abs() * tolerance_pct / 100
    # A hair of slack, so that a difference of exactly the tolerance is not lost to floating point.
    return (
        joined.with_columns(difference=difference)
        .with_columns(within_tolerance=pl.col("difference").abs() <= allowed + 1e-9)
        .select(
            "source_id",
            "return_id",
            "la_code",
            "route",
            "indicator_id",
            "period_end",
            *(f"{side}_{part}" for part in ("value", "status") for side in _SIDES),
            *(f"{side}_{part}" for side in ("timely", "return") for part in ("numerator", "denominator")),
            "difference",
            "within_tolerance",
        )
        .sort("source_id", "return_id", "indicator_id")
    )


def _side(values: pl.DataFrame, source_type: str, *, by_area: bool = False) -> pl.DataFrame:
    who = pl.col("area_code").alias("la_code") if by_area else pl.col("source_id")
    parts = ("value", "status", "numerator", "denominator")
    return values.filter(pl.col("source_type") == source_type).select(
        who, "indicator_id", "period_end", *(pl.col(part).alias(f"{source_type}_{part}") for part in parts)
    )
