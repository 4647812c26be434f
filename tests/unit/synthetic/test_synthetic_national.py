"""England's feed made of copies: is each copy a child of its own, and does what is sent day by day hang together?"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest

from assets.records.quick_verdict import proven
from assets.records.structure import examine
from synthetic.national import SHARE_CHANGED, Copies, Land, Templates, lands, templates

SEEDS = Path(__file__).resolve().parents[3] / "dbt_project" / "seeds"
FIRST_DAY = date(2024, 4, 2)
DAYS = 20
TEMPLATES = 400
# One LA has every template three times, or nearly so; the other has not even all of them.
LANDS = (Land("301", 1_100), Land("302", 250))
CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
LISTS_GIVEN_WHOLE = {"sdq_assessments", "disabilities", "factors"}


@pytest.fixture(scope="module")
def told() -> Templates:
    return templates(FIRST_DAY, DAYS, children=TEMPLATES)


@pytest.fixture(scope="module")
def feed(told: Templates) -> dict[str, list[list[bytes]]]:
    """The records of each LA, day by day, and on one more day everyone whole."""
    days = [*(told.sent[day] for day in told.days), told.last]
    return {land.code: [list(Copies(land, told).records(pieces)) for pieces in days] for land in LANDS}


def _own_ids(value: Any, name: str = "") -> Iterator[str]:
    """Every id and pupil number of a record, those of workers aside: they have more than one child."""
    if isinstance(value, dict):
        for inner, content in value.items():
            yield from _own_ids(content, inner)
    elif isinstance(value, list):
        for item in value:
            yield from _own_ids(item, name)
    elif name != "worker_id" and name.endswith(("_id", "unique_pupil_number")):
        yield f"{name.removeprefix('former_')} {value}"


def _pupil_numbers(record: dict[str, Any]) -> list[str]:
    details = record["child_details"]
    names = ("unique_pupil_number", "former_unique_pupil_number")
    return [details[name] for name in names if name in details]


def _take(held: dict[str, Any], said: dict[str, Any]) -> None:
    """What is held after a delta: objects are filled in, items found by their id, plain lists replaced."""
    for name, value in said.items():
        if isinstance(value, dict):
            _take(held.setdefault(name, {}), value)
        elif isinstance(value, list) and name not in LISTS_GIVEN_WHOLE:
            for item in value:
                _take(_item_meant(held.setdefault(name, []), item), item)
        else:
            held[name] = value


def _item_meant(items: list[dict[str, Any]], said: dict[str, Any]) -> dict[str, Any]:
    key = next(name for name in said if name.endswith("_id"))
    same = [item for item in items if item[key] == said[key]]
    if key == "worker_id" and "start_date" in said:
        same = [item for item in same if item["start_date"] == said["start_date"]]
    if not same:
        items.append({})
        return items[-1]
    return next((item for item in reversed(same) if "end_date" not in item), same[-1])


def _without_empty_lists(value: Any) -> Any:
    """Order of items aside, too: a receiver keeps none."""
    if isinstance(value, dict):
        return {name: _without_empty_lists(content) for name, content in value.items() if content != []}
    if isinstance(value, list):
        return sorted((_without_empty_lists(item) for item in value), key=repr)
    return value


def test_every_la_has_its_part_of_the_children_by_population() -> None:
    found = lands(SEEDS / "local_authority.csv", SEEDS / "local_authority_population.csv", 700_000)
    codes = pl.read_csv(SEEDS / "local_authority.csv", schema_overrides={"la_code": pl.String})["la_code"]
    residents = pl.read_csv(SEEDS / "local_authority_population.csv", schema_overrides={"la_code": pl.String})
    latest = dict(
        residents.sort("mid_year").group_by("la_code").last().select("la_code", "population_0_17").iter_rows()
    )
    assert sorted(codes) == [land.code for land in found]
    assert sum(land.children for land in found) == 700_000
    total = sum(latest[land.code] for land in found)
    for land in found:
        assert land.children == pytest.approx(latest[land.code] / total * 700_000, abs=1)


def test_every_record_can_be_stored(feed: dict[str, list[list[bytes]]]) -> None:
    for days in feed.values():
        for records in days:
            assert not any(faults for _, faults in examine(records))
            assert not records or proven(b"[" + b",".join(records) + b"]") is not None


def test_no_id_is_of_two_children(feed: dict[str, list[list[bytes]]]) -> None:
    whose = defaultdict(set)
    for code, days in feed.items():
        for raw in (record for records in days for record in records):
            record = orjson.loads(raw)
            for own in _own_ids(record):
                # a case system numbers its children as it likes: only within the LA is that number one child's
                place = (code, own) if own.startswith("mis_child_id ") else own
                whose[place].add((code, record["la_child_id"]))
    assert len(whose) > 4 * sum(land.children for land in LANDS)
    assert max(map(len, whose.values())) == 1


def test_pupil_numbers_have_the_right_letter_and_are_not_former_and_present_at_once(
    feed: dict[str, list[list[bytes]]],
) -> None:
    numbers = [_pupil_numbers(orjson.loads(record)) for days in feed.values() for record in days[-1]]
    for number in (number for both in numbers for number in both):
        digits = map(int, number[1:])
        assert number[0] == CHECK_LETTERS[sum(place * digit for place, digit in enumerate(digits, 2)) % 23]
    renumbered = [both for both in numbers if len(both) == 2]
    assert renumbered
    assert all(present != former for present, former in renumbered)


def test_the_deltas_lead_to_the_full_records(feed: dict[str, list[list[bytes]]]) -> None:
    held: dict[str, dict[str, Any]] = defaultdict(dict)
    whole: dict[str, dict[str, Any]] = {}
    for *deltas, last in feed.values():
        for raw in (record for records in deltas for record in records):
            record = orjson.loads(raw)
            _take(held[record["la_child_id"]], record)
        whole |= {record["la_child_id"]: record for record in map(orjson.loads, last)}
    assert held.keys() == whole.keys()
    differing = [
        place
        for place, child in enumerate(whole)
        if _without_empty_lists(held[child]) != _without_empty_lists(whole[child])
    ]
    assert differing == []


def test_names_with_apostrophes_are_sent_among_the_changes(feed: dict[str, list[list[bytes]]]) -> None:
    """Or the agreement of deltas and full records would not cover the one thing that this sender gets wrong."""
    assert any(b"'" in record for records in feed["301"][1:-1] for record in records)


def test_everyone_is_in_the_full_records_once(feed: dict[str, list[list[bytes]]]) -> None:
    for land in LANDS:
        assert len({orjson.loads(record)["la_child_id"] for record in feed[land.code][-1]}) == land.children


def test_as_many_children_change_a_day_as_is_wanted(told: Templates) -> None:
    shares = [len(told.sent[day]) / TEMPLATES for day in told.days[1:]]
    assert min(shares) >= SHARE_CHANGED
    assert sum(shares) / len(shares) == pytest.approx(SHARE_CHANGED, rel=0.35)


def test_every_day_is_there_the_first_included(told: Templates) -> None:
    assert told.days[0] == FIRST_DAY
    assert len(told.days) == DAYS
    assert all((later - earlier).days == 1 for earlier, later in pairwise(told.days))


def test_full_records_are_of_a_plausible_size(feed: dict[str, list[list[bytes]]]) -> None:
    sizes = [len(record) for record in feed["301"][-1]]
    assert 1_400 < sum(sizes) / len(sizes) < 3_500
    assert max(sizes) < 10_000


def test_the_same_seed_makes_the_same_feed(told: Templates) -> None:
    again = templates(FIRST_DAY, DAYS, children=TEMPLATES)
    other = templates(FIRST_DAY, DAYS, seed=7, children=TEMPLATES)
    assert (again.sent, again.last) == (told.sent, told.last)
    assert other.last != told.last
