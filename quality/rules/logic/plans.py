"""Rules on child in need plans and child protection plans, each by itself and beside each other."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF
from quality.rules.model import Frames, Logic
from quality.rules.spells import failing, pairs, pairs_within, starts_during_other

STARTED = pl.col("start_date")
ENDED = pl.col("end_date")
_DATES = ("start_date", "end_date")


def _overlapping(entity: str) -> Logic:
    def plans_starting_during_another(frames: Frames) -> pl.LazyFrame:
        return failing(pairs_within(frames[entity], _DATES).filter(starts_during_other("end_date")))

    return plans_starting_during_another


def _starting_during_protection(frames: Frames) -> pl.LazyFrame:
    """A plan of need may start on the day that protection ends, not before."""
    together = pairs(frames["cin_plans"], frames["cp_plans"], _DATES)
    return failing(together.filter(starts_during_other("end_date", last_day_counts=False)))


RULES = (
    rule("CSC-151", on="cin_plans", fails=STARTED.is_null() | (STARTED > AS_OF)),
    rule("CSC-165", on="cp_plans", fails=ENDED < STARTED),
    rule("CSC-268", on="cin_plans", fails=_starting_during_protection, when=STARTED.is_not_null(), reads=("cp_plans",)),
    rule("CSC-304", on="cin_plans", fails=_overlapping("cin_plans"), when=STARTED.is_not_null()),
    rule("CSC-306", on="cp_plans", fails=_overlapping("cp_plans"), when=STARTED.is_not_null()),
)
