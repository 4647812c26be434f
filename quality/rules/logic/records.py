"""Rules on the child record as received, before it is merged with what was known."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.model import RECORDS, Frames
from quality.rules.spells import failing
from quality.schemas.entities import ENTITIES

_BLOCKS_SENT = ("has_child_details", "has_disabilities", "has_sdq_assessments")


def _carrying_nothing(frames: Frames) -> pl.LazyFrame:
    """Records with an id and nothing else; one that asks for a purge has said something."""
    nothing = ~pl.any_horizontal(*(pl.col(block).fill_null(False) for block in _BLOCKS_SENT))
    silent = frames[RECORDS].filter(nothing & ~pl.col("is_purge_message").fill_null(False))
    # every record has a row of children, of nulls where it says nothing of the child
    others = [entity for entity in ENTITIES if entity in frames and entity != "children"]
    spoken = pl.concat([frames[entity].select("subject") for entity in others])
    return failing(silent.join(spoken, on="subject", how="anti"))


_SILENT_ON_DETAILS = ~pl.col("has_child_details").fill_null(False) & ~pl.col("is_purge_message").fill_null(False)

RULES = (
    rule("CSC-055", on=RECORDS, fails=pl.len().over("source_id", "batch_id", "child_key") > 1),
    rule("CSC-056", on=RECORDS, fails=_carrying_nothing),
    rule("CSC-057", on=RECORDS, fails=pl.col("is_first_of_child") & _SILENT_ON_DETAILS),
    rule("CSC-362", on=RECORDS, fails=pl.col("purges_nothing")),
    rule("CSC-368", on=RECORDS, fails=pl.col("is_held_elsewhere")),
    rule("CSC-369", on=RECORDS, fails=pl.col("ends_unclear_spell")),
)
