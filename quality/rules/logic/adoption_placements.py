"""Rules on adoption and placements together: placed for adoption, adopted, or left care in another way."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF, cohort_start, within_period
from quality.rules.facts.adopted import FREEING_ORDER, PLACEMENT_ORDER
from quality.rules.facts.adoption_decisions import DECIDED, HAS_AD1_ITEM, REVERSAL_GIVEN
from quality.rules.facts.looked_after import ADOPTED, CONTINUES
from quality.rules.model import Rule
from quality.rules.return_episodes import ENDED, LEGAL_STATUS, PLACED_FOR_ADOPTION, PLACEMENT_TYPE, YEAR
from quality.rules.unread import given

MATCHED = pl.col("matched_date")
PLACED = pl.col("placed_date")
END_REASON = pl.col("end_reason")
CLOSURE_REASON = pl.col("episode.closure_reason")
EPISODE_CLOSED_ON_ADOPTION = "RC1"
FREEING_ORDERS_UNTIL = 2024

_WAS_ADOPTED = END_REASON.is_in(ADOPTED)
_FOR_ADOPTION = PLACEMENT_TYPE.is_in(PLACED_FOR_ADOPTION)
_DECISIONS = pl.col("child.placing_decisions")
_TABLE_CAME = pl.col("child.placing_decisions_came")
_LEFT_NOT_ADOPTED = ~END_REASON.is_in((CONTINUES, *ADOPTED))
_UNDER_ORDER = (LEGAL_STATUS == PLACEMENT_ORDER) | ((LEGAL_STATUS == FREEING_ORDER) & (YEAR <= FREEING_ORDERS_UNTIL))


def _order_without_decision(rule_id: str, order: str) -> Rule:
    """Under this order, the child must have a decision that still stands."""
    reversed_since = ~given("end_date") & pl.col("child.has_reversal")
    return rule(
        rule_id,
        on="placements",
        fails=(_DECISIONS == 0) | reversed_since,
        when=(LEGAL_STATUS == order) & _TABLE_CAME,
    )


RULES = (
    rule("CSC-270", on="adoptions", fails=MATCHED > pl.col("child.first_start_of_adopted")),
    rule("CSC-271", on="adoptions", fails=MATCHED.is_in(pl.col("child.adopted_on"))),
    rule(
        "CSC-272",
        on="placements",
        fails={
            "payload": ~pl.col("child.has_adoption_decision"),
            "ssda903": pl.when(_TABLE_CAME).then((_DECISIONS == 0) | pl.col("child.has_undated_decision")),
        },
        when=_FOR_ADOPTION,
    ),
    rule(
        "CSC-273",
        on="placements",
        fails={
            "payload": pl.when(ENDED.is_between(cohort_start(AS_OF), AS_OF)).then(
                ~(pl.col("child.has_adoption_decision") & pl.col("child.has_adoption_match"))
            ),
            "ssda903": pl.when(within_period(ENDED)).then(pl.col("child.lacks_adopter_details")),
        },
        when=_WAS_ADOPTED,
    ),
    rule(
        "CSC-274",
        on="adoptions",
        fails=~PLACED.is_in(pl.col("child.placed_for_adoption_on")).fill_null(False),
        when=PLACED.is_not_null(),
    ),
    rule("CSC-275", on="placements", fails=CLOSURE_REASON != EPISODE_CLOSED_ON_ADOPTION, when=_WAS_ADOPTED),
    _order_without_decision("903-553", PLACEMENT_ORDER),
    rule("903-554", on="adoptions", fails=DECIDED > pl.col("child.first_placement_order")),
    _order_without_decision("903-555", FREEING_ORDER),
    rule("903-556", on="adoptions", fails=DECIDED > pl.col("child.first_freeing_order")),
    rule(
        "903-557",
        on="placements",
        fails=(_DECISIONS == 0) | pl.col("child.lacks_reversal"),
        when=_LEFT_NOT_ADOPTED & (_FOR_ADOPTION | _UNDER_ORDER) & _TABLE_CAME,
    ),
    rule(
        "903-558",
        on="adoptions",
        fails=(_DECISIONS > 1) & (pl.col("child.standing_decisions") == 0),
        when=REVERSAL_GIVEN & pl.col("child.was_adopted"),
    ),
    rule("903-602", on="adoptions", fails=~pl.col("child.adopted_in_period"), when=HAS_AD1_ITEM),
)
