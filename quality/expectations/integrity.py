"""Referential integrity: rows of the warehouse that speak of another row find it. What dbt tests ask is not asked here.

How the relations are counted is the business of the queries in assets/expectations.
"""

import polars as pl

from quality.expectations.model import ABOUT, LA, REASON, SOURCE, Between, Suite

COLLECTION = "integrity"


def suite() -> Suite:
    """The suite on frames made by `integrity`."""
    return Suite(
        COLLECTION,
        "Rows of the warehouse that speak of another row",
        (
            Between(
                "every_row_finds_what_it_speaks_of",
                "No row speaks of an episode, assessment, plan, child or sender that the warehouse does not hold",
                measure="rows_without",
                minimum=0,
                maximum=0,
            ),
        ),
        nothing="the warehouse holds no rows",
    )


def integrity(counts: pl.DataFrame) -> pl.DataFrame:
    """Rows without what they speak of. counts: source_id, la_code, relation, rows_without; one row each relation."""
    return counts.select(
        SOURCE,
        LA,
        pl.col("relation").alias(ABOUT),
        pl.col("rows_without").cast(pl.Float64),
        pl.lit(None, pl.String).alias(REASON),
    ).sort(SOURCE, ABOUT)
