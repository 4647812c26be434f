"""Rules on orders that deprive a child of liberty."""

import polars as pl

from quality.rules.births import BORN_AS_STATED
from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF, PERIOD_START
from quality.rules.model import BEFORE, Frames, Logic
from quality.rules.periods_of_care import SPELL_OUTSIDE, outside_every_period
from quality.rules.spells import failing, of_one_before, other, pairs

STARTED = pl.col("start_date")
ENDED = pl.col("end_date")
# Children's homes, and the other placements in which an order is expected.
EXPECTED = ("K2", "Z12", "Z13")
# Secure homes, with parents, young offender institutions, supported accommodation.
IMPOSSIBLE = ("K1", "P1", "R5", "K3")
_LAST_YEARS = f"{BEFORE}dolo"

# An open order stands where it began.
_BY_END = (pl.coalesce(ENDED, STARTED), "start_date")


def _outside_care(frames: Frames) -> pl.LazyFrame:
    return outside_every_period(frames, frames["dolo"].filter(STARTED.is_not_null()), SPELL_OUTSIDE)


def _not_carried_over(frames: Frames) -> pl.LazyFrame:
    """Children with an order that last year's return left open, and of whom this one has none with that start."""
    left_open = frames[_LAST_YEARS].filter(ENDED.is_null() & STARTED.is_not_null())
    gone = left_open.join(frames["dolo"], on=["subject", "start_date"], how="anti")
    return failing(frames["children"].join(gone, on="subject", how="semi"))


def _while_placed(unsuitable: pl.Expr) -> Logic:
    """Orders that run on a day of a placement which is unsuitable; both go on for as long as they have no end."""

    def orders_in_such_a_placement(frames: Frames) -> pl.LazyFrame:
        placements = frames["placements"].filter(unsuitable)
        together = pairs(frames["dolo"], placements, ("start_date", "end_date"))
        begun_by_its_end = other("end_date").is_null() | (STARTED <= other("end_date"))
        ended_after_its_start = ENDED.is_null() | (ENDED >= other("start_date"))
        return failing(together.filter(STARTED.is_not_null() & begun_by_its_end & ended_after_its_start))

    return orders_in_such_a_placement


_PLACED = pl.col("placement_type")

RULES = (
    rule("903-700", on="dolo", fails=STARTED.is_null()),
    rule("903-702", on="dolo", fails=ENDED <= STARTED),
    rule("903-703", on="dolo", fails=STARTED > AS_OF),
    rule("903-704", on="dolo", fails=~ENDED.is_between(PERIOD_START, AS_OF)),
    rule(
        "903-705",
        on="dolo",
        fails=of_one_before("end_date", _BY_END).is_null() | (STARTED < of_one_before("end_date", _BY_END)),
        when=of_one_before("row", _BY_END).is_not_null(),
    ),
    rule("903-706", on="children", fails=_not_carried_over, reads=("dolo", _LAST_YEARS)),
    rule("903-707", on="dolo", fails=_outside_care, when=STARTED.is_not_null(), reads=("placements",)),
    rule("903-708", on="dolo", fails=STARTED <= BORN_AS_STATED),
    rule(
        "903-709",
        on="dolo",
        fails=_while_placed(~_PLACED.is_in(EXPECTED)),
        when=STARTED.is_not_null(),
        reads=("placements",),
    ),
    rule(
        "903-710",
        on="dolo",
        fails=_while_placed(_PLACED.is_in(IMPOSSIBLE)),
        when=STARTED.is_not_null(),
        reads=("placements",),
    ),
)
