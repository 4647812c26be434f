"""Rules on the decisions of PlacedAdoption: whole, in order, and as last year's return had them."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import in_code_list
from quality.rules.dates import PERIOD_START
from quality.rules.facts.adoption_decisions import (
    DECIDED,
    DECISION_GIVEN,
    HAS_AD1_ITEM,
    IN_PLACED_ADOPTION,
    REVERSAL_GIVEN,
    REVERSAL_REASON,
    REVERSED,
)
from quality.rules.model import Frames
from quality.rules.spells import failing

IN_AD1_DECIDED = pl.col("ad1_decision_date")
_LAST_STANDING_BEFORE = pl.col("before.last_standing_decision")


def _decisions(frames: Frames) -> pl.LazyFrame:
    return frames["adoptions"].filter(IN_PLACED_ADOPTION)


def _while_another_stands(frames: Frames) -> pl.LazyFrame:
    """Decisions made before the one that came first was reversed, or though it never was; undated ones come last."""
    in_order = _decisions(frames).sort("subject", DECIDED, "row", nulls_last=True)
    has_one_before = pl.col("subject") == pl.col("subject").shift(1)
    reversed_before = REVERSED.shift(1)
    return failing(in_order.filter(has_one_before & (reversed_before.is_null() | (reversed_before > DECIDED))))


def _never_reversed(frames: Frames) -> pl.LazyFrame:
    """Decisions that another followed, without a reversal; the latest by date may stand."""
    latest_first = _decisions(frames).sort("subject", DECIDED, "row", descending=[False, True, False], nulls_last=True)
    followed = pl.col("subject") == pl.col("subject").shift(1)
    return failing(latest_first.filter(followed & REVERSED.is_null()))


RULES = (
    rule(
        "903-118",
        on="adoptions",
        fails=(REVERSED < PERIOD_START) | (REVERSED < pl.col("child.first_start_not_a_short_break")),
    ),
    rule("903-119", on="adoptions", fails=REVERSAL_GIVEN == REVERSAL_REASON.is_null(), when=IN_PLACED_ADOPTION),
    rule("903-120", on="adoptions", fails=~in_code_list("decision_reversed_reason", "adoption_reversal_reason")),
    rule("903-522", on="adoptions", fails=REVERSED < DECIDED),
    rule(
        "903-523",
        on="adoptions",
        fails=(IN_AD1_DECIDED != pl.col("child.first_decision")) | (IN_AD1_DECIDED != pl.col("child.last_decision")),
    ),
    rule("903-525", on="adoptions", fails=pl.col("child.has_reversal_date"), when=HAS_AD1_ITEM),
    rule(
        "903-559",
        on="adoptions",
        fails=pl.col("before.last_decision").is_null(),
        when=DECIDED < PERIOD_START,
    ),
    rule(
        "903-560",
        on="adoptions",
        fails=DECIDED.ne_missing(pl.col("before.first_standing_decision")) | DECIDED.ne_missing(_LAST_STANDING_BEFORE),
        when=IN_PLACED_ADOPTION & _LAST_STANDING_BEFORE.is_not_null(),
    ),
    rule("903-561", on="adoptions", fails=DECIDED.is_in(pl.col("before.reversed_decisions"))),
    rule(
        "903-563",
        on="adoptions",
        fails=~DECISION_GIVEN,
        when=IN_PLACED_ADOPTION & REVERSAL_GIVEN & REVERSAL_REASON.is_not_null(),
    ),
    rule("903-579", on="adoptions", fails=_while_another_stands, when=IN_PLACED_ADOPTION),
    rule("903-583", on="adoptions", fails=_never_reversed, when=IN_PLACED_ADOPTION),
    rule(
        "903-584",
        on="adoptions",
        fails=DECIDED.is_null() | (DECIDED <= pl.col("before.last_reversed_decision")),
        when=IN_PLACED_ADOPTION & pl.col("before.has_reversal"),
    ),
)
