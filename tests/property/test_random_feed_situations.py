"""The random feed meets every situation that the merge has a rule for: else the proofs on it would prove little."""

from collections import Counter
from itertools import groupby

from random_feed import RandomFeed

SITUATIONS = {
    *("repeated", "same instant", "delta after full", "full after delta", "full after full", "purge of a child"),
    *("purge of child_details", "purge of health_and_wellbeing", "purge of episodes", "purge of an item"),
    *("purge of adoptions", "purge of care_leavers", "purge beside content", "record after a child's purge"),
    *(
        "empty list of codes",
        "empty list of items",
        "stub of an unknown id",
        "stub of a known id",
        "worker without start",
    ),
    *("score twice on a date", "factors replaced", "item under a new id", "says nothing"),
}
_OWN = {
    "assessments": "child_and_family_assessment_id",
    "cin_plans": "child_in_need_plan_id",
    "s47_enquiries": "section_47_assessment_id",
    "cp_plans": "child_protection_plan_id",
    "placements": "child_looked_after_placement_id",
}


def test_every_situation_occurs() -> None:
    records = RandomFeed(11).children(["204-d2i", "301-cms"], 600)
    met: Counter[str] = Counter()
    by_child = sorted(records, key=lambda r: (r["source"], r["child"], r["at"], r["batch"], r["index"]))
    for _, own in groupby(by_child, key=lambda r: (r["source"], r["child"])):
        met += _of_child(list(own))
    assert sorted(name for name in SITUATIONS if met[name] < 10) == []


def _of_child(records: list[dict]) -> Counter[str]:
    met: Counter[str] = Counter()
    known: dict[tuple, int] = {}
    purged = False
    for place, record in enumerate(records):
        before = records[place - 1] if place else None
        if before:
            met[f"{record['mode']} after {before['mode']}"] += 1
            met["same instant"] += record["at"] == before["at"]
            met["repeated"] += _content(record) == _content(before)
        met["record after a child's purge"] += purged and not record.get("is_purge_message")
        for level, *_ in record.get("purges") or []:
            met[
                "purge of an item" if level in _OWN else "purge of a child" if level == "child" else f"purge of {level}"
            ] += 1
            met["purge beside content"] += not record.get("is_purge_message")
            purged |= level == "child"
        met["says nothing"] += not _content(record)
        met["empty list of codes"] += record.get("disabilities") == []
        dates = [score["date"] for score in record.get("sdq_assessments") or []]
        met["score twice on a date"] += len(dates) > len(set(dates))
        for episode in record.get("episodes") or []:
            _of_episode(episode, known, met)
    return met


def _of_episode(episode: dict, known: dict[tuple, int], met: Counter[str]) -> None:
    held = episode["social_care_episode_id"]
    for name, own_id in _OWN.items():
        items = episode.get(name)
        met["empty list of items"] += items == []
        for item in items or []:
            key = (held, name, item[own_id])
            if len(item) == 1:
                met["stub of a known id" if key in known else "stub of an unknown id"] += 1
            others = {k for k in known if k[:2] == key[:2] and k != key}
            met["item under a new id"] += key not in known and bool(others) and len(item) > 1
            met["factors replaced"] += "factors" in item and bool(known.get((*key, "factors")))
            known[key] = 1
            if "factors" in item:
                known[*key, "factors"] = 1
    met["worker without start"] += sum(not w.get("start_date") for w in episode.get("care_workers") or [])


def _content(record: dict) -> dict:
    return {k: v for k, v in record.items() if k not in ("child", "source", "at", "batch", "index", "mode")}
