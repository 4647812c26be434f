"""Rules on strengths and difficulties questionnaires."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF, years_after
from quality.rules.model import Frames
from quality.rules.spells import failing, other, pairs

TAKEN = pl.col("date")
HIGHEST_SCORE = 40
MANY_IN_A_YEAR = 6


def _in_conflict(frames: Frames) -> pl.LazyFrame:
    """Rows of one date with different scores, and rows that end twelve months holding more than six."""
    together = pairs(frames["sdq_assessments"], frames["sdq_assessments"], ("date", "score"))
    conflicting = together.filter((TAKEN == other("date")) & (pl.col("score") != other("score"))).select("row")
    in_the_year_to_it = (other("date") <= TAKEN) & (TAKEN < years_after(other("date"), 1))
    counts = together.filter(in_the_year_to_it).group_by("row").agg(pl.len().alias("within_a_year"))
    crowded = counts.filter(pl.col("within_a_year") > MANY_IN_A_YEAR).select("row")
    return failing(pl.concat([conflicting, crowded]))


RULES = (
    rule("CSC-133", on="sdq_assessments", fails=~pl.col("score").is_between(0, HIGHEST_SCORE)),
    rule(
        "CSC-193",
        on="sdq_assessments",
        fails=TAKEN.is_null() | (TAKEN > AS_OF) | (TAKEN < pl.col("child.date_of_birth")),
    ),
    rule("CSC-357", on="sdq_assessments", fails=_in_conflict, when=TAKEN.is_not_null()),
)
