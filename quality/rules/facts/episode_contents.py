"""What hangs from a social care episode: how many assessments, enquiries, plans and placements, and how many open."""

from collections.abc import Callable

import polars as pl

from quality.rules.fact import KEY, VALUE, Fact
from quality.rules.model import Frames


def counted(table: str, which: pl.Expr | None = None) -> Callable[[Frames], pl.LazyFrame]:
    """How many rows of the table an episode has, of those on which `which` is true."""

    def of_episode(frames: Frames) -> pl.LazyFrame:
        rows = frames[table] if which is None else frames[table].filter(which)
        return rows.group_by(KEY["episode"]).agg(pl.len().cast(pl.Int64).alias(VALUE))

    return of_episode


def _count(name: str, table: str, which: pl.Expr | None = None) -> Fact:
    return Fact(name, "episode", counted(table, which), reads=(table,), otherwise=0)


_NO_END = pl.col("end_date").is_null()

FACTS = (
    _count("assessments", "assessments"),
    _count("open_assessments", "assessments", pl.col("authorisation_date").is_null()),
    _count("enquiries", "s47_enquiries"),
    _count("cin_plans", "cin_plans"),
    _count("open_cin_plans", "cin_plans", pl.col("start_date").is_not_null() & _NO_END),
    _count("cp_plans", "cp_plans"),
    _count("open_cp_plans", "cp_plans", pl.col("start_date").is_not_null() & _NO_END),
    _count("placements", "placements"),
)
