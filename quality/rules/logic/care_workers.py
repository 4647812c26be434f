"""Rules on care workers. Those that only SSDA903 asks are in return_care_workers.py."""

from collections.abc import Sequence

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF, PERIOD_START, days_after, years_after
from quality.rules.model import Frames
from quality.rules.spells import CHILD, EPISODE, failing, of_one_before
from quality.rules.unread import given

_HAS_END = given("end_date")
WORKER = pl.col("worker_id")
STARTED = pl.col("start_date")
ENDED = pl.col("end_date")
YEAR = AS_OF.dt.year()
_INCOMPLETE = WORKER.is_null() | STARTED.is_null()
# SSDA903 asks why a worker changed from this day on.
REASON_COLLECTED_FROM = pl.date(2023, 4, 1)
FIRST_CONTACT = "FCONTA"
MANY_WORKERS = 15
MANY_EPISODES = 100
# Workers follow each other within so many days.
HANDOVER_DAYS = 7
SHORTEST_ID = 4
SHORTEST_SPELL_DAYS = 3
# First letters of a registration number, and of what stands for one where there is none.
_REGISTERED = WORKER.str.starts_with("SW") | WORKER.str.starts_with("XX")
_TOO_SHORT_AN_ID = (YEAR >= 2026) & (WORKER.str.len_chars() < SHORTEST_ID)

_REPORTED_FROM = pl.when(YEAR >= 2025).then(years_after(PERIOD_START, -1)).otherwise(PERIOD_START)

_IN_TIME = ("start_date", "end_date")
_LATEST_OF_EPISODE = STARTED.max().over(EPISODE)
_EPISODE_OPEN = pl.col("episode.closure_date").is_null() & ~pl.col("episode.referral_no_further_action_flag").fill_null(
    True
)


def _last_has_ended(within: Sequence[str]) -> pl.Expr:
    """On the latest row; of several that start on its day, one that goes on is enough."""
    latest_open = pl.when(~_HAS_END).then(STARTED).max().over(within)
    return (STARTED == STARTED.max().over(within)) & _HAS_END & (latest_open != STARTED).fill_null(True)


def handed_over(previous_end: pl.Expr) -> pl.Expr:
    """Within some days of the end of the worker before."""
    return STARTED.is_between(days_after(previous_end, -HANDOVER_DAYS), days_after(previous_end, HANDOVER_DAYS))


PREVIOUS_ENDED_IN_TIME = of_one_before("end_date", _IN_TIME)
IS_LATER_IN_RETURN = of_one_before("row", _IN_TIME).is_not_null()
_FIRST_CONTACT_COUNTS = (YEAR >= 2025) & pl.col("change_reason").eq_missing(FIRST_CONTACT)


def _with_very_many_episodes(frames: Frames) -> pl.LazyFrame:
    """Open rows of workers who hold more open episodes, in one source, than one person could."""
    worker = ["source_id", "as_of", "worker_id"]
    workers = frames.beside("care_workers", "episode.closure_date", "episode.referral_no_further_action_flag").filter(
        _EPISODE_OPEN & ENDED.is_null() & WORKER.is_not_null()
    )
    held = workers.select(*worker, *EPISODE).unique().group_by(worker).len().filter(pl.col("len") > MANY_EPISODES)
    return failing(workers.join(held, on=worker, how="semi"))


RULES = (
    rule(
        "CSC-052",
        on="care_workers",
        fails={
            "payload": _INCOMPLETE,
            "ssda903": _INCOMPLETE | ((STARTED >= REASON_COLLECTED_FROM) & pl.col("change_reason").is_null()),
        },
    ),
    rule(
        "CSC-111",
        on="care_workers",
        fails={"payload": ~_REGISTERED, "ssda903": WORKER.is_null() | ~_REGISTERED | _TOO_SHORT_AN_ID},
    ),
    rule("CSC-188", on="care_workers", fails=STARTED > AS_OF),
    rule(
        "CSC-189",
        on="care_workers",
        fails={"payload": ENDED > AS_OF, "ssda903": (ENDED < _REPORTED_FROM) | (ENDED > AS_OF)},
    ),
    rule("CSC-190", on="care_workers", fails=ENDED < STARTED),
    rule(
        "CSC-191",
        on="care_workers",
        fails={
            "payload": ENDED == STARTED,
            "ssda903": (ENDED == STARTED) | ((YEAR >= 2026) & (ENDED < days_after(STARTED, SHORTEST_SPELL_DAYS))),
        },
    ),
    rule(
        "CSC-192",
        on="care_workers",
        fails=(ENDED < pl.col("episode.referral_date")) | (STARTED > pl.col("episode.closure_date")),
    ),
    rule(
        "CSC-324",
        on="care_workers",
        fails={
            "payload": ENDED.is_null() & (STARTED < _LATEST_OF_EPISODE),
            "ssda903": ENDED.is_null() & STARTED.is_not_null() & pl.col("next.row").is_not_null(),
        },
    ),
    rule(
        "CSC-325",
        on="care_workers",
        fails={
            "payload": ~handed_over(of_one_before("end_date", _IN_TIME, EPISODE)),
            "ssda903": IS_LATER_IN_RETURN
            & ~_FIRST_CONTACT_COUNTS
            & ~handed_over(PREVIOUS_ENDED_IN_TIME).fill_null(False),
        },
    ),
    rule(
        "CSC-326",
        on="care_workers",
        fails={
            "payload": _EPISODE_OPEN & _last_has_ended(EPISODE),
            "ssda903": pl.col("child.looked_after_at_the_end") & _last_has_ended(CHILD),
        },
    ),
    rule(
        "CSC-355",
        on="care_workers",
        fails=(pl.len().over(EPISODE) > MANY_WORKERS) | (pl.len().over(*EPISODE, "worker_id", "start_date") > 1),
    ),
    rule("CSC-356", on="care_workers", fails=_with_very_many_episodes, reads=("episodes",)),
)
