"""Rules on the health of children looked after for a year, which SSDA903 asks in OC2."""

import polars as pl

from quality.rules.births import BORN_AS_STATED
from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF, years_after
from quality.rules.facts.health import ALWAYS_ASKED, HAS_DETAIL, LACKS_ALWAYS_ASKED, SOMETIMES_ASKED

ALL_YEAR = pl.col("child.looked_after_all_year")
CONVICTED = pl.col("convicted")
HEALTH_CHECK = pl.col("health_check")
MISUSE = pl.col("substance_misuse")
RECEIVED = pl.col("intervention_received")
OFFERED = pl.col("intervention_offered")
YES, NO = "1", "0"
AGE_OF_CRIMINAL_RESPONSIBILITY = 10
HEALTH_CHECKS_UNDER = 5

_TEN_OR_OVER = years_after(BORN_AS_STATED, AGE_OF_CRIMINAL_RESPONSIBILITY) <= AS_OF
_FIVE_OR_OVER = years_after(BORN_AS_STATED, HEALTH_CHECKS_UNDER) <= AS_OF
_ALL_ITEMS = pl.col(*ALWAYS_ASKED, *SOMETIMES_ASKED)

RULES = (
    rule("903-158", on="cla_health", fails=OFFERED.is_not_null(), when=RECEIVED == YES),
    rule("903-159", on="cla_health", fails=OFFERED.is_null(), when=(MISUSE == YES) & (RECEIVED == NO)),
    rule(
        "903-181",
        on="cla_health",
        fails=pl.any_horizontal(~_ALL_ITEMS.is_in((NO, YES)).fill_null(True)),
        when=HAS_DETAIL,
    ),
    rule(
        "903-182",
        on="cla_health",
        fails=LACKS_ALWAYS_ASKED,
        when=pl.any_horizontal(pl.col(SOMETIMES_ASKED).is_not_null()),
    ),
    rule("903-190", on="cla_health", fails=~ALL_YEAR, when=HAS_DETAIL),
    rule(
        "903-191",
        on="children",
        fails=(pl.col("child.health_rows") == 0) | pl.col("child.lacks_health_details"),
        when=ALL_YEAR,
    ),
    rule("903-192", on="cla_health", fails=RECEIVED.is_null(), when=MISUSE == YES),
    rule(
        "903-193",
        on="cla_health",
        fails=RECEIVED.is_not_null() | OFFERED.is_not_null(),
        when=MISUSE.is_null() | (MISUSE == NO),
    ),
    rule("903-542", on="cla_health", fails=CONVICTED.is_not_null(), when=~_TEN_OR_OVER),
    rule("903-543", on="cla_health", fails=CONVICTED.is_null(), when=_TEN_OR_OVER & ALL_YEAR),
    rule("903-544", on="cla_health", fails=LACKS_ALWAYS_ASKED, when=CONVICTED == YES),
    rule("903-545", on="cla_health", fails=HEALTH_CHECK.is_null(), when=~_FIVE_OR_OVER & ALL_YEAR),
    rule("903-546", on="cla_health", fails=HEALTH_CHECK.is_not_null(), when=_FIVE_OR_OVER & ALL_YEAR),
    rule("903-547", on="cla_health", fails=LACKS_ALWAYS_ASKED, when=HEALTH_CHECK == YES),
)
