"""History worked out the slow and obvious way: go through a child's records in turn and keep what is known.

Independent of the SQL on purpose: it keeps a state and takes a picture of it at every instant, where the SQL works on
sets of rows. Nothing else belongs here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from feed_builder import Record, content_hash, entity_rows

from quality.schemas.entities import ALL_ENTITIES, ENTITIES

LISTS = ("disabilities", "sdq_assessments")
OWN_ID = {
    "assessments": "child_and_family_assessment_id",
    "assessment_factors": "child_and_family_assessment_id",
    "cin_plans": "child_in_need_plan_id",
    "s47_enquiries": "section_47_assessment_id",
    "cp_plans": "child_protection_plan_id",
    "placements": "child_looked_after_placement_id",
}
Row = dict[str, Any]
Key = tuple[str, tuple[Any, ...]]  # entity, values of its key


@dataclass
class Version:
    """One row of one entity as it was known for a time."""

    key: Key
    row: Row
    known_from: datetime
    known_to: datetime | None = None
    closed_reason: str | None = None


@dataclass
class Child:
    """What one source has said about one child so far."""

    is_known: bool = False
    state: dict[Key, Row] = field(default_factory=dict)
    why_gone: dict[Key, str] = field(default_factory=dict)
    versions: list[Version] = field(default_factory=list)


def history_of(records: Iterable[Record]) -> list[Version]:
    """Every version of every row of one child in one source."""
    child = Child()
    for _ in hearing(child, records):
        pass
    return child.versions


def hearing(child: Child, records: Iterable[Record]) -> Iterator[tuple[Record, bool]]:
    """Each record of one child in turn, and whether it only repeats the one before: given before it is heard."""
    before: Record | None = None
    ordered = sorted(records, key=lambda r: (r["at"], r["batch"], r["index"]))
    for instant, together in groupby(ordered, key=lambda r: r["at"]):
        child.why_gone = {}
        for record in together:
            is_repeat = _repeats(record, before)
            yield record, is_repeat
            if not is_repeat:
                _hear(child, record)
            before = record
        _take_picture(child, instant)


def _repeats(record: Record, before: Record | None) -> bool:
    if before is None or content_hash(record) != content_hash(before):
        return False
    return not (record["mode"] == "full" and before["mode"] == "delta")


def _hear(child: Child, record: Record) -> None:
    purges = record.get("purges") or []
    for purge in purges:
        _erase(child, purge)
    if record.get("is_purge_message") or any(level == "child" for level, _, _ in purges):
        return
    rows = {
        name: {key: row for key, row in found.items() if not any(reaches(p, name, row) for p in purges)}
        for name, found in rows_by_key(record).items()
    }
    if record["mode"] == "full" or not child.is_known:
        _replace_all(child, rows)
    else:
        _merge(child, record, rows, purges)
    child.is_known = True


def rows_by_key(record: Record) -> dict[str, dict[Key, Row]]:
    """What the record says of each entity, by key; of two rows of one key the later."""
    return {name: _last_of_each(name, found) for name, found in entity_rows(record).items() if name in ENTITIES}


def _last_of_each(name: str, rows: list[Row]) -> dict[Key, Row]:
    every = [a for a in ALL_ENTITIES[name].attributes]
    return {_key(name, row): {a: row.get(a) for a in every} for row in rows}


def _key(name: str, row: Row) -> Key:
    return name, tuple(row.get(column) for column in ALL_ENTITIES[name].key)


def reaches(purge: tuple[str, str | None, str | None], name: str, row: Row) -> bool:
    """Whether a purge takes along this row of the entity."""
    level, episode_id, item_id = purge
    if level == "child":
        return True
    if level == "child_details":
        return name in ("children", "disabilities")
    if level == "health_and_wellbeing":
        return name == "sdq_assessments"
    if row.get("social_care_episode_id") != episode_id:
        return False
    if level == "episodes":
        return name not in ("children", "disabilities", "sdq_assessments")
    if level == "assessments" and name == "assessment_factors":
        return row[OWN_ID[name]] == item_id
    return name == level and (name not in OWN_ID or row[OWN_ID[name]] == item_id)


def _erase(child: Child, purge: tuple[str, str | None, str | None]) -> None:
    child.versions = [v for v in child.versions if not reaches(purge, v.key[0], v.row)]
    child.state = {key: row for key, row in child.state.items() if not reaches(purge, key[0], row)}
    if purge[0] == "child":
        child.is_known = False


def _replace_all(child: Child, rows: dict[str, dict[Key, Row]]) -> None:
    fresh = {key: row for found in rows.values() for key, row in found.items()}
    for key in child.state:
        if key not in fresh:
            child.why_gone[key] = "absent_from_full"
    child.state = fresh


def _merge(child: Child, record: Record, rows: dict[str, dict[Key, Row]], purges: list[Any]) -> None:
    for name in LISTS:
        if record.get(name) is not None:
            _replace_list(child, rows[name], lambda key, name=name: key[0] == name)
    for holder in rows["assessments"].values():
        if holder["has_factors"]:
            of_it = ("assessment_factors", holder["social_care_episode_id"], holder["child_and_family_assessment_id"])
            listed = {key: row for key, row in rows["assessment_factors"].items() if (key[0], *key[1][:2]) == of_it}
            _replace_list(child, listed, lambda key, of_it=of_it: (key[0], *key[1][:2]) == of_it)
    for name, found in rows.items():
        if name not in (*LISTS, "assessment_factors"):
            for key, row in found.items():
                target = _spell_meant(child, row) if name == "care_workers" else key
                child.state[target] = _filled(child.state.get(target), row, target)


def _replace_list(child: Child, listed: dict[Key, Row], belongs: Any) -> None:
    for key in [key for key in child.state if belongs(key)]:
        if key not in listed:
            child.why_gone[key] = "changed"
        del child.state[key]
    child.state.update(listed)


def _filled(known: Row | None, said: Row, key: Key) -> Row:
    if known is None:
        return dict(said) | dict(zip(ALL_ENTITIES[key[0]].key, key[1], strict=True))
    merged = {name: known[name] if value is None else value for name, value in said.items()}
    if "has_factors" in merged:
        merged["has_factors"] = bool(known["has_factors"] or said["has_factors"])
    return merged


def _spell_meant(child: Child, row: Row) -> Key:
    of_worker = (row["social_care_episode_id"], row["worker_id"])
    if row["start_date"] is not None:
        return "care_workers", (*of_worker, row["start_date"])
    spells = [key for key in child.state if key[0] == "care_workers" and key[1][:2] == of_worker]
    if not spells:
        return "care_workers", (*of_worker, None)
    still_open = [key for key in spells if child.state[key]["end_date"] is None]
    return max(still_open or spells, key=lambda key: key[1][2] or date.min)


def _take_picture(child: Child, instant: datetime) -> None:
    """Close what is no longer so and open what is new. What a purge erased has no version left to close."""
    still_held = {version.key: version for version in child.versions if version.known_to is None}
    for key, version in still_held.items():
        if child.state.get(key) != version.row:
            version.known_to = instant
            version.closed_reason = "changed" if key in child.state else child.why_gone[key]
    for key, row in child.state.items():
        if key not in still_held or still_held[key].known_to is not None:
            child.versions.append(Version(key, dict(row), instant))
