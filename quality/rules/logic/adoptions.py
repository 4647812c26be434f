"""Rules on the dates of an adoption: the decision, the match and the placing, and the child's time in care around them.

SSDA903 gives the decision twice, in AD1 and in PlacedAdoption; each rule says whose it asks of.
"""

import polars as pl

from quality.rules.births import BORN_AS_STATED
from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF, latest_of
from quality.rules.facts.adoption_decisions import DECIDED as DECIDED_IN_PLACED_ADOPTION
from quality.rules.facts.adoption_decisions import FEED_DATES, REVERSED
from quality.rules.model import Frames
from quality.rules.spells import said_differently

DECIDED = pl.col("initial_decision_date")
DECIDED_IN_AD1 = pl.col("ad1_decision_date")
MATCHED = pl.col("matched_date")
PLACED = pl.col("placed_date")
CHILD_BORN = pl.col("child.date_of_birth")
FIRST_PLACED = pl.col("child.first_placed_for_adoption")
CARE_ENDED = pl.col("child.end_of_latest_care")


def _differing(frames: Frames) -> pl.LazyFrame:
    return said_differently(frames["adoptions"], FEED_DATES)


RULES = (
    rule(
        "CSC-179",
        on="adoptions",
        fails={
            "payload": DECIDED.is_null() | (DECIDED > MATCHED),
            "ssda903": DECIDED_IN_AD1.is_null() | (DECIDED_IN_AD1 > MATCHED),
        },
        when=MATCHED.is_not_null(),
        softened=DECIDED.is_null(),
    ),
    rule(
        "CSC-180",
        on="adoptions",
        fails={"payload": DECIDED < CHILD_BORN, "ssda903": DECIDED_IN_PLACED_ADOPTION < BORN_AS_STATED},
    ),
    rule("CSC-181", on="adoptions", fails=MATCHED > PLACED),
    rule(
        "CSC-182",
        on="adoptions",
        fails={"payload": DECIDED > PLACED, "ssda903": DECIDED_IN_PLACED_ADOPTION > FIRST_PLACED},
    ),
    rule(
        "CSC-183",
        on="adoptions",
        fails={"payload": DECIDED > FIRST_PLACED, "ssda903": DECIDED_IN_AD1 > FIRST_PLACED},
    ),
    rule("CSC-184", on="adoptions", fails=latest_of(FEED_DATES) > AS_OF),
    rule(
        "CSC-185",
        on="adoptions",
        fails={
            "payload": DECIDED < pl.col("child.first_period_of_care_start"),
            "ssda903": DECIDED_IN_PLACED_ADOPTION < pl.col("child.first_period_of_care_start"),
        },
    ),
    rule(
        "CSC-186",
        on="adoptions",
        fails={
            # the feed repeats one start reason on every placement of a period
            "payload": DECIDED < pl.col("child.latest_unbroken_care_start"),
            "ssda903": DECIDED_IN_AD1 < pl.col("child.latest_period_of_care_start"),
        },
    ),
    rule(
        "CSC-187",
        on="adoptions",
        fails={
            "payload": (DECIDED > AS_OF) | (DECIDED > CARE_ENDED),
            "ssda903": pl.any_horizontal(
                day > limit for day in (DECIDED_IN_PLACED_ADOPTION, REVERSED) for limit in (AS_OF, CARE_ENDED)
            ),
        },
    ),
    rule("CSC-360", on="adoptions", fails=_differing),
)
