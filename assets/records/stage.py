"""The records stage: landed batches -> verdict -> entity frames -> one lake partition per stream and submission day.

Records of many partitions go through the work in one chunk; each partition is written whole or not at all. Trouble
with one partition is caught, told in the summary and left to the caller to raise at the end; the others go on.
Finding batches is the landing store's business, and orchestration's which partitions to ask for.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Generic, TypeVar

import polars as pl

from assets.lake import Lake, day_folder
from assets.lake_writing import FolderWriter
from assets.records.chunks import Batch, Judged, frames_of_batches, judge, no_garbage_collection, rejected_frame, unread
from assets.records.outcomes import Failure, Outcome, Summary
from assets.records.pseudonyms import Pseudonymiser
from assets.records.tables import Frames
from assets.submissions.vault import LandingError
from quality.schemas.frames import checked

Partition = tuple[str, str]  # submission day (ISO) and stream id
B = TypeVar("B", bound=Batch)


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
        run.finish()
    return run.summary


def asked_for(batches: Iterable[B], lake: Lake, days: Iterable[str]) -> dict[Partition, list[B]]:
    """Batches by partition, with an empty list for each partition of those days that only the lake still has."""
    found: dict[Partition, list[B]] = {}
    for day in days:
        for stream_id in lake.members(day_folder(day)):
            found[day, stream_id] = []
    for batch in batches:
        found.setdefault((batch.submission_day.isoformat(), batch.stream_id), []).append(batch)
    return found


@dataclass(frozen=True)
class _Made:
    """Frames of a chunk, and the rows of what was set aside."""

    frames: Frames
    rejected: pl.DataFrame

    def between(self, stored: slice, set_aside: slice) -> dict[str, pl.DataFrame]:
        """The frames of a run of the stored records, and the rows of a run of the others."""
        return self.frames.between(stored.start, stored.stop) | {"rejected": self.rejected[set_aside]}


@dataclass
class _Open:
    """A partition under way, from its first chunk to its last."""

    outcome: Outcome
    note: dict[str, str] = field(default_factory=dict)
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


class _Day:
    """The partitions of one submission day: written together, and made what the lake holds when all are done."""

    def __init__(self, day: str, lake: Lake) -> None:
        self.day = day
        self.lake = lake
        self.partitions: list[_Open] = []
        self._stack = ExitStack()
        self._writer: FolderWriter | None = None

    def write(self, frames: dict[str, pl.DataFrame], of: list[_Open]) -> None:
        """One more part of each table, with the rows of these partitions."""
        if self._writer is None:
            self._writer = self._stack.enter_context(self.lake.replacing_in(day_folder(self.day)))
        self._writer.append(frames, [each.outcome.stream_id for each in of], proven=True)

    def commit(self) -> None:
        """Let the lake hold what was written, but for partitions in which anything went wrong: they stay as they were.

        Raises what the lake raises; then every partition of the day is as it was.
        """
        writer = self._writer
        if writer:
            for each in self.partitions:
                self._settle(each, writer)
            self._stack.close()
        emptied = [p.outcome.stream_id for p in self.partitions if not p.error and not p.outcome.batches]
        if emptied:
            self.lake.remove_in(day_folder(self.day), emptied)

    def abandon(self, error: BaseException) -> None:
        """Leave the day in the lake as it was."""
        self._stack.__exit__(type(error), error, error.__traceback__)

    @staticmethod
    def _settle(partition: _Open, writer: FolderWriter) -> None:
        stream_id = partition.outcome.stream_id
        if partition.error:
            writer.leave_out(stream_id)
        elif partition.outcome.batches:
            member = writer.members[stream_id]
            member.note |= partition.note
            partition.outcome.rows = dict(member.rows)


class _Run(Generic[B]):
    """Collects judged batches until there are enough for a chunk, then makes and writes their frames."""

    def __init__(self, work: Work[B]) -> None:
        self.work = work
        self.summary = Summary()
        self._days: list[_Day] = []
        self._records = 0

    def take(self, key: Partition, batches: Sequence[B]) -> None:
        """Judge a partition's batches, making frames whenever the chunk is full."""
        day, stream_id = key
        if not self._days or self._days[-1].day != day:
            self._days.append(_Day(day, self.work.lake))
        current = _Open(Outcome(day, stream_id, batches=len(batches)))
        self._days[-1].partitions.append(current)
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

    def finish(self) -> None:
        """Make frames of the rest, and finish the last day."""
        self.flush()
        while self._days:
            self._finish(self._days.pop(0))

    def flush(self) -> None:
        """Make frames of what was collected, write them, and finish every day but the last, which may go on."""
        waiting = [each for day in self._days for each in day.partitions if each.error is None and each.pending]
        for partitions, frames in self._frames(waiting):
            self._write(partitions, frames)
        for day in self._days:
            for partition in day.partitions:
                partition.pending.clear()
        self._records = 0
        while len(self._days) > 1:
            self._finish(self._days.pop(0))

    def _frames(self, partitions: list[_Open]) -> list[tuple[list[_Open], _Made]]:
        """Frames of partitions. When a chunk cannot be made, each partition is tried alone, to find which one it is."""
        try:
            return [(partitions, self._made(partitions))] if partitions else []
        except Exception as error:
            if len(partitions) == 1:
                partitions[0].error = error
                return []
        return [pair for each in partitions for pair in self._frames([each])]

    def _made(self, partitions: list[_Open]) -> _Made:
        batches = [batch for each in partitions for batch in each.pending]
        frames, rejected = frames_of_batches(batches, self.work.pseudonyms), rejected_frame(batches)
        for table, frame in (frames.frames | {"rejected": rejected}).items():
            if frame.height:  # without rows a check costs as much, and nothing of it is written
                checked(table, frame)
        return _Made(frames, rejected)

    def _write(self, partitions: list[_Open], made: _Made) -> None:
        """The chunk's frames, day by day."""
        stored, set_aside = 0, 0
        of_day = {day.day: day for day in self._days}
        for day, together in groupby(partitions, key=lambda each: each.outcome.day):
            own = list(together)
            batches = [batch for each in own for batch in each.pending]
            stored_to = stored + sum(batch.stored for batch in batches)
            set_aside_to = set_aside + sum(len(batch.rejected) for batch in batches)
            try:
                of_day[day].write(made.between(slice(stored, stored_to), slice(set_aside, set_aside_to)), own)
            except Exception as error:
                for each in own:
                    each.error = error
            stored, set_aside = stored_to, set_aside_to

    def _finish(self, day: _Day) -> None:
        """Make the day's partitions what was written of them; one in which anything went wrong stays as it was."""
        try:
            day.commit()
        except Exception as error:
            day.abandon(error)
            for partition in day.partitions:
                partition.error = partition.error or error
        for partition in day.partitions:
            if partition.error:
                self.summary.failures.append(Failure(day.day, partition.outcome.stream_id, partition.error))
                continue
            self.summary.outcomes.append(partition.outcome)
            self.work.on_outcome(partition.outcome)
