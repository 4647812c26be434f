"""Rules on what changes from one placement of a child to the next, beside the reasons given for the change."""

import polars as pl

from quality.reference.postcodes import normalised
from quality.rules.catalogue import rule
from quality.rules.facts.looked_after import CONTINUES
from quality.rules.return_episodes import (
    FOSTERED,
    LEGAL_STATUS,
    PLACED_FOR_ADOPTION,
    PLACEMENT_TYPE,
    POSTCODE,
    PROVIDER,
    START_REASON,
    TEMPORARY,
    URN,
    YEAR,
)

CHANGE_REASON = pl.col("change_reason")
END_REASON = pl.col("end_reason")
HAS_PREVIOUS = pl.col("previous.row").is_not_null()

WITH_CURRENT_CARER_FOR_ADOPTION = ("A3", "A5")
BACK_IN_PLACEMENT = "P"
MOVED = ("P", "B", "T", "U")
LEGAL_STATUS_ALONE = "L"
PLACEMENT_ALONE = ("P", "T")
LEGAL_STATUS_AND_PLACEMENT = ("U", "B")
# The collection year since which the postcode must be the same after a temporary move.
POSTCODE_ASKED_SINCE = 2026


def _previous(column: str) -> pl.Expr:
    return pl.col(f"previous.{column}")


def _temporary(placement_type: pl.Expr) -> pl.Expr:
    return placement_type.is_in(TEMPORARY).fill_null(False)


_POSTCODES = normalised(POSTCODE), normalised(_previous("placement_postcode"))
# What a placement is, beside what the one before was: in a feed type and postcode, in a return the provider as well.
_IN_FEED = ((PLACEMENT_TYPE, _previous("placement_type")), _POSTCODES)
_IN_RETURN = (*_IN_FEED, (URN, _previous("urn")), (PROVIDER, _previous("placement_provider")))
_SAME_IN_FEED = pl.all_horizontal(now == then for now, then in _IN_FEED)
_PREVIOUS_STATUS = _previous("legal_status")

_TWO_BEFORE = pl.col("previous_2.placement_type")
_OTHER_TYPE = PLACEMENT_TYPE != _TWO_BEFORE
_OTHER_POSTCODE = normalised(POSTCODE) != normalised(pl.col("previous_2.placement_postcode"))

RULES = (
    rule(
        "CSC-315",
        on="placements",
        fails=~_previous("placement_type").is_in((*PLACED_FOR_ADOPTION, *FOSTERED)).fill_null(False),
        when=HAS_PREVIOUS & PLACEMENT_TYPE.is_in(WITH_CURRENT_CARER_FOR_ADOPTION),
    ),
    rule(
        "CSC-316",
        on="placements",
        fails={
            "payload": _OTHER_TYPE | _OTHER_POSTCODE,
            "ssda903": START_REASON.ne_missing(BACK_IN_PLACEMENT)
            | _OTHER_TYPE.fill_null(True)
            | ((YEAR >= POSTCODE_ASKED_SINCE) & _OTHER_POSTCODE.fill_null(True)),
        },
        when=_temporary(_previous("placement_type")) & pl.col("previous_2.row").is_not_null(),
    ),
    rule(
        "CSC-318",
        on="placements",
        fails=CHANGE_REASON.is_null(),
        when=(END_REASON == CONTINUES)
        & ~_temporary(PLACEMENT_TYPE)
        & pl.col("next.start_reason").is_in(MOVED)
        & ~_temporary(pl.col("next.placement_type")),
    ),
    rule(
        "CSC-319",
        on="placements",
        fails=CHANGE_REASON.is_not_null() | _previous("change_reason").is_not_null(),
        when=_temporary(PLACEMENT_TYPE),
    ),
    rule(
        "CSC-320",
        on="placements",
        fails={
            "payload": pl.any_horizontal(now != then for now, then in _IN_FEED),
            "ssda903": pl.any_horizontal(now.ne_missing(then) for now, then in _IN_RETURN)
            | (LEGAL_STATUS == _PREVIOUS_STATUS).fill_null(False),
        },
        when=HAS_PREVIOUS & (START_REASON == LEGAL_STATUS_ALONE),
    ),
    rule(
        "CSC-321",
        on="placements",
        fails={
            "payload": _SAME_IN_FEED,
            "ssda903": pl.all_horizontal((now == then).fill_null(False) for now, then in _IN_RETURN)
            | (LEGAL_STATUS != _PREVIOUS_STATUS).fill_null(True),
        },
        when=HAS_PREVIOUS & START_REASON.is_in(PLACEMENT_ALONE),
    ),
    rule(
        "CSC-322",
        on="placements",
        fails={
            "payload": _SAME_IN_FEED,
            "ssda903": pl.all_horizontal(now.eq_missing(then) for now, then in _IN_RETURN)
            | LEGAL_STATUS.eq_missing(_PREVIOUS_STATUS),
        },
        when=HAS_PREVIOUS & START_REASON.is_in(LEGAL_STATUS_AND_PLACEMENT),
    ),
)
