"""Rules on how a placement ended: what an end goes with, and where the child had been."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.facts.looked_after import ADOPTED, DIED
from quality.rules.return_episodes import FOSTERED, PLACED_FOR_ADOPTION, PLACEMENT_TYPE
from quality.rules.unread import given

END_REASON = pl.col("end_reason")
GUARDIANSHIP_TO_FOSTER_CARER = ("E45", "E46")
EPISODE_CLOSED_ON_DEATH = "RC2"

_OPEN = ~given("end_date")
_IS_LAST = pl.col("next.row").is_null()
_CLOSURE_REASON = pl.col("episode.closure_reason")


def _type_not_in(types: tuple[str, ...]) -> pl.Expr:
    """A missing type is not one of them."""
    return ~PLACEMENT_TYPE.is_in(types).fill_null(False)


RULES = (
    rule("CSC-217", on="placements", fails=_OPEN != END_REASON.is_null()),
    rule("CSC-218", on="placements", fails=pl.col("change_reason").is_not_null(), when=_OPEN),
    rule("CSC-222", on="placements", fails=_type_not_in(PLACED_FOR_ADOPTION), when=END_REASON.is_in(ADOPTED)),
    rule("CSC-223", on="placements", fails=_type_not_in(FOSTERED), when=END_REASON.is_in(GUARDIANSHIP_TO_FOSTER_CARER)),
    rule(
        "CSC-276",
        on="placements",
        fails=pl.when(END_REASON == DIED)
        .then(_CLOSURE_REASON != EPISODE_CLOSED_ON_DEATH)
        .when(_IS_LAST & (_CLOSURE_REASON == EPISODE_CLOSED_ON_DEATH))
        .then(END_REASON != DIED),
    ),
)
