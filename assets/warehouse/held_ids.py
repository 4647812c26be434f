"""Which ids the keyed hashes in tombstones stand for, as long as rows with those ids are held.

The log of purges has no ids, so that nothing of what was erased stays; rows have no hashes, since few children are ever
purged. This small table joins the two: ids held by children with purges of episodes and items, made anew in each load.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import polars as pl

from assets.warehouse.engine import Warehouse
from assets.warehouse.sequence import same_child
from assets.warehouse.tables import HELD_IDS
from quality.schemas.entities import ENTITIES
from quality.schemas.logs import PURGES

TABLE = "control.held_ids"
OWN_IDS = {
    "assessments": "child_and_family_assessment_id",
    "cin_plans": "child_in_need_plan_id",
    "s47_enquiries": "section_47_assessment_id",
    "cp_plans": "child_protection_plan_id",
    "placements": "child_looked_after_placement_id",
}
_EPISODE = "social_care_episode_id"


@dataclass(frozen=True)
class Purging:
    """What a load needs to know of erasure.

    hashed: the keyed hashes of ids. tombstones: what has been purged (as PURGES) of sources that the warehouse holds,
    whether or not the lake still says so. reached: those of them that took something out of landing.
    """

    hashed: Callable[[pl.Series], pl.Series]
    tombstones: pl.DataFrame
    reached: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=PURGES))


def refresh(warehouse: Warehouse, hashed: Callable[[pl.Series], pl.Series]) -> None:
    """Make the table of the ids that are held now by children with purges of episodes or items."""
    warehouse.execute(
        "create temporary table loading_purged_within as"
        " select distinct source_id, child_key from raw.purges where episode_key is not null"
    )
    ids = warehouse.query(_held()).cast(pl.String)["id"]
    warehouse.execute("drop table loading_purged_within")
    frame = pl.DataFrame({"id": ids, "key": hashed(ids)}, schema=HELD_IDS)
    warehouse.execute(f"delete from {TABLE}")
    warehouse.insert(TABLE, frame)


def with_ids(purges: str) -> str:
    """SQL of these purges with the ids that they name (social_care_episode_id, item_id), where any row has them."""
    return f"""
        select purges.*, episodes.id as social_care_episode_id, items.id as item_id
        from {purges} as purges
        left join {TABLE} as episodes on episodes.key = purges.episode_key
        left join {TABLE} as items on items.key = purges.item_key
    """


def _held() -> str:
    """Every id of an episode or item that such a child holds."""
    columns = [(name, _EPISODE) for name, entity in ENTITIES.items() if _EPISODE in entity.key]
    columns += list(OWN_IDS.items())
    return " union ".join(
        f"select held.{column} as id from raw.{entity} as held"
        f" inner join loading_purged_within as purged on {same_child('held', 'purged')}"
        f" where held.{column} is not null"
        for entity, column in columns
    )
