"""Rules on how long an SSDA903 child is under one legal status: some may last days or weeks only."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF, PERIOD_START, days_after
from quality.rules.model import Frames, Logic, Rule
from quality.rules.return_episodes import LEGAL_STATUS, STARTED, UNTIL
from quality.rules.spells import failing, in_runs

SINGLE_SHORT_BREAK = "V3"
LONGEST_SHORT_BREAK = 17
MOST_SHORT_BREAKS = 75

_UNDER_ONE_BREAK = LEGAL_STATUS == SINGLE_SHORT_BREAK
_DAYS_IN_YEAR = (pl.min_horizontal(UNTIL, AS_OF) - pl.max_horizontal(STARTED, PERIOD_START)).dt.total_days()
_COUNTS = _UNDER_ONE_BREAK & STARTED.is_not_null() & (_DAYS_IN_YEAR > 0)


def _longer_than(legal_status: str, days: int) -> Logic:
    def episodes_of_long_runs(frames: Frames) -> pl.LazyFrame:
        under = frames["placements"].filter((LEGAL_STATUS == legal_status) & STARTED.is_not_null())
        length = (UNTIL.max() - STARTED.min()).dt.total_days().over("subject", "run")
        return failing(in_runs(under).filter(length > days))

    return episodes_of_long_runs


def _limited(rule_id: str, legal_status: str, days: int) -> Rule:
    asked = (LEGAL_STATUS == legal_status) & STARTED.is_not_null()
    return rule(rule_id, on="placements", fails=_longer_than(legal_status, days), when=asked)


RULES = (
    _limited("903-361", "L1", 3),  # police protection
    _limited("903-362", "L2", 21),  # emergency protection order
    _limited("903-363", "L3", 7),  # child assessment order
    _limited("903-364", "J2", 21),  # detention under PACE
    rule("903-365", on="placements", fails=days_after(STARTED, LONGEST_SHORT_BREAK) < UNTIL, when=_UNDER_ONE_BREAK),
    rule(
        "903-367",
        on="placements",
        fails=pl.when(_COUNTS).then(_DAYS_IN_YEAR).sum().over("subject") > MOST_SHORT_BREAKS,
        when=_COUNTS,
    ),
)
