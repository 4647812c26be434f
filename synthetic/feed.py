"""The feed as files: one JSON array of at most a hundred children a file, under the day and stream it belongs to.

The name of a file begins with the UTC time at which it is sent. A day is the day in London, so in summer time a batch
sent soon after midnight carries the UTC date of the day before.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import orjson
import polars as pl

from synthetic.draws import as_date, generator
from synthetic.faults import FaultBook
from synthetic.lifecycle import Truth
from synthetic.payloads import BREAKAGES, Child, Json, broken
from synthetic.scenario import Scenario, StreamPlan
from synthetic.streams import StreamLog

LONDON = ZoneInfo("Europe/London")
_TIME = "%Y%m%dT%H%M%S%fZ"
_LONGEST_SENDING = timedelta(hours=4)
_USUAL_PAUSE = timedelta(seconds=47)
_ID_PREFIX = {"build_your_own": "B", "data_to_insight": "D", "cms_supplier": "M"}


@dataclass
class Written:
    """What was written: files, records and bytes."""

    files: int = 0
    records: int = 0
    size: int = 0
    refused: list[dict[str, object]] = field(default_factory=list)

    def add(self, other: "Written") -> None:
        """Add another count to this one."""
        self.files += other.files
        self.records += other.records
        self.size += other.size


class FeedWriter:
    """Writes one stream, day by day."""

    def __init__(self, log: StreamLog, truth: Truth, scenario: Scenario, out: Path, book: FaultBook) -> None:
        self.log, self.scenario, self.out, self.book = log, scenario, out, book
        self.plan: StreamPlan = log.plan
        self.rng = generator(scenario.seed, self.plan.stream_id, "feed")
        self.parents = _parents(truth)
        ids = truth["children"].select("la_child_id", "mis_child_id")
        self.ids = list(ids.iter_rows())
        self.children: dict[int, Child] = {}
        self.last_bytes: dict[int, bytes] = {}  # full mode: what is sent again while nothing changes
        self.written = Written()
        self.prefix = _ID_PREFIX[self.plan.route]
        self.twice = {(entity, row): True for entity, row, _ in log.twice.iter_rows()}

    def write(self) -> Written:
        """Every day of the stream."""
        sent = _by_day(self.log.sent)
        attempts = _by_day(self.log.attempts)
        gone = _by_day(self.log.gone.join(_truth_rows(self.log.sent), on=["entity", "row"]))
        refused = {
            (child, day): always for child, day, always in self.log.refused.select("child", "day", "always").iter_rows()
        }
        repeats = set(self.rng.choice(self.log.days[3:], self.scenario.faults.repeated_batches, replace=False).tolist())
        for day in self.log.days.tolist():
            changed = self._apply(sent.get(day, {}), gone.get(day, {}))
            records = self._records(changed)
            for child, facts in attempts.get(day, {}).items():
                if (child, day) in refused:
                    records[child] = self._refused_record(child, facts, always=refused[(child, day)])
            self._write_day(day, [records[child] for child in sorted(records)], sorted(records), repeat=day in repeats)
        return self.written

    def _apply(self, facts: dict[int, list[tuple]], gone: dict[int, list[tuple]]) -> list[int]:
        for child, rows in facts.items():
            if child not in self.children:
                self.children[child] = Child(*self.ids[child], from_ssd=self.plan.route == "data_to_insight")
            self._put(self.children[child], rows)
        for child, rows in gone.items():
            for entity, row, _, _, truth_row in rows:
                self.children[child].remove(entity, row, truth_row, self.parents[entity][truth_row])
        if self.plan.payload_mode == "full":
            return list(facts.keys() | gone.keys())
        return list(facts)

    def _put(self, child: Child, rows: list[tuple]) -> None:
        for entity, row, _, name, value, _, _, _, truth_row in rows:
            parent = self.parents[entity][truth_row] if entity in self.parents else 0
            child.apply(entity, row, truth_row, parent, name, value, self.prefix)
            if self.twice and self.twice.pop((entity, row), False):
                child.write_twice(entity, truth_row, parent)

    def _records(self, changed: list[int]) -> dict[int, bytes]:
        records: dict[int, bytes] = {}
        for number in changed:
            child = self.children[number]
            first = number not in self.last_bytes
            records[number] = orjson.dumps(child.whole() if first else self._changes(child))
            child.changed = {}
            self.last_bytes[number] = records[number] if self.plan.payload_mode == "full" else b""
        if self.plan.payload_mode == "full":
            return dict(self.last_bytes)
        return records

    def _changes(self, child: Child) -> Json:
        if self.plan.payload_mode == "full":
            return child.whole()
        return child.changed_properties() if self.plan.route == "data_to_insight" else child.changed_objects()

    def _refused_record(self, number: int, facts: list[tuple], *, always: bool) -> bytes:
        """What the child's record would have been, spoilt. The child as held stays as it was: nothing was taken."""
        child = copy.deepcopy(self.children.get(number))
        first = child is None
        if child is None:
            child = Child(*self.ids[number], from_ssd=self.plan.route == "data_to_insight")
        self._put(child, facts)
        breakage = BREAKAGES[int(self.rng.integers(len(BREAKAGES)))]
        record = orjson.dumps(broken(child.whole() if first else self._changes(child), breakage))
        if always and self.plan.payload_mode == "full":
            self.last_bytes[number] = record
        self.written.refused.append({"child": number, "breakage": breakage, "record": record})
        return record

    def _write_day(self, day: int, records: list[bytes], children: list[int], *, repeat: bool) -> None:
        if not records:
            return
        size = self.scenario.batch_size
        batches = [records[start : start + size] for start in range(0, len(records), size)]
        london = datetime.combine(as_date(day), datetime.min.time(), LONDON)
        hour, minute = self.plan.first_batch
        moment = (london + timedelta(hours=hour, minutes=minute)).astimezone(UTC)
        moment += timedelta(seconds=int(self.rng.integers(0, 240)))
        pause = min(_USUAL_PAUSE, _LONGEST_SENDING / len(batches))
        folder = self.out / "feed" / f"day={as_date(day).isoformat()}" / f"stream={self.plan.stream_id}"
        folder.mkdir(parents=True, exist_ok=True)
        for number, batch in enumerate(batches):
            moment += pause + timedelta(milliseconds=int(self.rng.integers(0, 900)))
            self._write_batch(folder, moment, number, batch)
        self._note_refused(day, children)
        if repeat:
            again = int(self.rng.integers(len(batches)))
            self._write_batch(folder, moment + timedelta(minutes=7), len(batches), batches[again])
            self.book.note("batch_sent_again", self.plan.stream_id, "", as_date(day).isoformat(), len(batches[again]))

    def _write_batch(self, folder: Path, moment: datetime, number: int, batch: list[bytes]) -> None:
        body = b"[" + b",".join(batch) + b"]"
        (folder / f"{moment.strftime(_TIME)}_{number:04d}.json").write_bytes(body)
        self.written.add(Written(1, len(batch), len(body)))

    def _note_refused(self, day: int, children: list[int]) -> None:
        """Write down the file number and position of each spoilt record of the day."""
        spoilt = {int(str(entry["child"])): entry["breakage"] for entry in self.written.refused}
        always = self.log.always_refused if self.plan.payload_mode == "full" else set()
        today = {child for child, _ in self._refused_on(day)} | (always & set(children))
        for child in sorted(today):
            position = children.index(child)
            batch, index = divmod(position, self.scenario.batch_size)
            self.book.details.append(
                pl.DataFrame(
                    {
                        "kind": ["record_refused"],
                        "stream": [self.plan.stream_id],
                        "entity": ["children"],
                        "field": [spoilt[child]],
                        "child": [child],
                        "day": [as_date(day)],
                        "batch": [batch],
                        "batch_index": [index],
                    }
                )
            )
        self.book.note("record_refused", self.plan.stream_id, "children", as_date(day).isoformat(), len(today))

    def _refused_on(self, day: int) -> list[tuple[int, int]]:
        return self.log.refused.filter(pl.col("day") == day).select("child", "day").rows()


def _by_day(frame: pl.DataFrame) -> dict[int, dict[int, list[tuple]]]:
    """Rows by day and child, in the order in which they are to be applied."""
    ordered = frame.sort("day", "child", "entity", "row", *(["order"] if "order" in frame.columns else []))
    days = ordered.select(pl.col("day"), pl.col("child")).rows()
    rows = ordered.with_columns(pl.col("entity").cast(pl.String)).rows()
    grouped: dict[int, dict[int, list[tuple]]] = {}
    for (day, child), pairs in groupby(zip(days, rows, strict=True), key=itemgetter(0)):
        grouped.setdefault(day, {})[child] = [row for _, row in pairs]
    return grouped


def _truth_rows(sent: pl.DataFrame) -> pl.DataFrame:
    return sent.select("entity", "row", "truth_row").unique(["entity", "row"])


def _parents(truth: Truth) -> dict[str, list[int]]:
    """Of each row, the episode it hangs on; of each factor, the assessment."""
    parents = {
        entity: truth[entity]["episode"].to_list()
        for entity in truth.tables
        if "episode" in truth[entity].columns and entity != "assessment_factors"
    }
    parents["episodes"] = np.zeros(truth["episodes"].height, dtype=int).tolist()
    parents["assessment_factors"] = truth["assessment_factors"]["assessment"].to_list()
    return parents


def iter_feed(out: Path) -> Iterator[tuple[str, datetime, Path]]:
    """Stream, moment of receipt and file of every batch, in the order in which they are sent."""
    found = []
    for path in (out / "feed").glob("day=*/stream=*/*.json"):
        moment = datetime.strptime(path.name.split("_")[0], _TIME).replace(tzinfo=UTC)
        found.append((moment, path.parent.name.removeprefix("stream="), path.name, path))
    for moment, stream_id, _, path in sorted(found, key=lambda entry: entry[:3]):
        yield stream_id, moment, path
