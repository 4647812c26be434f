"""The relations between tables that the warehouse must keep, and one select that counts the rows which do not.

dbt tests the keys and relations of its marts; these are of the tables under them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from quality.schemas.entities import ALL_ENTITIES, Entity

_EPISODE = "social_care_episode_id"
_ASSESSMENT = "child_and_family_assessment_id"
_PLAN = "child_protection_plan_id"


@dataclass(frozen=True)
class Relation:
    """Every row of one table has a row in another with the same values in these columns."""

    name: str
    child: str  # tables, or selects in brackets
    parent: str
    keys: tuple[str, ...]


def _open(entity: str, *needed: str) -> str:
    """The current state of an entity, where the columns needed are filled."""
    filled = "".join(f" and {column} is not null" for column in needed)
    return f"(select * from history.{entity} where known_to is null{filled})"


def _children_of(schema: str) -> str:
    parts = (f"select distinct source_id, la_code, child_key from {schema}.{entity}" for entity in ALL_ENTITIES)
    return f"({' union '.join(parts)})"


# The log is the longest table there is, and this the one time that it is read: 20 million records take 3 seconds.
_LOGGED = """
    logged as materialized (
        select source_id, la_code, child_key, max(case when is_purge_message then 0 else 1 end) as has_content
        from raw.records
        group by source_id, la_code, child_key
    )
"""
# Purged children, whose identifiers are gone for good, stand in the log with their keys alone.
_CHILDREN_HELD = """(
    select logged.source_id, logged.la_code, logged.child_key
    from logged
    where logged.has_content = 1 and not exists (
        select 1 from raw.purges as purges
        where purges.source_id = logged.source_id and purges.child_key = logged.child_key and purges.level = 'child'
    )
)"""
_CHILDREN_FOUND = "(select source_id, la_code, child_key from findings.finding where child_key is not null)"
_SENDERS = "(select distinct source_id, la_code from logged)"
_KNOWN_SENDERS = """(
    select stream_id as source_id, la_code from raw.streams
    union select return_id as source_id, la_code from raw.returns
)"""


def _has_parent(entity: Entity, own: str) -> bool:
    return own in entity.attributes and entity.name not in ("episodes", "assessments", "cp_plans")


def _relations() -> Iterator[Relation]:
    of_child = ("source_id", "child_key")
    for entity in ALL_ENTITIES.values():
        if entity.name != "episodes" and _EPISODE in entity.attributes:
            child = _open(entity.name, _EPISODE)
            yield Relation(f"{entity.name}: episode", child, _open("episodes"), (*of_child, _EPISODE))
    for parent, own in (("assessments", _ASSESSMENT), ("cp_plans", _PLAN)):
        for entity in ALL_ENTITIES.values():
            if _has_parent(entity, own):
                child = _open(entity.name, _EPISODE, own)
                yield Relation(f"{entity.name}: {parent}", child, _open(parent), (*of_child, _EPISODE, own))
    yield Relation("history: record in the log", _children_of("history"), "logged", of_child)
    yield Relation("raw: record in the log", _children_of("raw"), "logged", of_child)
    yield Relation("findings: record in the log", _CHILDREN_FOUND, "logged", of_child)
    yield Relation("log: identifiers", _CHILDREN_HELD, "secure.child_identifiers", ("la_code", "child_key"))
    yield Relation("log: register of streams and returns", _SENDERS, _KNOWN_SENDERS, ("source_id", "la_code"))


RELATIONS: tuple[Relation, ...] = tuple(_relations())

RELATION_TABLES: tuple[str, ...] = (
    *("raw.records", "raw.purges", "raw.streams", "raw.returns", "secure.child_identifiers", "findings.finding"),
    *(f"{schema}.{entity}" for schema in ("raw", "history") for entity in ALL_ENTITIES),
)


def relations_sql() -> str:
    """Per relation and source: how many rows lack what they speak of."""
    return f"with {_LOGGED} {' union all '.join(_counted(relation) for relation in RELATIONS)}"


def _counted(relation: Relation) -> str:
    keys = ", ".join(relation.keys)
    same = " and ".join(f"parents.{key} = rows.{key}" for key in relation.keys)
    return f"""
        select
            rows.source_id, rows.la_code, '{relation.name}' as relation,
            sum(case when parents.is_there is null then 1 else 0 end) as rows_without
        from {relation.child} as rows
        left join (select distinct {keys}, 1 as is_there from {relation.parent} as held) as parents on {same}
        group by rows.source_id, rows.la_code
    """
