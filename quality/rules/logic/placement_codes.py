"""Rules on the codes of one placement: which there are, and which go together."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import in_code_list, in_code_list_on
from quality.rules.dates import AS_OF
from quality.rules.facts.looked_after import CONTINUES
from quality.rules.return_episodes import (
    ENDED,
    PLACEMENT_TYPE,
    SPLIT_IN,
    START_REASON,
    STARTED,
    TEMPORARY,
    YEAR,
)

END_REASON = pl.col("end_reason")

WITH_CURRENT_CARER_FOR_ADOPTION = ("A3", "A5")
CARER_STAYS = ("S", "T", "U")
CARER_STAYS_SINCE = pl.date(2015, 4, 1)
MOVES_WITHOUT_NEW_CARE = ("P", "B")

INDEPENDENT_LIVING = "P2"
LAST_INDEPENDENT_LIVING = pl.date(2023, 10, 28)
REPLACED_TYPES = ("H5", "Z1")
REPLACED_ON = pl.date(2025, 4, 1)

_STILL_IN_LIST = PLACEMENT_TYPE.is_in((INDEPENDENT_LIVING, *REPLACED_TYPES)) & (YEAR < SPLIT_IN)
_TEMPORARY = PLACEMENT_TYPE.is_in(TEMPORARY)

RULES = (
    rule("CSC-127", on="placements", fails=~in_code_list("start_reason", "placement_start_reason")),
    rule(
        "CSC-128",
        on="placements",
        fails={
            "payload": ~in_code_list_on("placement_type", "placement_type", pl.coalesce(ENDED, AS_OF)),
            # a return has one list for its year, in which a replaced code stays until the collection that drops it
            "ssda903": ~(in_code_list_on("placement_type", "placement_type", AS_OF) | _STILL_IN_LIST),
        },
        softened=in_code_list("placement_type", "placement_type"),  # a code that was, or will be, valid
    ),
    rule("CSC-129", on="placements", fails=~in_code_list("end_reason", "placement_end_reason")),
    rule("CSC-130", on="placements", fails=~in_code_list("change_reason", "placement_change_reason")),
    rule(
        "CSC-219",
        on="placements",
        fails=~START_REASON.is_in(MOVES_WITHOUT_NEW_CARE).fill_null(False),
        when=_TEMPORARY,
    ),
    rule("CSC-220", on="placements", fails=END_REASON != CONTINUES, when=_TEMPORARY),
    rule(
        "CSC-221",
        on="placements",
        fails=~START_REASON.is_in(CARER_STAYS).fill_null(False),
        when=PLACEMENT_TYPE.is_in(WITH_CURRENT_CARER_FOR_ADOPTION) & (STARTED >= CARER_STAYS_SINCE),
    ),
    rule(
        "CSC-224",
        on="placements",
        fails=ENDED.is_null() | (ENDED > LAST_INDEPENDENT_LIVING),
        when=PLACEMENT_TYPE == INDEPENDENT_LIVING,
    ),
    rule(
        "CSC-225",
        on="placements",
        fails=ENDED.is_null() | (ENDED >= REPLACED_ON),
        when=PLACEMENT_TYPE.is_in(REPLACED_TYPES),
    ),
)
