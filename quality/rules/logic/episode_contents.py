"""Rules on an episode beside what hangs from it: assessments, enquiries, plans."""

from collections.abc import Mapping

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import latest_of
from quality.rules.model import Frames, Logic
from quality.rules.spells import EPISODE, failing

CLOSED = pl.col("closure_date")
NO_FURTHER_ACTION = pl.col("referral_no_further_action_flag")
CLOSED_AFTER_ASSESSMENT = pl.col("closure_reason").is_in(["RC8", "RC9"])

# What may not be dated after the closure of its episode.
_BEFORE_CLOSURE: Mapping[str, tuple[str, ...]] = {
    "assessments": ("start_date", "authorisation_date"),
    "s47_enquiries": ("start_date", "icpc_date"),
    "cp_plans": ("end_date",),
    "cin_plans": ("start_date", "end_date"),
}
_IN_CIN_ALSO: Mapping[str, tuple[str, ...]] = {"episodes": ("icpc_date_episode_level",)}


def _active_after_closure(dated: Mapping[str, tuple[str, ...]]) -> Logic:
    def episodes_with_later_dates(frames: Frames) -> pl.LazyFrame:
        latest = [frames[name].select(*EPISODE, latest_of(columns).alias("latest")) for name, columns in dated.items()]
        last = pl.concat(latest).group_by(EPISODE).agg(pl.col("latest").max())
        return failing(frames["episodes"].join(last, on=EPISODE).filter(CLOSED < pl.col("latest")))

    return episodes_with_later_dates


def _closed_with_open_assessment(frames: Frames) -> pl.LazyFrame:
    still_open = frames["assessments"].filter(pl.col("authorisation_date").is_null())
    return failing(frames["episodes"].filter(CLOSED.is_not_null()).join(still_open, on=EPISODE, how="semi"))


def _no_further_action_with(entity: str) -> Logic:
    def episodes_with_activity(frames: Frames) -> pl.LazyFrame:
        return failing(frames["episodes"].filter(NO_FURTHER_ACTION).join(frames[entity], on=EPISODE, how="semi"))

    return episodes_with_activity


def _closed_after_no_assessment(frames: Frames) -> pl.LazyFrame:
    closed = frames["episodes"].filter(CLOSED_AFTER_ASSESSMENT)
    return failing(closed.join(frames["assessments"], on=EPISODE, how="anti"))


RULES = (
    rule(
        "CSC-250",
        on="episodes",
        fails={
            "payload": _active_after_closure(_BEFORE_CLOSURE),
            "cin": _active_after_closure({**_BEFORE_CLOSURE, **_IN_CIN_ALSO}),
        },
        when=CLOSED.is_not_null(),
        reads=tuple(_BEFORE_CLOSURE),
    ),
    rule(
        "CSC-251",
        on="episodes",
        fails=_closed_with_open_assessment,
        when=CLOSED.is_not_null(),
        reads=("assessments",),
    ),
    rule(
        "CSC-257", on="episodes", fails=_no_further_action_with("cp_plans"), when=NO_FURTHER_ACTION, reads=("cp_plans",)
    ),
    rule(
        "CSC-261",
        on="episodes",
        fails=_closed_after_no_assessment,
        when=CLOSED_AFTER_ASSESSMENT,
        reads=("assessments",),
    ),
)
