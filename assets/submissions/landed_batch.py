"""A landed batch and the name of its file, which is the whole index of what is landed.

day=2026-03-31/stream=204-d2i/20260331T093000.123456Z_<batch uuid>.json.zst   (.enc after it when encrypted)
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from assets.submissions.moments import stamp, unstamp

# A stream's sandbox is kept apart from it under a name of its own, so that both can be open at once.
SANDBOX = "-test"
STREAM_ID = re.compile(rf"(?P<la_code>\d{{3}})-(?P<suffix>byo|d2i|cms)(?P<sandbox>{SANDBOX})?", re.ASCII)

_SUFFIX = ".json.zst"
_NAME = re.compile(r"(?P<stamp>\d{8}T\d{6}\.\d{6}Z)_(?P<batch_id>[0-9a-f-]{36})\.json\.zst(?:\.enc)?")


@dataclass(frozen=True, order=True)
class LandedBatch:
    """One stored batch. Sorts in the order in which batches count: received time, then batch id."""

    received_at: datetime
    batch_id: str
    stream_id: str
    submission_day: date
    key: str
    duplicate: bool = field(default=False, compare=False)  # this time the body was already there

    @property
    def la_code(self) -> str:
        """The LA whose stream it is."""
        return self.stream_id.partition("-")[0]


def folder_of(day: date, stream_id: str) -> str:
    """Where the batches of a stream and submission day are."""
    return f"day={day}/stream={stream_id}"


def named(day: date, stream_id: str, received_at: datetime, batch_id: str, seal: str) -> LandedBatch:
    """The batch under the name that these give it. seal: what is put after the name of a sealed file, or nothing."""
    key = f"{folder_of(day, stream_id)}/{stamp(received_at)}_{batch_id}{_SUFFIX}{seal}"
    return LandedBatch(received_at, batch_id, stream_id, day, key)


def batch_named(day: date, stream_id: str, name: str) -> LandedBatch | None:
    """The batch that a file's name tells, or None where it is no batch's name."""
    parts = _NAME.fullmatch(name)
    if parts is None:
        return None
    return LandedBatch(
        unstamp(parts["stamp"]), parts["batch_id"], stream_id, day, f"{folder_of(day, stream_id)}/{name}"
    )
