"""What a purge leaves of a child record: the record without the part that the purge names.

Records as they stand in landing. Whom a purge is about, and which records came before it, is decided elsewhere.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from assets.records.batch import ERASED
from quality.schemas.entities import ENTITIES

# Level of an item -> the payload's name for its array, and for the item's own id.
_ARRAYS = {
    "assessments": ("child_and_family_assessments", "child_and_family_assessment_id"),
    "cin_plans": ("child_in_need_plans", "child_in_need_plan_id"),
    "s47_enquiries": ("section_47_assessments", "section_47_assessment_id"),
    "cp_plans": ("child_protection_plans", "child_protection_plan_id"),
    "placements": ("child_looked_after_placements", "child_looked_after_placement_id"),
}
_OBJECTS = {"adoptions": "adoption", "care_leavers": "care_leavers"}
_BLOCKS = ("child_details", "health_and_wellbeing")
LEVELS = ("child", *_BLOCKS, "episodes", *(name for name, entity in ENTITIES.items() if name in {*_ARRAYS, *_OBJECTS}))

Json = dict[str, Any]
KeyOf = Callable[[str], str]


@dataclass(frozen=True, order=True)
class Part:
    """What is to go: a level, and the keyed hashes of the episode's and the item's id where the level has them."""

    level: str
    episode_key: str | None = None
    item_key: str | None = None


def without_part(raw: bytes, part: Part, key_of: KeyOf) -> bytes:
    """The record without that part, byte for byte as it was when it has no such part.

    key_of: the keyed hash of an id. A record set aside as malformed is taken as far as it can be read; one that is no
    JSON object, or holds a name twice, goes whole, for nobody can tell what of it would be left.
    """
    if raw == ERASED:
        return raw
    record = None if part.level == "child" else _read(raw)
    if record is None:
        return ERASED
    return orjson.dumps(record) if _take_out(record, part, key_of) else raw


def without_message(raw: bytes) -> bytes:
    """The record without its purge flags and what stands beside or under them: the message of a purge goes as well."""
    record = _read(raw)
    if record is None or record.get("purge") is True:
        return ERASED
    changed = _drop_flagged_blocks(record)
    for episode in _listed(record, "social_care_episodes"):
        changed |= _drop_flagged_items(episode)
    changed |= _keep(record, "social_care_episodes", lambda episode: episode.get("purge") is not True)
    return orjson.dumps(record) if changed else raw


def _read(raw: bytes) -> Json | None:
    """The record; None where it is no JSON object, or says a thing twice, of which a reader would see the last."""
    try:
        json.loads(raw, object_pairs_hook=_each_once)
        record = orjson.loads(raw)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _each_once(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _take_out(record: Json, part: Part, key_of: KeyOf) -> bool:
    if part.level in _BLOCKS:
        return record.pop(part.level, None) is not None

    def meant(episode: Json) -> bool:
        return _has_key(episode, "social_care_episode_id", part.episode_key, key_of)

    if part.level == "episodes":
        return _keep(record, "social_care_episodes", lambda episode: not meant(episode))
    changed = False
    for episode in filter(meant, _listed(record, "social_care_episodes")):
        if part.level in _OBJECTS:
            changed |= episode.pop(_OBJECTS[part.level], None) is not None
        else:
            changed |= _drop_item(episode, part, key_of)
    return changed


def _drop_item(episode: Json, part: Part, key_of: KeyOf) -> bool:
    array, own_id = _ARRAYS[part.level]
    return _keep(episode, array, lambda item: not _has_key(item, own_id, part.item_key, key_of))


def _has_key(found: Json, name: str, key: str | None, key_of: KeyOf) -> bool:
    value = found.get(name)
    # malformed records are searched too, and a number counts as its digits, as it does for the id of the child
    is_id = isinstance(value, str | int) and not isinstance(value, bool)
    return is_id and key_of(str(value)) == key


def _listed(holder: Json, name: str) -> list[Json]:
    """The objects in an array; one that stands where the array should is as good as an array of it."""
    found = holder.get(name)
    listed = found if isinstance(found, list) else [found]
    return [each for each in listed if isinstance(each, dict)]


def _keep(holder: Json, name: str, wanted: Callable[[Json], bool]) -> bool:
    """Leave in an array, or in its place, the objects that are wanted; whether any went."""
    found = holder.get(name)
    if isinstance(found, dict) and not wanted(found):
        del holder[name]
        return True
    if not isinstance(found, list):
        return False
    kept = [each for each in found if not isinstance(each, dict) or wanted(each)]
    holder[name] = kept
    return len(kept) < len(found)


def _drop_flagged_blocks(record: Json) -> bool:
    flagged = [n for n in _BLOCKS if isinstance(record.get(n), dict) and record[n].get("purge") is True]
    for name in flagged:
        del record[name]
    return bool(flagged)


def _drop_flagged_items(episode: Json) -> bool:
    changed = False
    for array, _ in _ARRAYS.values():
        changed |= _keep(episode, array, lambda item: item.get("purge") is not True)
    for name in _OBJECTS.values():
        if isinstance(episode.get(name), dict) and episode[name].get("purge") is True:
            del episode[name]
            changed = True
    return changed
