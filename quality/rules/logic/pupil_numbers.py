"""Rules on the reason why a child has no UPN, and on what stands in the two columns together.

What a UPN must look like is asked where the number itself is known: see identities.py.
"""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF, PERIOD_START, days_after, first_of_april, years_after
from quality.rules.return_header import asked_of_header

UPN = pl.col("unique_pupil_number")
FORMER = pl.col("former_unique_pupil_number")
REASON = pl.col("unique_pupil_number_unknown_reason")
BORN = pl.col("date_of_birth")
NONE_GIVEN = UPN.is_null() & REASON.is_null()

NOT_OF_SCHOOL_AGE = "UN1"
NEWLY_LOOKED_AFTER = "UN4"
NO_FURTHER_ACTION = "UN7"
# Codes of the SEN2 collection that the payload's list takes in.
FROM_SEN2 = ("UN8", "UN9", "UN10")
# Why a child of school age may be without a UPN.
AT_SCHOOL_AGE = ("UN2", "UN3", "UN4", "UN5", "UN6", "UN7")

AUGUST, MARCH = 8, 3
SCHOOL_AGE = 5
YOUNGEST_PUPIL = 4
# The census asked for a UPN from the sixth birthday until it turned to the start of school.
ASKED_BY_BIRTHDAY_BEFORE = 2025
AGE_ASKED_BEFORE = 6
FIRST_WEEK_BEGINS = 24
DAYS_OF_FIRST_WEEK = 7


def _of_school_age(reference: pl.Expr) -> pl.Expr:
    """Five by the 31 August before the reference date: the school year that it falls in began after that."""
    return BORN <= pl.date(reference.dt.year() - SCHOOL_AGE - 1, AUGUST, 31)


def _without_number(school_age: pl.Expr, reasons: tuple[str, ...]) -> pl.Expr:
    usable = REASON.str.to_uppercase().is_in(reasons).fill_null(False)
    return (school_age & UPN.is_null() & ~usable).fill_null(False)


_IN_CENSUS = (
    pl.when(AS_OF.dt.year() < ASKED_BY_BIRTHDAY_BEFORE)
    .then(BORN <= years_after(AS_OF, -AGE_ASKED_BEFORE))
    .otherwise(_of_school_age(AS_OF))
)
_LAST_31_MARCH = days_after(first_of_april(days_after(AS_OF, 1)), -1)


def _too_old_for_un1(start: pl.Expr) -> pl.Expr:
    return years_after(BORN, YOUNGEST_PUPIL) <= pl.date(start.dt.year() - 1, AUGUST, 31)


def _not_newly_placed_since(first_day: pl.Expr) -> pl.Expr:
    return ~(pl.col("child.last_placement_start_date") >= first_day).fill_null(False)


RULES = (
    rule("CSC-120", on="children", fails=REASON.is_in(FROM_SEN2)),
    rule("CSC-199", on="children", fails=UPN.is_not_null() & REASON.is_not_null(), when=~NONE_GIVEN),
    rule(
        "CSC-200",
        on="children",
        fails={
            "payload": NONE_GIVEN & (pl.col("child.placement_rows") > 0),
            "ssda903": asked_of_header(NONE_GIVEN & pl.col("child.has_placement_not_a_short_break")),
        },
    ),
    rule("CSC-201", on="children", fails=FORMER == UPN),
    rule(
        "CSC-202",
        on="children",
        fails={
            "payload": _without_number(_of_school_age(_LAST_31_MARCH), AT_SCHOOL_AGE + FROM_SEN2),
            "cin": _without_number(_IN_CENSUS, AT_SCHOOL_AGE),
        },
        when=pl.col("child.has_referral_taken_further"),
    ),
    rule(
        "CSC-203",
        on="children",
        fails={
            "payload": _too_old_for_un1(first_of_april(AS_OF)) & (pl.col("child.placement_rows") > 0),
            "ssda903": _too_old_for_un1(PERIOD_START),
        },
        when=REASON == NOT_OF_SCHOOL_AGE,
    ),
    rule(
        "CSC-204",
        on="children",
        fails={
            "payload": _not_newly_placed_since(days_after(AS_OF, -DAYS_OF_FIRST_WEEK)),
            "ssda903": _not_newly_placed_since(pl.date(AS_OF.dt.year(), MARCH, FIRST_WEEK_BEGINS)),
        },
        when=REASON == NEWLY_LOOKED_AFTER,
    ),
    rule(
        "CSC-205",
        on="children",
        fails=~pl.col("child.every_referral_stopped"),
        when=REASON == NO_FURTHER_ACTION,
    ),
)
