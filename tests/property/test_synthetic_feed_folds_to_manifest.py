"""Reading the generated JSON as a receiver would, in plain Python, gives what the manifest says is held.

The manifest is derived from the truth and the recorded mistakes without looking at the files; this looks at the files
and at nothing else.
"""

import tempfile
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import orjson
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.records.structure import examine
from synthetic.facts import recorded
from synthetic.faults import FaultBook
from synthetic.feed import FeedWriter, iter_feed
from synthetic.generate import mistaken_rows
from synthetic.held import ATTRIBUTES, first_known, held_by
from synthetic.lifecycle import live
from synthetic.payloads import ARRAYS, IDS, OBJECTS
from synthetic.scenario import HACKNEY, NO_FAULTS, PRESETS, RUTLAND, FaultRates, Scenario, StreamPlan
from synthetic.streams import sent_by

MANY_FAULTS = FaultRates(
    **dict.fromkeys(FaultRates.__dataclass_fields__, 0.04) | {"dropped_days": 2, "repeated_batches": 2}
)  # type: ignore[arg-type]
RENAMED = {"home_postcode": "postcode", "placement_postcode": "postcode"}
LONDON = ZoneInfo("Europe/London")


class Receiver:
    """Keeps what it was told about each child, by the rules for full and delta streams."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        self.children: dict[str, dict[tuple, dict[str, Any]]] = {}
        self.since: dict[tuple, int] = {}

    def take(self, record: dict[str, Any], day: int) -> None:
        child = record["la_child_id"]
        if self.mode == "full" or child not in self.children:
            self.children[child] = {}
        rows = self.children[child]
        if "child_details" in record:
            details = dict(record["child_details"])
            self._replace(rows, "disabilities", [{"disability_code": code} for code in details.pop("disabilities", [])])
            rows.setdefault(("children",), {}).update(details)
        if "health_and_wellbeing" in record:
            self._replace(rows, "sdq_assessments", record["health_and_wellbeing"]["sdq_assessments"])
        for episode in record.get("social_care_episodes", []):
            self._take_episode(rows, episode)
        for key, row in rows.items():
            for name, value in row.items():
                self.since.setdefault((child, key[0], name, str(value)), day)

    def _take_episode(self, rows: dict[tuple, dict[str, Any]], episode: dict[str, Any]) -> None:
        own = episode["social_care_episode_id"]
        scalars = {name: value for name, value in episode.items() if not isinstance(value, list | dict)}
        rows.setdefault(("episodes", own), {}).update(scalars)
        for entity, array in ARRAYS.items():
            for item in episode.get(array, []):
                name = IDS[entity][0] if entity in IDS else "worker_id"
                rows.setdefault((entity, own, item[name]), {}).update({k: v for k, v in item.items() if k != "factors"})
                if "factors" in item:
                    self._replace(rows, "assessment_factors", [{"factor": f} for f in item["factors"]], own, item[name])
        for entity, name in OBJECTS.items():
            if name in episode:
                rows.setdefault((entity, own), {}).update(episode[name])

    def _replace(self, rows: dict[tuple, dict[str, Any]], entity: str, items: list[dict[str, Any]], *of: str) -> None:
        for key in [key for key in rows if key[: 1 + len(of)] == (entity, *of)]:
            del rows[key]
        for position, item in enumerate(items):
            rows[(entity, *of, position)] = item

    def held(self, entity: str) -> Counter:
        names = ATTRIBUTES[entity]
        found = [
            (child, *(row.get(RENAMED.get(name, name)) for name in names))
            for child, rows in self.children.items()
            for key, row in rows.items()
            if key[0] == entity
        ]
        return Counter(set(found) if entity in OBJECTS else found)  # repeated in each episode


def _expected(frame: pl.DataFrame, entity: str, ids: list[str]) -> Counter:
    rows = frame.select("child", *ATTRIBUTES[entity]).iter_rows()
    texts = ((ids[row[0]], *(v.isoformat() if isinstance(v, date) else v for v in row[1:])) for row in rows)
    return Counter(texts)


def _check(plan: StreamPlan, scenario: Scenario, folder: Path) -> None:
    truth = live(scenario.authorities[0], scenario)
    log, _ = recorded(truth, scenario)
    book = FaultBook()
    sent = sent_by(plan, truth, log, mistaken_rows(truth, scenario), scenario, book)
    FeedWriter(sent, truth, scenario, folder, book).write()
    receiver = Receiver(plan.payload_mode)
    for _, moment, path in iter_feed(folder):
        raw = [bytes(part) for part in msgspec.json.decode(path.read_bytes(), type=list[msgspec.Raw])]
        day = moment.astimezone(LONDON).date().toordinal() - date(1970, 1, 1).toordinal()
        for content, (_, faults) in zip(raw, examine(raw), strict=True):
            if not faults:
                receiver.take(orjson.loads(content), day)
    ids = truth["children"]["la_child_id"].to_list()
    for entity, frame in held_by(sent, truth).items():
        assert receiver.held(entity) == _expected(frame, entity, ids), entity
    for entity, child, field, value, day in first_known(sent).iter_rows():
        if "date" in field.split("_"):
            assert receiver.since[(ids[child], entity, field, value)] == day, (entity, field)


@settings(max_examples=6, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 10_000),
    plan=st.sampled_from([*HACKNEY.streams, *RUTLAND.streams]),
    faults=st.sampled_from([MANY_FAULTS, FaultRates(), NO_FAULTS]),
)
def test_the_feed_says_what_the_manifest_says(seed: int, plan: StreamPlan, faults: FaultRates) -> None:
    authority = replace(HACKNEY if plan.la_code == "204" else RUTLAND, population=1200, streams=(plan,))
    first = PRESETS["small"].first_day
    scenario = replace(
        PRESETS["small"], authorities=(authority,), seed=seed, faults=faults, last_day=first + timedelta(days=45)
    )
    with tempfile.TemporaryDirectory() as folder:
        _check(plan, scenario, Path(folder))
