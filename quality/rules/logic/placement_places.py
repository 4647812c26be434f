"""Rules on where a placement is: its postcode, and the home's."""

import polars as pl

from quality.reference.postcodes import normalised
from quality.rules.catalogue import rule
from quality.rules.facts.postcodes import looks_unknown
from quality.rules.return_episodes import DISTANCE, IN_SHORT_BREAK, PLACEMENT_TYPE, POSTCODE, WITH_PARENTS

FURTHEST_MILES = 350
# Stands in a return for a distance that cannot be told.
NOT_KNOWN_MILES = 999.9

_HOME = pl.col("home_postcode_of_episode")
_NO_POSTCODES = _HOME.is_null() | POSTCODE.is_null()


def _true(flag: str) -> pl.Expr:
    return pl.col(flag).eq_missing(True)


RULES = (
    rule("CSC-109", on="placements", fails=looks_unknown("placement_postcode", "placement_found")),
    rule(
        "CSC-229",
        on="placements",
        fails=normalised(_HOME) == normalised(POSTCODE),
        when=PLACEMENT_TYPE.ne_missing(WITH_PARENTS),
    ),
    rule(
        "CSC-230",
        on="placements",
        fails={
            "payload": pl.when(~_true("child.uasc_flag")).then(_NO_POSTCODES),
            "ssda903": pl.when(~_true("child.was_uasc_this_year_or_last") & ~IN_SHORT_BREAK).then(_NO_POSTCODES),
        },
    ),
    rule("CSC-231", on="placements", fails=(DISTANCE > FURTHEST_MILES) & (DISTANCE != NOT_KNOWN_MILES)),
)
