"""Rules on a child's sex, ethnicity and age, and on an unborn child."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import codes, in_code_list
from quality.rules.dates import AS_OF, PERIOD_START, days_after, first_of_april, years_after
from quality.rules.return_header import asked_of_header
from quality.rules.unread import given

SEX = pl.col("sex")
ETHNICITY = pl.col("ethnicity")
BORN = pl.col("date_of_birth")
EXPECTED = pl.col("expected_date_of_birth")
DIED = pl.col("date_of_death")

UNKNOWN = "U"
MALE_OR_FEMALE = ("M", "F")
# Until the 2023/24 return the 903 had no code for a sex that is not known.
UNKNOWN_IN_903_SINCE = 2025

DAYS_OVERDUE = 30
DAYS_LONG_OVERDUE = 60
LONGEST_WAIT = "9mo"

OLDEST = 25
# The feed holds what was open in the 24 months before, from the 1 April on.
COHORT_YEARS = 2

# The day on which births are put that nobody knows the day of, and the share of a day that says so.
DEFAULT_MONTH, DEFAULT_DAY = 1, 1
LARGEST_SHARE_OF_A_DAY = 0.05
FEWEST_CHILDREN_FOR_A_SHARE = 100

_LA = ("source_id", "as_of")


def _not_one_of(column: pl.Expr, allowed: list[str]) -> pl.Expr:
    """A null is none of them either."""
    return ~column.is_in(allowed).fill_null(False)


_SEX_OF_903 = (
    pl.when(AS_OF.dt.year() < UNKNOWN_IN_903_SINCE)
    .then(_not_one_of(SEX, list(MALE_OR_FEMALE)))
    .otherwise(_not_one_of(SEX, codes("sex")))
)
_OUT_OF_RANGE = (EXPECTED <= days_after(AS_OF, -DAYS_OVERDUE)) | (EXPECTED >= AS_OF.dt.offset_by(LONGEST_WAIT))
_IS_DEFAULT = (BORN.dt.month() == DEFAULT_MONTH) & (BORN.dt.day() == DEFAULT_DAY)
_CHILDREN = pl.len().over(_LA)
_COMMON = (_CHILDREN >= FEWEST_CHILDREN_FOR_A_SHARE) & (
    pl.len().over(*_LA, "date_of_birth") > LARGEST_SHARE_OF_A_DAY * _CHILDREN
)


def _over_oldest_at(day: pl.Expr) -> pl.Expr:
    return years_after(BORN, OLDEST) < day


RULES = (
    rule(
        "CSC-115",
        on="children",
        fails={
            "payload": _not_one_of(SEX, codes("sex")),
            "cin": _not_one_of(SEX, codes("sex")),
            "ssda903": asked_of_header(_SEX_OF_903),
        },
        softened=SEX.is_null(),
    ),
    rule(
        "CSC-116",
        on="children",
        fails={
            "payload": ~in_code_list("ethnicity", "ethnicity").fill_null(False),
            "cin": ~in_code_list("ethnicity", "ethnicity").fill_null(False),
            "ssda903": asked_of_header(_not_one_of(ETHNICITY.str.to_uppercase(), codes("ethnicity"))),
        },
        softened=ETHNICITY.is_null(),
    ),
    rule("CSC-196", on="children", fails={"payload": BORN.is_null() & _OUT_OF_RANGE, "cin": _OUT_OF_RANGE}),
    rule(
        "CSC-197",
        on="children",
        fails=SEX.ne_missing(UNKNOWN),
        when=BORN.is_null() & EXPECTED.is_not_null(),
    ),
    rule("CSC-198", on="children", fails={"payload": (SEX == UNKNOWN) & BORN.is_not_null(), "ssda903": SEX == UNKNOWN}),
    rule(
        "CSC-247",
        on="children",
        fails={
            "payload": _over_oldest_at(first_of_april(years_after(AS_OF, -COHORT_YEARS))),
            "ssda903": _over_oldest_at(PERIOD_START),
        },
    ),
    rule(
        "CSC-248",
        on="children",
        fails=(pl.col("child.open_referrals") > 0)
        | (pl.col("child.latest_closure") > years_after(BORN, OLDEST)).fill_null(False),
        when=BORN < years_after(AS_OF, -OLDEST),
    ),
    rule("CSC-249", on="children", fails=pl.col("child.referrals") == 0),
    rule("CSC-344", on="children", fails=_IS_DEFAULT | _COMMON, when=BORN.is_not_null()),
    rule(
        "CSC-345",
        on="children",
        fails=(EXPECTED < days_after(AS_OF, -DAYS_LONG_OVERDUE)) & (pl.col("child.open_referrals") > 0),
        when=BORN.is_null(),
    ),
    rule("903-102", on="children", fails=asked_of_header(~given("date_of_birth"))),
    rule("CIN-8535Q", on="children", fails=BORN.is_null() | (BORN > DIED), when=DIED.is_not_null()),
    rule("CIN-8545Q", on="children", fails=~DIED.is_between(PERIOD_START, AS_OF)),
)
