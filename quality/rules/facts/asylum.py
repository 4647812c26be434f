"""Whether a child is, or lately was, an unaccompanied asylum seeker."""

import polars as pl

from quality.rules.fact import VALUE, Fact
from quality.rules.model import Frames, before

_SAYS = pl.col("uasc_flag").alias(VALUE)


def _this_year_or_last(frames: Frames) -> pl.LazyFrame:
    """True where either says so, null where neither says anything; what is held from before is no condition."""
    said = [frames[table].select("subject", _SAYS) for table in ("children", before("children")) if table in frames]
    return pl.concat(said).drop_nulls(VALUE).group_by("subject").agg(pl.col(VALUE).any())


FACTS = (Fact("was_uasc_this_year_or_last", "child", _this_year_or_last, reads=("children",)),)
