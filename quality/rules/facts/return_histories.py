"""What a return says of a child's time missing, and of permanence before this time in care."""

import polars as pl

from quality.rules.fact import VALUE, Fact
from quality.rules.model import Frames
from quality.rules.unread import given

NO_EARLIER_PERMANENCE = "Z1"
_OPTION = pl.col("permanence_option")
_WHERE_AND_WHEN = pl.col("permanence_la").is_not_null() & pl.col("permanence_date").is_not_null()
_COMPLETE = _OPTION.is_not_null() & ((_OPTION == NO_EARLIER_PERMANENCE) | _WHERE_AND_WHEN)


def _open_missing_start(frames: Frames, value: pl.Expr) -> pl.LazyFrame:
    still_missing = frames["missing_episodes"].filter(~given("end_date"))
    return still_missing.group_by("subject").agg(value.alias(VALUE))


def _complete(frames: Frames) -> pl.LazyFrame:
    return frames["previous_permanence"].group_by("subject").agg(_COMPLETE.all().alias(VALUE))


_STARTED = pl.col("start_date")

FACTS = (
    Fact(
        "first_open_missing_start",
        "child",
        lambda frames: _open_missing_start(frames, _STARTED.min()),
        reads=("missing_episodes",),
    ),
    Fact(
        "last_open_missing_start",
        "child",
        lambda frames: _open_missing_start(frames, _STARTED.max()),
        reads=("missing_episodes",),
    ),
    Fact("previous_permanence_is_complete", "child", _complete, reads=("previous_permanence",), otherwise=False),
)
