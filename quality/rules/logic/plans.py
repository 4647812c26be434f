"""Rules on child in need plans and child protection plans, each by itself and beside its child and episode."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import in_code_list
from quality.rules.dates import AS_OF, PERIOD_START, cohort_start, within_period, years_after
from quality.rules.model import SUBMISSION, Frames
from quality.rules.spells import failing

STARTED = pl.col("start_date")
ENDED = pl.col("end_date")
REFERRED = pl.col("episode.referral_date")
CHILD_DIED = pl.col("child.date_of_death")
CONFERENCES = pl.col("episode.conferences_of_enquiries")
CONFERENCE_OF_EPISODE = pl.col("episode.icpc_date_episode_level")
REVIEWED = pl.col("review_date")
PREVIOUS_PLANS = pl.col("number_of_previous_plans")
LONGEST_CIN_PLAN_YEARS = 5
# Two years is the published measure, so only what is well beyond it is asked about.
LONGEST_CP_PLAN_YEARS = 3
_CP_PLAN = ("subject", "social_care_episode_id", "child_protection_plan_id")

_NOT_ON_A_CONFERENCE = ~STARTED.is_in(CONFERENCES)


def _longer_than(years: int) -> pl.Expr:
    """An open plan lasts until as_of."""
    return years_after(STARTED, years) < ENDED.fill_null(AS_OF)


def _without_category(column: str) -> pl.Expr:
    return pl.col(column).is_null() | ~in_code_list(column, "category_of_abuse")


def _reviewed_before_it_ran(frames: Frames) -> pl.LazyFrame:
    first = frames["cp_plan_reviews"].group_by(_CP_PLAN).agg(REVIEWED.min())
    return failing(frames["cp_plans"].join(first, on=_CP_PLAN).filter(REVIEWED <= STARTED))


CIN_PLANS = (
    rule("CSC-145", on="cin_plans", fails=STARTED < REFERRED),
    rule("CSC-151", on="cin_plans", fails=STARTED.is_null() | (STARTED > AS_OF)),
    rule("CSC-152", on="cin_plans", fails=ENDED < STARTED),
    rule("CSC-153", on="cin_plans", fails=ENDED == STARTED),
    rule("CSC-154", on="cin_plans", fails=ENDED > AS_OF),
    rule("CSC-155", on="cin_plans", fails=~within_period(ENDED)),
    rule("CSC-352", on="cin_plans", fails=_longer_than(LONGEST_CIN_PLAN_YEARS)),
    rule("CIN-4008", on="cin_plans", fails=STARTED > CHILD_DIED),
    rule("CIN-4009Q", on="cin_plans", fails=ENDED > CHILD_DIED),
)

CP_PLANS = (
    rule("CSC-143", on="cp_plans", fails=STARTED < REFERRED),
    rule("CSC-164", on="cp_plans", fails=STARTED.is_null() | (STARTED > AS_OF)),
    rule("CSC-165", on="cp_plans", fails=ENDED < STARTED),
    rule("CSC-166", on="cp_plans", fails=ENDED == STARTED),
    rule("CSC-167", on="cp_plans", fails=ENDED > AS_OF),
    rule("CSC-168", on="cp_plans", fails=~within_period(ENDED)),
    rule(
        "CSC-265",
        on="cp_plans",
        fails={
            # without an enquiry that may need a conference there is nothing to compare
            "payload": _NOT_ON_A_CONFERENCE,
            "cin": pl.when(CONFERENCES.is_null())
            .then(STARTED.ne_missing(CONFERENCE_OF_EPISODE))
            .otherwise(_NOT_ON_A_CONFERENCE),
        },
        when=STARTED.is_not_null() & (PERIOD_START.is_null() | within_period(STARTED)),
    ),
    rule("CSC-266", on="cp_plans", fails=pl.col("child.enquiries") == 0, when=STARTED >= cohort_start(AS_OF)),
    rule("CSC-351", on="cp_plans", fails=_longer_than(LONGEST_CP_PLAN_YEARS)),
    rule("CIN-8730", on="cp_plans", fails=PREVIOUS_PLANS.is_null() | (PREVIOUS_PLANS < 0)),
    rule(
        "CIN-8841",
        on="cp_plans",
        fails=_reviewed_before_it_ran,
        when=STARTED.is_not_null(),
        reads=("cp_plan_reviews",),
    ),
    rule("CIN-8842Q", on="cp_plan_reviews", fails=REVIEWED.is_null()),
    rule("CIN-8905", on="cp_plans", fails=_without_category("initial_category_of_abuse")),
    rule("CIN-8910", on="cp_plans", fails=_without_category("latest_category_of_abuse")),
    rule("CIN-8915", on="cp_plans", fails=STARTED > CHILD_DIED),
    rule("CIN-8920", on="cp_plans", fails=ENDED > CHILD_DIED),
    rule("CSC-335", on=SUBMISSION, fails=pl.col("protection_plans_started") > pl.col("conferences_held")),
)

RULES = (*CIN_PLANS, *CP_PLANS)
