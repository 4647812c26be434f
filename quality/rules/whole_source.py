"""A source as a whole: the counts that rules on a submission ask about, from the frames of everything it holds.

For the feed, whose frames hold only the children that a day touched, the stage that judges gives these counts itself.
"""

from collections.abc import Mapping

import polars as pl

from quality.rules.model import SUBMISSION, schema_of_frame

_GROUP = ["source_id", "as_of"]
NO_DISABILITY = "NONE"


def submissions(frames: Mapping[str, pl.DataFrame], groups: pl.DataFrame) -> pl.DataFrame:
    """One row for each source and as_of in groups (source_id, la_code, as_of), with its counts."""
    counted = groups.lazy()
    for counts in (_children(frames), _disabilities(frames), _plans(frames), _conferences(frames)):
        counted = counted.join(counts, on=_GROUP, how="left")
    counts_of_it = pl.selectors.integer().fill_null(0)
    schema = schema_of_frame(SUBMISSION)
    whole = counted.with_columns(counts_of_it).with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"))
    known = whole.collect_schema().names()
    return whole.select(
        (pl.col(name) if name in known else pl.lit(None)).cast(dtype).alias(name) for name, dtype in schema.items()
    ).collect()


def _children(frames: Mapping[str, pl.DataFrame]) -> pl.LazyFrame:
    without_sex = pl.col("sex").is_null() | (pl.col("sex") == "U")
    born = pl.col("expected_date_of_birth").is_null()
    return (
        frames["children"]
        .lazy()
        .group_by(_GROUP)
        .agg(children=pl.len().cast(pl.Int64), children_without_sex=(without_sex & born).sum().cast(pl.Int64))
    )


def _disabilities(frames: Mapping[str, pl.DataFrame]) -> pl.LazyFrame:
    if "disabilities" not in frames:
        return pl.LazyFrame(schema={"source_id": pl.String, "as_of": pl.Date})
    code = pl.col("disability_code").str.to_uppercase()
    told = frames["disabilities"].lazy().with_columns(code).filter(code != NO_DISABILITY)
    of_child = told.group_by(*_GROUP, "subject").agg(pl.col("disability_code").unique(), held=pl.len())
    return of_child.group_by(_GROUP).agg(
        disability_codes=pl.col("disability_code").explode().n_unique().cast(pl.Int64),
        most_disabilities_of_a_child=pl.col("held").max().cast(pl.Int64),
    )


def _in_period(column: str) -> pl.Expr:
    return pl.col(column).is_between(pl.col("period_start"), pl.col("as_of")).sum().cast(pl.Int64)


def _plans(frames: Mapping[str, pl.DataFrame]) -> pl.LazyFrame:
    if "cp_plans" not in frames:
        return pl.LazyFrame(schema={"source_id": pl.String, "as_of": pl.Date})
    return frames["cp_plans"].lazy().group_by(_GROUP).agg(protection_plans_started=_in_period("start_date"))


def _conferences(frames: Mapping[str, pl.DataFrame]) -> pl.LazyFrame:
    """Conferences in the period, those recorded with an enquiry and those recorded with the episode."""
    if "s47_enquiries" not in frames:
        return pl.LazyFrame(schema={"source_id": pl.String, "as_of": pl.Date})
    dated = [("s47_enquiries", "icpc_date"), ("episodes", "icpc_date_episode_level")]
    held = [
        frames[table].lazy().select(*_GROUP, "period_start", pl.col(column).alias("held")) for table, column in dated
    ]
    return pl.concat(held).group_by(_GROUP).agg(conferences_held=_in_period("held"))
