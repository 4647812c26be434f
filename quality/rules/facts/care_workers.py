"""What the care workers of a child say as a whole."""

import polars as pl

from quality.rules.fact import VALUE, Fact
from quality.rules.model import Frames

STARTED = pl.col("start_date")
_WORKERS = ("care_workers",)
_MUST_SAY = ("worker_id", "start_date", "change_reason")


def _starts(frames: Frames, value: pl.Expr) -> pl.LazyFrame:
    return frames["care_workers"].group_by("subject").agg(value.alias(VALUE))


def _latest(frames: Frames) -> pl.LazyFrame:
    """The latest row by start date; one without a start date comes first."""
    workers = frames["care_workers"].sort("start_date", "row", nulls_last=False)
    latest = workers.unique("subject", keep="last", maintain_order=True)
    return latest.select("subject", pl.struct(*_MUST_SAY, "end_date").alias(VALUE))


FACTS = (
    Fact("first_worker_start", "child", lambda frames: _starts(frames, STARTED.min()), reads=_WORKERS),
    Fact("last_worker_start", "child", lambda frames: _starts(frames, STARTED.max()), reads=_WORKERS),
    Fact(
        "workers_are_complete",
        "child",
        lambda frames: _starts(frames, pl.all_horizontal(pl.col(_MUST_SAY).is_not_null()).all()),
        reads=_WORKERS,
        otherwise=False,
    ),
    Fact("latest_worker", "child", _latest, reads=_WORKERS),
)
