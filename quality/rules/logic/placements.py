"""Rules on placements."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import in_code_list, in_code_list_on
from quality.rules.dates import AS_OF, years_after

STARTED = pl.col("start_date")
ENDED = pl.col("end_date")
TYPE = "placement_type"
CHILDRENS_HOME = "K2"
SINGLE_PERIOD_ACCOMMODATED = "V2"
ADULT = 18

_PAST_18 = ENDED.is_null() & (years_after(pl.col("child.date_of_birth"), ADULT) < AS_OF)
_IN_CHILDRENS_HOME = pl.col(TYPE).eq_missing(CHILDRENS_HOME)

RULES = (
    rule("CSC-127", on="placements", fails=~in_code_list("start_reason", "placement_start_reason")),
    rule(
        "CSC-128",
        on="placements",
        fails=~in_code_list_on(TYPE, "placement_type", pl.coalesce(ENDED, AS_OF)),
        softened=in_code_list(TYPE, "placement_type"),  # a code that was, or will be, valid
    ),
    rule("CSC-129", on="placements", fails=~in_code_list("end_reason", "placement_end_reason")),
    rule("CSC-170", on="placements", fails=STARTED > AS_OF),
    rule("CSC-172", on="placements", fails=ENDED < STARTED),
    rule("CSC-217", on="placements", fails=ENDED.is_null() != pl.col("end_reason").is_null()),
    rule(
        "CSC-246",
        on="placements",
        fails={
            "payload": _PAST_18 & ~_IN_CHILDRENS_HOME,
            "ssda903": _PAST_18 & ~(_IN_CHILDRENS_HOME & pl.col("legal_status").eq_missing(SINGLE_PERIOD_ACCOMMODATED)),
        },
    ),
    rule("CSC-308", on="placements", fails=STARTED < pl.col("previous.end_date")),
)
