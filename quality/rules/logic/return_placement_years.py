"""Rules on SSDA903 episodes that go on: from the episode before, and from the return of the year before.

A child's first episode of the year is held against the latest of last year's return. If that was still open, the two
are the same episode, so that nothing of it can have changed.
"""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import PERIOD_START
from quality.rules.model import Rule, unread
from quality.rules.return_episodes import (
    DISTANCE,
    OTHER,
    OTHER_SPLIT,
    PLACE_LOOKED_UP,
    PLACEMENT_TYPE,
    START_REASON,
    STARTED,
    YEAR,
)

# Distances are rounded to a tenth of a mile, and postcodes are moved a little at times.
MOVED_MILES = 0.2
CONTINUES = "X1"

_LATEST_BEFORE = pl.col("before.latest_placement")
_FIRST = pl.col("previous.row").is_null() & STARTED.is_not_null()


def _before(column: str) -> pl.Expr:
    """The column of the child's latest episode in last year's return."""
    return _LATEST_BEFORE.struct.field(column)


_WAS_OPEN = _LATEST_BEFORE.is_not_null() & _before("end_date").is_null()
_END_UNREAD = _before(unread("end_date")).fill_null(False)
_GOES_ON = _FIRST & _WAS_OPEN
_STARTED_ALIKE = (START_REASON == _before("start_reason")).fill_null(False)

_MOVED = (DISTANCE - _before("distance_miles")).abs().round(1) >= MOVED_MILES
_FARTHER_OR_NEARER = _MOVED.fill_null(DISTANCE.is_not_null() & _before("distance_miles").is_null())
# Codes of 'other placements' and of semi-independent living that were replaced from one collection to the next.
_CODE_REPLACED = (
    YEAR.is_in([2024, 2025]) & PLACEMENT_TYPE.eq_missing("K3") & _before("placement_type").eq_missing("H5")
) | (
    (YEAR == 2026)
    & PLACEMENT_TYPE.is_in(OTHER_SPLIT).fill_null(False)
    & _before("placement_type").is_in(OTHER).fill_null(False)
)


def _changed(rule_id: str, column: str, *, unless: pl.Expr | None = None, when: pl.Expr = _GOES_ON) -> Rule:
    differs = pl.col(column).ne_missing(_before(column))
    return rule(rule_id, on="placements", fails=differs if unless is None else differs & ~unless, when=when)


RULES = (
    _changed("903-452", "placement_la", when=_GOES_ON & ~_END_UNREAD & _STARTED_ALIKE & PLACE_LOOKED_UP),
    rule("903-453", on="placements", fails=_FARTHER_OR_NEARER, when=_GOES_ON & _STARTED_ALIKE),
    rule(
        "903-502",
        on="placements",
        fails=(STARTED != pl.col("before.first_open_placement_start"))
        | (STARTED != pl.col("before.last_open_placement_start")),
        when=_FIRST,
    ),
    _changed("903-503A", "start_reason"),
    _changed("903-503B", "legal_status"),
    _changed("903-503C", "primary_need"),
    _changed("903-503D", "placement_type", unless=_CODE_REPLACED),
    _changed("903-503E", "placement_provider"),
    _changed("903-503F", "urn"),
    rule("903-503G", on="placements", fails=_FARTHER_OR_NEARER, when=_GOES_ON),
    _changed("903-503H", "placement_la", when=_GOES_ON & PLACE_LOOKED_UP),
    _changed("903-503J", "placement_is_in_la", when=_GOES_ON & PLACE_LOOKED_UP),
    rule(
        "903-504",
        on="placements",
        fails=pl.col("primary_need").ne_missing(pl.col("previous.primary_need")),
        when=(pl.col("previous.end_reason") == CONTINUES) & (pl.col("previous.end_date") == STARTED),
    ),
    rule(
        "903-562",
        on="placements",
        fails=STARTED.ne_missing(_before("start_date")),
        when=_FIRST & (STARTED < PERIOD_START),
    ),
    rule("903-NoE", on="placements", fails=pl.col("before.placement_rows") == 0, when=STARTED < PERIOD_START),
)
