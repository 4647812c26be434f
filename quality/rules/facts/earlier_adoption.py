"""That a child was adopted according to what was held before; asked even where nothing was."""

import polars as pl

from quality.rules.fact import VALUE, Fact
from quality.rules.facts.looked_after import ADOPTED, STARTED
from quality.rules.model import Frames, before


def _adopted_in_the_year_before(frames: Frames) -> pl.LazyFrame:
    """When the placement that ended with the first adoption started."""
    adopted = frames[before("placements")].filter(pl.col("end_reason").is_in(ADOPTED))
    return adopted.group_by("subject").agg(STARTED.min().alias(VALUE))


FACTS = (Fact("earlier_adoption_start", "child", _adopted_in_the_year_before, reads=("placements",)),)
