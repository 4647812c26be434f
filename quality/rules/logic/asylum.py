"""Rules on unaccompanied asylum seekers: the flag, the date on which the status ended, and the child's age."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF, PERIOD_START, first_of_april, years_after
from quality.rules.return_header import asked_of_both_headers

FLAG = pl.col("uasc_flag")
ENDED = pl.col("uasc_end_date")
BORN = pl.col("date_of_birth")
WAS = pl.col("before.uasc_flag")
ENDED_BEFORE = pl.col("before.uasc_end_date")
HELD_BEFORE = pl.col("before.row").is_not_null()

YOUNGEST_LIKELY = 11
ADULT = 18

_BECAME = FLAG & ~WAS
_NOT_NOW = ~FLAG.fill_null(False)
_ENDED_LAST_YEAR = ENDED_BEFORE.is_between(years_after(PERIOD_START, -1), years_after(AS_OF, -1)).fill_null(False)
_END_AGREES = (ENDED.is_between(PERIOD_START, AS_OF) | (ENDED == ENDED_BEFORE)).fill_null(False)
_BORN_AS_IN_UASC_BEFORE = pl.coalesce("before.uasc_date_of_birth", "before.date_of_birth")
_ENDED_AS_ADULT = (ENDED_BEFORE == years_after(_BORN_AS_IN_UASC_BEFORE, ADULT)).fill_null(False)

_IN_CARE_THIS_YEAR = pl.col("child.has_placement_in_period") | (
    pl.col("child.latest_end_date") >= first_of_april(AS_OF)
).fill_null(False)

RULES = (
    rule("CSC-177", on="children", fails=ENDED > AS_OF),
    rule("CSC-178", on="children", fails=ENDED < BORN),
    rule("903-104", on="children", fails=ENDED < PERIOD_START),
    rule("CSC-207", on="children", fails=_NOT_NOW, when=ENDED.is_not_null()),
    rule("CSC-208", on="children", fails=ENDED <= AS_OF, when=FLAG),
    rule("CSC-209", on="children", fails=BORN > years_after(AS_OF, -YOUNGEST_LIKELY), when=FLAG),
    rule("CSC-210", on="children", fails=years_after(BORN, ADULT) <= AS_OF, when=FLAG & ENDED.is_null()),
    rule(
        "CSC-288",
        on="children",
        fails={"payload": ~_IN_CARE_THIS_YEAR, "ssda903": ~pl.col("child.has_placement_in_period")},
        when=(FLAG | ENDED.is_not_null()) & pl.col("child.has_leaver_details"),
    ),
    rule(
        "CSC-331",
        on="children",
        fails={"payload": _BECAME, "ssda903": asked_of_both_headers(_BECAME)},
        when=HELD_BEFORE,
    ),
    rule(
        "CSC-332",
        on="children",
        fails={"payload": ENDED.is_null(), "ssda903": ENDED.is_not_null() | ~_ENDED_LAST_YEAR},
        when=~FLAG & WAS,
    ),
    rule("CSC-333", on="children", fails=asked_of_both_headers(~_END_AGREES | ~_ENDED_AS_ADULT), when=FLAG & WAS),
    rule("CSC-334", on="children", fails=_NOT_NOW & ~WAS.fill_null(False), when=ENDED.is_not_null()),
)
