"""What each level of a purge leaves of a record that came before it, and of the message itself."""

import json
from typing import Any

import pytest
from erasure_world import a_child

from assets.erasure.payload_parts import LEVELS, Part, without_message, without_part
from assets.records.batch import ERASED, la_child_id_of

MARK = "Qaxbez"
ITEMS = {
    "assessments": ("child_and_family_assessments", "AS"),
    "cin_plans": ("child_in_need_plans", "CN"),
    "s47_enquiries": ("section_47_assessments", "SE"),
    "cp_plans": ("child_protection_plans", "CP"),
    "placements": ("child_looked_after_placements", "PL"),
}
OBJECTS = {"adoptions": "adoption", "care_leavers": "care_leavers"}


def key_of(value: str) -> str:
    return f"key of {value}"


def part(level: str, episode: str = f"EP{MARK}", item: str | None = None) -> Part:
    if level in ("child", "child_details", "health_and_wellbeing"):
        return Part(level)
    own = ITEMS[level][1] + MARK if level in ITEMS else None
    return Part(level, key_of(episode), key_of(item or own) if own else None)


def left(record: dict[str, Any], of: Part) -> Any:
    return json.loads(without_part(json.dumps(record).encode(), of, key_of))


def expected(level: str) -> dict[str, Any]:
    record = a_child(MARK)
    episode = record["social_care_episodes"][0]
    if level in ("child_details", "health_and_wellbeing"):
        del record[level]
    elif level == "episodes":
        record["social_care_episodes"] = []
    elif level in ITEMS:
        episode[ITEMS[level][0]] = []
    else:
        del episode[OBJECTS[level]]
    return record


def test_every_level_is_tried() -> None:
    assert set(LEVELS) == {"child", "child_details", "health_and_wellbeing", "episodes", *ITEMS, *OBJECTS}


@pytest.mark.parametrize("level", [level for level in LEVELS if level != "child"])
def test_a_level_takes_its_part_and_nothing_else(level: str) -> None:
    assert left(a_child(MARK), part(level)) == expected(level)


def test_the_level_of_the_child_takes_the_whole_record() -> None:
    assert without_part(json.dumps(a_child(MARK)).encode(), part("child"), key_of) == ERASED


@pytest.mark.parametrize("level", [*ITEMS, *OBJECTS, "episodes"])
def test_the_same_id_under_another_episode_is_another_item(level: str) -> None:
    raw = json.dumps(a_child(MARK), indent=1).encode()
    assert without_part(raw, part(level, episode="EPother"), key_of) is raw


@pytest.mark.parametrize("level", list(ITEMS))
def test_another_item_of_the_episode_stays(level: str) -> None:
    raw = json.dumps(a_child(MARK)).encode()
    assert without_part(raw, part(level, item="another"), key_of) is raw


@pytest.mark.parametrize("raw", [b'{"la_child_id": "x", "child_details": {"surname": ', b'["x"]', b"7"])
def test_a_record_of_which_nobody_can_tell_the_parts_goes_whole(raw: bytes) -> None:
    assert without_part(raw, part("child_details"), key_of) == ERASED


@pytest.mark.parametrize(
    "odd",
    [
        {"social_care_episodes": {"social_care_episode_id": "x"}},
        {"social_care_episodes": [7, None, {"social_care_episode_id": 7, "adoption": {}}]},
        {"social_care_episodes": [{"social_care_episode_id": f"EP{MARK}", "child_looked_after_placements": "none"}]},
    ],
)
def test_a_malformed_record_is_taken_as_far_as_it_can_be_read(odd: dict[str, Any]) -> None:
    raw = json.dumps(odd).encode()
    assert without_part(raw, part("placements"), key_of) == raw


@pytest.mark.parametrize("level", ["episodes", *ITEMS, *OBJECTS])
def test_an_object_where_an_array_should_be_is_searched_like_one_of_it(level: str) -> None:
    record = a_child(MARK)
    record["social_care_episodes"] = episode = record["social_care_episodes"][0]
    for array, _ in ITEMS.values():
        episode[array] = episode[array][0]
    gone = ITEMS[level][0] if level in ITEMS else OBJECTS.get(level)
    wanted = {name: value for name, value in episode.items() if name != gone}
    assert left(record, part(level)).get("social_care_episodes") == (wanted if gone else None)


def test_an_id_that_is_a_number_is_its_digits() -> None:
    record = {"la_child_id": "x", "social_care_episodes": [{"social_care_episode_id": 4711}, {"note": True}]}
    assert left(record, Part("episodes", key_of("4711")))["social_care_episodes"] == [{"note": True}]


def test_a_record_that_says_a_thing_twice_goes_whole() -> None:
    twice = b'{"social_care_episodes": [{"social_care_episode_id": "EPQaxbez"}], "social_care_episodes": []}'
    assert without_part(twice, part("episodes"), key_of) == ERASED
    assert without_message(twice) == ERASED


def test_a_message_loses_its_flags_and_what_stands_beside_them() -> None:
    record = a_child(MARK)
    record["child_details"]["purge"] = True
    episode = record["social_care_episodes"][0]
    episode["child_in_need_plans"][0]["purge"] = True
    episode["adoption"]["purge"] = True
    record["social_care_episodes"].append({"social_care_episode_id": "EPgone", "purge": True})
    wanted = expected("child_details")
    wanted["social_care_episodes"][0] |= {"child_in_need_plans": []}
    del wanted["social_care_episodes"][0]["adoption"]
    assert json.loads(without_message(json.dumps(record).encode())) == wanted


def test_a_message_about_the_whole_child_goes_whole() -> None:
    assert without_message(json.dumps(a_child(MARK, purge=True)).encode()) == ERASED


def test_a_flag_that_is_false_asks_for_nothing() -> None:
    raw = json.dumps(a_child(MARK, purge=False)).encode()
    assert without_message(raw) is raw


@pytest.mark.parametrize(
    ("raw", "whose"),
    [
        (b'{"la_child_id": "AB 1", "x": }', "AB 1"),
        (b'{"x": [}], "la_child_id" : "A\\"B"', 'A"B'),
        (b'{"la_child_id": "AB1', "AB1"),
        (b'{"la_child_id": 4711}', "4711"),
        (b'{"la_child_id": 4711, "x": }', "4711"),
        (b'{"la_child_id": "A\\u00e9"}', "A\u00e9"),
        (b'{"la_child_id": true}', None),
        (b'{"la_child_id": null}', None),
        (b'{"x": }', None),
        (b'["la_child_id"]', None),
    ],
)
def test_whose_a_record_is_can_be_told_even_of_a_broken_one(raw: bytes, whose: str | None) -> None:
    assert la_child_id_of(raw) == whose
