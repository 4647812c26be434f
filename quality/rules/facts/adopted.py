"""What a child's placements say of an adoption: placed for it, adopted, or left care in another way."""

import polars as pl

from quality.rules.dates import within_period
from quality.rules.fact import VALUE, Fact
from quality.rules.facts.looked_after import ADOPTED, CONTINUES, ENDED, SHORT_BREAK, STARTED, of_child
from quality.rules.model import Frames
from quality.rules.return_episodes import LEGAL_STATUS, PLACED_FOR_ADOPTION, PLACEMENT_TYPE

PLACEMENT_ORDER = "E1"
FREEING_ORDER = "D1"
# Adopted in a contested case or not; E1 is a code of earlier years.
_ADOPTED_EVER = ("E1", *ADOPTED)
_PLACED_WITH_CARER = ("A2", "A3", "A5")
_PLACED_WITH_OTHERS = ("A1", "A4", "A6")

_END_REASON = pl.col("end_reason")
_WAS_ADOPTED = _END_REASON.is_in(ADOPTED).fill_null(False)
_WAS_ADOPTED_EVER = _END_REASON.is_in(_ADOPTED_EVER).fill_null(False)
_FOR_ADOPTION = PLACEMENT_TYPE.is_in(PLACED_FOR_ADOPTION).fill_null(False)


def _end_of_latest_care(frames: Frames) -> pl.LazyFrame:
    """The end of the latest placement that did not simply go on in another; null while it lasts."""
    left_or_lasts = STARTED.is_not_null() & _END_REASON.ne_missing(CONTINUES)
    latest_first = frames["placements"].filter(left_or_lasts).sort(STARTED, "row", descending=[True, False])
    return latest_first.group_by("subject").agg(ENDED.first().alias(VALUE))


FACTS = (
    of_child("first_placed_for_adoption", STARTED.filter(_FOR_ADOPTION).min()),
    of_child("placed_for_adoption_on", STARTED.filter(_FOR_ADOPTION)),
    of_child("first_start_of_adopted", STARTED.filter(_WAS_ADOPTED).min()),
    of_child("adopted_on", ENDED.filter(_WAS_ADOPTED)),
    of_child("adopted_in_period", (_WAS_ADOPTED & within_period(ENDED)).any(), otherwise=False),
    of_child(
        "adopted_from_carer",
        (_WAS_ADOPTED_EVER & PLACEMENT_TYPE.is_in(_PLACED_WITH_CARER)).any(),
        otherwise=False,
    ),
    of_child(
        "adopted_from_others",
        (_WAS_ADOPTED_EVER & PLACEMENT_TYPE.is_in(_PLACED_WITH_OTHERS)).any(),
        otherwise=False,
    ),
    of_child("first_placement_order", STARTED.filter(LEGAL_STATUS == PLACEMENT_ORDER).min()),
    of_child("first_freeing_order", STARTED.filter(LEGAL_STATUS == FREEING_ORDER).min()),
    of_child("first_start_not_a_short_break", STARTED.filter(~SHORT_BREAK).min()),
    Fact("end_of_latest_care", "child", _end_of_latest_care, reads=("placements",)),
)
