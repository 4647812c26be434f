"""The placement that a child was last in, and those still open, as a whole: what next year's return is held against."""

from collections.abc import Callable

import polars as pl

from quality.rules.fact import VALUE, Fact
from quality.rules.facts.looked_after import IN_TIME, STARTED, of_child
from quality.rules.model import Frames, unread
from quality.rules.unread import given

# Facts of one column each would sort the placements once for every column.
COLUMNS = (
    *("start_date", "end_date", "start_reason", "legal_status", "primary_need", "placement_type"),
    *("placement_provider", "urn", "distance_miles", "placement_la", "placement_is_in_la", unread("end_date")),
)


def _latest(columns: tuple[str, ...]) -> Callable[[Frames], pl.LazyFrame]:
    def of_latest_dated_placement(frames: Frames) -> pl.LazyFrame:
        dated = frames["placements"].filter(STARTED.is_not_null()).sort(IN_TIME)
        latest = dated.unique("subject", keep="last", maintain_order=True)
        return latest.select("subject", pl.struct(columns).alias(VALUE))

    return of_latest_dated_placement


_OPEN_SINCE = STARTED.filter(~given("end_date"))

FACTS = (
    Fact("latest_placement", "child", _latest(COLUMNS), reads=("placements",)),
    of_child("first_open_placement_start", _OPEN_SINCE.min()),
    of_child("last_open_placement_start", _OPEN_SINCE.max()),
)
