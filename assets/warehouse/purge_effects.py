"""Purges that named nothing held: noted when they are first loaded, for afterwards what they did erase is gone."""

from assets.warehouse.contents import covers, same_child
from assets.warehouse.engine import Warehouse
from assets.warehouse.held_ids import with_ids
from quality.schemas.entities import ENTITIES

TABLE = "control.purges_of_nothing"


def note_purges_of_nothing(warehouse: Warehouse) -> None:
    """Of the purges that are new (loading_purges), keep those before which no content that they reach was received.

    What erasure has taken out of landing and lake may never have come here: loading_reached says for which purges.
    """
    if not warehouse.query("select count(*) as n from loading_purges")["n"][0]:
        return
    reached = " or ".join(f"exists ({_earlier(entity)} and ({covers(entity, by='fresh')}))" for entity in ENTITIES)
    warehouse.execute(
        f"""
        insert into {TABLE} (source_id, child_key, submission_day, received_at, batch_id, batch_index)
        select distinct source_id, child_key, submission_day, received_at, batch_id, batch_index
        from ({with_ids("loading_purges")}) as fresh
        where not ({reached}) and not exists (
            select 1 from loading_reached as done
            where {same_child("done", "fresh")} and done.batch_id = fresh.batch_id
                and done.batch_index = fresh.batch_index and done.level = fresh.level
                and done.episode_key is not distinct from fresh.episode_key
                and done.item_key is not distinct from fresh.item_key
        )
        """
    )


def _earlier(entity: str) -> str:
    """Rows of the entity in a record of the child received before the purge."""
    return f"""
        select 1
        from raw.{entity} as held
        join raw.records as records
            on {same_child("records", "held")} and records.content_hash = held.content_hash
        where {same_child("held", "fresh")}
            and (records.received_at, records.batch_id, records.batch_index)
                < (fresh.received_at, fresh.batch_id, fresh.batch_index)
    """
