"""What happens in a feed, counted: a comparison of two ways of working out history proves nothing of what never occurs.

A situation is told by its name. Each is one sentence of DESIGN section 6, or a known fault of senders.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from feed_builder import Record
from history_reference import OWN_ID, Child, hearing, reaches, rows_by_key

from quality.schemas.entities import ENTITIES

PURGE_LEVELS = (
    *("child", "child_details", "health_and_wellbeing", "episodes", "assessments", "cin_plans", "s47_enquiries"),
    *("cp_plans", "placements", "adoptions", "care_leavers"),
)
# Every record of a child has a row of what it is, so that it is never absent from a full one.
CLOSINGS = {(name, why) for name in ENTITIES for why in ("changed", "absent_from_full")} - {
    ("children", "absent_from_full")
}
_LISTS = ("disabilities", "sdq_assessments")
_WITH_IDS = ("episodes", *(name for name in OWN_ID if name != "assessment_factors"))
EXPECTED = frozenset(
    {
        *(f"closed: {name} {why}" for name, why in CLOSINGS),
        *(f"purge of something: {level}" for level in PURGE_LEVELS),
        *(f"purge of nothing: {level}" for level in PURGE_LEVELS),
        *(f"stub of an unknown id: {name}" for name in _WITH_IDS),
        *(f"the same under a new id: {name}" for name in _WITH_IDS),
        *(f"list replaced: {name}" for name in (*_LISTS, "factors")),
        *(f"list emptied: {name}" for name in (*_LISTS, "factors")),
        "one attribute of an id never described",
        "the same id under two episodes",
        "the same id twice in an array",
        "several scores on a date",
        "no disability, said as NONE",
        "an empty array of items",
        "a delta is the first record",
        "a delta after a purge of the child",
        "a full record after deltas",
        "a delta after a full record",
        "a known item is named without being changed",
        "a worker without a start: the only spell",
        "a worker without a start: one open spell of several",
        "a worker without a start: several open spells",
        "a worker without a start: several spells, all ended",
        "a worker without a start: never seen",
        "a worker's start is corrected",
        "a record is repeated",
        "a record says nothing",
        "a full record repeats a delta",
        "two records at one instant",
        "two batches at one instant",
        "a purge message in a full stream",
        "content beside its own purge",
        "what is purged is new",
    }
)


def situations(records: Iterable[Record]) -> Counter[str]:
    """How often each situation occurs."""
    found: Counter[str] = Counter()
    by_child = sorted(records, key=lambda r: (r["source"], r["child"]))
    for _, own in groupby(by_child, key=lambda r: (r["source"], r["child"])):
        found.update(_of_child(list(own)))
    return found


def _of_child(records: list[Record]) -> Iterator[str]:
    child, before, was_known = Child(), None, False
    for record, is_repeat in hearing(child, records):
        yield from _order(record, before, is_repeat)
        if not is_repeat:
            yield from _purges(child, record)
            if not record.get("is_purge_message"):
                yield from _mode(child, record, before, was_known)
                yield from _content(child, record)
        was_known = was_known or child.is_known
        before = record
    yield from (f"closed: {v.key[0]} {v.closed_reason}" for v in child.versions if v.closed_reason)


def _order(record: Record, before: Record | None, is_repeat: bool) -> Iterator[str]:
    if is_repeat:
        yield "a record is repeated"
    if before is None:
        return
    if record["at"] == before["at"]:
        yield "two batches at one instant" if record["batch"] != before["batch"] else "two records at one instant"
    told = [{name: value for name, value in r.items() if name not in _ABOUT} for r in (record, before)]
    if told[0] == told[1] and (before["mode"], record["mode"]) == ("delta", "full"):
        yield "a full record repeats a delta"


_ABOUT = ("source", "at", "batch", "index", "mode")


def _mode(child: Child, record: Record, before: Record | None, was_known: bool) -> Iterator[str]:
    if record["mode"] == "delta" and not child.is_known:
        yield "a delta after a purge of the child" if was_known else "a delta is the first record"
    elif child.is_known and before and record["mode"] != before["mode"]:
        yield "a full record after deltas" if record["mode"] == "full" else "a delta after a full record"


def _purges(child: Child, record: Record) -> Iterator[str]:
    rows = rows_by_key(record)
    if record.get("is_purge_message") and record["mode"] == "full":
        yield "a purge message in a full stream"
    for purge in record.get("purges") or []:
        took = any(reaches(purge, version.key[0], version.row) for version in child.versions)
        yield f"purge of {'something' if took else 'nothing'}: {purge[0]}"
        beside = any(reaches(purge, name, row) for name, found in rows.items() for row in found.values())
        if beside and not record.get("is_purge_message"):
            yield "content beside its own purge" if took else "what is purged is new"


def _content(child: Child, record: Record) -> Iterator[str]:
    is_delta = record["mode"] == "delta" and child.is_known
    if not any(name in record for name in ("children", *_LISTS, "episodes", "purges")):
        yield "a record says nothing"
    yield from _lists(child, record)
    for episode in record.get("episodes") or []:
        for name, own_id in OWN_ID.items():
            ids = [item[own_id] for item in episode.get(name) or []]
            if len(ids) > len(set(ids)):
                yield "the same id twice in an array"
            if is_delta and episode.get(name) == []:
                yield "an empty array of items"
    rows = rows_by_key(record)
    for name in _WITH_IDS:
        for key, row in rows[name].items():
            yield from _item(child, key, row, is_delta)
    if is_delta:
        for row in rows["care_workers"].values():
            yield from _worker(child, row)


def _lists(child: Child, record: Record) -> Iterator[str]:
    for name in _LISTS:
        if record.get(name) is not None and any(key[0] == name for key in child.state):
            yield f"list {'replaced' if record[name] else 'emptied'}: {name}"
    if "NONE" in (record.get("disabilities") or []):
        yield "no disability, said as NONE"
    dates = [row["date"] for row in record.get("sdq_assessments") or []]
    if len(dates) > len(set(dates)):
        yield "several scores on a date"
    for episode in record.get("episodes") or []:
        for item in episode.get("assessments") or []:
            of_it = ("assessment_factors", (episode["social_care_episode_id"], item[OWN_ID["assessments"]]))
            if item.get("factors") is not None and any((key[0], key[1][:2]) == of_it for key in child.state):
                yield f"list {'replaced' if item['factors'] else 'emptied'}: factors"


def _item(child: Child, key: Any, row: dict[str, Any], is_delta: bool) -> Iterator[str]:
    name = key[0]
    said = {a for a, value in row.items() if value not in (None, False) and a not in ENTITIES[name].key}
    held = {other: known for other, known in child.state.items() if other[0] == name and other != key}
    if key not in child.state and not said:
        yield f"stub of an unknown id: {name}"
    if is_delta and key not in child.state and len(said) == 1:
        yield "one attribute of an id never described"
    if is_delta and key in child.state and not said:
        yield "a known item is named without being changed"
    if name != "episodes" and any(other[1][0] != key[1][0] and other[1][1] == key[1][1] for other in held):
        yield "the same id under two episodes"
    content = {a: value for a, value in row.items() if a not in ENTITIES[name].key}
    if said and key not in child.state and any(content.items() <= known.items() for known in held.values()):
        yield f"the same under a new id: {name}"


def _worker(child: Child, row: dict[str, Any]) -> Iterator[str]:
    of_worker = (row["social_care_episode_id"], row["worker_id"])
    spells = [known for key, known in child.state.items() if key[0] == "care_workers" and key[1][:2] == of_worker]
    if row["start_date"] is not None:
        if spells and row["start_date"] not in [spell["start_date"] for spell in spells]:
            yield "a worker's start is corrected"
        return
    still_open = [spell for spell in spells if spell["end_date"] is None]
    told = {0: "never seen", 1: "the only spell"}.get(len(spells))
    several = {0: "several spells, all ended", 1: "one open spell of several"}.get(
        len(still_open), "several open spells"
    )
    yield f"a worker without a start: {told or several}"
