"""Rules on an episode beside what hangs from it: assessments, enquiries, plans, placements and workers."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF, working_days_before

CLOSED = pl.col("closure_date")
NO_FURTHER_ACTION = pl.col("referral_no_further_action_flag")
CLOSED_AFTER_ASSESSMENT = pl.col("closure_reason").is_in(["RC8", "RC9"])
# The census may hold a conference beside the episode, without an enquiry.
CONFERENCE = pl.col("icpc_date_episode_level")
# An assessment, which is the least that follows a referral, has 45 working days.
LONGEST_WITHOUT_ACTIVITY = 45

_ASSESSMENTS = pl.col("episode.assessments")
_ENQUIRIES = pl.col("episode.enquiries")
_CIN_PLANS = pl.col("episode.cin_plans")
_CP_PLANS = pl.col("episode.cp_plans")
_PLACEMENTS = pl.col("episode.placements")
_LAST_ACTIVITY = pl.col("episode.last_activity")
_WITHOUT_ACTIVITY = pl.sum_horizontal(_ASSESSMENTS, _ENQUIRIES, _CIN_PLANS, _CP_PLANS, _PLACEMENTS) == 0


def _open_after_closure(still_open: str, last_end: str) -> pl.Expr:
    return (pl.col(still_open) > 0) | (pl.col(last_end) > CLOSED).fill_null(False)


RULES = (
    rule("CSC-054", on="episodes", fails=pl.col("episode.shared_items") > 0),
    rule(
        "CSC-250",
        on="episodes",
        fails={
            "payload": (_LAST_ACTIVITY > CLOSED).fill_null(False),
            "cin": (pl.max_horizontal(_LAST_ACTIVITY, CONFERENCE) > CLOSED).fill_null(False),
        },
        when=CLOSED.is_not_null(),
    ),
    rule("CSC-251", on="episodes", fails=pl.col("episode.open_assessments") > 0, when=CLOSED.is_not_null()),
    rule("CSC-252", on="episodes", fails=pl.col("episode.enquiries_without_outcome") > 0, when=CLOSED.is_not_null()),
    rule(
        "CSC-253",
        on="episodes",
        fails=(pl.col("episode.open_cin_plans") > 0) | (pl.col("episode.open_cp_plans") > 0),
        when=CLOSED.is_not_null(),
    ),
    rule(
        "CSC-254",
        on="episodes",
        fails=_open_after_closure("episode.open_placements", "episode.last_placement_end"),
        when=CLOSED.is_not_null(),
    ),
    rule(
        "CSC-255",
        on="episodes",
        fails=_open_after_closure("episode.open_workers", "episode.last_worker_end"),
        when=CLOSED.is_not_null(),
    ),
    rule(
        "CSC-256",
        on="episodes",
        fails=(pl.col("episode.dated_assessments") > 0)
        | (pl.col("episode.dated_enquiries") > 0)
        | CONFERENCE.is_not_null(),
        when=NO_FURTHER_ACTION,
    ),
    rule("CSC-257", on="episodes", fails=_CP_PLANS > 0, when=NO_FURTHER_ACTION),
    rule("CSC-258", on="episodes", fails=_CIN_PLANS > 0, when=NO_FURTHER_ACTION),
    rule("CSC-259", on="episodes", fails=_PLACEMENTS > 0, when=NO_FURTHER_ACTION),
    rule("CSC-261", on="episodes", fails=_ASSESSMENTS == 0, when=CLOSED_AFTER_ASSESSMENT),
    rule(
        "CSC-262",
        on="episodes",
        fails=(_ENQUIRIES > 0) | (_CP_PLANS > 0) | (_CIN_PLANS > 0) | CONFERENCE.is_not_null(),
        when=CLOSED_AFTER_ASSESSMENT,
    ),
    rule(
        "CSC-263",
        on="episodes",
        fails=~CLOSED_AFTER_ASSESSMENT.fill_null(False),
        when=(_ASSESSMENTS == 1) & (pl.col("episode.times_no_factor_found") > 0),
    ),
    rule(
        "CSC-349",
        on="episodes",
        fails=_WITHOUT_ACTIVITY & (pl.col("referral_date") < working_days_before(AS_OF, LONGEST_WITHOUT_ACTIVITY)),
        when=CLOSED.is_null() & NO_FURTHER_ACTION.ne_missing(True),
    ),
)
