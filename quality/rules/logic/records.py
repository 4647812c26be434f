"""Rules on the child record as received, before it is merged with what was known."""

import polars as pl

from quality.rules.catalogue import rule
from quality.rules.model import RECORDS, Frames
from quality.rules.spells import failing
from quality.schemas.entities import ENTITIES

_OWN_IDS = {
    "episodes": ("social_care_episode_id",),
    "assessments": ("social_care_episode_id", "child_and_family_assessment_id"),
    "cin_plans": ("social_care_episode_id", "child_in_need_plan_id"),
    "s47_enquiries": ("social_care_episode_id", "section_47_assessment_id"),
    "cp_plans": ("social_care_episode_id", "child_protection_plan_id"),
    "placements": ("social_care_episode_id", "child_looked_after_placement_id"),
}
_BLOCKS_SENT = ("has_child_details", "has_disabilities", "has_sdq_assessments")


def _with_an_id_twice(frames: Frames) -> pl.LazyFrame:
    """Records in which one array, under one parent, holds the same id twice."""
    repeated = [
        frames[entity].group_by("subject", *ids).len().filter(pl.col("len") > 1).select("subject")
        for entity, ids in _OWN_IDS.items()
    ]
    return failing(frames[RECORDS].join(pl.concat(repeated), on="subject", how="semi"))


def _carrying_nothing(frames: Frames) -> pl.LazyFrame:
    """Records with an id and nothing else; one that asks for a purge has said something."""
    nothing = ~pl.any_horizontal(*(pl.col(block).fill_null(False) for block in _BLOCKS_SENT))
    silent = frames[RECORDS].filter(nothing & ~pl.col("is_purge_message").fill_null(False))
    spoken = pl.concat([frames[entity].select("subject") for entity in ENTITIES if entity in frames])
    return failing(silent.join(spoken, on="subject", how="anti"))


RULES = (
    rule("CSC-053", on=RECORDS, fails=_with_an_id_twice),
    rule("CSC-055", on=RECORDS, fails=pl.len().over("source_id", "batch_id", "child_key") > 1),
    rule("CSC-056", on=RECORDS, fails=_carrying_nothing),
)
