"""Judged records of several partitions in one chunk, and the rows of those set aside.

What a chunk is for: DuckDB, polars and Arrow cost much per call and little per record, and a backfill has hundreds of
partitions of a few hundred records each. Reading batches and writing partitions is stage.py's work.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

import polars as pl

from assets.records.batch import ERASED, UnreadableBatchError, split
from assets.records.pseudonyms import Pseudonymiser
from assets.records.structure import Fault, examine
from assets.records.tables import Frames, frames_of
from assets.submissions.receipts import receipts
from quality.schemas.entities import RECORDS, REJECTED

# What frames_of is told about a record.
_LOG = {
    name: RECORDS[name]
    for name in (
        "source_id",
        "la_code",
        "submission_day",
        "received_at",
        "batch_id",
        "batch_index",
        "receipt_id",
        "payload_mode",
        "content_hash",
    )
}


class Batch(Protocol):
    """What this room needs to know of a landed batch; its bytes are read apart."""

    @property
    def stream_id(self) -> str: ...
    @property
    def la_code(self) -> str: ...
    @property
    def submission_day(self) -> date: ...
    @property
    def received_at(self) -> datetime: ...
    @property
    def batch_id(self) -> str: ...


@dataclass
class Judged:
    """One batch after the verdict: good records, and a row for each fault of the others."""

    records: list[dict[str, Any]] = field(default_factory=list)
    log: list[tuple[Any, ...]] = field(default_factory=list)
    rejected: list[tuple[Any, ...]] = field(default_factory=list)
    received: int = 0
    set_aside: int = 0
    erased: int = 0


def judge(batch: Batch, body: bytes, payload_mode: str, pseudonyms: Pseudonymiser) -> Judged:
    """The verdict on every record of a body, in its order. A body that holds no records is set aside as a whole."""
    judged = Judged()
    try:
        raw_records = split(body)
    except UnreadableBatchError as error:
        judged.rejected.append(_rejected(batch, None, Fault(error.rule_id, "", str(error))))
        return judged
    judged.received = len(raw_records)
    given = receipts(batch.batch_id, batch.received_at, len(raw_records))
    head = (batch.stream_id, batch.la_code, batch.submission_day, batch.received_at, batch.batch_id)
    with _no_garbage_collection():
        for index, raw in enumerate(raw_records):
            if raw == ERASED:
                judged.erased += 1
                continue
            record, faults = examine(raw)
            if faults:
                judged.set_aside += 1
                judged.rejected.extend(_rejected(batch, index, fault) for fault in faults)
                continue
            judged.records.append(record)
            judged.log.append((*head, index, given[index], payload_mode, pseudonyms.content_hash(raw)))
    return judged


def unread(batch: Batch, reason: str) -> Judged:
    """A batch whose file could not be read, set aside as a whole."""
    return Judged(rejected=[_rejected(batch, None, Fault(UnreadableBatchError.rule_id, "", reason))])


def _rejected(batch: Batch, index: int | None, fault: Fault) -> tuple[Any, ...]:
    return (
        batch.stream_id,
        batch.la_code,
        batch.submission_day,
        batch.received_at,
        batch.batch_id,
        index,
        fault.rule_id,
        fault.path,
        fault.reason,
    )


def frames_of_batches(batches: list[Judged], pseudonyms: Pseudonymiser) -> Frames:
    """Frames of the good records of several batches, one batch after the other."""
    records = [record for batch in batches for record in batch.records]
    if not records:
        return Frames({}, {})
    log = pl.DataFrame([row for batch in batches for row in batch.log], schema=_LOG, orient="row")
    return frames_of(records, log, pseudonyms)


def rejected_frame(batches: list[Judged]) -> pl.DataFrame:
    """One row a fault of the records and batches set aside."""
    return pl.DataFrame([row for batch in batches for row in batch.rejected], schema=REJECTED, orient="row")


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Parsed records hold no cycles, and looking for some doubles the cost of parsing (measured: 9 and 28 us each)."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
