"""Rules on social care episodes, each by itself."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import in_code_list
from quality.rules.dates import AS_OF, PERIOD_START, cohort_start, days_after, latest_of, within_period, years_after

REFERRED = pl.col("referral_date")
CLOSED = pl.col("closure_date")
CLOSED_BECAUSE = pl.col("closure_reason")
SOURCE = pl.col("referral_source")
PRIMARY_NEED = pl.col("primary_need")
NO_FURTHER_ACTION = pl.col("referral_no_further_action_flag")
CHILD_DIED = pl.col("child.date_of_death")
DIED = "RC2"
# Referral source was collected in this form from 2013/14.
SOURCE_COLLECTED_FROM = pl.date(2013, 4, 1)
# 40 weeks of pregnancy.
LONGEST_BEFORE_BIRTH = 280
# Nobody is a child for longer.
LONGEST_OPEN = 18


# Of a child, one of the two days is given; an episode that starts too long before either is wrong.
_BORN_OR_DUE = latest_of(("child.date_of_birth", "child.expected_date_of_birth"))


RULES = (
    rule(
        "CSC-121",
        on="episodes",
        fails=SOURCE.is_null() | ~in_code_list("referral_source", "referral_source"),
        when=REFERRED >= SOURCE_COLLECTED_FROM,
        softened=SOURCE.is_null(),  # senders leave out a code they cannot place
    ),
    rule("CSC-122", on="episodes", fails=NO_FURTHER_ACTION.is_null()),
    rule("CSC-123", on="episodes", fails=~in_code_list("closure_reason", "closure_reason")),
    rule("CSC-136", on="episodes", fails=REFERRED.is_null() | (REFERRED > AS_OF)),
    rule(
        "CSC-137",
        on="episodes",
        fails=REFERRED < days_after(_BORN_OR_DUE, -LONGEST_BEFORE_BIRTH),
    ),
    rule("CSC-138", on="episodes", fails=CLOSED < REFERRED),
    rule("CSC-139", on="episodes", fails=CLOSED > AS_OF),
    rule("CSC-140", on="episodes", fails=~within_period(CLOSED)),
    rule("CSC-211", on="episodes", fails=CLOSED_BECAUSE.is_null(), when=CLOSED.is_not_null()),
    rule("CSC-212", on="episodes", fails=CLOSED.is_null(), when=CLOSED_BECAUSE.is_not_null()),
    rule("CSC-260", on="episodes", fails=NO_FURTHER_ACTION.ne_missing(False), when=REFERRED < PERIOD_START),
    rule("CSC-350", on="episodes", fails=REFERRED < years_after(AS_OF, -LONGEST_OPEN), when=CLOSED.is_null()),
    rule("CSC-365", on="episodes", fails=CLOSED < cohort_start(AS_OF)),
    rule("CIN-8555Q", on="episodes", fails=REFERRED > CHILD_DIED),
    rule("CIN-8585Q", on="episodes", fails=CHILD_DIED.is_null(), when=CLOSED_BECAUSE == DIED),
    rule("CIN-8610", on="episodes", fails=PRIMARY_NEED.is_null(), when=~NO_FURTHER_ACTION),
    rule("CIN-8650", on="episodes", fails=~in_code_list("primary_need", "primary_need")),
)
