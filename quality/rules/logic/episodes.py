"""Rules on social care episodes, each by itself."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import in_code_list
from quality.rules.dates import AS_OF, days_after

REFERRED = pl.col("referral_date")
CLOSED = pl.col("closure_date")
SOURCE = pl.col("referral_source")
# Referral source was collected in this form from 2013/14.
SOURCE_COLLECTED_FROM = pl.date(2013, 4, 1)
# 40 weeks of pregnancy.
LONGEST_BEFORE_BIRTH = 280


def _too_long_before(birth: str) -> pl.Expr:
    return REFERRED < days_after(pl.col(birth), -LONGEST_BEFORE_BIRTH)


RULES = (
    rule(
        "CSC-121",
        on="episodes",
        fails=SOURCE.is_null() | ~in_code_list("referral_source", "referral_source"),
        when=REFERRED >= SOURCE_COLLECTED_FROM,
        softened=SOURCE.is_null(),  # senders leave out a code they cannot place
    ),
    rule("CSC-122", on="episodes", fails=pl.col("referral_no_further_action_flag").is_null()),
    rule("CSC-123", on="episodes", fails=~in_code_list("closure_reason", "closure_reason")),
    rule("CSC-136", on="episodes", fails=REFERRED.is_null() | (REFERRED > AS_OF)),
    rule(
        "CSC-137",
        on="episodes",
        fails=_too_long_before("child.date_of_birth") | _too_long_before("child.expected_date_of_birth"),
    ),
    rule("CSC-138", on="episodes", fails=CLOSED < REFERRED),
    rule("CSC-211", on="episodes", fails=pl.col("closure_reason").is_null(), when=CLOSED.is_not_null()),
)
