"""Whom a purge reaches beside the stream that sent it, where the deployment says that it reaches the whole LA."""

from collections.abc import Iterable

import polars as pl

from quality.schemas.logs import PURGES

# Levels that mean the same in every stream; ids of episodes and items are each sender's own.
SHARED_LEVELS = ("child", "child_details", "health_and_wellbeing")


def widened(purges: pl.DataFrame, streams: Iterable[str]) -> pl.DataFrame:
    """The purges that those of one stream make in the LA's other streams, as PURGES: same child, level and moment."""
    others = pl.DataFrame({"other": sorted(streams)}, schema={"other": pl.String}).with_columns(
        pl.col("other").str.head(3).alias("la_code")
    )
    shared = purges.filter(pl.col("level").is_in(SHARED_LEVELS))
    reached = shared.join(others, on="la_code", how="inner").filter(pl.col("other") != pl.col("source_id"))
    return reached.drop("source_id").rename({"other": "source_id"}).select(list(PURGES))
