"""Purge flags: the log of them, and the taking away of what stands beside or under one.

A purge is erasure. What a record says of an id that it purges is ignored wherever in the record it stands: a list may
hold one id twice, and an erasure asked for must not depend on which of the two came first.
"""

import numpy as np
import polars as pl
import pyarrow as pa

from assets.records.payload_columns import Rows
from quality.schemas.entities import ENTITIES

# The position of a row's record in the chunk, while frames are being made.
RECORD = "record"
# What a purge names, and what is kept of it: the log of purges holds keyed hashes only.
PURGE_KEYS = {"social_care_episode_id": "episode_key", "item_id": "item_key"}


def purge_rows(level: str, rows: Rows, episode_id: pa.Array | None = None) -> pl.DataFrame:
    """One row for each flag that is set at a level, with the id of its episode where the level has one."""
    purged = np.flatnonzero(rows.flag("purge"))
    return _logged(level, rows.record[purged], None if episode_id is None else episode_id.take(purged), None)


def item_purges(name: str, rows: Rows, episodes: Rows) -> pl.DataFrame:
    """The flags set on items of one entity inside episodes."""
    own = _own_id(name)
    purged = np.flatnonzero(rows.flag("purge"))
    episode_id = episodes.columns["social_care_episode_id"].take(rows.parent[purged])
    return _logged(name, rows.record[purged], episode_id, rows.columns[own].take(purged) if own else None)


def _logged(level: str, record: np.ndarray, episode_id: pa.Array | None, item_id: pa.Array | None) -> pl.DataFrame:
    nothing = pa.nulls(len(record), pa.large_string())
    return pl.DataFrame(
        {
            RECORD: record,
            "social_care_episode_id": nothing if episode_id is None else episode_id,
            "item_id": nothing if item_id is None else item_id,
        }
    ).with_columns(pl.lit(level).alias("level"))


def without_purged(tables: dict[str, pl.DataFrame], purges: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The tables without the episodes and items that their own record purges, and without what is inside those."""
    if purges.is_empty():
        return tables
    return {name: _without_purged(name, frame, purges) for name, frame in tables.items()}


def _without_purged(name: str, frame: pl.DataFrame, purges: pl.DataFrame) -> pl.DataFrame:
    if "social_care_episode_id" not in frame.columns:
        return frame
    whole = purges.filter(pl.col("level") == "episodes")
    frame = frame.join(whole, on=[RECORD, "social_care_episode_id"], how="anti", maintain_order="left")
    level = "assessments" if name == "assessment_factors" else name
    own = _own_id(level)
    keys = [RECORD, "social_care_episode_id", *([own] if own else [])]
    items = purges.filter(pl.col("level") == level).rename({"item_id": own} if own else {})
    return frame.join(items, on=keys, how="anti", maintain_order="left")


def _own_id(name: str) -> str | None:
    """The column of an entity's own id, for those that have one beside the episode's."""
    own = [column for column in ENTITIES[name].key if column != "social_care_episode_id"]
    return own[0] if own else None
