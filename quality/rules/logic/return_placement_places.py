"""Rules on where an SSDA903 episode takes place: its LA, and how far it is from home."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import PERIOD_START
from quality.rules.return_episodes import (
    DISTANCE,
    ENDED,
    FOSTERED,
    HAS_NUMBER,
    HOME_LOOKED_UP,
    IN_SHORT_BREAK,
    LA_OF_PLACEMENT,
    LEGAL_STATUS,
    NO_NUMBER,
    PLACE_LOOKED_UP,
    PLACED_FOR_ADOPTION,
    PLACEMENT_TYPE,
    PROVIDER,
    SPLIT_IN,
    URN,
    YEAR,
    does_without_urn,
)

FARTHEST = 999.9
# From this day on, semi-independent living has to be registered.
REGISTERED_FROM = pl.date(2023, 10, 29)
NORTHERN_IRELAND = "NIR"

_IN_LA = pl.col("placement_is_in_la")
_IN_ENGLAND = pl.col("placement_in_england")
_WAS_UASC = pl.col("child.was_uasc_this_year_or_last")
_OWN_CARERS = (*PLACED_FOR_ADOPTION, *FOSTERED)
_NOT_WITH_OWN_CARERS = ~PLACEMENT_TYPE.is_in(_OWN_CARERS) & ~((PLACEMENT_TYPE == "K3") & (YEAR >= SPLIT_IN))
_NOT_MEASURABLE = (LA_OF_PLACEMENT == NORTHERN_IRELAND) != (pl.col("home_la") == NORTHERN_IRELAND)
_MEASURED = PLACE_LOOKED_UP & HOME_LOOKED_UP & ~_NOT_MEASURABLE.fill_null(False)
_GOES_ON_IN_YEAR = ENDED.is_null() | (ENDED >= PERIOD_START)

_OUTSIDE_ENGLAND = ("CON", "NIR", "SCO", "WAL", "NUK")

RULES = (
    rule(
        "903-1015",
        on="placements",
        fails=~_IN_LA.fill_null(False),
        when=(PROVIDER == "PR1")
        & _NOT_WITH_OWN_CARERS
        & LEGAL_STATUS.is_not_null()
        & ~IN_SHORT_BREAK
        & PLACE_LOOKED_UP,
    ),
    rule("903-164", on="placements", fails=~DISTANCE.is_between(0, FARTHEST), when=~_WAS_UASC),
    rule("903-169", on="placements", fails=LA_OF_PLACEMENT.is_null(), when=~IN_SHORT_BREAK & PLACE_LOOKED_UP),
    rule("903-179", on="placements", fails=_IN_LA.is_null(), when=~IN_SHORT_BREAK & PLACE_LOOKED_UP),
    rule(
        "903-218",
        on="placements",
        # since 2025/26 a place that is not known counts as one in England
        fails=URN.is_null() & _IN_ENGLAND.fill_null(YEAR >= SPLIT_IN),
        when=_GOES_ON_IN_YEAR & ~does_without_urn(h5_until=2024, p2_until=2024) & PLACE_LOOKED_UP,
    ),
    rule(
        "903-230",
        on="placements",
        fails=URN.is_null() | (URN == NO_NUMBER),
        when=(PLACEMENT_TYPE == "H5") & _IN_ENGLAND & (ENDED.is_null() | (ENDED >= REGISTERED_FROM)),
    ),
    rule(
        "903-241",
        on="placements",
        fails=LA_OF_PLACEMENT.ne_missing(pl.col("la_code")),
        when=(PLACEMENT_TYPE == "K3") & HAS_NUMBER & PLACE_LOOKED_UP,
    ),
    rule("903-243", on="placements", fails=LA_OF_PLACEMENT.is_in(_OUTSIDE_ENGLAND), when=URN.is_not_null()),
    rule("903-392a", on="placements", fails=DISTANCE.is_null(), when=~_WAS_UASC & ~IN_SHORT_BREAK & _MEASURED),
    rule("903-406", on="placements", fails=DISTANCE.is_not_null(), when=_WAS_UASC & PLACE_LOOKED_UP & HOME_LOOKED_UP),
    rule("903-411", on="placements", fails=LA_OF_PLACEMENT.ne_missing(pl.col("la_code")), when=_IN_LA),
    rule("903-420", on="placements", fails=LA_OF_PLACEMENT.is_not_null(), when=IN_SHORT_BREAK & PLACE_LOOKED_UP),
)
