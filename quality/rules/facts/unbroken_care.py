"""The latest unbroken run of a child's placements, by their dates alone: what a feed without legal status can tell."""

from collections.abc import Callable

import polars as pl

from quality.rules.fact import VALUE, Fact
from quality.rules.facts.looked_after import ENDED, STARTED
from quality.rules.model import Frames
from quality.rules.spells import in_runs


def unbroken_care(frames: Frames) -> pl.LazyFrame:
    """One row for each run of placements that follow each other day by day: subject, began, ended (null while open)."""
    runs = in_runs(frames["placements"].filter(STARTED.is_not_null())).group_by("subject", "run")
    ended = pl.when(ENDED.is_not_null().all()).then(ENDED.max())
    return runs.agg(STARTED.min().alias("began"), ended.alias("ended"))


def _latest(column: str) -> Callable[[Frames], pl.LazyFrame]:
    def of_child(frames: Frames) -> pl.LazyFrame:
        return unbroken_care(frames).sort("began").group_by("subject").agg(pl.col(column).last().alias(VALUE))

    return of_child


FACTS = (
    Fact("latest_unbroken_care_start", "child", _latest("began"), reads=("placements",)),
    Fact("latest_unbroken_care_end", "child", _latest("ended"), reads=("placements",)),
)
