"""Random streams of records that try everything a sender may do: for comparing two ways of working out history."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from feed_builder import Record

FIRST_DAY = datetime(2026, 1, 5, tzinfo=UTC)
_IDS = {
    "assessments": "child_and_family_assessment_id",
    "cin_plans": "child_in_need_plan_id",
    "s47_enquiries": "section_47_assessment_id",
    "cp_plans": "child_protection_plan_id",
    "placements": "child_looked_after_placement_id",
}
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
                records.append({"child": child} | about | self._content())
        return records

    def _moment(self) -> tuple[datetime, str, int]:
        """Few enough that records of a child fall on one instant now and then."""
        hour = self.random.choice([9, 9, 17])
        at = FIRST_DAY + timedelta(days=self.random.randrange(self.days), hours=hour)
        return at, self.random.choice(["b1", "b2"]), self.random.randrange(2)

    def _content(self) -> Record:
        if self.random.random() < 0.1:
            return {"purges": [self._purge()], "is_purge_message": True}
        record: Record = {}
        if self.random.random() < 0.6:
            record["children"] = self._some("children")
        for name, make in (("disabilities", self._codes), ("sdq_assessments", self._scores)):
            if self.random.random() < 0.4:
                record[name] = make()
        if self.random.random() < 0.8:
            record["episodes"] = [self._episode(f"e{i}") for i in (1, 2) if self.random.random() < 0.6]
        if self.random.random() < 0.06:
            record["purges"] = [self._purge()]
        return record

    def _purge(self) -> tuple[str, str | None, str | None]:
        level = self.random.choice(
            ["child", "child_details", "health_and_wellbeing", "episodes", "adoptions", "care_leavers", *_IDS]
        )
        if level in ("child", "child_details", "health_and_wellbeing"):
            return level, None, None
        episode_id = self.random.choice(["e1", "e2"])
        return level, episode_id, self.random.choice(["1", "2"]) if level in _IDS else None

    def _codes(self) -> list[str]:
        return self.random.sample(["HAND", "HEAR", "NONE"], self.random.randrange(3))

    def _scores(self) -> list[dict[str, Any]]:
        return [{"date": self._date(), "score": self.random.randrange(3)} for _ in range(self.random.randrange(3))]

    def _episode(self, episode_id: str) -> dict[str, Any]:
        episode = {"social_care_episode_id": episode_id} | self._some("episodes")
        for name, own_id in _IDS.items():
            if self.random.random() < 0.4:
                episode[name] = [{own_id: i} | self._some(name) for i in "12" if self.random.random() < 0.6]
        for assessment in episode.get("assessments", []):
            if self.random.random() < 0.5:
                assessment["factors"] = self.random.sample(["1A", "2B", "3C"], self.random.randrange(3))
        for name in ("adoptions", "care_leavers"):
            if self.random.random() < 0.3:
                episode[name] = self._some(name)
                if not episode[name]:
                    del episode[name]
        if self.random.random() < 0.6:
            episode["care_workers"] = self._workers()
        return episode

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
