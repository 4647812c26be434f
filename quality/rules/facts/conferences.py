"""When child protection conferences were held, by what they are recorded with: an enquiry or the episode itself."""

import polars as pl

from quality.rules.fact import KEY, VALUE, Fact
from quality.rules.model import Frames

_HELD = pl.col("icpc_date")
_HELD_OUTSIDE = pl.col("icpc_date_episode_level")


def _of_enquiries(frames: Frames) -> pl.LazyFrame:
    """Dates of the episode's conferences; an empty list when none of its enquiries has one, though it may need one."""
    may_need_one = frames["s47_enquiries"].filter(pl.col("icpc_required_flag").ne_missing(False))
    return may_need_one.group_by(KEY["episode"]).agg(_HELD.drop_nulls().alias(VALUE))


def _of_episodes(frames: Frames) -> pl.LazyFrame:
    return frames["episodes"].group_by("subject").agg(_HELD_OUTSIDE.drop_nulls().alias(VALUE))


def _enquiries(frames: Frames) -> pl.LazyFrame:
    return frames["s47_enquiries"].group_by("subject").agg(pl.len().cast(pl.Int64).alias(VALUE))


FACTS = (
    Fact("conferences_of_enquiries", "episode", _of_enquiries, reads=("s47_enquiries",)),
    Fact("conferences_outside_enquiries", "child", _of_episodes, reads=("episodes",)),
    Fact("enquiries", "child", _enquiries, reads=("s47_enquiries",), otherwise=0),
)
