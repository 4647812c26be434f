"""Judged records of several partitions in one chunk, and the rows of those set aside.

What a chunk is for: DuckDB, polars and Arrow cost much per call and little per record, and a backfill has hundreds of
partitions of a few hundred records each. Reading batches and writing partitions is stage.py's work.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from typing import Any, Protocol

import numpy as np
import polars as pl

from assets.records.batch import BYTE_ORDER_MARK, ERASED, UnreadableBatchError, la_child_id_of, split
from assets.records.payload_columns import Columns, columns_of
from assets.records.pseudonyms import Pseudonyms
from assets.records.quick_verdict import proven
from assets.records.structure import Fault, examine
from assets.records.tables import Frames, frames_of
from assets.submissions.receipts import receipts
from quality.schemas.logs import RECORDS, REJECTED

# What every record of a batch has in common, and a record of its own.
_HEAD = {
    name: RECORDS[name]
    for name in ("source_id", "la_code", "submission_day", "received_at", "batch_id", "payload_mode")
}
_OWN = {name: RECORDS[name] for name in ("batch_index", "receipt_id", "content_hash")}


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
    """One batch after the verdict: columns of the good records, and a row for each fault of the others."""

    head: tuple[Any, ...] = ()
    records: Columns | None = None
    # of each good record: position, receipt, content hash
    positions: list[int] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    content_hashes: list[str] = field(default_factory=list)
    rejected: list[tuple[Any, ...]] = field(default_factory=list)
    received: int = 0
    set_aside: int = 0
    erased: int = 0

    @property
    def stored(self) -> int:
        """How many records are good."""
        return len(self.positions)


def judge(batch: Batch, body: bytes, payload_mode: str, pseudonyms: Pseudonyms) -> Judged:
    """The verdict on every record of a body, in its order. A body that is no list of records is set aside as a whole.

    Good records become columns here, batch by batch, while they are still in the processor's cache. A body of nothing
    but good ones is read once, into columns; only one that cannot be proven good that way is examined by record.
    """
    judged = Judged((batch.stream_id, batch.la_code, batch.submission_day, batch.received_at, batch.batch_id))
    judged.head += (payload_mode,)
    try:
        raw_records = split(body)
    except UnreadableBatchError as error:
        judged.rejected.append(_rejected(batch, None, Fault(error.rule_id, "", str(error))))
        return judged
    judged.received = len(raw_records)
    judged.records = proven(body.removeprefix(BYTE_ORDER_MARK))
    if judged.records is None:
        _judge_each(judged, batch, raw_records, pseudonyms)
    else:
        judged.positions = list(range(len(raw_records)))
    given = receipts(batch.batch_id, batch.received_at, len(raw_records))
    judged.receipts = [given[index] for index in judged.positions]
    judged.content_hashes = [pseudonyms.content_hash(raw_records[index]) for index in judged.positions]
    return judged


def _judge_each(judged: Judged, batch: Batch, raw_records: list[bytes], pseudonyms: Pseudonyms) -> None:
    """The same by record, with a row for each fault."""
    kept = [index for index, raw in enumerate(raw_records) if raw != ERASED]
    judged.erased = len(raw_records) - len(kept)
    for index, (_, faults) in zip(kept, examine([raw_records[index] for index in kept]), strict=True):
        if faults:
            judged.set_aside += 1
            whose = _child_key(raw_records[index], batch, pseudonyms)
            judged.rejected.extend(_rejected(batch, index, fault, whose) for fault in faults)
        else:
            judged.positions.append(index)
    judged.records = columns_of(b"[" + b",".join(raw_records[index] for index in judged.positions) + b"]")


def unread(batch: Batch, reason: str) -> Judged:
    """A batch whose file could not be read, set aside as a whole."""
    return Judged(rejected=[_rejected(batch, None, Fault(UnreadableBatchError.rule_id, "", reason))])


def _rejected(batch: Batch, index: int | None, fault: Fault, child_key: str | None = None) -> tuple[Any, ...]:
    return (
        batch.stream_id,
        batch.la_code,
        child_key,
        batch.submission_day,
        batch.received_at,
        batch.batch_id,
        index,
        fault.rule_id,
        fault.path,
        fault.reason,
    )


def _child_key(raw: bytes, batch: Batch, pseudonyms: Pseudonyms) -> str | None:
    """Whose record it is that was set aside, as far as it says so: erasure has to find it."""
    whose = la_child_id_of(raw)
    return None if whose is None else pseudonyms.child_keys(batch.la_code, pl.Series([whose]))[0]


def frames_of_batches(batches: list[Judged], pseudonyms: Pseudonyms) -> Frames:
    """Frames of the good records of several batches, one batch after the other."""
    stored = [(batch, batch.records) for batch in batches if batch.records and batch.stored]
    if not stored:
        return Frames({}, {})
    heads = pl.DataFrame([batch.head for batch, _ in stored], schema=_HEAD, orient="row")
    own = pl.DataFrame(
        {
            "batch_index": chain.from_iterable(batch.positions for batch, _ in stored),
            "receipt_id": chain.from_iterable(batch.receipts for batch, _ in stored),
            "content_hash": chain.from_iterable(batch.content_hashes for batch, _ in stored),
        },
        schema=_OWN,
    )
    log = pl.concat(
        [heads[np.repeat(np.arange(len(stored)), [batch.stored for batch, _ in stored])], own], how="horizontal"
    )
    return frames_of([columns for _, columns in stored], log, pseudonyms)


def rejected_frame(batches: list[Judged]) -> pl.DataFrame:
    """One row a fault of the records and batches set aside."""
    return pl.DataFrame([row for batch in batches for row in batch.rejected], schema=REJECTED, orient="row")


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """What is read of records holds no cycles, and looking for some costs as much again as reading them."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
