"""Rules on disability codes."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.code_lists import in_code_list

_SAYS_NONE = pl.col("disability_code").str.to_uppercase() == "NONE"

RULES = (
    rule("CSC-118", on="disabilities", fails=~in_code_list("disability_code", "disability")),
    # the NONE is the row to look at: the other codes may be right
    rule("CSC-206", on="disabilities", fails=_SAYS_NONE & (~_SAYS_NONE).any().over("subject")),
)
