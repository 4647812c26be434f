"""Rules on a care leaver's time in care and on the other tables that the child is in, or was."""

import polars as pl

from quality.rules.births import OF_CHILD
from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF, years_after
from quality.rules.facts.looked_after import ADOPTED
from quality.rules.logic.care_leavers import CHILD_BORN, CONTACTED, HAS_DATA, IN_TOUCH, IN_TOUCH_DIED
from quality.rules.unread import given

# Days in care from the 14th and from the 16th birthday on that make a child one whom the LA still owes support.
DAYS_FROM_14 = 91
DAYS_FROM_16 = 1
OLDEST = 20
TO_ANOTHER_LA = "E3"
AGES_OF_BIRTHDAY = (17, 18)
# In Header, or for a child who is not in it in the table of care leavers.
_BORN = pl.coalesce(OF_CHILD, "stated_date_of_birth")


def _too_little_care(history: str) -> pl.Expr:
    held = pl.col(f"child.{history}").struct
    too_few = (held.field("from_14").fill_null(0) < DAYS_FROM_14) | (held.field("from_16").fill_null(0) < DAYS_FROM_16)
    adopted = held.field("end_reason").is_in(ADOPTED).fill_null(False)
    return pl.when(years_after(_BORN, OLDEST) > AS_OF).then(too_few | adopted)


def _left_at(age: int) -> pl.Expr:
    """That old at as_of, and still in care on that birthday or after it."""
    that_old = (years_after(CHILD_BORN, age) <= AS_OF) & (years_after(CHILD_BORN, age + 1) > AS_OF)
    return that_old & (pl.col("child.latest_end_date") >= years_after(CHILD_BORN, age))


_NO_PLACEMENT = pl.col("child.placement_rows") == 0
_OPEN_LAST_YEAR = pl.col("before.last_placement_start_date").is_not_null() & ~given(
    "end_date", "before.last_placement_"
)

RULES = (
    rule("CSC-277", on="care_leavers", fails=pl.col("child.died_in_care"), when=HAS_DATA),
    rule(
        "CSC-278",
        on="care_leavers",
        fails=pl.col("child.last_placement_end_reason").eq_missing(TO_ANOTHER_LA),
        when=HAS_DATA,
    ),
    rule(
        "CSC-279",
        on="care_leavers",
        fails={
            "payload": _too_little_care("care_history"),
            "ssda903": _too_little_care("care_history_of_two_years"),
        },
        when=HAS_DATA,
    ),
    rule(
        "CSC-280",
        on="care_leavers",
        fails={"payload": _NO_PLACEMENT, "ssda903": _NO_PLACEMENT & (pl.col("before.placement_rows") == 0)},
        when=HAS_DATA,
    ),
    rule("CSC-285", on="care_leavers", fails=pl.any_horizontal(map(_left_at, AGES_OF_BIRTHDAY)), when=HAS_DATA),
    rule("CSC-286", on="care_leavers", fails=pl.col("child.first_open_placement_start") <= CONTACTED),
    rule(
        "CSC-287",
        on="care_leavers",
        fails={"payload": pl.col("child.has_adoption_dates"), "ssda903": pl.col("child.has_adopter_details")},
        when=HAS_DATA,
    ),
    rule("903-1010", on="care_leavers", fails=_NO_PLACEMENT & _OPEN_LAST_YEAR),
    rule(
        "903-187",
        on="children",
        fails=pl.col("child.has_leaver_details") | pl.col("child.has_adopter_details"),
        when=pl.col("child.looked_after_all_year"),
    ),
    rule("903-215", on="care_leavers", fails=pl.col("child.has_health_details"), when=HAS_DATA),
    rule(
        "903-348",
        on="care_leavers",
        fails=IN_TOUCH.ne_missing(IN_TOUCH_DIED),
        when=pl.col("before.died_after_care"),
    ),
)
