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

_HELD = "held.content_no = listed.content_no"


def find_contents(warehouse: Warehouse) -> set[str]:
    """Make `loading_contents`: of the records that appeared, the contents whose rows are to be taken from the lake.

    Gives the sources that have any. Also makes `loading_numbers`: the number of each content that appeared, given
    here where it is new.

    These are the contents not yet held, and (is_held) those of a child with a purge that come again: erasure may have
    left gaps in what is held, and the last receiving is always whole. To be called before the log is changed.
    """
    _number_contents(warehouse)
    warehouse.analyse("loading_numbers")
    warehouse.execute(
        f"""
        create temporary table loading_contents as
        with latest as (
            select *, row_number() over (
                partition by source_id, child_key, content_hash
                order by received_at desc, batch_id desc, batch_index desc
            ) as from_last
            from loading_appeared
        )
        select
            fresh.source_id,
            fresh.child_key,
            fresh.content_hash,
            fresh.received_at,
            fresh.receipt_id,
            fresh.batch_index,
            numbers.content_no,
            numbers.last_used_at is not null as is_held
        from latest as fresh
        inner join loading_numbers as numbers
            on {same_child("numbers", "fresh")} and numbers.content_hash = fresh.content_hash
        where fresh.from_last = 1
            and (
                numbers.last_used_at is null
                or (
                    fresh.received_at >= numbers.last_used_at
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


def _number_contents(warehouse: Warehouse) -> None:
    """Number contents in the order of their coming, so that rows of one day have numbers close to one another.

    First the keys that the log has at all are picked out, a narrow look: of a day's contents hardly any was held.
    """
    key = warehouse.short_key("source_id", "child_key", "content_hash")
    warehouse.execute(
        f"""
        create temporary table loading_fresh as
        select source_id, child_key, content_hash, {key} as content_key, min(received_at) as received_at
        from loading_appeared group by source_id, child_key, content_hash
        """
    )
    warehouse.analyse("loading_fresh")
    warehouse.execute(
        "create temporary table loading_keys as select distinct content_key from raw.records"
        " where content_key in (select content_key from loading_fresh)"
    )
    warehouse.analyse("loading_keys")
    warehouse.execute(
        f"""
        create temporary table loading_numbers as
        with known as (
            select fresh.source_id, fresh.child_key, fresh.content_hash,
                max(held.content_no) as content_no, max(held.received_at) as last_used_at
            from loading_fresh as fresh
            inner join loading_keys as keys on keys.content_key = fresh.content_key
            inner join raw.records as held
                on held.content_key = fresh.content_key
                and {same_child("held", "fresh")} and held.content_hash = fresh.content_hash
            group by fresh.source_id, fresh.child_key, fresh.content_hash
        ),
        numbered as (
            select *, row_number() over (order by received_at, source_id, child_key, content_hash) as place
            from loading_fresh
        )
        select numbered.source_id, numbered.child_key, numbered.content_hash, numbered.content_key,
            known.last_used_at,
            coalesce(
                known.content_no,
                (select coalesce(max(held.content_no), 0) from raw.records as held) + numbered.place
            ) as content_no
        from numbered
        left join known on {same_child("known", "numbered")} and known.content_hash = numbered.content_hash
        """
    )


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
                select {", ".join(_taken(name) for name in names)}
                from incoming_{entity} as fresh
                inner join loading_contents as wanted
                    on {same_child("fresh", "wanted")} and fresh.content_hash = wanted.content_hash
                    and fresh.received_at = wanted.received_at
                    and fresh.batch_index = wanted.batch_index
                    and fresh.receipt_id is not distinct from wanted.receipt_id
                """
            )
    return contents


def _taken(column: str) -> str:
    return f'{"wanted" if column == "content_no" else "fresh"}."{column}"'


def drop_unused_contents(warehouse: Warehouse) -> None:
    """Delete the contents that no record refers to any more. Call it after the log was changed."""
    warehouse.execute(
        """
        create temporary table loading_unused as
        select distinct gone.content_no
        from loading_vanished as gone
        where not exists (select 1 from raw.records as held where held.content_no = gone.content_no)
        """
    )
    if warehouse.query("select count(*) as n from loading_unused")["n"][0]:
        _delete_contents(warehouse, "loading_unused")


def _delete_contents(warehouse: Warehouse, listed: str) -> None:
    for entity in ALL_ENTITIES:
        warehouse.execute(f"delete from raw.{entity} as held using {listed} as listed where {_HELD}")


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
        select last_use.content_no, purges.level,
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
            f" where held.content_no = covered.content_no and ({covers(entity)})"
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
