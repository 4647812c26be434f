"""The same rules on both sources: how often each fails. The rules themselves belong to quality."""

import polars as pl

from assets.comparison.wilson import with_share

OUTCOMES_SCHEMA = {
    "source_id": pl.String(),
    "rule_id": pl.String(),
    "severity": pl.String(),
    "entity": pl.String(),
    "outcome": pl.String(),
    "scope": pl.String(),
    "rows_checked": pl.Int64(),
    "rows_failed": pl.Int64(),
}
JUDGED = ("passed", "failed")  # not applicable and could not run say nothing about the data


def validity(outcomes: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """One row a source and rule: rows_checked, rows_failed and their share.

    outcomes: source_id, rule_id, severity, entity, outcome, scope, rows_checked, rows_failed. Streams are judged on
    the state of the children each day touched, summed over the days; returns once. sources: source_id, source_type,
    la_code, route.
    """
    scope = pl.when(pl.col("source_type") == "timely").then(pl.lit("state")).otherwise(pl.lit("return"))
    judged = (
        outcomes.select("source_id", "rule_id", "severity", "entity", "outcome", "scope", "rows_checked", "rows_failed")
        .join(sources, on="source_id", how="inner")
        .filter((pl.col("scope") == scope) & pl.col("outcome").is_in(JUDGED))
        .group_by("source_id", "source_type", "la_code", "route", "rule_id")
        .agg(
            pl.col("severity").sort().first(),
            pl.col("entity").sort().first(),
            pl.col("rows_checked").sum().cast(pl.Int64),
            pl.col("rows_failed").sum().cast(pl.Int64),
        )
    )
    return with_share(judged, "rows_failed", "rows_checked", "share").sort("source_id", "rule_id")
