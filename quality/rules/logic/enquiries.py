"""Rules on section 47 enquiries and their conferences."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.dates import AS_OF, on_weekend

ENDED = pl.col("end_date")

RULES = (
    rule("CSC-158", on="s47_enquiries", fails=(ENDED < pl.col("start_date")) | (ENDED > AS_OF)),
    rule("CSC-162", on="s47_enquiries", fails=on_weekend(pl.col("icpc_date"))),
)
