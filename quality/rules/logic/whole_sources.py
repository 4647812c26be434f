"""Rules on what an LA sends as a whole."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.model import SUBMISSION

LARGEST_SHARE_WITHOUT_SEX = 0.02
FEW_DISABILITY_CODES = 7
LARGEST_SHARE_DELETED_IN_A_DAY = 0.05

_CHILDREN = pl.col("children")
_MOST_OF_A_CHILD = pl.col("most_disabilities_of_a_child")

RULES = (
    rule(
        "CSC-336",
        on=SUBMISSION,
        fails=pl.col("children_without_sex") > LARGEST_SHARE_WITHOUT_SEX * _CHILDREN,
        when=_CHILDREN > 0,
    ),
    rule("CSC-337", on=SUBMISSION, fails=pl.col("disability_codes") <= FEW_DISABILITY_CODES),
    rule(
        "CSC-363",
        on=SUBMISSION,
        fails=pl.col("children_purged") > LARGEST_SHARE_DELETED_IN_A_DAY * pl.col("children_held_before"),
    ),
    rule("CSC-338", on=SUBMISSION, fails=_MOST_OF_A_CHILD == 1, when=_MOST_OF_A_CHILD > 0),
)
