"""What `adoptions` says of a child: the decisions of PlacedAdoption, the details of AD1, the dates of the feed."""

from collections.abc import Callable

import polars as pl

from quality.rules.fact import VALUE, Fact
from quality.rules.model import Frames
from quality.rules.unread import given

DECIDED = pl.col("placed_adoption_decision_date")
REVERSED = pl.col("decision_reversed_date")
REVERSAL_REASON = pl.col("decision_reversed_reason")
IN_PLACED_ADOPTION = pl.col("in_placed_adoption").fill_null(False)
IN_AD1 = pl.col("in_ad1").fill_null(False)
AD1_ITEMS = (
    *("ad1_decision_date", "matched_date", "foster_carer_adopter"),
    *("adopter_number", "adopter_sex", "adopter_legal_status"),
)
FEED_DATES = ("initial_decision_date", "matched_date", "placed_date")

# A date that could not be read is an item all the same.
_DATED_ITEMS = ("ad1_decision_date", "matched_date")
_ITEMS_GIVEN = [given(name) if name in _DATED_ITEMS else pl.col(name).is_not_null() for name in AD1_ITEMS]
HAS_AD1_ITEM = pl.any_horizontal(_ITEMS_GIVEN)
LACKS_AD1_ITEM = ~pl.all_horizontal(_ITEMS_GIVEN)
DECISION_GIVEN = given("placed_adoption_decision_date")
REVERSAL_GIVEN = given("decision_reversed_date")
# Half a reversal is one too: a date without a reason, or a reason without a date.
_HAS_REVERSAL = REVERSAL_GIVEN | REVERSAL_REASON.is_not_null()
_LACKS_REVERSAL = ~REVERSAL_GIVEN | REVERSAL_REASON.is_null()
_STANDING = IN_PLACED_ADOPTION & ~REVERSAL_GIVEN
_TABLES = ("adoptions",)


def _of(name: str, value: pl.Expr, otherwise: object = None) -> Fact:
    return Fact(name, "child", _aggregate(value), reads=_TABLES, otherwise=otherwise)


def _aggregate(value: pl.Expr) -> Callable[[Frames], pl.LazyFrame]:
    def over_adoptions(frames: Frames) -> pl.LazyFrame:
        return frames["adoptions"].group_by("subject").agg(value.alias(VALUE))

    return over_adoptions


def _whether_table_came(frames: Frames) -> pl.LazyFrame:
    """Of every child, whether PlacedAdoption is among the tables that the source sent."""
    came = frames["adoptions"].group_by("source_id", "as_of").agg(IN_PLACED_ADOPTION.any().alias(VALUE))
    children = frames["children"].select("subject", "source_id", "as_of").unique("subject")
    return children.join(came, on=["source_id", "as_of"])


FACTS = (
    _of("has_adoption_decision", pl.col("initial_decision_date").is_not_null().any(), otherwise=False),
    _of("has_adoption_match", pl.col("matched_date").is_not_null().any(), otherwise=False),
    _of("has_adoption_dates", pl.any_horizontal(pl.col(FEED_DATES).is_not_null()).any(), otherwise=False),
    _of("has_adopter_details", HAS_AD1_ITEM.any(), otherwise=False),
    # null where the child is not in AD1
    _of("lacks_adopter_details", pl.when(IN_AD1.any()).then((IN_AD1 & LACKS_AD1_ITEM).any())),
    _of("placing_decisions", IN_PLACED_ADOPTION.sum().cast(pl.Int64), otherwise=0),
    _of("has_undated_decision", (IN_PLACED_ADOPTION & ~DECISION_GIVEN).any(), otherwise=False),
    _of("first_decision", DECIDED.min()),
    _of("last_decision", DECIDED.max()),
    _of("standing_decisions", _STANDING.sum().cast(pl.Int64), otherwise=0),
    _of("first_standing_decision", DECIDED.filter(_STANDING).min()),
    _of("last_standing_decision", DECIDED.filter(_STANDING).max()),
    _of("has_reversal", _HAS_REVERSAL.any(), otherwise=False),
    _of("has_reversal_date", REVERSAL_GIVEN.any(), otherwise=False),
    _of("lacks_reversal", (IN_PLACED_ADOPTION & _LACKS_REVERSAL).any(), otherwise=False),
    _of("reversed_decisions", DECIDED.filter(_HAS_REVERSAL)),
    _of("last_reversed_decision", DECIDED.filter(_HAS_REVERSAL).max()),
    Fact("placing_decisions_came", "child", _whether_table_came, reads=_TABLES, otherwise=False),
)
