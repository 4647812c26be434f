"""Who is judged, and as known when: the children whose content a submission day changed.

Which days have to be judged is noted by the warehouse when it loads them; how they are judged is in judge.py.
"""

from collections.abc import Iterator

import polars as pl

from assets.warehouse.engine import Warehouse
from assets.warehouse.to_judge import SOURCE_DAYS

LONDON = "Europe/London"

# A record counts when its content is not that of the child's record before it.
_CHANGED = """
    with sent as (
        select distinct records.source_id, records.child_key
        from raw.records as records
        join judged_days as days
            on days.source_id = records.source_id and days.submission_day = records.submission_day
        where records.source_type = 'timely'
    ),
    in_order as (
        select
            records.source_id, records.child_key, records.submission_day, records.content_hash,
            lag(records.content_hash) over (
                partition by records.source_id, records.child_key
                order by records.received_at, records.batch_id, records.batch_index
            ) as content_before
        from raw.records as records
        join sent on sent.source_id = records.source_id and sent.child_key = records.child_key
    )
    select distinct in_order.source_id, in_order.child_key, in_order.submission_day as as_of
    from in_order
    join judged_days as days
        on days.source_id = in_order.source_id and days.submission_day = in_order.submission_day
    where in_order.content_hash is distinct from in_order.content_before
    order by in_order.source_id, as_of, in_order.child_key
"""

_SIZES = """
    select days.source_id, days.submission_day, count(records.source_id) as records
    from judged_days as days
    left join raw.records as records
        on records.source_id = days.source_id and records.submission_day = days.submission_day
    group by days.source_id, days.submission_day
    order by days.submission_day, days.source_id
"""


def note_days(warehouse: Warehouse, source_days: pl.DataFrame) -> None:
    """Put the days to be judged where SQL can join them: temporary table `judged_days`."""
    days = source_days.select(list(SOURCE_DAYS)).unique()
    warehouse.create_temporary("judged_days", dict(SOURCE_DAYS))
    warehouse.insert("judged_days", days)


def days_in_chunks(warehouse: Warehouse, source_days: pl.DataFrame, records: int) -> Iterator[pl.DataFrame]:
    """The days, as many sources and days at a time as hold so many records; one source's day is never cut."""
    note_days(warehouse, source_days)
    sizes = warehouse.query(_SIZES).with_columns(pl.col("submission_day").cast(pl.Date))
    before = pl.col("records").cast(pl.Int64).cum_sum().shift(fill_value=0)
    for _, chunk in sizes.group_by((before // records).alias("chunk"), maintain_order=True):
        yield chunk.select(list(SOURCE_DAYS))


def changed_children(warehouse: Warehouse) -> pl.DataFrame:
    """The children whose content changed on each of the noted days: source_id, child_key, as_of."""
    return warehouse.query(_CHANGED).with_columns(pl.col("as_of").cast(pl.Date))


def end_of_day(day: pl.Expr) -> pl.Expr:
    """The last moment of a London day, in UTC."""
    midnight = (day + pl.duration(days=1)).cast(pl.Datetime("us")).dt.replace_time_zone(LONDON)
    return midnight.dt.convert_time_zone("UTC") - pl.duration(microseconds=1)


def london_day(moment: pl.Expr) -> pl.Expr:
    """The London date of a moment."""
    return moment.dt.convert_time_zone(LONDON).dt.date()


def as_subjects(children: pl.DataFrame) -> pl.DataFrame:
    """Children of a source at a day, as the warehouse's state wants them: numbered, known at the end of that day."""
    return children.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("subject"),
        "source_id",
        "child_key",
        "as_of",
        pl.lit(None, dtype=pl.Date).alias("period_start"),
        end_of_day(pl.col("as_of")).alias("known_at"),
    )


def in_chunks(children: pl.DataFrame, size: int) -> Iterator[pl.DataFrame]:
    """Subjects, so many at a time, so that memory does not grow with the number of days."""
    for start in range(0, children.height, size):
        yield as_subjects(children.slice(start, size))
