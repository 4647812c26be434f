"""The records stage: landed batches -> verdict -> entity frames -> one lake partition per stream and submission day.

Records of many partitions go through the work in one chunk; each partition is written whole or not at all. Trouble
with one partition is caught, told in the summary and left to the caller to raise at the end; the others go on.
Finding batches is the landing store's business, and orchestration's which partitions to ask for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate, pairwise
from typing import Generic, TypeVar

import polars as pl

from assets.lake import Lake, PartitionWriter, day_partition
from assets.records.chunks import Batch, Judged, frames_of_batches, judge, no_garbage_collection, rejected_frame, unread
from assets.records.pseudonyms import Pseudonymiser
from assets.submissions.register import RegisterError
from assets.submissions.vault import LandingError
from quality.schemas.frames import FrameError, checked

# Errors whose text is ours, or the file system's, and so holds nothing of a record.
_SPEAKING = (LandingError, RegisterError, FrameError, OSError)

Partition = tuple[str, str]  # submission day (ISO) and stream id
B = TypeVar("B", bound=Batch)


@dataclass
class Outcome:
    """What became of one partition. Counts only."""

    day: str
    stream_id: str
    batches: int = 0
    received: int = 0
    stored: int = 0
    rejected: int = 0
    erased: int = 0
    unreadable_files: int = 0
    rows: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Failure:
    """One partition, or one batch of it, that went wrong for a reason that is not the data's structure."""

    day: str
    stream_id: str
    error: Exception

    def __str__(self) -> str:
        """Where, and why: in full for errors of our own, which repeat no value; else only what kind of error it is."""
        known = isinstance(self.error, _SPEAKING)
        return f"{self.day} {self.stream_id}: {type(self.error).__name__}{f': {self.error}' if known else ''}"


class RecordsStageError(ExceptionGroup):
    """Everything that went wrong in a run of the stage; the partitions not named in it are written."""


@dataclass
class Summary:
    """What a run of the stage did."""

    outcomes: list[Outcome] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    @property
    def wrong_frames(self) -> list[FrameError]:
        """The failures that are frames of the wrong shape."""
        return [each.error for each in self.failures if isinstance(each.error, FrameError)]

    def raise_failures(self, *, but_shapes: bool = False) -> None:
        """Raise RecordsStageError when any partition failed. For the caller, when all else is done.

        but_shapes: leave out frames of the wrong shape, if there is nothing else; the caller tells of them.
        """
        if but_shapes and len(self.wrong_frames) == len(self.failures):
            return
        if self.failures:
            why = "\n".join(sorted({str(each) for each in self.failures}))
            raise RecordsStageError(f"records stage failed for\n{why}", [each.error for each in self.failures])


@dataclass(frozen=True)
class Work(Generic[B]):
    """What the stage works with.

    read: the bytes of a batch. mode_at: payload mode of a stream in force on a submission day. note: what to keep in
    a partition's manifest about the batches it was made from. on_outcome: told of each partition when it is done.
    """

    read: Callable[[B], bytes]
    lake: Lake
    mode_at: Callable[[str, date], str]
    pseudonyms: Pseudonymiser
    chunk_records: int = 20_000
    note: Callable[[Sequence[B]], dict[str, str]] = lambda _: {}
    on_outcome: Callable[[Outcome], None] = lambda _: None


def process(partitions: Mapping[Partition, Sequence[B]], work: Work[B]) -> Summary:
    """Replace each of these lake partitions by the frames of its batches; by nothing where it has none."""
    run = _Run(work)
    with no_garbage_collection():
        for key in sorted(partitions):
            run.take(key, sorted(partitions[key], key=lambda batch: (batch.received_at, batch.batch_id)))
        run.flush()
    return run.summary


def asked_for(batches: Iterable[B], lake: Lake, days: Iterable[str]) -> dict[Partition, list[B]]:
    """Batches by partition, with an empty list for each partition of those days that only the lake still has."""
    found: dict[Partition, list[B]] = {}
    for day in days:
        for partition in lake.partitions(f"records/day={day}"):
            found[day, partition.rpartition("stream=")[2]] = []
    for batch in batches:
        found.setdefault((batch.submission_day.isoformat(), batch.stream_id), []).append(batch)
    return found


@dataclass
class _Open:
    """A partition under way: its writer stays open from its first chunk to its last."""

    outcome: Outcome
    note: dict[str, str] = field(default_factory=dict)
    stack: ExitStack = field(default_factory=ExitStack)
    writer: PartitionWriter | None = None
    pending: list[Judged] = field(default_factory=list)
    is_complete: bool = False
    error: Exception | None = None

    def count(self, judged: Judged) -> None:
        """Add a batch to what is reported."""
        self.pending.append(judged)
        self.outcome.received += judged.received
        self.outcome.stored += judged.stored
        self.outcome.rejected += judged.set_aside
        self.outcome.erased += judged.erased


class _Run(Generic[B]):
    """Collects judged batches until there are enough for a chunk, then makes and writes their frames."""

    def __init__(self, work: Work[B]) -> None:
        self.work = work
        self.summary = Summary()
        self._open: list[_Open] = []
        self._records = 0

    def take(self, key: Partition, batches: Sequence[B]) -> None:
        """Judge a partition's batches, making frames whenever the chunk is full."""
        day, stream_id = key
        current = _Open(Outcome(day, stream_id, batches=len(batches)))
        self._open.append(current)
        try:
            if batches:
                current.note = self.work.note(batches)
                self._judge_all(current, batches, self.work.mode_at(stream_id, date.fromisoformat(day)))
        except Exception as error:
            current.error = error
        current.is_complete = True

    def _judge_all(self, current: _Open, batches: Sequence[B], mode: str) -> None:
        for batch in batches:
            judged = self._judged(current, batch, mode)
            current.count(judged)
            self._records += judged.stored
            if self._records >= self.work.chunk_records:
                self.flush()
            if current.error:
                return
        if current.outcome.unreadable_files == len(batches):
            raise LandingError(f"none of the {len(batches)} batch files could be read; the lake keeps what it had")

    def _judged(self, current: _Open, batch: B, mode: str) -> Judged:
        """A batch's verdict. A damaged file is set aside and told as a failure: somebody must restore it."""
        try:
            body = self.work.read(batch)
        except LandingError as error:
            current.outcome.unreadable_files += 1
            current.note = {}
            self.summary.failures.append(Failure(current.outcome.day, current.outcome.stream_id, error))
            return unread(batch, "the landing file is damaged or cannot be opened")
        return judge(batch, body, mode, self.work.pseudonyms)

    def flush(self) -> None:
        """Make frames of what was collected, write them, and finish the partitions that have all their batches."""
        for partition, frames in self._frames([each for each in self._open if each.error is None]):
            try:
                self._write(partition, frames)
            except Exception as error:
                partition.error = error
        for partition in self._open:
            partition.pending.clear()
            if partition.is_complete:
                self._finish(partition)
        self._open = [each for each in self._open if not each.is_complete]
        self._records = 0

    def _frames(self, partitions: list[_Open]) -> list[tuple[_Open, dict[str, pl.DataFrame]]]:
        """Frames by partition. When a chunk cannot be made, each partition is tried alone, to find which one it is."""
        try:
            return list(zip(partitions, self._made([each.pending for each in partitions]), strict=True))
        except Exception as error:
            if len(partitions) == 1:
                partitions[0].error = error
                return []
        return [pair for each in partitions for pair in self._frames([each])]

    def _made(self, pending: list[list[Judged]]) -> Iterator[dict[str, pl.DataFrame]]:
        batches = [batch for each in pending for batch in each]
        frames, rejected = frames_of_batches(batches, self.work.pseudonyms), rejected_frame(batches)
        for table, frame in (frames.frames | {"rejected": rejected}).items():
            if frame.height:  # without rows a check costs as much, and nothing of it is written
                checked(table, frame)
        stored = _bounds([sum(batch.stored for batch in each) for each in pending])
        set_aside = _bounds([sum(len(batch.rejected) for batch in each) for each in pending])
        for good, bad in zip(stored, set_aside, strict=True):
            yield frames.between(*good) | {"rejected": rejected[slice(*bad)]}

    def _write(self, partition: _Open, frames: dict[str, pl.DataFrame]) -> None:
        if partition.writer is None and partition.outcome.batches:
            place = day_partition(partition.outcome.day, partition.outcome.stream_id)
            partition.writer = partition.stack.enter_context(self.work.lake.replacing(place))
        if partition.writer:
            partition.writer.append(frames, proven=True)

    def _finish(self, partition: _Open) -> None:
        """Make the partition what was written of it, or leave the lake as it was when anything went wrong."""
        try:
            self._commit(partition)
        except Exception as error:
            partition.error = error
        if partition.error:
            self.summary.failures.append(Failure(partition.outcome.day, partition.outcome.stream_id, partition.error))
            return
        self.summary.outcomes.append(partition.outcome)
        self.work.on_outcome(partition.outcome)

    def _commit(self, partition: _Open) -> None:
        if partition.error:
            # tell the lake's writer that it is not to become the partition
            partition.stack.__exit__(type(partition.error), partition.error, partition.error.__traceback__)
        elif partition.writer:
            partition.writer.note |= partition.note
            partition.outcome.rows = dict(partition.writer.rows)
            partition.stack.close()
        else:
            self.work.lake.remove(day_partition(partition.outcome.day, partition.outcome.stream_id))


def _bounds(sizes: Sequence[int]) -> list[tuple[int, int]]:
    """Where each of several pieces of these sizes, laid end to end, begins and ends."""
    return list(pairwise(accumulate(sizes, initial=0)))
