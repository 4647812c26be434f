"""Rules on a looked after child who is a mother, which only the SSDA903 tells."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF, PERIOD_START, years_after
from quality.rules.return_header import IN_HEADER
from quality.rules.unread import given

MOTHER = pl.col("is_mother")
FIRST_CHILD_BORN = pl.col("mother_child_date_of_birth")
BORN = pl.col("date_of_birth")
FEMALE = IN_HEADER & (pl.col("sex") == "F")
MALE = pl.col("sex") == "M"
WAS_MOTHER = pl.col("before.is_mother")
FIRST_CHILD_BORN_BEFORE = pl.col("before.mother_child_date_of_birth")

YOUNGEST_MOTHER = 11

_IN_CARE = pl.col("child.in_care_in_period")
# A code that is neither 0 nor 1 says something too, and is found while it is read.
_SAYS_NOTHING = ~given("is_mother")
_HAS_FIRST_CHILD = given("mother_child_date_of_birth")
_BEYOND_NEED = _SAYS_NOTHING.not_() & ~_IN_CARE & pl.col("child.has_leaver_details")

RULES = (
    rule(
        "903-165",
        on="children",
        fails=((MALE & ~_SAYS_NOTHING) | (FEMALE & ((_SAYS_NOTHING & _IN_CARE) | _BEYOND_NEED))).fill_null(False),
    ),
    rule("903-174", on="children", fails=MALE, when=_HAS_FIRST_CHILD),
    rule(
        "903-207",
        on="children",
        fails=MOTHER.ne_missing(True),
        when=IN_HEADER & WAS_MOTHER & (pl.col("child.placement_rows") > 0),
    ),
    rule("903-393", on="children", fails=_SAYS_NOTHING, when=FEMALE & pl.col("child.has_placement_not_a_short_break")),
    rule(
        "903-399",
        on="children",
        fails=~_SAYS_NOTHING | pl.col("child.has_review_details"),
        when=pl.col("child.only_short_breaks"),
    ),
    rule("903-607", on="children", fails=_SAYS_NOTHING, when=FEMALE & pl.col("child.left_care_in_period")),
    rule("903-611", on="children", fails=~_HAS_FIRST_CHILD, when=MOTHER),
    rule("903-612", on="children", fails=_SAYS_NOTHING | MOTHER.eq_missing(False), when=FEMALE & _HAS_FIRST_CHILD),
    rule("903-620", on="children", fails=years_after(BORN, YOUNGEST_MOTHER) > PERIOD_START, when=MOTHER),
    rule(
        "903-621",
        on="children",
        fails=BORN.is_null() | (FIRST_CHILD_BORN <= BORN),
        when=FIRST_CHILD_BORN.is_not_null(),
    ),
    rule(
        "903-624",
        on="children",
        fails=FIRST_CHILD_BORN.ne_missing(FIRST_CHILD_BORN_BEFORE),
        when=IN_HEADER & FIRST_CHILD_BORN_BEFORE.is_not_null(),
    ),
    rule(
        "903-625",
        on="children",
        fails=(FIRST_CHILD_BORN > AS_OF) | (FIRST_CHILD_BORN > pl.col("child.latest_end_date")).fill_null(False),
    ),
    rule("903-626", on="children", fails=FIRST_CHILD_BORN < PERIOD_START, when=MOTHER & ~WAS_MOTHER),
    rule(
        "903-628",
        on="children",
        fails=~_SAYS_NOTHING,
        when=pl.col("child.has_leaver_details") & (pl.col("child.placement_rows") == 0),
    ),
)
