"""What makes a child a care leaver: days in care from a certain birthday on, and what was said of the child before."""

from collections.abc import Callable

import polars as pl

from quality.rules.dates import AS_OF, years_after
from quality.rules.fact import VALUE, Fact
from quality.rules.facts.looked_after import DIED, ENDED, SHORT_BREAK, STARTED
from quality.rules.model import Frames, before

AGES = (14, 16)
_COLUMNS = ("subject", "start_date", "end_date", "end_reason", "legal_status")
_BORN = pl.col("date_of_birth")
_DIED_SINCE = "DIED"


def _history(*tables: str) -> Callable[[Frames], pl.LazyFrame]:
    """Days in care from each of AGES on and how the last placement ended, over the placements in these tables.

    Of care leavers only: no rule asks it of others, and few children are.
    """

    def of_child(frames: Frames) -> pl.LazyFrame:
        leavers = frames["care_leavers"].select("subject")
        placements = pl.concat([frames[table].select(_COLUMNS) for table in tables])
        held = placements.filter(STARTED.is_not_null()).join(leavers, on="subject", how="semi")
        # a placement that both years' returns hold counts once, with the end that one of them knows
        once = held.sort(ENDED, nulls_last=True).unique(["subject", "start_date"], keep="first", maintain_order=True)
        children = frames["children"].select("subject", "as_of", "date_of_birth").unique("subject")
        # a child who is not in Header has a date of birth in the table of care leavers
        stated = frames["care_leavers"].select("subject", "stated_date_of_birth").unique("subject")
        children = children.join(stated, on="subject", how="left").with_columns(
            date_of_birth=pl.coalesce("date_of_birth", "stated_date_of_birth")
        )
        known = once.join(children, on="subject").sort("subject", "start_date")
        is_last = STARTED == STARTED.max().over("subject")
        until = pl.when(is_last).then(pl.coalesce(ENDED, AS_OF)).otherwise(ENDED)
        days = [_days_from(age, until).alias(f"from_{age}") for age in AGES]
        totals = (
            known.with_columns(days)
            .group_by("subject")
            .agg(
                *(pl.col(f"from_{age}").filter(~SHORT_BREAK).sum() for age in AGES),
                pl.col("end_reason").filter(is_last).last(),
            )
        )
        return totals.select("subject", pl.struct("from_14", "from_16", "end_reason").alias(VALUE))

    return of_child


def _days_from(age: int, until: pl.Expr) -> pl.Expr:
    since = pl.max_horizontal(STARTED, years_after(_BORN, age))
    return (until - since).dt.total_days().clip(lower_bound=0)


def _died(frames: Frames) -> pl.LazyFrame:
    """True where a placement of this year's or last year's ended with the child's death; either may be all there is."""
    held = [frames[name] for name in ("placements", before("placements")) if name in frames]
    ends = pl.concat([frame.select("subject", "end_reason") for frame in held])
    return ends.group_by("subject").agg((pl.col("end_reason") == DIED).any().alias(VALUE))


def _died_after_care(frames: Frames) -> pl.LazyFrame:
    said = frames["care_leavers"].group_by("subject")
    return said.agg((pl.col("in_touch") == _DIED_SINCE).any().alias(VALUE))


FACTS = (
    Fact("care_history", "child", _history("placements"), reads=("placements", "care_leavers")),
    Fact(
        "care_history_of_two_years",
        "child",
        _history("placements", before("placements")),
        reads=("placements", "care_leavers", before("placements")),
    ),
    Fact("died_in_care", "child", _died, reads=("placements",), otherwise=False),
    Fact("died_after_care", "child", _died_after_care, reads=("care_leavers",), otherwise=False),
)
