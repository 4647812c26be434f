"""A stream as a whole at the end of each day that is judged: the counts that rules on a submission ask about."""

import polars as pl

from assets.findings.subjects import end_of_day
from assets.warehouse.engine import Warehouse
from quality.rules.model import SUBMISSION, schema_of_frame

_MOMENTS: dict[str, pl.DataType] = {
    "source_id": pl.String(),
    "as_of": pl.Date(),
    "day_start": pl.Datetime("us", "UTC"),
    "day_end": pl.Datetime("us", "UTC"),
}
_KNOWN_AT_END = "held.known_from <= days.day_end and (held.known_to is null or held.known_to > days.day_end)"
_CHILDREN = f"""
    select days.source_id, days.as_of, min(held.la_code) as la_code, count(distinct held.child_key) as children,
        count(distinct case when (held.sex is null or held.sex = 'U') and held.expected_date_of_birth is null
            then held.child_key end) as children_without_sex
    from whole_feed_days as days
    join history.children as held on held.source_id = days.source_id and {_KNOWN_AT_END}
    group by days.source_id, days.as_of
"""
_DISABILITIES = f"""
    select source_id, as_of, count(distinct disability_code) as disability_codes, max(held_of_child) as most_of_a_child
    from (
        select days.source_id, days.as_of, held.disability_code,
            count(*) over (partition by days.source_id, days.as_of, held.child_key) as held_of_child
        from whole_feed_days as days
        join history.disabilities as held on held.source_id = days.source_id and {_KNOWN_AT_END}
        where upper(held.disability_code) <> 'NONE'
    ) as codes
    group by source_id, as_of
"""
_HELD_BEFORE = """
    select days.source_id, days.as_of, count(distinct held.child_key) as children_held_before
    from whole_feed_days as days
    join raw.records as held on held.source_id = days.source_id and held.received_at < days.day_start
    where exists (
        select 1 from raw.purges as deleted
        where deleted.source_id = days.source_id and deleted.submission_day = days.as_of and deleted.level = 'child'
    ) and not held.is_purge_message and not exists (
        select 1 from raw.purges as purges
        where purges.source_id = held.source_id and purges.child_key = held.child_key and purges.level = 'child'
            and purges.received_at >= held.received_at and purges.received_at < days.day_start
    )
    group by days.source_id, days.as_of
"""
_PURGED = """
    select days.source_id, days.as_of, count(distinct purges.child_key) as children_purged
    from whole_feed_days as days
    join raw.purges as purges
        on purges.source_id = days.source_id and purges.submission_day = days.as_of and purges.level = 'child'
    group by days.source_id, days.as_of
"""


def submissions(warehouse: Warehouse) -> pl.DataFrame:
    """One row for each stream and noted day (table judged_days), as the stream stood at the end of the day."""
    days = warehouse.query("select source_id, submission_day as as_of from judged_days order by 1, 2")
    moments = days.with_columns(pl.col("as_of").cast(pl.Date)).with_columns(
        (end_of_day(pl.col("as_of") - pl.duration(days=1)) + pl.duration(microseconds=1)).alias("day_start"),
        end_of_day(pl.col("as_of")).alias("day_end"),
    )
    warehouse.create_temporary("whole_feed_days", _MOMENTS)
    warehouse.insert("whole_feed_days", moments.select(pl.col(name).cast(dtype) for name, dtype in _MOMENTS.items()))
    counted = moments
    for question in (_CHILDREN, _DISABILITIES, _HELD_BEFORE, _PURGED):
        counts = warehouse.query(question).with_columns(pl.col("as_of").cast(pl.Date))
        counted = counted.join(counts, on=["source_id", "as_of"], how="left", maintain_order="left")
    return _shaped(counted.rename({"most_of_a_child": "most_disabilities_of_a_child"}))


def _shaped(counted: pl.DataFrame) -> pl.DataFrame:
    numbered = counted.with_columns(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
        pl.coalesce("la_code", pl.col("source_id").str.head(3)).alias("la_code"),
    )
    return numbered.select(
        (pl.col(name) if name in numbered.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in schema_of_frame(SUBMISSION).items()
    )
