"""Rules on the codes of one SSDA903 episode: which there are, and which go together."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import codes, in_code_list
from quality.rules.dates import years_after
from quality.rules.model import Rule
from quality.rules.return_episodes import (
    ENDED,
    FOSTERED,
    HAS_NUMBER,
    HOME_POSTCODE,
    IN_SHORT_BREAK,
    LEGAL_STATUS,
    NO_NUMBER,
    OTHER,
    OTHER_SPLIT,
    PLACED_FOR_ADOPTION,
    PLACEMENT_TYPE,
    POSTCODE,
    PROVIDER,
    START_REASON,
    STARTED,
    TEMPORARY,
    URN,
    WITH_PARENTS,
    does_without_urn,
    type_in,
)

FREEING_ORDER = "D1"
LAST_FREEING_ORDER = pl.date(2005, 12, 31)
PLACEMENT_ORDER = "E1"
FIRST_PLACEMENT_ORDER = pl.date(2005, 12, 1)
YOUTH_JUSTICE = ("J1", "J2", "J3")
CRIMINAL_RESPONSIBILITY = 10
# The census of children in need has two more: not stated, and not in need.
NEEDS = [code for code in codes("primary_need") if code not in ("N0", "N9")]

_NO_PROVIDER_SAID = type_in((*TEMPORARY, *OTHER), (*TEMPORARY, *OTHER_SPLIT))
# 2025/26 left T4 out here, while 903-213 still has it.
_NO_PROVIDER_TO_SAY = type_in((*TEMPORARY, *OTHER), ("T0", "T1", "T2", "T3", *OTHER_SPLIT))
_NO_PROVIDER_WANTED = type_in(TEMPORARY, (*TEMPORARY, *OTHER_SPLIT))
_NOT_OF_AN_LA = (WITH_PARENTS, "R2", "R5")
_NOT_OF_OTHER_PUBLIC_BODY = (*PLACED_FOR_ADOPTION, "K1", "K2", WITH_PARENTS, *FOSTERED)


def _never_by(rule_id: str, provider: str, types: tuple[str, ...]) -> Rule:
    return rule(rule_id, on="placements", fails=PLACEMENT_TYPE.is_in(types), when=PROVIDER == provider)


RULES = (
    rule("903-144", on="placements", fails=~in_code_list("legal_status", "legal_status")),
    rule("903-145", on="placements", fails=~pl.col("primary_need").is_in(NEEDS)),
    rule(
        "903-178",
        on="placements",
        fails=~in_code_list("placement_provider", "placement_provider") | _NO_PROVIDER_TO_SAY,
        when=PROVIDER.is_not_null(),
    ),
    rule("903-213", on="placements", fails=PROVIDER.is_not_null(), when=_NO_PROVIDER_WANTED),
    rule("903-214", on="placements", fails=POSTCODE.is_not_null() | URN.is_not_null(), when=IN_SHORT_BREAK),
    rule("903-222", on="placements", fails=does_without_urn(h5_until=2023, p2_until=2024), when=HAS_NUMBER),
    rule(
        "903-242",
        on="placements",
        fails=~PLACEMENT_TYPE.is_in([*PLACED_FOR_ADOPTION, *FOSTERED]).fill_null(False),
        when=URN == NO_NUMBER,
    ),
    rule(
        "903-358",
        on="placements",
        fails=STARTED <= years_after(pl.col("child.date_of_birth"), CRIMINAL_RESPONSIBILITY),
        when=LEGAL_STATUS.is_in(YOUTH_JUSTICE),
    ),
    rule("903-366", on="placements", fails=START_REASON.ne_missing("S"), when=LEGAL_STATUS == "V3"),
    rule("903-378", on="placements", fails=LEGAL_STATUS == "V2", when=PLACEMENT_TYPE == WITH_PARENTS),
    rule("903-382", on="placements", fails=PLACEMENT_TYPE.is_in(TEMPORARY), when=IN_SHORT_BREAK),
    rule("903-384", on="placements", fails=PLACEMENT_TYPE.is_in(["U1", "U4"]), when=IN_SHORT_BREAK),
    rule("903-398", on="placements", fails=HOME_POSTCODE.is_not_null() | POSTCODE.is_not_null(), when=IN_SHORT_BREAK),
    rule(
        "903-408",
        on="placements",
        fails=LEGAL_STATUS.ne_missing(PLACEMENT_ORDER),
        when=PLACEMENT_TYPE.is_in(["A5", "A6"]),
    ),
    rule(
        "903-426",
        on="placements",
        fails=(LEGAL_STATUS == "V3").any().over("subject") & (LEGAL_STATUS == "V4").any().over("subject"),
        when=IN_SHORT_BREAK,
    ),
    rule("903-445", on="placements", fails=STARTED > LAST_FREEING_ORDER, when=LEGAL_STATUS == FREEING_ORDER),
    rule("903-446", on="placements", fails=STARTED < FIRST_PLACEMENT_ORDER, when=LEGAL_STATUS == PLACEMENT_ORDER),
    rule(
        "903-451",
        on="placements",
        fails=ENDED.is_null() & pl.col("end_reason").is_null(),
        when=LEGAL_STATUS == FREEING_ORDER,
    ),
    rule("903-526", on="placements", fails=PROVIDER.is_null(), when=~_NO_PROVIDER_SAID),
    _never_by("903-527", "PR1", _NOT_OF_AN_LA),
    _never_by("903-528", "PR2", _NOT_OF_AN_LA),
    _never_by("903-529", "PR3", _NOT_OF_OTHER_PUBLIC_BODY),
    _never_by("903-530", "PR4", (WITH_PARENTS,)),
    _never_by("903-531", "PR5", (WITH_PARENTS,)),
    rule("903-550", on="placements", fails=PLACEMENT_TYPE.ne_missing(WITH_PARENTS), when=PROVIDER == "PR0"),
)
