"""Rules on care leavers."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import codes, in_code_list
from quality.rules.dates import AS_OF, years_after
from quality.rules.model import Frames
from quality.rules.spells import failing

CONTACTED = pl.col("contact_date")
ACTIVITY = pl.col("activity")
ACCOMMODATION = pl.col("accommodation")
IN_TOUCH = pl.col("in_touch")
CHILD_BORN = pl.col("child.date_of_birth")
YOUNGEST = 17
YOUNGEST_IN_FEED = 16
# Suitable when homeless or in custody: only in older forms of the return.
_NO_LONGER_ACCEPTED = ("S1", "X1")

# The return writes a letter and whether it is suitable as one code.
_ACCOM = pl.concat_str(ACCOMMODATION, pl.col("accommodation_suitable").fill_null(""))
_ACCOM_CODES = [code for code in codes("care_leaver_accommodation_903") if code not in _NO_LONGER_ACCEPTED]
_HAS_DATA = pl.any_horizontal(*(column.is_not_null() for column in (CONTACTED, ACTIVITY, ACCOMMODATION, IN_TOUCH)))
_GIVEN = [column.is_null() for column in (IN_TOUCH, ACTIVITY, ACCOMMODATION)]
_FEED_FIELDS = ("contact_date", "activity", "accommodation")


def _looked_after_on_birthday(frames: Frames) -> pl.LazyFrame:
    """Care leavers of 17 or 18 with a placement that spans their last birthday; one without an end goes on."""
    born = pl.col("date_of_birth")
    birthday = pl.when(years_after(born, 18) <= AS_OF).then(years_after(born, 18)).otherwise(years_after(born, 17))
    aged_17_or_18 = (years_after(born, 17) <= AS_OF) & (years_after(born, 19) > AS_OF)
    birthdays = frames["children"].filter(aged_17_or_18).select("subject", birthday.alias("birthday"))
    spans = (pl.col("start_date") <= pl.col("birthday")) & (
        pl.col("end_date").is_null() | (pl.col("birthday") < pl.col("end_date"))
    )
    looked_after = frames["placements"].join(birthdays, on="subject").filter(spans)
    return failing(frames["care_leavers"].filter(_HAS_DATA).join(looked_after, on="subject", how="semi"))


def _differing(frames: Frames) -> pl.LazyFrame:
    said = frames["care_leavers"].select("subject", *_FEED_FIELDS).unique()
    many = said.group_by("subject").agg(pl.len().alias("versions")).filter(pl.col("versions") > 1)
    return failing(frames["care_leavers"].join(many, on="subject", how="semi"))


RULES = (
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
        when=_HAS_DATA,
        softened=years_after(CHILD_BORN, YOUNGEST_IN_FEED) <= AS_OF,
    ),
    rule(
        "CSC-284",
        on="care_leavers",
        fails=_looked_after_on_birthday,
        when=_HAS_DATA,
        reads=("placements",),
    ),
    rule("CSC-359", on="care_leavers", fails=_differing),
)
