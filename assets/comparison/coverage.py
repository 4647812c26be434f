"""How much of a return the feed holds, entity by entity."""

import polars as pl

from assets.comparison.wilson import with_share

COUNTS_SCHEMA = {"entity": pl.String(), "n_timely": pl.Int64(), "n_return": pl.Int64(), "n_both": pl.Int64()}


def coverage(counts: pl.DataFrame) -> pl.DataFrame:
    """From n_timely, n_return and n_both of each entity: what only one side holds, and completeness = both / return."""
    derived = counts.with_columns(
        n_timely_only=pl.col("n_timely") - pl.col("n_both"), n_return_only=pl.col("n_return") - pl.col("n_both")
    )
    return with_share(derived, "n_both", "n_return", "completeness")


def counts(entity: str, timely: pl.DataFrame, returned: pl.DataFrame, pairs: pl.DataFrame) -> dict[str, object]:
    """Rows in scope on each side and in both, for one entity."""
    return {"entity": entity, "n_timely": timely.height, "n_return": returned.height, "n_both": pairs.height}
