"""Rules on the dates and reasons of a child's placements one after another.

Whether a change from one to the next is what its reason says is asked in placement_changes.py.
"""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import codes
from quality.rules.dates import AS_OF, PERIOD_START, years_after
from quality.rules.facts.looked_after import ADOPTED, CONTINUES, DIED, NEW_PERIOD_OF_CARE
from quality.rules.model import Frames, before
from quality.rules.return_episodes import ENDED, PLACEMENT_TYPE, START_REASON, STARTED
from quality.rules.spells import failing, of_one_before, other, pairs

END_REASON = pl.col("end_reason")
PREVIOUS_END = pl.col("previous.end_date")
NEXT_START = pl.col("next.start_date")
IS_FIRST = pl.col("previous.row").is_null()
IS_LAST = pl.col("next.row").is_null()

CONTINUING = ("P", "L", "T", "U", "B")
LEFT_CARE = [code for code in codes("placement_end_reason") if code != CONTINUES]
AGE_ASSESSED_ADULT = "E15"
CARER_ON_HOLIDAY, HOLIDAYS_IN_A_YEAR = "T3", 2
MANY_IN_A_YEAR = 10

# A feed goes back to the 1 April on or before this many months ago; placements that were over by then are not in it.
WINDOW_MONTHS = 24
_APRIL = 4

_GOES_BACK_TO = AS_OF.dt.offset_by(f"-{WINDOW_MONTHS}mo")
_WINDOW_START = pl.date(_GOES_BACK_TO.dt.year() - (_GOES_BACK_TO.dt.month() < _APRIL).cast(pl.Int32), _APRIL, 1)
_DOES_NOT_START_CARE = START_REASON.ne_missing(NEW_PERIOD_OF_CARE)

# Of two that start on one day, the one that ended first came first.
_BY_DATES = ("start_date", "end_date")
_END_BEFORE = of_one_before("end_date", _BY_DATES)
_GOES_ON = END_REASON == CONTINUES
_FOLLOWED_AT_ONCE = ENDED == NEXT_START
_CONTINUES_WITHOUT_NEXT = _GOES_ON & (~_FOLLOWED_AT_ONCE).fill_null(True)
_CEASES_WITH_NEXT = ~_GOES_ON & _FOLLOWED_AT_ONCE.fill_null(False)

_ON_HOLIDAY = PLACEMENT_TYPE == CARER_ON_HOLIDAY
_ENDS_ADOPTED = END_REASON.is_in(ADOPTED).fill_null(False)


def _within_a_year(first: pl.Expr) -> pl.Expr:
    return years_after(first, 1) > STARTED


def _a_holiday_too_many(frames: Frames) -> pl.LazyFrame:
    """Those that end twelve months with more than there may be."""
    holidays = frames["placements"].filter(_ON_HOLIDAY & STARTED.is_not_null()).sort("subject", "start_date", "row")
    first = STARTED.shift(HOLIDAYS_IN_A_YEAR).over("subject")
    return failing(holidays.filter(_within_a_year(first)))


def _after_adoption(frames: Frames) -> pl.LazyFrame:
    adopted = frames["placements"].filter(_ENDS_ADOPTED)
    together = pairs(frames["placements"], adopted, ("start_date",))
    same_day = (STARTED == other("start_date")) & (pl.col("row") > other("row"))
    return failing(together.filter((STARTED > other("start_date")) | same_day))


def _after_adoption_this_year_or_last(frames: Frames) -> pl.LazyFrame:
    adopted = frames[before("placements")].filter(_ENDS_ADOPTED)
    together = pairs(frames["placements"], adopted, ("start_date",))
    same_day = (STARTED == other("start_date")) & ~_ENDS_ADOPTED  # else it is that adoption, returned twice
    after_last_year = together.filter((STARTED > other("start_date")) | same_day)
    return failing(pl.concat([_after_adoption(frames), after_last_year.select("row")]))


RULES = (
    rule(
        "CSC-307",
        on="placements",
        fails=ENDED.is_null() | END_REASON.is_null(),
        when=~IS_LAST & STARTED.is_not_null(),
    ),
    rule("CSC-308", on="placements", fails=STARTED < PREVIOUS_END),
    rule("CSC-309", on="placements", fails=STARTED <= PREVIOUS_END, when=START_REASON == NEW_PERIOD_OF_CARE),
    rule("CSC-310", on="placements", fails=_DOES_NOT_START_CARE, when=pl.col("previous.end_reason").is_in(LEFT_CARE)),
    rule(
        "CSC-311",
        on="placements",
        fails=(STARTED != _END_BEFORE).fill_null(True),
        when=START_REASON.is_in(CONTINUING) & of_one_before("row", _BY_DATES).is_not_null(),
    ),
    rule(
        "CSC-312",
        on="placements",
        fails=_CONTINUES_WITHOUT_NEXT | _CEASES_WITH_NEXT,
        when=STARTED.is_not_null() & ENDED.is_not_null() & END_REASON.is_not_null(),
    ),
    rule(
        "CSC-313",
        on="placements",
        fails=~IS_LAST,
        when=END_REASON.is_in((DIED, AGE_ASSESSED_ADULT)) & STARTED.is_not_null(),
    ),
    rule(
        "CSC-314",
        on="placements",
        fails={
            "payload": pl.when(STARTED >= _WINDOW_START).then(_DOES_NOT_START_CARE),
            "ssda903": pl.when(STARTED >= PERIOD_START).then(_DOES_NOT_START_CARE),
        },
        when=IS_FIRST,
    ),
    rule(
        "CSC-317",
        on="placements",
        fails={
            "payload": _a_holiday_too_many,
            "ssda903": _ON_HOLIDAY.sum().over("subject") > HOLIDAYS_IN_A_YEAR,
        },
        when=_ON_HOLIDAY,
    ),
    rule(
        "CSC-323",
        on="placements",
        fails={"payload": _after_adoption, "ssda903": _after_adoption_this_year_or_last},
        when=STARTED.is_not_null(),
    ),
    rule(
        "CSC-354",
        on="placements",
        fails=_within_a_year(pl.col(f"previous_{MANY_IN_A_YEAR}.start_date")).fill_null(False),
        when=STARTED.is_not_null(),
    ),
)
