"""What the tables beside placements hold of a child, and what became of the child in care in the year of a return."""

from collections.abc import Callable

import polars as pl

from quality.rules.dates import AS_OF, PERIOD_START
from quality.rules.fact import VALUE, Fact
from quality.rules.facts.looked_after import CONTINUES, ENDED, IN_PERIOD, SHORT_BREAK, of_child
from quality.rules.model import Frames
from quality.rules.unread import given


def _says_something(table: str, *said: pl.Expr) -> Callable[[Frames], pl.LazyFrame]:
    """Whether one of these is true of any row of the child in this table."""

    def of_table(frames: Frames) -> pl.LazyFrame:
        return frames[table].group_by("subject").agg(pl.any_horizontal(said).any().alias(VALUE))

    return of_table


def _has(name: str, table: str, *said: pl.Expr) -> Fact:
    return Fact(name, "child", _says_something(table, *said), reads=(table,), otherwise=False)


_LEFT = (pl.col("end_reason") != CONTINUES) & ENDED.is_between(PERIOD_START, AS_OF)

FACTS = (
    _has(
        "has_leaver_details",
        "care_leavers",
        given("accommodation"),
        *(pl.col(name).is_not_null() for name in ("contact_date", "in_touch", "activity")),
    ),
    _has("has_review_details", "reviews", given("review_date"), pl.col("participation").is_not_null()),
    of_child("latest_end_date", ENDED.max()),
    of_child("in_care_in_period", (IN_PERIOD & ~SHORT_BREAK).any(), otherwise=False),
    of_child("left_care_in_period", (_LEFT & ~SHORT_BREAK).any(), otherwise=False),
)
