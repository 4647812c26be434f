"""Rules on the plans of a child beside each other: of need, of protection, and one sort beside the other."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.model import Frames, Logic
from quality.rules.spells import failing, pairs, pairs_within, starts_during_other

STARTED = pl.col("start_date")
ENDED = pl.col("end_date")
REVIEWED = pl.col("review_date")
_DATES = ("start_date", "end_date")
_CP_PLAN = ("subject", "social_care_episode_id", "child_protection_plan_id")


def _overlapping(entity: str) -> Logic:
    def plans_starting_during_another(frames: Frames) -> pl.LazyFrame:
        return failing(pairs_within(frames[entity], _DATES).filter(starts_during_other("end_date")))

    return plans_starting_during_another


def _starting_during(entity: str, others: str) -> Logic:
    """A plan may start on the day that one of the other sort ends, not before."""

    def plans_starting_during_the_other_sort(frames: Frames) -> pl.LazyFrame:
        together = pairs(frames[entity], frames[others], _DATES)
        return failing(together.filter(starts_during_other("end_date", last_day_counts=False)))

    return plans_starting_during_the_other_sort


def _reviewed_during_need(frames: Frames) -> pl.LazyFrame:
    """Plans of protection with a review while a plan of need ran that has ended; one held as protection ends is due."""
    reviews = frames["cp_plan_reviews"].select(*_CP_PLAN, "review_date")
    reviewed = frames["cp_plans"].select("row", *_CP_PLAN, "end_date").join(reviews, on=_CP_PLAN)
    needs = frames["cin_plans"].select("subject", STARTED.alias("need_from"), ENDED.alias("need_to"))
    together = reviewed.filter(REVIEWED.ne_missing(ENDED)).join(needs, on="subject")
    return failing(together.filter((REVIEWED >= pl.col("need_from")) & (REVIEWED < pl.col("need_to"))))


RULES = (
    rule(
        "CSC-267",
        on="cin_plans",
        fails=pl.col("episode.cp_plans_without_end") > 0,
        when=STARTED.is_not_null() & ENDED.is_null(),
    ),
    rule(
        "CSC-268",
        on="cin_plans",
        fails=_starting_during("cin_plans", "cp_plans"),
        when=STARTED.is_not_null(),
        reads=("cp_plans",),
    ),
    rule(
        "CSC-269",
        on="cp_plans",
        fails=_starting_during("cp_plans", "cin_plans"),
        when=STARTED.is_not_null(),
        reads=("cin_plans",),
    ),
    rule("CSC-303", on="cin_plans", fails=pl.col("episode.cin_plans_without_end") > 1, when=ENDED.is_null()),
    rule("CSC-304", on="cin_plans", fails=_overlapping("cin_plans"), when=STARTED.is_not_null()),
    rule("CSC-305", on="cp_plans", fails=ENDED.is_null().sum().over("subject") > 1, when=ENDED.is_null()),
    rule("CSC-306", on="cp_plans", fails=_overlapping("cp_plans"), when=STARTED.is_not_null()),
    rule("CIN-4003", on="cp_plans", fails=_reviewed_during_need, reads=("cp_plan_reviews", "cin_plans")),
)
