"""What the placements of a child say of the child's time in care."""

from collections.abc import Callable

import polars as pl

from quality.rules.dates import AS_OF, PERIOD_START
from quality.rules.fact import VALUE, Fact
from quality.rules.model import Frames, unread

STARTED = pl.col("start_date")
ENDED = pl.col("end_date")
CONTINUES = "X1"
NEW_PERIOD_OF_CARE = "S"
SHORT_BREAKS = ("V3", "V4")
ADOPTED = ("E11", "E12")
DIED = "E2"
IN_TIME = ("start_date", "row")
_PLACEMENTS = ("placements",)


def of_child(name: str, value: pl.Expr, otherwise: object = None) -> Fact:
    """A fact of a child that one aggregate over the child's placements answers."""
    return Fact(name, "child", _aggregate(value), reads=_PLACEMENTS, otherwise=otherwise)


def _aggregate(value: pl.Expr) -> Callable[[Frames], pl.LazyFrame]:
    def over_placements(frames: Frames) -> pl.LazyFrame:
        return frames["placements"].group_by("subject").agg(value.alias(VALUE))

    return over_placements


def last(column: str) -> Callable[[Frames], pl.LazyFrame]:
    """The column's value on the child's latest placement by start date; one without a start date comes first."""

    def of_latest_placement(frames: Frames) -> pl.LazyFrame:
        placements = frames["placements"].sort(IN_TIME, nulls_last=False)
        return placements.group_by("subject").agg(pl.col(column).last().alias(VALUE))

    return of_latest_placement


def first(column: str) -> Callable[[Frames], pl.LazyFrame]:
    """The column's value on the child's earliest placement by start date; one without a start date comes last."""

    def of_earliest_placement(frames: Frames) -> pl.LazyFrame:
        placements = frames["placements"].sort(IN_TIME, nulls_last=True)
        return placements.group_by("subject").agg(pl.col(column).first().alias(VALUE))

    return of_earliest_placement


SHORT_BREAK = pl.col("legal_status").is_in(SHORT_BREAKS).fill_null(False)
IN_PERIOD = (STARTED <= AS_OF) & (ENDED.is_null() | (ENDED >= PERIOD_START))
_ENTERS = (pl.col("start_reason") == NEW_PERIOD_OF_CARE) & (STARTED > PERIOD_START) & (STARTED <= AS_OF)
_LEAVES = pl.col("end_reason").ne_missing(CONTINUES) & (ENDED >= PERIOD_START) & (ENDED < AS_OF)

# Continuously looked after, as DfE's validation rules define it: some episode in the year, and none that begins with S
# after its first day, ends other than X1 before its last, or is a short break.
_ALL_YEAR = IN_PERIOD.any() & ~(_ENTERS | _LEAVES | (SHORT_BREAK & IN_PERIOD)).fill_null(False).any()

_OF_FIRST = ("start_date", "start_reason", "row")
_OF_LAST = ("start_date", "end_date", unread("end_date"), "end_reason", "placement_type", "legal_status", "row")

FACTS = (
    of_child("placement_rows", pl.len().cast(pl.Int64), otherwise=0),
    of_child("has_placement_in_period", IN_PERIOD.any(), otherwise=False),
    of_child("looked_after_all_year", _ALL_YEAR, otherwise=False),
    of_child("only_short_breaks", SHORT_BREAK.all(), otherwise=False),
    of_child("has_placement_not_a_short_break", (~SHORT_BREAK).any(), otherwise=False),
    of_child("looked_after_at_the_end", (ENDED.is_null() & ~SHORT_BREAK).any(), otherwise=False),
    of_child("was_adopted", pl.col("end_reason").is_in(ADOPTED).any(), otherwise=False),
    of_child("died", (pl.col("end_reason") == DIED).any(), otherwise=False),
    of_child("latest_period_of_care_start", STARTED.filter(pl.col("start_reason") == NEW_PERIOD_OF_CARE).max()),
    of_child("first_period_of_care_start", STARTED.filter(pl.col("start_reason") == NEW_PERIOD_OF_CARE).min()),
    of_child("latest_period_of_care_end", ENDED.filter(pl.col("end_reason") != CONTINUES).max()),
    *(Fact(f"first_placement_{column}", "child", first(column), reads=_PLACEMENTS) for column in _OF_FIRST),
    *(Fact(f"last_placement_{column}", "child", last(column), reads=_PLACEMENTS) for column in _OF_LAST),
)
