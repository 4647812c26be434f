"""Rules on care workers."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.spells import EPISODE

STARTED = pl.col("start_date")
_INCOMPLETE = pl.col("worker_id").is_null() | STARTED.is_null()
# SSDA903 asks why a worker changed from this day on.
REASON_COLLECTED_FROM = pl.date(2023, 4, 1)
MANY_WORKERS = 15

RULES = (
    rule(
        "CSC-052",
        on="care_workers",
        fails={
            "payload": _INCOMPLETE,
            "ssda903": _INCOMPLETE | ((STARTED >= REASON_COLLECTED_FROM) & pl.col("change_reason").is_null()),
        },
    ),
    rule("CSC-190", on="care_workers", fails=pl.col("end_date") < STARTED),
    rule(
        "CSC-355",
        on="care_workers",
        fails=(pl.len().over(EPISODE) > MANY_WORKERS) | (pl.len().over(*EPISODE, "worker_id", "start_date") > 1),
    ),
)
