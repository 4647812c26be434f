"""Rules on a child's home postcode, and on postcodes that are out of use."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF
from quality.rules.facts.postcodes import looks_unknown

_HOME_ENDED = pl.col("home_ended") < AS_OF
_PLACED_AT_ENDED = pl.col("child.placed_at_ended_postcode")

RULES = (
    rule(
        "CSC-108",
        on="children",
        fails={
            "payload": looks_unknown("home_postcode", "home_found"),
            "ssda903": pl.col("child.an_unknown_home_postcode"),  # each of its episodes has one
        },
    ),
    rule("CSC-110", on="children", fails=_HOME_ENDED | _PLACED_AT_ENDED),
    rule(
        "CSC-366",
        on="children",
        fails=(pl.col("home_la") != pl.col("la_code")) & (pl.col("child.placement_rows") == 0),
    ),
)
