"""What the social care episodes of a child say together: how many, how many open, whether any went further."""

from collections.abc import Callable

import polars as pl

from quality.rules.fact import VALUE, Fact
from quality.rules.model import Frames

_CLOSED = pl.col("closure_date")
_STOPPED = pl.col("referral_no_further_action_flag")


def _aggregate(value: pl.Expr) -> Callable[[Frames], pl.LazyFrame]:
    def over_episodes(frames: Frames) -> pl.LazyFrame:
        return frames["episodes"].group_by("subject").agg(value.alias(VALUE))

    return over_episodes


def _of_child(name: str, value: pl.Expr, otherwise: object = None) -> Fact:
    return Fact(name, "child", _aggregate(value), reads=("episodes",), otherwise=otherwise)


FACTS = (
    _of_child("referrals", pl.len().cast(pl.Int64), otherwise=0),
    _of_child("open_referrals", _CLOSED.is_null().sum().cast(pl.Int64), otherwise=0),
    _of_child("latest_closure", _CLOSED.max()),
    _of_child("has_referral_taken_further", _STOPPED.eq(False).any(), otherwise=False),
    # a flag that is not known does not say so
    _of_child("every_referral_stopped", _STOPPED.fill_null(False).all(), otherwise=False),
)
