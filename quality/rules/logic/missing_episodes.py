"""Rules on a child's episodes of being missing, or away from placement without authorisation."""

import polars as pl

from quality.rules.births import BORN_AS_STATED
from quality.rules.catalogue import rule
from quality.rules.code_lists import in_code_list
from quality.rules.dates import AS_OF, PERIOD_START, years_after
from quality.rules.model import Frames
from quality.rules.periods_of_care import SPELL_OUTSIDE, START_OUTSIDE, outside_every_period
from quality.rules.spells import failing, of_one_before, other, pairs
from quality.rules.unread import given

STARTED = pl.col("start_date")
ENDED = pl.col("end_date")
TYPE = pl.col("missing_type")
ADULT = 18
LEFT_FOR_ADULT_SERVICES = "E8"

_HAS_START, _OPEN = given("start_date"), ~given("end_date")
# An open episode stands where it began.
_BY_END = (pl.coalesce(ENDED, STARTED), "start_date")
_OPEN_OR_OVERLAPPING = of_one_before("end_date", _BY_END).is_null() | (STARTED < of_one_before("end_date", _BY_END))
# The child's earliest row, held against every start that last year's return left open.
_EARLIEST = pl.col("previous.row").is_null()
_OPEN_LAST_YEAR = [pl.col("before.first_open_missing_start"), pl.col("before.last_open_missing_start")]
_DATES = ("start_date", "end_date")


def _began_in(placement_end: pl.Expr) -> pl.Expr:
    return (STARTED >= other("start_date")) & (STARTED <= placement_end)


def _open_after_placement_ended(frames: Frames) -> pl.LazyFrame:
    still_missing = frames["missing_episodes"].filter(_OPEN)
    together = pairs(still_missing, frames["placements"], _DATES)
    return failing(together.filter(_began_in(other("end_date"))))


def _outside_care(frames: Frames) -> pl.LazyFrame:
    return outside_every_period(frames, frames["missing_episodes"].filter(STARTED.is_not_null()), SPELL_OUTSIDE)


def _begun_outside_care(frames: Frames) -> pl.LazyFrame:
    return outside_every_period(frames, frames["missing_episodes"], START_OUTSIDE)


def _begun_in_no_placement(frames: Frames) -> pl.LazyFrame:
    """One without a start is in none either; a child who has no placements is not asked about."""
    placed = frames["missing_episodes"].join(frames["placements"], on="subject", how="semi")
    together = pairs(placed, frames["placements"], _DATES)
    inside = together.filter(_began_in(pl.coalesce(other("end_date"), STARTED)))
    return failing(placed.join(inside, on="row", how="anti"))


def _missing_until_adult(frames: Frames) -> pl.LazyFrame:
    """Placements that end, for another reason than adulthood, on the 18th birthday of a child missing until then."""
    missing = frames.beside("missing_episodes", "child.date_of_birth")
    until_adult = missing.filter(ENDED == years_after(BORN_AS_STATED, ADULT))
    ended = frames["placements"].filter(pl.col("end_reason").ne_missing(LEFT_FOR_ADULT_SERVICES))
    return failing(ended.join(until_adult, on=["subject", "end_date"], how="semi"))


RULES = (
    rule("903-1004", on="missing_episodes", fails=STARTED.is_null()),
    rule("903-1006", on="missing_episodes", fails=~in_code_list("missing_type", "missing_type")),
    rule("903-564", on="missing_episodes", fails=~_HAS_START, when=in_code_list("missing_type", "missing_type")),
    rule("903-565", on="missing_episodes", fails=TYPE.is_null(), when=_HAS_START),
    rule("903-566", on="missing_episodes", fails=TYPE.is_null(), when=~_OPEN),
    rule("903-567", on="missing_episodes", fails=ENDED < STARTED),
    rule("903-570", on="missing_episodes", fails=STARTED > AS_OF),
    rule("903-571", on="missing_episodes", fails=~ENDED.is_between(PERIOD_START, AS_OF)),
    rule(
        "903-574",
        on="missing_episodes",
        fails=_OPEN_OR_OVERLAPPING,
        when=of_one_before("row", _BY_END).is_not_null(),
    ),
    rule(
        "903-575",
        on="missing_episodes",
        fails=_open_after_placement_ended,
        when=_OPEN,
        reads=("placements",),
    ),
    rule(
        "903-576",
        on="missing_episodes",
        fails=pl.any_horizontal(STARTED.ne_missing(start) for start in _OPEN_LAST_YEAR),
        when=_EARLIEST & _OPEN_LAST_YEAR[0].is_not_null(),
    ),
    rule("903-577", on="missing_episodes", fails=_outside_care, when=STARTED.is_not_null(), reads=("placements",)),
    rule(
        "903-578", on="missing_episodes", fails=_begun_outside_care, when=STARTED.is_not_null(), reads=("placements",)
    ),
    rule(
        "903-580",
        on="placements",
        fails=_missing_until_adult,
        when=ENDED.is_not_null(),
        reads=("missing_episodes",),
    ),
    rule("903-581", on="missing_episodes", fails=_begun_in_no_placement, reads=("placements",)),
    rule("903-586", on="missing_episodes", fails=STARTED <= BORN_AS_STATED),
)
