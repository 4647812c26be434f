"""Frames as the stages make them (lake or warehouse columns) turned into frames that the engine judges."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from quality.rules.model import RECORDS
from quality.schemas.entities import ALL_ENTITIES

_CHILD = ["source_id", "child_key"]


def with_subjects(
    frames: Mapping[str, pl.DataFrame], as_of: date, period_start: date | None = None
) -> dict[str, pl.DataFrame]:
    """Each child of each source becomes a subject at as_of, and each row gets its number; `row_index` stays beside it.

    Entities, `records` and `faults` are taken, other tables left out; `row` is the row's place in its frame.
    """
    judged = {name: frame for name, frame in frames.items() if name in ALL_ENTITIES or name == RECORDS}
    if not judged:
        return {}
    children = pl.concat([frame.select(_CHILD) for frame in judged.values()]).unique().sort(_CHILD)
    numbered = children.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("subject"))
    ready = {
        name: frame.join(numbered, on=_CHILD, how="left", maintain_order="left").with_columns(
            pl.lit(as_of, dtype=pl.Date).alias("as_of"),
            pl.lit(period_start, dtype=pl.Date).alias("period_start"),
            pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
        )
        for name, frame in judged.items()
    }
    return ready | ({"faults": frames["faults"]} if "faults" in frames else {})
