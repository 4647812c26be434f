"""Rules on the episodes of one child beside each other."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF
from quality.rules.model import Frames
from quality.rules.spells import failing, other, pairs_within

REFERRED = pl.col("referral_date")
CLOSED = pl.col("closure_date")
# A referral whose flag is not known does not count as open.
OPEN = CLOSED.is_null() & pl.col("referral_no_further_action_flag").eq(False).fill_null(False)


def _referred_during_another(frames: Frames) -> pl.LazyFrame:
    """Referred on the closing day of another is allowed; an open one runs up to, and not including, as_of."""
    together = pairs_within(frames["episodes"], ("referral_date", "closure_date", "referral_no_further_action_flag"))
    still_open = other("closure_date").is_null() & ~other("referral_no_further_action_flag") & (REFERRED < AS_OF)
    return failing(
        together.filter((REFERRED >= other("referral_date")) & ((REFERRED < other("closure_date")) | still_open))
    )


RULES = (
    rule("CSC-295", on="episodes", fails=OPEN & (OPEN.sum().over("subject") > 1)),
    rule("CSC-296", on="episodes", fails=REFERRED < REFERRED.max().over("subject"), when=OPEN),
    rule("CSC-297", on="episodes", fails=_referred_during_another),
    rule(
        "CSC-298",
        on="episodes",
        fails=pl.len().over("subject", "referral_date") > 1,
        when=REFERRED.is_not_null(),
    ),
)
