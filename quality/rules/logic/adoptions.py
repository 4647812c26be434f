"""Rules on adoption decisions and matches."""

import polars as pl

from quality.rules.catalogue import rule

DECIDED = pl.col("initial_decision_date")
MATCHED = pl.col("matched_date")

RULES = (
    rule(
        "CSC-179",
        on="adoptions",
        fails=DECIDED.is_null() | (DECIDED > MATCHED),
        when=MATCHED.is_not_null(),
        softened=DECIDED.is_null(),
    ),
)
