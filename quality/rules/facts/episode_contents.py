"""What hangs from a social care episode: how many assessments, enquiries, plans and placements, and how many open."""

from collections.abc import Callable

import polars as pl

from quality.rules.dates import latest_of
from quality.rules.fact import KEY, VALUE, Fact
from quality.rules.model import Frames

NO_FACTOR_FOUND = "21"
# What may not be dated after the closure of its episode.
DATED_BEFORE_CLOSURE = {
    "assessments": ("start_date", "authorisation_date"),
    "s47_enquiries": ("start_date", "icpc_date"),
    "cp_plans": ("end_date",),
    "cin_plans": ("start_date", "end_date"),
}
_OWN_IDS = {
    "assessments": "child_and_family_assessment_id",
    "cin_plans": "child_in_need_plan_id",
    "s47_enquiries": "section_47_assessment_id",
    "cp_plans": "child_protection_plan_id",
    "placements": "child_looked_after_placement_id",
}


def counted(table: str, which: pl.Expr | None = None) -> Callable[[Frames], pl.LazyFrame]:
    """How many rows of the table an episode has, of those on which `which` is true."""

    def of_episode(frames: Frames) -> pl.LazyFrame:
        rows = frames[table] if which is None else frames[table].filter(which)
        return rows.group_by(KEY["episode"]).agg(pl.len().cast(pl.Int64).alias(VALUE))

    return of_episode


def _count(name: str, table: str, which: pl.Expr | None = None) -> Fact:
    return Fact(name, "episode", counted(table, which), reads=(table,), otherwise=0)


def _last_end(name: str, table: str) -> Fact:
    def of_episode(frames: Frames) -> pl.LazyFrame:
        return frames[table].group_by(KEY["episode"]).agg(pl.col("end_date").max().alias(VALUE))

    return Fact(name, "episode", of_episode, reads=(table,))


def _last_activity(frames: Frames) -> pl.LazyFrame:
    dated = [
        frames[table].select(*KEY["episode"], latest_of(columns).alias(VALUE))
        for table, columns in DATED_BEFORE_CLOSURE.items()
    ]
    return pl.concat(dated).group_by(KEY["episode"]).agg(pl.col(VALUE).max())


def _shared_items(frames: Frames) -> pl.LazyFrame:
    """Items whose id is also in another episode of the child."""
    ids = [
        frames[table].select(*KEY["episode"], pl.lit(table).alias("table"), pl.col(own_id).alias("id")).unique()
        for table, own_id in _OWN_IDS.items()
    ]
    shared = pl.concat(ids).filter(pl.len().over("subject", "table", "id") > 1)
    return shared.group_by(KEY["episode"]).agg(pl.len().cast(pl.Int64).alias(VALUE))


_STARTED = pl.col("start_date").is_not_null()
_NO_END = pl.col("end_date").is_null()
# A flag that is not known does not say that no conference was required.
_NOT_REQUIRED = pl.col("icpc_required_flag").eq_missing(False)
_NOT_HELD = pl.col("icpc_date").is_null()
_AUTHORISED = pl.col("authorisation_date").is_not_null()

FACTS = (
    _count("assessments", "assessments"),
    _count("open_assessments", "assessments", ~_AUTHORISED),
    _count("dated_assessments", "assessments", _STARTED | _AUTHORISED),
    _count("times_no_factor_found", "assessment_factors", pl.col("factor") == NO_FACTOR_FOUND),
    _count("enquiries", "s47_enquiries"),
    _count("open_enquiries", "s47_enquiries", _NOT_HELD & ~_NOT_REQUIRED & _NO_END),
    _count("dated_enquiries", "s47_enquiries", _STARTED | ~_NOT_HELD),
    # no conference where one may be required, or one where none is
    _count("enquiries_without_outcome", "s47_enquiries", _NOT_HELD != _NOT_REQUIRED),
    _count("cin_plans", "cin_plans"),
    _count("open_cin_plans", "cin_plans", _STARTED & _NO_END),
    _count("cin_plans_without_end", "cin_plans", _NO_END),
    _count("cp_plans", "cp_plans"),
    _count("open_cp_plans", "cp_plans", _STARTED & _NO_END),
    _count("cp_plans_without_end", "cp_plans", _NO_END),
    _count("placements", "placements"),
    _count("open_placements", "placements", _NO_END),
    _last_end("last_placement_end", "placements"),
    _count("open_workers", "care_workers", _NO_END),
    _last_end("last_worker_end", "care_workers"),
    Fact("last_activity", "episode", _last_activity, reads=tuple(DATED_BEFORE_CLOSURE)),
    Fact("shared_items", "episode", _shared_items, reads=tuple(_OWN_IDS), otherwise=0),
)
