"""What a child looks like as JSON, and how each sender writes a day's changes.

A Child holds the record as the sender has it now; values from the stream's log are applied to it one by one. The three
ways of writing differ as the real senders do: everything; the whole of every changed object; or changed properties
only, with stubs for the unchanged items beside them.
"""

from typing import Any

Key = tuple[str, int]
Json = dict[str, Any]

ARRAYS = {
    "care_workers": "care_worker_details",
    "assessments": "child_and_family_assessments",
    "cin_plans": "child_in_need_plans",
    "s47_enquiries": "section_47_assessments",
    "cp_plans": "child_protection_plans",
    "placements": "child_looked_after_placements",
}
IDS = {
    "episodes": ("social_care_episode_id", "E"),
    "assessments": ("child_and_family_assessment_id", "A"),
    "cin_plans": ("child_in_need_plan_id", "C"),
    "s47_enquiries": ("section_47_assessment_id", "S"),
    "cp_plans": ("child_protection_plan_id", "P"),
    "placements": ("child_looked_after_placement_id", "L"),
}
OBJECTS = {"adoptions": "adoption", "care_leavers": "care_leavers"}
_FLAGS = {"uasc_flag", "referral_no_further_action_flag", "icpc_required_flag"}
_RENAMED = {"home_postcode": "postcode", "placement_postcode": "postcode"}
_STUBS_WITH_PURGE = {"cin_plans", "cp_plans"}


def json_value(field: str, value: str) -> Any:
    """A value of the log as JSON has it."""
    if field in _FLAGS:
        return value == "true"
    return int(value) if field == "score" else value


class Child:
    """One child's record, and what changed in it since it was last written.

    changed: (entity, row) to the properties changed, or to None where the object is new.
    """

    def __init__(self, la_child_id: str, mis_child_id: str, *, from_ssd: bool) -> None:
        self.record: Json = {"la_child_id": la_child_id, "mis_child_id": mis_child_id, "child_details": {}}
        self.from_ssd = from_ssd  # this sender writes purge false everywhere and empty lists of factors
        self.disabilities: dict[int, str] = {}
        self.scores: dict[int, Json] = {}
        self.episodes: dict[int, Json] = {}
        self.items: dict[Key, tuple[int, Json]] = {}
        self.keys: dict[tuple[int, str], list[Key]] = {}
        self.objects: dict[str, tuple[int, Json]] = {}
        self.changed: dict[Key, set[str] | None] = {}

    def apply(
        self, entity: str, row: int, truth_row: int, parent: int, field: str, value: str | None, prefix: str
    ) -> None:
        """Put one value in its place, making the object that it belongs to where there is none yet.

        parent: the episode's row, or the assessment's for a factor; unused for what belongs to the child.
        """
        if entity == "children":
            self._set(self.record["child_details"], (entity, 0), field, value)
        elif entity == "disabilities":
            self.disabilities[row] = str(value)
            self._mark((entity, 0), field)
        elif entity == "sdq_assessments":
            self._set(self.scores.setdefault(row, {}), (entity, 0), field, value)
        elif entity == "assessment_factors":
            _, assessment = self.items[("assessments", parent)]
            assessment.setdefault("factors", []).append(value)
            self._mark(("assessments", parent), "factors")
        else:
            key = (entity, truth_row)
            self._set(self._object(key, row, parent, prefix), key, field, value)

    def remove(self, entity: str, row: int, truth_row: int, parent: int) -> None:
        """Take an item out that the sender no longer has, unless another id already took its place."""
        key = (entity, truth_row)
        if key in self.items and self.items[key][0] == row:
            self._take_out(key, parent)
            del self.items[key]

    def write_twice(self, entity: str, truth_row: int, parent: int) -> None:
        """Let an item stand twice in its array from now on."""
        item = self.items[(entity, truth_row)][1]
        self.episodes[parent][ARRAYS[entity]].append(item)
        self.keys[(parent, entity)].append((entity, truth_row))

    def _set(self, target: Json, key: Key, field: str, value: str | None) -> None:
        name = _RENAMED.get(field, field)
        if value is None:
            target.pop(name, None)
        else:
            target[name] = json_value(field, value)
        self._mark(key, name)

    def _mark(self, key: Key, name: str) -> None:
        names = self.changed.setdefault(key, set())
        if names is not None:
            names.add(name)

    def _object(self, key: Key, row: int, parent: int, prefix: str) -> Json:
        entity, truth_row = key
        if entity in OBJECTS:
            if entity not in self.objects:
                self.objects[entity] = (parent, {"purge": False} if self.from_ssd else {})
                self.changed[(entity, truth_row)] = None
            return self.objects[entity][1]
        if entity == "episodes" and truth_row in self.episodes:
            return self.episodes[truth_row]
        if key in self.items:
            held, item = self.items[key]
            if held == row:
                return item
            self._take_out(key, parent)
        return self._new(key, row, parent, prefix)

    def _new(self, key: Key, row: int, parent: int, prefix: str) -> Json:
        entity, truth_row = key
        item: Json = {}
        if entity in IDS:
            name, letter = IDS[entity]
            item[name] = f"{prefix}{letter}{row}"
            if self.from_ssd:
                item["purge"] = False
        self.changed[key] = None
        if entity == "episodes":
            self.episodes[truth_row] = item
            return item
        if entity == "assessments" and self.from_ssd:
            item["factors"] = []
        self.items[key] = (row, item)
        self.episodes[parent].setdefault(ARRAYS[entity], []).append(item)
        self.keys.setdefault((parent, entity), []).append(key)
        return item

    def _take_out(self, key: Key, parent: int) -> None:
        keys, array = self.keys[(parent, key[0])], self.episodes[parent][ARRAYS[key[0]]]
        while key in keys:
            position = keys.index(key)
            del keys[position], array[position]
        self.changed.setdefault(("episodes", parent), set())

    def whole(self) -> Json:
        """The full record."""
        record = self.record
        record["child_details"]["disabilities"] = list(self.disabilities.values())
        if self.scores:
            record["health_and_wellbeing"] = {"sdq_assessments": list(self.scores.values())}
        episodes = list(self.episodes.items())
        for entity, (parent, content) in self.objects.items():
            for row, episode in episodes:
                if self.from_ssd or row == parent:
                    episode[OBJECTS[entity]] = content
        record["social_care_episodes"] = [episode for _, episode in episodes]
        if not self.from_ssd:
            return record
        record["child_details"]["purge"] = False
        if self.scores:
            record["health_and_wellbeing"]["purge"] = False
        return record | {"purge": False}

    def changed_objects(self) -> Json:
        """Each changed object whole, in as much of the tree as leads to it."""
        whole = self.whole()
        part: Json = {"la_child_id": whole["la_child_id"], "mis_child_id": whole["mis_child_id"]}
        if ("children", 0) in self.changed or ("disabilities", 0) in self.changed:
            part["child_details"] = whole["child_details"]
        if ("sdq_assessments", 0) in self.changed:
            part["health_and_wellbeing"] = whole["health_and_wellbeing"]
        episodes = [self._changed_of_episode(row, episode) for row, episode in self.episodes.items()]
        if any(episodes):
            part["social_care_episodes"] = [episode for episode in episodes if episode]
        return part

    def _changed_of_episode(self, row: int, episode: Json) -> Json | None:
        if self.changed.get(("episodes", row), set()) is None:
            return episode
        part: Json = {}
        if self.changed.get(("episodes", row)):
            part = {name: value for name, value in episode.items() if not isinstance(value, list | dict)}
        for entity, array in ARRAYS.items():
            keys = self.keys.get((row, entity), [])
            items = [episode[array][position] for position, key in enumerate(keys) if key in self.changed]
            if items:
                part[array] = items
        for entity, (parent, content) in self.objects.items():
            if parent == row and self._object_changed(entity) is not False:
                part[OBJECTS[entity]] = content
        return {IDS["episodes"][0]: episode[IDS["episodes"][0]]} | part if part else None

    def _object_changed(self, entity: str) -> set[str] | None | bool:
        """The properties changed, None where the object is new, False where nothing changed."""
        for (of, _), names in self.changed.items():
            if of == entity:
                return names
        return False

    def changed_properties(self) -> Json:
        """Child details always whole; elsewhere changed properties only, and stubs beside them."""
        whole = self.whole()
        details = {name: _doubled(value) for name, value in whole["child_details"].items()}
        part: Json = {
            "la_child_id": whole["la_child_id"],
            "mis_child_id": whole["mis_child_id"],
            "child_details": details,
        }
        if ("sdq_assessments", 0) in self.changed:
            part["health_and_wellbeing"] = whole["health_and_wellbeing"]
        if any(entity not in {"children", "disabilities", "sdq_assessments"} for entity, _ in self.changed):
            part["social_care_episodes"] = [self._partial(row, episode) for row, episode in self.episodes.items()]
        return part

    def _partial(self, row: int, episode: Json) -> Json:
        names = self.changed.get(("episodes", row), set())
        if names is None:
            return episode
        part = {IDS["episodes"][0]: episode[IDS["episodes"][0]], "purge": False}
        part |= {name: episode[name] for name in sorted(names) if name in episode}
        for entity, array in ARRAYS.items():
            keys = self.keys.get((row, entity), [])
            if any(key in self.changed for key in keys):
                part[array] = [
                    self._partial_item(entity, key, episode[array][position]) for position, key in enumerate(keys)
                ]
        for entity, (_, content) in self.objects.items():
            names = self._object_changed(entity)  # type: ignore[assignment]
            if names is None:
                part[OBJECTS[entity]] = content
            elif names:
                part[OBJECTS[entity]] = {name: content[name] for name in sorted(names)}
        return part

    def _partial_item(self, entity: str, key: Key, item: Json) -> Json:
        names = self.changed.get(key, set())
        if names is None:
            return item
        own = IDS[entity][0] if entity in IDS else "worker_id"
        stub = {own: item[own]}
        if entity in _STUBS_WITH_PURGE:
            stub["purge"] = False
        return stub | {name: item[name] for name in sorted(names)}


def _doubled(value: Any) -> Any:
    """This sender quotes text for SQL once too often."""
    return value.replace("'", "''") if isinstance(value, str) else value


BREAKAGES = ("null_value", "unknown_property", "number_as_text", "impossible_date", "id_missing", "text_too_long")


def broken(record: Json, breakage: str) -> Json:
    """The record with one thing in it that no child record can have."""
    details = dict(record.get("child_details", {}))
    spoilt = {**record, "child_details": details}
    if breakage == "null_value":
        details["ethnicity"] = None
    elif breakage == "unknown_property":
        spoilt["education_health_care_plans"] = []
    elif breakage == "number_as_text":
        spoilt["health_and_wellbeing"] = {"sdq_assessments": [{"date": "2026-01-15", "score": "17"}]}
    elif breakage == "impossible_date":
        details["date_of_birth"] = "2015-02-30"
    elif breakage == "text_too_long":
        details["sex"] = "Female"
    else:
        spoilt.pop("la_child_id")
    return spoilt
