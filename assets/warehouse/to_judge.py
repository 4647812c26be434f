"""Which sources and submission days have to be judged again: noted when a load changes them, kept until it is done.

Kept in the warehouse, so that a run that dies between history and findings leaves nothing unjudged. Judging is the
business of assets/findings.
"""

import uuid
from datetime import date

import polars as pl

from assets.warehouse.engine import Warehouse

TABLE = "control.days_to_judge"
SOURCE_DAYS: dict[str, pl.DataType] = {"source_id": pl.String(), "submission_day": pl.Date()}
DAYS_TO_JUDGE: dict[str, pl.DataType] = SOURCE_DAYS | {"note_id": pl.String()}  # one note_id a load

# Days of the load that received anything; every later day of a stream whose past it changed, since rules also ask about
# the stream as a whole and about other children who hold the same number or id; returns it changed.
_NOTE = f"""
    insert into {TABLE} (source_id, submission_day, note_id)
    select distinct source_id, submission_day, ? from (
        select source_id, submission_day from raw.records
        where source_type = 'timely' and submission_day between ? and ?
        union all
        select source_id, submission_day from raw.rejected where submission_day between ? and ?
        union all
        select records.source_id, records.submission_day
        from raw.records as records
        join (
            select source_id, min(from_day) as from_day from control.touched_children group by source_id
        ) as touched on touched.source_id = records.source_id
        where records.source_type = 'timely' and records.submission_day >= touched.from_day
        union all
        select touched.source_id, cast(null as date) from control.touched_children as touched
        join raw.returns as returns on returns.return_id = touched.source_id
    ) as days
"""


def note_days_to_judge(warehouse: Warehouse, first_day: date, last_day: date) -> None:
    """After loading that range, and before history forgets who was touched: note what is to be judged."""
    warehouse.execute(_NOTE, (uuid.uuid4().hex, first_day, last_day, first_day, last_day))


def days_to_judge(warehouse: Warehouse) -> pl.DataFrame:
    """What waits to be judged: source_id, submission_day (null for an annual return), and the note that says so."""
    found = warehouse.query(f"select source_id, submission_day, note_id from {TABLE} order by 1, 2, 3")
    return found.select(pl.col(name).cast(dtype) for name, dtype in DAYS_TO_JUDGE.items())


def forget_judged(warehouse: Warehouse, judged: pl.DataFrame) -> None:
    """Take away the notes that were acted on; what was noted meanwhile stays."""
    notes = judged["note_id"].unique().to_list()
    if notes:
        warehouse.execute(f"delete from {TABLE} where note_id in ({', '.join('?' * len(notes))})", notes)
