"""Rules on the dates of one placement: their order, and how long it lasts."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF, days_after
from quality.rules.model import Rule
from quality.rules.return_episodes import ENDED, PLACEMENT_TYPE, STARTED, UNTIL

CHILDREN_ACT_IN_FORCE = pl.date(1991, 10, 14)
HOSPITAL, CARER_ON_HOLIDAY, OTHER_TEMPORARY = "T1", "T3", "T4"
HOSPITAL_DAYS, HOLIDAY_DAYS, OTHER_TEMPORARY_DAYS = 42, 21, 7

_OPEN = ENDED.is_null()
_FIRST_OF_CHILD = pl.col("previous.row").is_null()


def _lasts_at_most(rule_id: str, placement_type: str, days: int) -> Rule:
    """An open one is counted up to as_of; in a feed, where its end may only be late, that is a warning."""
    too_long = days_after(STARTED, days) < UNTIL
    return rule(rule_id, on="placements", fails=too_long, when=PLACEMENT_TYPE == placement_type, softened=_OPEN)


RULES = (
    rule("CSC-169", on="placements", fails=STARTED < pl.col("child.date_of_birth"), when=_FIRST_OF_CHILD),
    rule("CSC-170", on="placements", fails=STARTED > AS_OF),
    rule("CSC-171", on="placements", fails=ENDED > AS_OF),
    rule("CSC-172", on="placements", fails=ENDED < STARTED),
    rule("CSC-173", on="placements", fails=ENDED == STARTED),
    rule("CSC-174", on="placements", fails=STARTED < CHILDREN_ACT_IN_FORCE),
    rule("CSC-175", on="placements", fails=STARTED.is_null()),
    _lasts_at_most("CSC-226", HOSPITAL, HOSPITAL_DAYS),
    _lasts_at_most("CSC-227", CARER_ON_HOLIDAY, HOLIDAY_DAYS),
    _lasts_at_most("CSC-228", OTHER_TEMPORARY, OTHER_TEMPORARY_DAYS),
    rule(
        "CSC-293",
        on="placements",
        fails=(STARTED < pl.col("episode.referral_date")) | (STARTED > pl.col("episode.closure_date")).fill_null(False),
    ),
)
