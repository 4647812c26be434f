"""Periods of care: the unbroken runs of a child's placements, and rows that lie outside every one of them."""

import polars as pl

from quality.rules.model import Frames

STARTED = pl.col("start_date")
ENDED = pl.col("end_date")
NEW_PERIOD_OF_CARE = "S"
CARE_STARTED, CARE_ENDED = "care_started", "care_ended"
_IN_TIME = ["start_date", "row"]


def periods_of_care(placements: pl.LazyFrame) -> pl.LazyFrame:
    """One row a period: subject, care_started, and care_ended, which is null while the last placement is open.

    A period begins with a placement that says so (S), or after a day on which the child was not placed. Placements
    without a start date are left out.
    """
    dated = placements.filter(STARTED.is_not_null()).select("subject", "row", "start_date", "end_date", "start_reason")
    in_time = dated.sort("subject", *_IN_TIME)
    after_gap = STARTED > ENDED.shift(1).over("subject")
    begins = pl.col("start_reason").eq_missing(NEW_PERIOD_OF_CARE) | after_gap.fill_null(False)
    in_order = in_time.with_columns(begins.cum_sum().over("subject").alias("period"))
    spans = in_order.group_by("subject", "period").agg(
        STARTED.first().alias(CARE_STARTED), ENDED.last().alias(CARE_ENDED)
    )
    return spans.drop("period")


def outside_every_period(frames: Frames, rows: pl.LazyFrame, outside: pl.Expr) -> pl.LazyFrame:
    """The rows for which `outside` is true beside every period of care of the child; a child without any has none.

    outside: reads the row's own columns, and care_started and care_ended.
    """
    placements = frames["placements"].join(rows, on="subject", how="semi")
    beside = rows.join(periods_of_care(placements), on="subject", how="inner")
    answered = beside.group_by("row").agg(outside.fill_null(False).all().alias("outside"))
    return answered.filter("outside").select("row")


# A spell without an end after the period ended or begun before it, or one that ends outside it.
SPELL_OUTSIDE = (ENDED.is_null() & (pl.col(CARE_ENDED).is_not_null() | (STARTED < pl.col(CARE_STARTED)))) | (
    ENDED.is_not_null() & ((ENDED > pl.col(CARE_ENDED)) | (ENDED < pl.col(CARE_STARTED)))
)
START_OUTSIDE = (STARTED < pl.col(CARE_STARTED)) | (STARTED > pl.col(CARE_ENDED))
