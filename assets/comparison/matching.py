"""Which row of the feed is which row of the return, within a child: exact natural key, then nearest date, one to one.

Ids play no part: senders' ids change, and the returns have none. Which child is which is decided in linkage.py.
"""

import polars as pl

from assets.comparison.plan import SUBJECTS

PAIR_SCHEMA = {"timely_row": pl.UInt32(), "row": pl.UInt32(), "days_apart": pl.Int32()}
RECORD_SCHEMA = {
    "entity": pl.String(),
    "child_key": pl.String(),
    "timely_child_key": pl.String(),
    "outcome": pl.String(),
    "tier": pl.String(),
    "days_apart": pl.Int32(),
    "timely_date": pl.Date(),
    "return_date": pl.Date(),
}
_SIDES = ("timely_row", "row")


def match_entity(
    entity: str, timely: pl.DataFrame, returned: pl.DataFrame, tolerance_days: int, assessments: pl.DataFrame
) -> pl.DataFrame:
    """Pairs of row numbers (timely_row, row of the return) and the days between their dates.

    assessments: the pairs of the assessments, to which factors are tied; unused for every other entity.
    """
    subject = SUBJECTS[entity]
    by = ["child_key", *subject.by]
    if entity == "assessment_factors":
        by = ["assessment_row", *subject.by]
        timely = (
            timely.rename({"assessment_row": "timely_row"})
            .join(assessments.select("timely_row", assessment_row="row"), on="timely_row", how="inner")
            .drop("timely_row")
        )
    return match_rows(timely, returned, by, subject.date, tolerance_days)


def match_rows(
    timely: pl.DataFrame, returned: pl.DataFrame, by: list[str], date: str | None, tolerance_days: int
) -> pl.DataFrame:
    """One-to-one pairs of rows equal in `by`: equal dates first, then ever farther ones up to the tolerance.

    Both frames hold `row`. Of equally near pairs the one with the earlier feed date is taken, then the earlier return
    date, then the lower row numbers, so that the outcome does not depend on the order of rows given.
    """
    exact = _exact(timely, returned, [*by, date] if date else by)
    if date is None or tolerance_days == 0:
        return exact
    left = timely.select("row", *by, date).join(exact, left_on="row", right_on="timely_row", how="anti")
    right = returned.select("row", *by, date).join(exact, on="row", how="anti")
    near = _nearest(_candidates(left, right, by, date, tolerance_days))
    return pl.concat([exact, near]).sort("timely_row")


def _exact(timely: pl.DataFrame, returned: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    """The nth row of a key on one side goes with the nth on the other."""
    left = timely.sort("row").select(pl.col("row").alias("timely_row"), *key, nth=pl.int_range(pl.len()).over(key))
    right = returned.sort("row").select("row", *key, nth=pl.int_range(pl.len()).over(key))
    pairs = left.join(right, on=[*key, "nth"], how="inner")
    return pairs.select(*_SIDES, days_apart=pl.lit(0)).cast(pl.Schema(PAIR_SCHEMA)).sort("timely_row")


def _candidates(left: pl.DataFrame, right: pl.DataFrame, by: list[str], date: str, tolerance_days: int) -> pl.DataFrame:
    pairs = left.rename({"row": "timely_row", date: "timely_date"}).join(
        right.rename({date: "return_date"}), on=by, how="inner"
    )
    return (
        pairs.with_columns(
            days_apart=(pl.col("timely_date") - pl.col("return_date")).dt.total_days().abs().cast(pl.Int32)
        )
        .filter(pl.col("days_apart") <= tolerance_days)
        .sort("days_apart", "timely_date", "return_date", *_SIDES)
        .with_row_index("order")
    )


def _nearest(candidates: pl.DataFrame) -> pl.DataFrame:
    """Take pairs that are each other's best, leave their rows out, and look again until nothing is left.

    This is the same as going down the sorted list once, but each turn settles all children at a time; the number of
    turns is the longest chain of rows within one child that depend on one another, two or three in practice.
    """
    taken = [candidates.select(*_SIDES, "days_apart").clear()]
    while candidates.height:
        best = candidates.filter(
            (pl.col("order") == pl.col("order").min().over("timely_row"))
            & (pl.col("order") == pl.col("order").min().over("row"))
        )
        taken.append(best.select(*_SIDES, "days_apart"))
        candidates = candidates.join(best, on="timely_row", how="anti").join(best, on="row", how="anti")
    return pl.concat(taken).cast(pl.Schema(PAIR_SCHEMA))


def record_match(
    entity: str, timely: pl.DataFrame, returned: pl.DataFrame, pairs: pl.DataFrame, links: pl.DataFrame
) -> pl.DataFrame:
    """One row for each row in scope of either side: whose it is, whether the other side has it, and on what dates.

    outcome is both, timely_only or return_only; tier says how the child was linked and is null where it was not.
    timely_child_key is given where it is not the return's.
    """
    date = SUBJECTS[entity].date
    when = pl.col(date) if date else pl.lit(None, dtype=pl.Date())
    left = timely.select("child_key", "timely_child_key", timely_row="row", timely_date=when)
    right = returned.select("row", return_key="child_key", return_date=when)
    joined = left.join(pairs, on="timely_row", how="left").join(right, on="row", how="full")
    tiers = links.select("child_key", "tier")
    outcome = (
        pl.when(pl.col("timely_row").is_null())
        .then(pl.lit("return_only"))
        .when(pl.col("row_right").is_null())
        .then(pl.lit("timely_only"))
        .otherwise(pl.lit("both"))
    )
    own_key = pl.when(pl.col("timely_child_key") != pl.col("child_key")).then(pl.col("timely_child_key"))
    return (
        joined.with_columns(outcome.alias("outcome"), own_key.alias("timely_child_key"))
        .with_columns(pl.coalesce("child_key", "return_key").alias("child_key"), entity=pl.lit(entity))
        .join(tiers, on="child_key", how="left")
        .select(
            "entity", "child_key", "timely_child_key", "outcome", "tier", "days_apart", "timely_date", "return_date"
        )
    )
