"""Where both sides hold a row: do its fields say the same? Nothing here decides which rows are the same row."""

from collections.abc import Sequence

import polars as pl

from assets.comparison.wilson import with_share

SCHEMA = {
    "entity": pl.String(),
    "field": pl.String(),
    "n_compared": pl.Int64(),
    "n_agree": pl.Int64(),
    "n_differ": pl.Int64(),
    "n_missing_timely": pl.Int64(),
    "n_missing_return": pl.Int64(),
}
_POSTCODES = ("home_postcode", "placement_postcode")


def field_agreement(
    entity: str, fields: Sequence[str], timely: pl.DataFrame, returned: pl.DataFrame, pairs: pl.DataFrame
) -> pl.DataFrame:
    """One row a field: pairs where both sides hold a value, how many agree, and how often one side holds none."""
    left = timely.select(pl.col("row").alias("timely_row"), *(_comparable(name).alias(f"t.{name}") for name in fields))
    right = returned.select("row", *(_comparable(name).alias(f"r.{name}") for name in fields))
    both = pairs.join(left, on="timely_row").join(right, on="row")
    parts = [both.select(*_counts(entity, name)) for name in fields]
    counted = pl.concat(parts) if parts else pl.DataFrame(schema=SCHEMA)
    return counted.cast(pl.Schema(SCHEMA))


def with_agreement(counted: pl.DataFrame) -> pl.DataFrame:
    """Add agreement = n_agree / n_compared with its interval."""
    return with_share(counted, "n_agree", "n_compared", "agreement")


def _comparable(name: str) -> pl.Expr:
    """Postcodes are compared without spaces and in capitals: the returns do not agree on how to write one."""
    if name in _POSTCODES:
        return pl.col(name).str.replace_all(r"\s", "").str.to_uppercase()
    return pl.col(name)


def _counts(entity: str, name: str) -> list[pl.Expr]:
    left, right = pl.col(f"t.{name}"), pl.col(f"r.{name}")
    compared = left.is_not_null() & right.is_not_null()
    return [
        pl.lit(entity).alias("entity"),
        pl.lit(name).alias("field"),
        compared.sum().alias("n_compared"),
        (left == right).sum().alias("n_agree"),
        (left != right).sum().alias("n_differ"),
        (left.is_null() & right.is_not_null()).sum().alias("n_missing_timely"),
        (left.is_not_null() & right.is_null()).sum().alias("n_missing_return"),
    ]
