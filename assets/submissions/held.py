"""What a stream has landed in a day, and whom it spoke of: how a batch that comes again is found at once.

    .held    an entry a batch, in the order stored: its id, its moment, and where its children end in the other file
    .spoken  a keyed hash a child, batch after batch

Both lie beside the batches under names that no reader looks at, and are only a way to find: an entry is written before
its batch, under the writers' lock, and counts only when the batch's own file is there. They are not flushed to disk;
what a power cut takes from them is made anew from the batches when a process first asks for that day.
"""

import errno
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import numpy as np
import numpy.typing as npt

from assets.files import make_folder
from assets.submissions.landed_batch import LandedBatch, named
from assets.submissions.vault import SEALED_SUFFIX

Hashes = npt.NDArray[np.uint64]
UNTOLD = np.uint64(0)  # stands for children who cannot be told, which may be any

_ENTRY = np.dtype([("high", "<u8"), ("low", "<u8"), ("moment", "<i8"), ("end", "<u8"), ("sealed", "<u8")])
_HASH = np.dtype("<u8")
_EPOCH, _MICROSECOND, _HALF = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1), 2**64


class Held(Protocol):
    """What is asked of a stream's day when a batch comes in."""

    def find(self, batch_id: str) -> LandedBatch | None:
        """The batch of that id, if it is there."""

    def spoken_between(self, batch: LandedBatch, moment: datetime) -> bool:
        """Whether another batch, received between this one and moment, speaks of any of the same children."""

    def latest(self) -> datetime | None:
        """The last moment at which anything was received."""

    def add(self, batch: LandedBatch, children: Hashes) -> None:
        """Take note of a batch that is about to be stored."""


class Listed:
    """By looking at every batch: for an object store, which has neither a lock nor files that grow."""

    def __init__(self, batches: list[LandedBatch], children_of: Callable[[LandedBatch], Hashes]) -> None:
        self._batches, self._children_of = batches, children_of

    def find(self, batch_id: str) -> LandedBatch | None:
        """See Held."""
        return next((batch for batch in self._batches if batch.batch_id == batch_id), None)

    def spoken_between(self, batch: LandedBatch, moment: datetime) -> bool:
        """See Held."""
        between = [other for other in self._batches if _is_between(other, batch, moment)]
        if not between:
            return False
        children = np.sort(self._children_of(batch))
        return any(_are_among(self._children_of(other), children).any() for other in between)

    def latest(self) -> datetime | None:
        """See Held."""
        return max((batch.received_at for batch in self._batches), default=None)

    def add(self, batch: LandedBatch, children: Hashes) -> None:
        """The next to ask lists it."""


class Noted:
    """By the two files beside the batches of one folder. Hold the writers' lock of the stream."""

    def __init__(self, root: Path, folder: str, day: date, stream_id: str) -> None:
        self._root, self._day, self._stream_id = root, day, stream_id
        self._held, self._spoken = root / folder / ".held", root / folder / ".spoken"

    def exists(self) -> bool:
        """Whether there is anything to go by."""
        return self._held.exists()

    def forget(self) -> None:
        """Remove the notes; they are made anew when next asked for."""
        self._held.unlink(missing_ok=True)
        self._spoken.unlink(missing_ok=True)

    def settle(self, batches: list[LandedBatch], children_of: Callable[[LandedBatch], Hashes]) -> None:
        """Make the notes anew unless every one of these batches, all that are there, is noted."""
        entries = self._entries()
        known = set(zip(entries["high"].tolist(), entries["low"].tolist(), strict=True))
        whole = self.exists() and self._held.stat().st_size % _ENTRY.itemsize == 0
        if whole and self._covers(entries) and all(_halves(batch.batch_id) in known for batch in batches):
            return
        self.forget()
        hashes = [children_of(batch) for batch in batches]
        ends = np.cumsum([each.size for each in hashes], dtype=np.intp).tolist()
        made = [_entry(batch, end) for batch, end in zip(batches, ends, strict=True)]
        make_folder(self._held.parent)
        _write(self._spoken, b"".join(each.astype(_HASH).tobytes() for each in hashes), 0)
        # whole or not at all: other processes take it for complete
        begun = self._held.with_name(".held.tmp")
        begun.unlink(missing_ok=True)
        _write(begun, np.array(made, _ENTRY).tobytes(), 0)
        begun.replace(self._held)

    def find(self, batch_id: str) -> LandedBatch | None:
        """See Held."""
        at = self._position(self._entries(), batch_id)
        return None if at is None else self._batch(self._entries()[at])

    def spoken_between(self, batch: LandedBatch, moment: datetime) -> bool:
        """See Held."""
        entries = self._entries()
        at = self._position(entries, batch.batch_id)
        if at is None:
            return False
        between = np.flatnonzero(_between(entries, at, _microseconds(moment)))
        return between.size > 0 and any(self._is_there(entries[each]) for each in self._speaking(entries, at, between))

    def latest(self) -> datetime | None:
        """See Held."""
        moments = self._entries()["moment"]
        return _EPOCH + int(moments.max()) * _MICROSECOND if moments.size else None

    def add(self, batch: LandedBatch, children: Hashes) -> None:
        """See Held."""
        entries = self._entries()
        start = int(entries["end"][-1]) if entries.size else 0
        entry = np.array([_entry(batch, start + children.size)], _ENTRY)
        _write(self._spoken, children.astype(_HASH).tobytes(), start * _HASH.itemsize)
        _write(self._held, entry.tobytes(), entries.size * _ENTRY.itemsize)

    def _speaking(self, entries: npt.NDArray[Any], at: int, between: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        """Which of those entries speak of any child of the entry at that position."""
        starts = np.concatenate([[0], entries["end"][:-1]]).astype(np.intp)
        ends = entries["end"].astype(np.intp)
        spoken = _mapped(self._spoken, _HASH)
        first, last = int(starts[between].min()), int(ends[between].max())
        found = np.flatnonzero(_are_among(spoken[first:last], np.sort(spoken[starts[at] : ends[at]])))
        return np.intersect1d(np.searchsorted(ends, found + first, side="right"), between)

    def _position(self, entries: npt.NDArray[Any], batch_id: str) -> int | None:
        """Where the batch is noted whose file is there."""
        high, low = _halves(batch_id)
        found = np.flatnonzero((entries["low"] == low) & (entries["high"] == high))
        return next((int(at) for at in found if self._is_there(entries[at])), None)

    def _is_there(self, entry: np.void) -> bool:
        """A batch that was noted and then, for a kill or a full disk, not stored is none."""
        return (self._root / self._batch(entry).key).exists()

    def _batch(self, entry: np.void) -> LandedBatch:
        batch_id = str(UUID(int=int(entry["high"]) * _HALF + int(entry["low"])))
        moment = _EPOCH + int(entry["moment"]) * _MICROSECOND
        return named(self._day, self._stream_id, moment, batch_id, SEALED_SUFFIX if entry["sealed"] else "")

    def _entries(self) -> npt.NDArray[Any]:
        return _mapped(self._held, _ENTRY)

    def _covers(self, entries: npt.NDArray[Any]) -> bool:
        """Whether the hashes of all entries are there."""
        return entries.size == 0 or int(entries["end"][-1]) <= _mapped(self._spoken, _HASH).size


def _are_among(hashes: Hashes, children: Hashes) -> npt.NDArray[np.bool_]:
    """Which of the hashes are of those children, sorted; who cannot be told is among any, and any among them."""
    if children.size == 0 or children[0] == UNTOLD:
        return np.full(hashes.size, children.size > 0)
    at = np.searchsorted(children, hashes).clip(max=children.size - 1)
    return (children[at] == hashes) | (hashes == UNTOLD)


def _between(entries: npt.NDArray[Any], at: int, moment: int) -> npt.NDArray[np.bool_]:
    """As _is_between, for all entries at once."""
    own, others = entries[at], (entries["high"] != entries["high"][at]) | (entries["low"] != entries["low"][at])
    if moment == own["moment"]:
        return np.zeros(entries.size, bool)
    larger = (entries["high"] > own["high"]) | ((entries["high"] == own["high"]) & (entries["low"] > own["low"]))
    same = entries["moment"] == own["moment"]
    if moment > own["moment"]:
        later = (entries["moment"] > own["moment"]) | (same & larger)
        return np.asarray(others & later & (entries["moment"] <= moment))
    earlier = (entries["moment"] < own["moment"]) | (same & ~larger)
    return np.asarray(others & earlier & (entries["moment"] >= moment))


def _is_between(other: LandedBatch, batch: LandedBatch, moment: datetime) -> bool:
    if other == batch or moment == batch.received_at:
        return False
    if moment > batch.received_at:
        return other > batch and other.received_at <= moment
    return other < batch and other.received_at >= moment


def _entry(batch: LandedBatch, end: int) -> tuple[int, int, int, int, bool]:
    return (*_halves(batch.batch_id), _microseconds(batch.received_at), end, batch.key.endswith(SEALED_SUFFIX))


def _halves(batch_id: str) -> tuple[int, int]:
    return divmod(UUID(batch_id).int, _HALF)


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _mapped(path: Path, kind: np.dtype[Any]) -> npt.NDArray[Any]:
    """The file's whole items, looked at where they are, without reading them all into memory."""
    size = path.stat().st_size // kind.itemsize if path.exists() else 0
    return np.memmap(path, kind, "r", shape=(size,)) if size else np.empty(0, kind)


def _write(path: Path, content: bytes, offset: int) -> None:
    """At that place, over what a writer that was killed may have left there."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o644)
    try:
        if os.pwrite(descriptor, content, offset) < len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
    finally:
        os.close(descriptor)
