"""Builders of child records, batches and the stage's surroundings; every field has a valid default."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from assets.lake import Lake
from assets.records.chunks import frames_of_batches, judge
from assets.records.pseudonyms import Pseudonymiser
from assets.records.stage import Work

PSEUDONYMS = Pseudonymiser(b"an invented secret of the tests")


@dataclass(frozen=True)
class ABatch:
    body: bytes
    number: int = 1
    stream_id: str = "204-d2i"
    day: int = 1
    hour: int = 9

    @property
    def la_code(self):
        return self.stream_id[:3]

    @property
    def received_at(self):
        return datetime(2026, 3, self.day, self.hour, tzinfo=UTC)

    @property
    def submission_day(self):
        return date(2026, 3, self.day)

    @property
    def batch_id(self):
        return str(UUID(int=self.number))


def a_record(**changes):
    return {"la_child_id": "C1"} | changes


def an_episode(**changes):
    return {"social_care_episode_id": "E1"} | changes


def a_batch(*records, **changes):
    return ABatch(json.dumps(list(records)).encode(), **changes)


def frames(*records, **changes):
    """All frames of one batch of these records, which must be good."""
    batch = a_batch(*records, **changes)
    judged = judge(batch, batch.body, "full", PSEUDONYMS)
    assert judged.rejected == []
    return frames_of_batches([judged], PSEUDONYMS).frames


def work(folder, **changes):
    return Work(lambda batch: batch.body, Lake(folder), lambda _stream, _day: "full", PSEUDONYMS, **changes)
