"""Flattening loses nothing, and how the work is cut into chunks or ordered changes nothing."""

import json
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.lake import Lake
from assets.records.chunks import frames_of_batches, judge
from assets.records.pseudonyms import Pseudonymiser
from assets.records.stage import Work, process
from quality.schemas.entities import ALL_ENTITIES
from quality.schemas.logs import LOGS

PSEUDONYMS = Pseudonymiser(b"an invented secret of the tests")
ITEMS = {
    "assessments": ("child_and_family_assessments", "child_and_family_assessment_id"),
    "cin_plans": ("child_in_need_plans", "child_in_need_plan_id"),
    "s47_enquiries": ("section_47_assessments", "section_47_assessment_id"),
    "cp_plans": ("child_protection_plans", "child_protection_plan_id"),
    "placements": ("child_looked_after_placements", "child_looked_after_placement_id"),
}
days = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)
own_ids = st.text("Ab1_-", max_size=3)


def codes(longest):
    return st.text("AZ19é", min_size=1, max_size=longest)


def some_of(**optional):
    """An object with any of these properties."""
    return st.fixed_dictionaries({}, optional=optional)


def told(strategy):
    """An object that says something: an empty one makes no row, and so cannot be rebuilt."""
    return strategy.filter(bool)


def items(own_id, **optional):
    item = st.fixed_dictionaries({own_id: own_ids}, optional=optional)
    return st.lists(item, min_size=1, max_size=3, unique_by=lambda each: each[own_id])


workers = told(some_of(worker_id=own_ids, start_date=days, end_date=days))
episodes = items(
    "social_care_episode_id",
    referral_date=days,
    referral_source=codes(2),
    referral_no_further_action_flag=st.booleans(),
    closure_date=days,
    closure_reason=codes(3),
    care_worker_details=st.lists(
        workers, min_size=1, max_size=3, unique_by=lambda each: (each.get("worker_id"), each.get("start_date"))
    ),
    child_and_family_assessments=items(
        "child_and_family_assessment_id",
        start_date=days,
        authorisation_date=days,
        factors=st.lists(codes(3), max_size=4, unique=True),
    ),
    child_in_need_plans=items("child_in_need_plan_id", start_date=days, end_date=days),
    section_47_assessments=items(
        "section_47_assessment_id", start_date=days, icpc_required_flag=st.booleans(), icpc_date=days, end_date=days
    ),
    child_protection_plans=items("child_protection_plan_id", start_date=days, end_date=days),
    child_looked_after_placements=items(
        "child_looked_after_placement_id",
        start_date=days,
        start_reason=codes(1),
        placement_type=codes(3),
        postcode=codes(8),
        end_date=days,
        end_reason=codes(3),
        change_reason=codes(6),
    ),
    adoption=told(some_of(initial_decision_date=days, matched_date=days, placed_date=days)),
    care_leavers=told(some_of(contact_date=days, activity=codes(2), accommodation=codes(1))),
)
details = some_of(
    unique_pupil_number_unknown_reason=codes(4),
    date_of_birth=days,
    expected_date_of_birth=days,
    sex=codes(1),
    ethnicity=codes(4),
    disabilities=st.lists(codes(4), max_size=4, unique=True),
    postcode=codes(8),
    uasc_flag=st.booleans(),
    uasc_end_date=days,
)
sdq = st.lists(
    told(some_of(date=days, score=st.integers(-5, 50))), max_size=3, unique_by=lambda each: each.get("date")
).map(lambda rows: {"sdq_assessments": rows})
records = st.fixed_dictionaries(
    {"la_child_id": st.text("abC123", min_size=1, max_size=4)},
    optional={
        "mis_child_id": own_ids,
        "child_details": told(details),
        "health_and_wellbeing": sdq,
        "social_care_episodes": episodes,
    },
)


@dataclass(frozen=True)
class _Batch:
    body: bytes
    number: int
    stream_id: str = "204-d2i"
    la_code: str = "204"

    @property
    def received_at(self):
        return datetime(2026, 3, 1 + self.number % 2, self.number % 24, tzinfo=UTC)

    @property
    def submission_day(self):
        return self.received_at.date()

    @property
    def batch_id(self):
        return str(UUID(int=self.number))


def _plain(row, *without):
    """A row as the payload would say it: no nulls, dates as text."""
    dropped = {"purge", *without}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row.items()
        if value is not None and name not in dropped
    }


def _rows(frames, name):
    """Attribute rows of an entity by record, in the order of their arrays."""
    found = defaultdict(list)
    if name in frames:
        for row in frames[name].sort("batch_index", "row_index", maintain_order=True).iter_rows(named=True):
            attributes = {c.name: row[c.name] for c in ALL_ENTITIES[name].columns}
            found[row["batch_index"]].append(attributes)
    return found


def _rebuilt(frames):
    """The payload again, from the frames alone; the reference implementation of what tables.py undoes."""
    entities = {name: _rows(frames, name) for name in ALL_ENTITIES}
    by_id = {row["batch_index"]: row for row in frames["records"].iter_rows(named=True)}
    identifiers = frames["identifiers"].rows(named=True)
    return [_record(index, by_id[index], identifiers[place], entities) for place, index in enumerate(sorted(by_id))]


def _record(index, flags, identifier, entities):
    record = {"la_child_id": identifier["la_child_id"]}
    if identifier["mis_child_id"] is not None:
        record["mis_child_id"] = identifier["mis_child_id"]
    child = _plain(entities["children"][index][0])
    if "home_postcode" in child:
        child["postcode"] = child.pop("home_postcode")
    if flags["has_disabilities"]:
        child["disabilities"] = [row["disability_code"] for row in entities["disabilities"][index]]
    if child:
        record["child_details"] = child
    if flags["has_sdq_assessments"]:
        record["health_and_wellbeing"] = {"sdq_assessments": [_plain(r) for r in entities["sdq_assessments"][index]]}
    episodes = [_episode(index, row, entities) for row in entities["episodes"][index]]
    return record | ({"social_care_episodes": episodes} if episodes else {})


def _episode(index, row, entities):
    episode = _plain(row)

    def inside(name):
        return [r for r in entities[name][index] if r["social_care_episode_id"] == row["social_care_episode_id"]]

    for name, (listed, own_id) in ITEMS.items():
        found = [_item(name, own_id, r, inside("assessment_factors")) for r in inside(name)]
        if found:
            episode[listed] = found
    if inside("care_workers"):
        episode["care_worker_details"] = [_plain(r, "social_care_episode_id") for r in inside("care_workers")]
    for name, called in (("adoptions", "adoption"), ("care_leavers", "care_leavers")):
        for found in inside(name):
            episode[called] = _plain(found, "social_care_episode_id")
    return episode


def _item(name, own_id, row, factors):
    item = _plain(row, "social_care_episode_id", "has_factors")
    if "placement_postcode" in item:
        item["postcode"] = item.pop("placement_postcode")
    if name == "assessments" and row["has_factors"]:
        item["factors"] = [f["factor"] for f in factors if f[own_id] == row[own_id]]
    return item


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(records, min_size=1, max_size=4))
def test_flatten_then_rebuild_gives_the_payload_back(sent):
    batch = _Batch(json.dumps(sent).encode(), 1)
    judged = judge(batch, batch.body, "full", PSEUDONYMS)
    assert judged.rejected == []
    assert _rebuilt(frames_of_batches([judged], PSEUDONYMS).frames) == sent


def _lake(batches, chunk_records, times=1):
    """Every table of the lake after the stage has run, as sorted rows by partition."""
    asked = defaultdict(list)
    for batch in batches:
        asked[batch.submission_day.isoformat(), batch.stream_id].append(batch)
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake(folder)
        for _ in range(times):
            process(asked, Work(_body, lake, _full, PSEUDONYMS, chunk_records)).raise_failures()
        return {
            (place, table): lake.read(place, table).rows()
            for place in lake.partitions("records")
            for table in [*ALL_ENTITIES, *LOGS]
        }


def _body(batch):
    return batch.body


def _full(_stream, _day):
    return "full"


faulty = st.one_of(records, st.just({"la_child_id": ""}), st.just({"la_child_id": "C9", "purge": True}))


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(faulty, max_size=3), min_size=1, max_size=5), st.integers(1, 7), st.randoms())
def test_chunk_size_batch_order_and_repetition_change_nothing(sent, chunk_records, dice):
    batches = [_Batch(json.dumps(each).encode(), number) for number, each in enumerate(sent)]
    expected = _lake(batches, 1000)
    shuffled = list(batches)
    dice.shuffle(shuffled)
    assert _lake(shuffled, chunk_records, times=2) == expected
