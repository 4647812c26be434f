"""The outcomes in the warehouse: one day's in the place of what that day had before."""

from datetime import date

import polars as pl

from assets.warehouse.engine import Warehouse
from quality.expectations.outcomes import OUTCOMES

TABLE = "findings.expectation_outcome"

# run_day: the day as of which the collections were looked at.
SCHEMA: dict[str, pl.DataType] = {"run_day": pl.Date()} | OUTCOMES


def store(warehouse: Warehouse, as_of: date, outcomes: pl.DataFrame) -> int:
    """Keep a day's outcomes; how many there are."""
    dated = outcomes.with_columns(run_day=pl.lit(as_of)).select(list(SCHEMA))
    return warehouse.replace(TABLE, dated, "run_day = ?", (as_of,))


def latest(warehouse: Warehouse) -> pl.DataFrame:
    """The outcomes of the last day that was looked at."""
    if not warehouse.exists(TABLE):
        return pl.DataFrame(schema=SCHEMA)
    found = warehouse.query(f"select * from {TABLE} where run_day = (select max(run_day) from {TABLE})")
    return found.select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())
