"""Rules on an SSDA903 episode beside the provider that Ofsted has under its URN.

A number that Ofsted does not have is the business of 903-1008 alone: the others have nothing to compare then.
"""

import polars as pl

from quality.reference.postcodes import normalised
from quality.rules.catalogue import rule
from quality.rules.model import PROVIDERS, Frames, Logic, Rule
from quality.rules.return_episodes import (
    HAS_NUMBER,
    IN_SHORT_BREAK,
    OTHER_SPLIT,
    PLACEMENT_TYPE,
    POSTCODE,
    PROVIDER,
    SPLIT_IN,
    STARTED,
    UNTIL,
    WITHOUT_URN,
    YEAR,
)
from quality.rules.spells import failing

_CODES, _TYPES, _POSTCODES, _LAS = (pl.col(name) for name in ("codes", "types", "postcodes", "las"))
_DEREGISTERED = pl.col("deregistered")

# In a home of one address the child lives where the provider is; H5 gave way to K3 with the 2024/25 collection.
_AT_THE_PROVIDERS = ("K1", "K2", "R3", "S1")
_AT_ONE_ADDRESS = (
    PLACEMENT_TYPE.is_in(_AT_THE_PROVIDERS)
    | ((PLACEMENT_TYPE == "H5") & (YEAR == 2024))
    | ((PLACEMENT_TYPE == "K3") & (YEAR >= 2025))
)
_LA_NOT_ASKED = (PLACEMENT_TYPE.is_in([*WITHOUT_URN, *OTHER_SPLIT, "K3"]) & (YEAR >= SPLIT_IN)).fill_null(False)
_IN_RETURNING_LA = _LAS.list.contains(pl.col("la_code"))


def _providers(frames: Frames) -> pl.LazyFrame:
    """One row a number: what any of its entries says, and the last day of those that ended if all have."""
    ended = pl.when(_DEREGISTERED.is_not_null().all()).then(_DEREGISTERED.max())
    return (
        frames[PROVIDERS]
        .group_by("urn")
        .agg(
            pl.col("provider_codes").explode().drop_nulls().alias("codes"),
            pl.col("placement_types").explode().drop_nulls().alias("types"),
            normalised(pl.col("postcode")).drop_nulls().alias("postcodes"),
            pl.col("la_code").drop_nulls().alias("las"),
            ended.alias("deregistered"),
        )
    )


def _not_as(said: pl.Expr, listed: pl.Expr) -> pl.Expr:
    """What the episode says is not what is listed; null where nothing is listed."""
    return pl.when(listed.list.len() > 0).then(~listed.list.contains(said).fill_null(False))


def _beside_provider(fails: pl.Expr) -> Logic:
    def episodes_unlike_their_provider(frames: Frames) -> pl.LazyFrame:
        numbered = frames["placements"].filter(HAS_NUMBER)
        return failing(numbered.join(_providers(frames), on="urn", how="inner").filter(fails))

    return episodes_unlike_their_provider


def _unknown(frames: Frames) -> pl.LazyFrame:
    return failing(frames["placements"].filter(HAS_NUMBER).join(frames[PROVIDERS], on="urn", how="anti"))


def _provider_rule(rule_id: str, fails: Logic, when: pl.Expr | None = None) -> Rule:
    asked = HAS_NUMBER if when is None else HAS_NUMBER & when
    logic = _beside_provider(asked & fails) if isinstance(fails, pl.Expr) else fails
    return rule(rule_id, on="placements", fails=logic, when=asked, reads=(PROVIDERS,))


RULES = (
    _provider_rule("903-1008", _unknown),
    _provider_rule("903-219", _not_as(PLACEMENT_TYPE, _TYPES)),
    _provider_rule(
        "903-221",
        _not_as(normalised(POSTCODE), _POSTCODES),
        when=POSTCODE.is_not_null() & ~IN_SHORT_BREAK & _AT_ONE_ADDRESS,
    ),
    _provider_rule("903-224", _not_as(PROVIDER, _CODES)),
    _provider_rule("903-227", STARTED >= _DEREGISTERED),
    _provider_rule("903-228", UNTIL > _DEREGISTERED),
    _provider_rule(
        "903-229",
        (_LAS.list.len() > 0) & (_IN_RETURNING_LA == (PROVIDER == "PR2")),
        when=PROVIDER.is_in(["PR1", "PR2"]) & ~_LA_NOT_ASKED,
    ),
)
