"""Random streams of records that try everything a sender may do: for comparing two ways of working out history.

Known faults of senders are among it: ids that change over night, stubs of ids never described, changes of a version
never sent, purges of what is new. That each of it occurs is counted in feed_situations.py.
"""

import random
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any

from feed_builder import Record

Purge = tuple[str, str | None, str | None]  # level, episode, item

FIRST_DAY = datetime(2026, 1, 5, tzinfo=UTC)
_IDS = {
    "assessments": "child_and_family_assessment_id",
    "cin_plans": "child_in_need_plan_id",
    "s47_enquiries": "section_47_assessment_id",
    "cp_plans": "child_protection_plan_id",
    "placements": "child_looked_after_placement_id",
}
_OBJECTS = ("adoptions", "care_leavers")
_SAID = {
    "assessments": {"start_date": date, "authorisation_date": date},
    "cin_plans": {"start_date": date, "end_date": date},
    "s47_enquiries": {"start_date": date, "icpc_required_flag": bool, "icpc_date": date},
    "cp_plans": {"start_date": date, "end_date": date},
    "placements": {"start_date": date, "placement_type": str, "end_reason": str},
    "adoptions": {"initial_decision_date": date, "matched_date": date},
    "care_leavers": {"contact_date": date, "activity": str},
    "episodes": {"referral_date": date, "closure_date": date, "closure_reason": str},
    "children": {"sex": str, "date_of_birth": date, "uasc_flag": bool},
}


class RandomFeed:
    """A seeded maker of records; the same seed, the same records."""

    def __init__(self, seed: int, days: int = 8) -> None:
        self.random = random.Random(seed)
        self.days = days

    def children(self, sources: list[str], number: int) -> list[Record]:
        """The records of that many children in each source, in the order received."""
        records = []
        for source in sources:
            for child in range(number):
                records += self._child(source, f"{source}-child{child}")
        return sorted(records, key=lambda r: (r["at"], r["batch"], r["index"]))

    def _child(self, source: str, child: str) -> list[Record]:
        moments = sorted(self._moment() for _ in range(self.random.randint(1, 9)))
        switch = self.random.randint(0, len(moments))
        modes = self.random.choice([["full"], ["delta"], ["full", "delta"], ["delta", "full"]])
        records: list[Record] = []
        for place, (at, batch, index) in enumerate(sorted(set(moments))):
            about = {"source": source, "at": at, "batch": batch, "index": index}
            about["mode"] = modes[-1] if place >= switch else modes[0]
            if records and self.random.random() < 0.25:
                records.append(self.random.choice(records[-2:]) | about)
            else:
                records.append({"child": child} | about | self._content(records))
        return self._changing_ids(records) if self.random.random() < 0.15 else records

    def _changing_ids(self, records: list[Record]) -> list[Record]:
        """From one of the records on, every id is another; that record tells again what the one before it told."""
        at = self.random.randrange(len(records))
        if at and self.random.random() < 0.7:
            about = {name: records[at][name] for name in ("source", "at", "batch", "index", "mode")}
            records[at] = records[at - 1] | about
        return records[:at] + [_under_new_ids(record) for record in records[at:]]

    def _moment(self) -> tuple[datetime, str, int]:
        """Few enough that records of a child fall on one instant now and then."""
        hour = self.random.choice([9, 9, 17])
        at = FIRST_DAY + timedelta(days=self.random.randrange(self.days), hours=hour)
        return at, self.random.choice(["b1", "b2"]), self.random.randrange(2)

    def _content(self, so_far: list[Record]) -> Record:
        if self.random.random() < 0.1:
            return {"purges": [self._purge(so_far)], "is_purge_message": True}
        record: Record = {}
        if self.random.random() < 0.6:
            record["children"] = self._some("children")
        for name, make in (("disabilities", self._codes), ("sdq_assessments", self._scores)):
            if self.random.random() < 0.4:
                record[name] = make()
        if self.random.random() < 0.8:
            record["episodes"] = [self._episode(f"e{i}") for i in (1, 2) if self.random.random() < 0.6]
        if self.random.random() < 0.06:
            record["purges"] = [self._purge(so_far)]
        if self.random.random() < 0.12:
            fault = self.random.choice([self._stub_of_unknown, self._part_of_unknown, self._purge_of_new])
            fault(record)
        return record

    def _stub_of_unknown(self, record: Record) -> None:
        """An episode, or an item, is named that was never described."""
        if self.random.random() < 0.5:
            record.setdefault("episodes", []).append({"social_care_episode_id": "e3"})
        else:
            self._add_item(record, lambda _: {})

    def _part_of_unknown(self, record: Record) -> None:
        """One attribute of an item: what changed in a version that never came."""
        self._add_item(record, self._one)

    def _purge_of_new(self, record: Record) -> None:
        """What is new comes marked as to be purged."""
        if self.random.random() < 0.5:
            record.setdefault("episodes", []).append(self._episode("e4"))
            purge: Purge = ("episodes", "e4", None)
        else:
            name, episode_id = self._add_item(record, self._one)
            purge = (name, episode_id, "9")
        record["purges"] = [*record.get("purges", []), purge]

    def _add_item(self, record: Record, said: Callable[[str], dict[str, Any]]) -> tuple[str, str]:
        """An item under an id that is not used otherwise, in the record's first episode."""
        name = self.random.choice(list(_IDS))
        episodes = record.setdefault("episodes", [])
        if not episodes:
            episodes.append({"social_care_episode_id": "e1"})
        episodes[0].setdefault(name, []).append({_IDS[name]: "9"} | said(name))
        return name, episodes[0]["social_care_episode_id"]

    def _one(self, name: str) -> dict[str, Any]:
        attribute, kind = self.random.choice(list(_SAID[name].items()))
        return {attribute: self._value(kind)}

    def _purge(self, so_far: list[Record]) -> Purge:
        """Of anything; more often than chance would have it, of an item that was told."""
        level = self.random.choice(["child", "child_details", "health_and_wellbeing", "episodes", *_OBJECTS, *_IDS])
        told = [
            (level, episode["social_care_episode_id"], item[_IDS[level]] if level in _IDS else None)
            for record in so_far
            for episode in record.get("episodes", [])
            for item in (episode.get(level, []) if level in _IDS else [episode] if level in episode else [])
        ]
        if told and self.random.random() < 0.7:
            return self.random.choice(told)
        if level in ("child", "child_details", "health_and_wellbeing"):
            return level, None, None
        return level, self.random.choice(["e1", "e2"]), self.random.choice(["1", "2"]) if level in _IDS else None

    def _codes(self) -> list[str]:
        return self.random.sample(["HAND", "HEAR", "NONE"], self.random.randrange(3))

    def _scores(self) -> list[dict[str, Any]]:
        return [{"date": self._date(), "score": self.random.randrange(3)} for _ in range(self.random.randrange(3))]

    def _episode(self, episode_id: str) -> dict[str, Any]:
        episode = {"social_care_episode_id": episode_id} | self._some("episodes")
        for name, own_id in _IDS.items():
            if self.random.random() < 0.4:
                episode[name] = [{own_id: i} | self._some(name) for i in "12" if self.random.random() < 0.6]
        self._repeat_ids(episode)
        for assessment in episode.get("assessments", []):
            if self.random.random() < 0.5:
                assessment["factors"] = self.random.sample(["1A", "2B", "3C"], self.random.randrange(3))
        for name in _OBJECTS:
            if self.random.random() < 0.3:
                episode[name] = self._some(name)
                if not episode[name]:
                    del episode[name]
        if self.random.random() < 0.6:
            episode["care_workers"] = self._workers()
        return episode

    def _repeat_ids(self, episode: dict[str, Any]) -> None:
        """The same id twice in an array, now and then."""
        for name in ("cin_plans", "placements"):
            if episode.get(name) and self.random.random() < 0.1:
                episode[name].append({_IDS[name]: episode[name][0][_IDS[name]]} | self._some(name))

    def _workers(self) -> list[dict[str, Any]]:
        rows: dict[Any, dict[str, Any]] = {}
        for _ in range(self.random.randint(1, 3)):
            row: dict[str, Any] = {"worker_id": self.random.choice(["w1", "w1", "w2"])}
            if self.random.random() < 0.5:
                row["start_date"] = self._date()
            if self.random.random() < 0.4:
                row["end_date"] = self._date()
            # the records stage keeps the later of two rows with one key
            key = row["worker_id"], row.get("start_date")
            rows.pop(key, None)
            rows[key] = row
        return list(rows.values())

    def _some(self, name: str) -> dict[str, Any]:
        """Some of the attributes; often none, as in a stub."""
        return {name: self._value(kind) for name, kind in _SAID[name].items() if self.random.random() < 0.4}

    def _value(self, kind: type) -> Any:
        if kind is date:
            return self._date()
        return self.random.choice([True, False]) if kind is bool else self.random.choice(["A", "B"])

    def _date(self) -> date:
        return date(2026, 1, self.random.randint(1, 3))


def _under_new_ids(record: Record) -> Record:
    """The same content, every id of an episode or item another; purges name the new ids."""
    renamed = deepcopy(record)
    for episode in renamed.get("episodes", []):
        episode["social_care_episode_id"] += "n"
        for name, own_id in _IDS.items():
            for item in episode.get(name, []):
                item[own_id] += "n"
    if "purges" in renamed:
        renamed["purges"] = [(level, *(each and f"{each}n" for each in ids)) for level, *ids in renamed["purges"]]
    return renamed
