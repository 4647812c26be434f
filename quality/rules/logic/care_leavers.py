"""Rules on what is said of a care leaver. What the time in care must have been is in care_leaver_history.py."""

import polars as pl

from quality.rules.births import BORN_AS_STATED, OF_CHILD
from quality.rules.catalogue import rule
from quality.rules.code_lists import codes, in_code_list, in_code_list_on
from quality.rules.dates import AS_OF, PERIOD_START, within_period, years_after
from quality.rules.model import Frames
from quality.rules.spells import failing, said_differently

CONTACTED = pl.col("contact_date")
ACTIVITY = pl.col("activity")
ACCOMMODATION = pl.col("accommodation")
IN_TOUCH = pl.col("in_touch")
CHILD_BORN = BORN_AS_STATED
IN_TOUCH_DIED, IN_TOUCH_RETURNED_HOME, IN_TOUCH_YES = "DIED", "RHOM", "YES"
NOT_KNOWN = "0"
FOYER = "T"
FORMER_FOSTER_CARER = "Z"
YOUNGEST = 17
YOUNGEST_IN_FEED = 16
# Suitable when homeless or in custody: only in older forms of the return.
_NO_LONGER_ACCEPTED = ("S1", "X1")

# The return writes a letter and whether it is suitable as one code.
_ACCOM = pl.concat_str(ACCOMMODATION, pl.col("accommodation_suitable").fill_null(""))
_ACCOM_CODES = [code for code in codes("care_leaver_accommodation_903") if code not in _NO_LONGER_ACCEPTED]
_ACTIVITY_LISTED = in_code_list_on("activity", "care_leaver_activity", AS_OF)
_IS_17 = CONTACTED.is_between(years_after(CHILD_BORN, 17), years_after(CHILD_BORN, 18), closed="left")
HAS_DATA = pl.any_horizontal(*(column.is_not_null() for column in (CONTACTED, ACTIVITY, ACCOMMODATION, IN_TOUCH)))
_GIVEN = [column.is_null() for column in (IN_TOUCH, ACTIVITY, ACCOMMODATION)]
_FEED_FIELDS = ("contact_date", "activity", "accommodation")


def _looked_after_on_birthday(frames: Frames) -> pl.LazyFrame:
    """Care leavers of 17 or 18 with a placement that spans their last birthday; one without an end goes on."""
    return _placed_on_birthday(frames, frames["placements"])


def _looked_after_and_left_since(frames: Frames) -> pl.LazyFrame:
    """The same for a return, of placements with an end only."""
    return _placed_on_birthday(frames, frames["placements"].filter(pl.col("end_date").is_not_null()))


def _placed_on_birthday(frames: Frames, placements: pl.LazyFrame) -> pl.LazyFrame:
    leavers = frames.beside("care_leavers", "child.date_of_birth").filter(HAS_DATA)
    born = BORN_AS_STATED
    birthday = pl.when(years_after(born, 18) <= AS_OF).then(years_after(born, 18)).otherwise(years_after(born, 17))
    aged_17_or_18 = (years_after(born, 17) <= AS_OF) & (years_after(born, 19) > AS_OF)
    birthdays = leavers.filter(aged_17_or_18).select("row", "subject", birthday.alias("birthday"))
    spans = (pl.col("start_date") <= pl.col("birthday")) & (
        pl.col("end_date").is_null() | (pl.col("birthday") < pl.col("end_date"))
    )
    return failing(birthdays.join(placements.select("subject", "start_date", "end_date"), on="subject").filter(spans))


def _differing(frames: Frames) -> pl.LazyFrame:
    return said_differently(frames["care_leavers"], _FEED_FIELDS)


RULES = (
    rule(
        "CSC-131",
        on="care_leavers",
        fails={
            "payload": ~_ACTIVITY_LISTED | (ACTIVITY == NOT_KNOWN),
            "ssda903": ACTIVITY.is_null() | ~_ACTIVITY_LISTED,
        },
    ),
    rule(
        "CSC-132",
        on="care_leavers",
        fails={
            "payload": ~in_code_list("accommodation", "care_leaver_accommodation"),
            "ssda903": ACCOMMODATION.is_null() | ~_ACCOM.is_in(_ACCOM_CODES),
        },
    ),
    rule("CSC-194", on="care_leavers", fails=(CONTACTED > AS_OF) | (CONTACTED < CHILD_BORN)),
    rule(
        "CSC-232",
        on="care_leavers",
        fails={
            "payload": ACTIVITY.is_null() != ACCOMMODATION.is_null(),
            "ssda903": pl.any_horizontal(_GIVEN) & ~pl.all_horizontal(_GIVEN),
        },
    ),
    rule(
        "CSC-281",
        on="care_leavers",
        fails=years_after(CHILD_BORN, YOUNGEST) > AS_OF,
        when=HAS_DATA,
        softened=years_after(CHILD_BORN, YOUNGEST_IN_FEED) <= AS_OF,
    ),
    rule(
        "CSC-284",
        on="care_leavers",
        fails={"payload": _looked_after_on_birthday, "ssda903": _looked_after_and_left_since},
        when=HAS_DATA,
        reads=("placements",),
    ),
    rule(
        "CSC-233",
        on="care_leavers",
        fails=CONTACTED.is_null(),
        when=ACTIVITY.is_not_null() | ACCOMMODATION.is_not_null(),
    ),
    rule(
        "CSC-282",
        on="care_leavers",
        fails={
            "payload": years_after(CHILD_BORN, 18) > CONTACTED,
            "ssda903": years_after(CHILD_BORN, 18) > PERIOD_START,
        },
        when=ACCOMMODATION == FOYER,
    ),
    rule(
        "CSC-283",
        on="care_leavers",
        fails={"payload": _IS_17, "ssda903": within_period(years_after(OF_CHILD, 17))},
        when=ACCOMMODATION == FORMER_FOSTER_CARER,
    ),
    rule("CSC-358", on="care_leavers", fails=years_after(AS_OF, -1) > CONTACTED),
    rule("CSC-359", on="care_leavers", fails=_differing),
    rule(
        "903-131",
        on="care_leavers",
        fails=IN_TOUCH.is_null() | ~in_code_list("in_touch", "care_leaver_in_touch"),
    ),
    rule(
        "903-344",
        on="care_leavers",
        fails=ACTIVITY.ne_missing(NOT_KNOWN) | _ACCOM.ne_missing(NOT_KNOWN),
        when=IN_TOUCH.is_in((IN_TOUCH_DIED, IN_TOUCH_RETURNED_HOME)),
    ),
    rule(
        "903-345",
        on="care_leavers",
        fails=ACTIVITY.eq_missing(NOT_KNOWN) | _ACCOM.eq_missing(NOT_KNOWN),
        when=IN_TOUCH == IN_TOUCH_YES,
    ),
)
