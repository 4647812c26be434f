"""Entity rows in the warehouse, content addressed: each distinct content of a child record is held once.

Which records were received when is the business of sequence.py. Rows that a purge covers are taken out here, unless a
later record brought the same content again.
"""

from collections.abc import Iterable

from assets.warehouse.engine import Warehouse
from assets.warehouse.held_ids import OWN_IDS, with_ids
from assets.warehouse.sequence import same_child
from assets.warehouse.tables import content_schema
from quality.schemas.entities import ALL_ENTITIES, ENTITIES


def _same_content(left: str, right: str) -> str:
    return f"{same_child(left, right)} and {left}.content_hash = {right}.content_hash"


def find_contents(warehouse: Warehouse) -> set[str]:
    """Make `loading_contents`: of the records that appeared, the contents whose rows are to be taken from the lake.

    Gives the sources that have any.

    These are the contents not yet held, and (is_held) those of a child with a purge that come again: erasure may have
    left gaps in what is held, and the last receiving is always whole. To be called before the log is changed.
    """
    warehouse.execute(
        f"""
        create temporary table loading_contents as
        with latest as (
            select *, row_number() over (
                partition by source_id, child_key, content_hash
                order by received_at desc, batch_id desc, batch_index desc
            ) as from_last
            from loading_appeared
        ),
        last_use as (
            select fresh.source_id, fresh.child_key, fresh.content_hash, max(held.received_at) as received_at
            from latest as fresh
            inner join raw.records as held on {_same_content("held", "fresh")}
            where fresh.from_last = 1
            group by fresh.source_id, fresh.child_key, fresh.content_hash
        )
        select
            fresh.source_id,
            fresh.child_key,
            fresh.content_hash,
            fresh.received_at,
            fresh.receipt_id,
            fresh.batch_index,
            last_use.child_key is not null as is_held
        from latest as fresh
        left join last_use on {_same_content("last_use", "fresh")}
        where fresh.from_last = 1
            and (
                last_use.child_key is null
                or (
                    fresh.received_at >= last_use.received_at
                    and (
                        exists (select 1 from raw.purges as purges where {same_child("purges", "fresh")})
                        or exists (select 1 from loading_purges as purges where {same_child("purges", "fresh")})
                    )
                )
            )
        """
    )
    warehouse.analyse("loading_contents")
    return set(warehouse.query("select distinct source_id from loading_contents")["source_id"])


def add_contents(warehouse: Warehouse, entities: Iterable[str]) -> int:
    """Insert the rows of `loading_contents` for the entities that came in; returns the number of contents."""
    counts = warehouse.query(
        "select count(*) as n, coalesce(sum(case when is_held then 1 else 0 end), 0) as held from loading_contents"
    )
    contents, held = int(counts["n"][0]), int(counts["held"][0])
    if held:
        _delete_contents(warehouse, "loading_contents")
    if contents:
        for entity in entities:
            names = list(content_schema(entity))
            columns = ", ".join(f'"{name}"' for name in names)
            warehouse.execute(
                f"""
                insert into raw.{entity} ({columns})
                select {", ".join(f'fresh."{name}"' for name in names)}
                from incoming_{entity} as fresh
                inner join loading_contents as wanted
                    on {_same_content("fresh", "wanted")}
                    and fresh.received_at = wanted.received_at
                    and fresh.batch_index = wanted.batch_index
                    and fresh.receipt_id is not distinct from wanted.receipt_id
                """
            )
    return contents


def drop_unused_contents(warehouse: Warehouse) -> None:
    """Delete the contents that no record refers to any more. Call it after the log was changed."""
    warehouse.execute(
        f"""
        create temporary table loading_unused as
        select distinct gone.source_id, gone.child_key, gone.content_hash
        from loading_vanished as gone
        where not exists (select 1 from raw.records as held where {_same_content("held", "gone")})
        """
    )
    if warehouse.query("select count(*) as n from loading_unused")["n"][0]:
        _delete_contents(warehouse, "loading_unused")


def _delete_contents(warehouse: Warehouse, listed: str) -> None:
    for entity in ALL_ENTITIES:
        warehouse.execute(
            f"delete from raw.{entity} as held using {listed} as listed where {_same_content('held', 'listed')}"
        )


def erase_purged(warehouse: Warehouse) -> bool:
    """Take out every entity row of the changed children that a purge covers; whether there was any purge to look at."""
    warehouse.execute(
        f"""
        create temporary table loading_covered as
        with last_use as (
            select held.*, row_number() over (
                partition by held.source_id, held.child_key, held.content_hash
                order by held.received_at desc, held.batch_id desc, held.batch_index desc
            ) as from_last
            from raw.records as held
            inner join loading_changed as changed on {same_child("held", "changed")} and not changed.in_order
        )
        select last_use.source_id, last_use.child_key, last_use.content_hash, purges.level,
            purges.social_care_episode_id, purges.item_id
        from last_use
        inner join ({with_ids("raw.purges")}) as purges on {same_child("last_use", "purges")}
            and (purges.received_at, purges.batch_id, purges.batch_index)
                >= (last_use.received_at, last_use.batch_id, last_use.batch_index)
        where last_use.from_last = 1
        """
    )
    if not warehouse.query("select count(*) as n from loading_covered")["n"][0]:
        return False
    warehouse.analyse("loading_covered")
    for entity in ENTITIES:
        warehouse.execute(
            f"delete from raw.{entity} as held using loading_covered as covered"
            f" where {_same_content('held', 'covered')} and ({covers(entity)})"
        )
    return True


def covers(entity: str, by: str = "covered") -> str:
    """The condition that a purge (level, social_care_episode_id, item_id; named `by`) reaches a row `held`."""
    if entity in ("children", "disabilities"):
        return f"{by}.level in ('child', 'child_details')"
    if entity == "sdq_assessments":
        return f"{by}.level in ('child', 'health_and_wellbeing')"
    of_episode = f"{by}.social_care_episode_id = held.social_care_episode_id"
    reached = f"{by}.level = 'child' or ({by}.level = 'episodes' and {of_episode})"
    level = "assessments" if entity == "assessment_factors" else entity
    if level in OWN_IDS:
        reached += f" or ({by}.level = '{level}' and {of_episode} and {by}.item_id = held.{OWN_IDS[level]})"
    elif level in ("adoptions", "care_leavers"):
        reached += f" or ({by}.level = '{level}' and {of_episode})"
    return reached
