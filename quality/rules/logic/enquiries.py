"""Rules on section 47 enquiries and their conferences."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF, days_after, on_weekend, within_period, working_days_before
from quality.rules.model import Frames
from quality.rules.spells import EPISODE, failing, other, pairs_within, starts_during_other

STARTED = pl.col("start_date")
ENDED = pl.col("end_date")
HELD = pl.col("icpc_date")
TARGET = pl.col("icpc_target_date")
REQUIRED = pl.col("icpc_required_flag")
REFERRED = pl.col("episode.referral_date")
# The statutory limit from the strategy discussion to the conference.
LONGEST_TO_CONFERENCE = 15
LONGEST_OPEN_DAYS = 90

# Waiting for a conference: where it is not known whether one is required, it may be.
_WAITING = HELD.is_null() & REQUIRED.ne_missing(False)


def _starting_during_another(frames: Frames) -> pl.LazyFrame:
    """Two with the same start and conference are one enquiry sent twice, which is not asked about here."""
    same = STARTED.eq_missing(other("start_date")) & HELD.eq_missing(other("icpc_date"))
    columns = ("start_date", "icpc_date", "icpc_required_flag")
    together = pairs_within(frames["s47_enquiries"], columns, within=EPISODE).filter(~same)
    may_be_required = other("icpc_required_flag").ne_missing(False)
    return failing(together.filter(starts_during_other("icpc_date", open_counts=may_be_required)))


RULES = (
    rule("CSC-142", on="s47_enquiries", fails=HELD < REFERRED),
    rule("CSC-144", on="s47_enquiries", fails=STARTED < REFERRED),
    rule("CSC-156", on="s47_enquiries", fails=STARTED.is_null() | (STARTED > HELD), when=HELD.is_not_null()),
    rule("CSC-157", on="s47_enquiries", fails=STARTED.is_null() | (STARTED > AS_OF)),
    rule("CSC-158", on="s47_enquiries", fails=(ENDED < STARTED) | (ENDED > AS_OF)),
    rule("CSC-159", on="s47_enquiries", fails=ENDED < HELD),
    rule("CSC-160", on="s47_enquiries", fails=HELD > AS_OF),
    rule("CSC-161", on="s47_enquiries", fails=~within_period(HELD)),
    rule("CSC-162", on="s47_enquiries", fails=on_weekend(HELD)),
    rule("CSC-163", on="s47_enquiries", fails=~within_period(STARTED), when=HELD.is_null() & REQUIRED),
    rule("CSC-215", on="s47_enquiries", fails=HELD.is_not_null(), when=~REQUIRED),
    rule("CSC-216", on="s47_enquiries", fails=REQUIRED.is_null(), when=ENDED.is_not_null()),
    rule("CSC-264", on="s47_enquiries", fails=pl.col("episode.assessments") == 0),
    rule("CSC-301", on="s47_enquiries", fails=pl.col("episode.open_enquiries") > 1, when=_WAITING & ENDED.is_null()),
    rule("CSC-302", on="s47_enquiries", fails=_starting_during_another, when=STARTED.is_not_null()),
    rule(
        "CSC-348",
        on="s47_enquiries",
        fails=STARTED < working_days_before(AS_OF, LONGEST_TO_CONFERENCE),
        when=HELD.is_null() & REQUIRED,
    ),
    rule("CSC-353", on="s47_enquiries", fails=STARTED < days_after(AS_OF, -LONGEST_OPEN_DAYS), when=ENDED.is_null()),
    rule("CIN-2884", on="s47_enquiries", fails=HELD.is_in(pl.col("child.conferences_outside_enquiries"))),
    rule("CIN-8870Q", on="s47_enquiries", fails=on_weekend(TARGET)),
)
