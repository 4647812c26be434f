"""Rules on strengths and difficulties questionnaires.

A row of a return is a score or a reason why there is none; it has no date, so that the year of the return stands in.
"""

import polars as pl

from quality.rules.births import BORN_AS_STATED
from quality.rules.catalogue import rule
from quality.rules.code_lists import in_code_list
from quality.rules.dates import AS_OF, PERIOD_START, cohort_start, first_of_april, within_period, years_after
from quality.rules.facts.unbroken_care import unbroken_care
from quality.rules.model import Frames
from quality.rules.spells import failing, other, pairs
from quality.rules.unread import given

TAKEN = pl.col("date")
SCORE = pl.col("score")
REASON = pl.col("no_score_reason")
BORN = pl.col("date_of_birth")
CHILD_BORN = BORN_AS_STATED
ALL_YEAR = pl.col("child.looked_after_all_year")
# OC2 has a row for each of these children, whether or not it has an answer.
_BORN_AS_IN_OC2 = pl.coalesce("child.birth_stated_with_health", BORN)
HIGHEST_SCORE = 40
MANY_IN_A_YEAR = 6
YOUNGEST = 4
TOO_OLD = 17
OLDEST_AT_THE_END = 16
# Aged under 4 or over 16 when last assessed.
REASON_OF_AGE = "SDQ1"
MARCH, LAST_OF_MARCH = 3, 31

_HAS_SCORE = given("score")
_YEAR_ENDS_TODAY = (AS_OF.dt.month() == MARCH) & (AS_OF.dt.day() == LAST_OF_MARCH)
# Fewer questionnaires than rows in the table that both come from.
_UNANSWERED = pl.col("child.questionnaire_rows") < pl.col("child.health_rows")
_CARE_BEGAN = pl.col("child.latest_unbroken_care_start")
_CARE_ENDED = pl.col("child.latest_unbroken_care_end")


def _of_age(born: pl.Expr, year_start: pl.Expr) -> pl.Expr:
    """Four by the first day of the year, and not seventeen by its last."""
    return (years_after(born, YOUNGEST) <= year_start) & (years_after(born, TOO_OLD) > AS_OF)


def _in_conflict(frames: Frames) -> pl.LazyFrame:
    """Rows of one date with different scores, and rows that end twelve months holding more than six."""
    together = pairs(frames["sdq_assessments"], frames["sdq_assessments"], ("date", "score"))
    conflicting = together.filter((TAKEN == other("date")) & (pl.col("score") != other("score"))).select("row")
    in_the_year_to_it = (other("date") <= TAKEN) & (TAKEN < years_after(other("date"), 1))
    counts = together.filter(in_the_year_to_it).group_by("row").agg(pl.len().alias("within_a_year"))
    crowded = counts.filter(pl.col("within_a_year") > MANY_IN_A_YEAR).select("row")
    return failing(pl.concat([conflicting, crowded]))


def _without_a_year_of_care(frames: Frames) -> pl.LazyFrame:
    """Scores without an unbroken run of placements over the twelve months to their date, if those are all held."""
    a_year_before = years_after(TAKEN, -1)
    asked = frames["sdq_assessments"].filter(_HAS_SCORE & (a_year_before >= cohort_start(AS_OF)))
    covers = (pl.col("began") <= a_year_before) & (pl.col("ended").is_null() | (pl.col("ended") >= TAKEN))
    covered = asked.join(unbroken_care(frames), on="subject").filter(covers)
    return failing(asked.join(covered.select("row"), on="row", how="anti"))


RULES = (
    rule("CSC-133", on="sdq_assessments", fails=~SCORE.is_between(0, HIGHEST_SCORE)),
    rule(
        "CSC-193",
        on="sdq_assessments",
        fails=TAKEN.is_null() | (TAKEN > AS_OF) | (TAKEN < CHILD_BORN),
    ),
    rule(
        "CSC-289",
        on="sdq_assessments",
        fails={
            "payload": _HAS_SCORE & (years_after(CHILD_BORN, YOUNGEST) > TAKEN),
            "ssda903": years_after(CHILD_BORN, YOUNGEST) > AS_OF,
        },
    ),
    rule(
        "CSC-290",
        on="sdq_assessments",
        fails={
            "payload": _HAS_SCORE & (years_after(CHILD_BORN, TOO_OLD) < TAKEN),
            "ssda903": years_after(CHILD_BORN, TOO_OLD) < PERIOD_START,
        },
    ),
    rule(
        "CSC-291",
        on="sdq_assessments",
        fails={"payload": _without_a_year_of_care, "ssda903": ~ALL_YEAR},
        when=_HAS_SCORE,
    ),
    rule(
        "CSC-292",
        on="children",
        fails={
            "payload": pl.when(
                _YEAR_ENDS_TODAY
                & _of_age(BORN, first_of_april(AS_OF))
                & (_CARE_BEGAN <= first_of_april(AS_OF))
                & (_CARE_ENDED.is_null() | (_CARE_ENDED >= AS_OF))
            ).then(~pl.col("child.scored_this_year")),
            "ssda903": pl.when(_of_age(_BORN_AS_IN_OC2, PERIOD_START) & ALL_YEAR).then(_UNANSWERED),
        },
    ),
    rule("CSC-357", on="sdq_assessments", fails=_in_conflict, when=TAKEN.is_not_null()),
    rule(
        "903-157",
        on="sdq_assessments",
        fails=(years_after(CHILD_BORN, YOUNGEST) <= PERIOD_START)
        & (years_after(CHILD_BORN, OLDEST_AT_THE_END) >= AS_OF),
        when=~_HAS_SCORE & (REASON == REASON_OF_AGE) & ALL_YEAR,
    ),
    rule("903-196", on="sdq_assessments", fails=~in_code_list("no_score_reason", "sdq_reason")),
    rule(
        "903-197B",
        on="cla_health",
        fails=_UNANSWERED,
        when=pl.any_horizontal(within_period(years_after(CHILD_BORN, age)) for age in (YOUNGEST, TOO_OLD)) & ALL_YEAR,
    ),
    rule("903-197a", on="sdq_assessments", fails=REASON.is_not_null(), when=_HAS_SCORE),
    rule("903-198", on="sdq_assessments", fails=~ALL_YEAR, when=REASON.is_not_null()),
)
