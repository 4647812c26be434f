"""The landing store: every batch exactly as received, one file each, never changed except by erasure.

    day=2026-03-31/stream=204-d2i/20260331T093000.123456Z_<batch uuid>.json.zst   (.enc after it when encrypted)

The file name is the whole index. The uuid is made from stream, day and body, so a body that comes again finds its own
file, and there is no second place that could disagree. Whether a body may be landed is not decided here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from hashlib import blake2b
from itertools import count
from pathlib import Path

import msgspec
import zstandard

from assets.submissions.moments import as_day, as_utc, stamp, submission_day, unstamp
from assets.submissions.vault import LandingError, Vault

STREAM_ID = re.compile(r"(?P<la_code>\d{3})-(?P<suffix>byo|d2i|cms)")

_SUFFIX = ".json.zst"
_NAME = re.compile(r"(?P<stamp>\d{8}T\d{6}\.\d{6}Z)_(?P<batch_id>[0-9a-f-]{36})\.json\.zst(?:\.enc)?")
# Who a batch speaks of is looked up only when it comes again; a full snapshot of one LA is about 50 batches.
_REMEMBERED_BATCHES = 1024


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


class _Spoken(msgspec.Struct):
    la_child_id: object = None


class LandingStore:
    """Batches under one folder or object store URL.

    On a folder, writers of one stream take turns, so two simultaneous copies of one body become one file. An object
    store has no lock: there both copies may be written, and every reader keeps the earlier one.
    """

    def __init__(self, url: str | Path, encryption_key: str | None = None) -> None:
        self._vault = Vault(url, encryption_key)
        self._children = lru_cache(maxsize=_REMEMBERED_BATCHES)(self._read_children)

    def store(self, stream_id: str, received_at: datetime, body: bytes) -> LandedBatch:
        """Keep body, and return only when it is safe on disk. A repeat is not kept twice: it returns the first one.

        A body is a repeat if the stream sent the same bytes on the same submission day and said nothing else about
        the same children in between. If it did (A, then B, then A again), the second A is news and is kept.
        """
        _check_stream_id(stream_id)
        moment = as_utc(received_at)
        day = submission_day(moment)
        with self._vault.lock(stream_id):
            held = self.batches(day, stream_id)
            repeated, batch_id = self._place(held, stream_id, day, moment, body)
            if repeated:
                self._vault.settle(repeated.key)
                return replace(repeated, duplicate=True)
            key = f"{_folder(day, stream_id)}/{stamp(moment)}_{batch_id}{_SUFFIX}{self._vault.suffix}"
            self._vault.put(key, _compressed(body))
        return LandedBatch(moment, batch_id, stream_id, day, key)

    def batches(self, day: date | str | None = None, stream_id: str | None = None) -> list[LandedBatch]:
        """Stored batches of one day, one stream, both or all: by day and stream, in the order in which they count."""
        return [
            batch
            for each_day in ([as_day(day)] if day is not None else self.days())
            for stream in ([stream_id] if stream_id is not None else self.streams(each_day))
            for batch in self._listed(each_day, stream)
        ]

    def days(self) -> list[date]:
        """Submission days on which anything was landed, in order."""
        return [as_day(value) for value in self._vault.folders("", "day")]

    def streams(self, day: date | str) -> list[str]:
        """Streams that landed anything on a submission day, in order."""
        return list(self._vault.folders(f"day={as_day(day)}", "stream"))

    def read(self, batch: LandedBatch) -> bytes:
        """The body, byte for byte as received. Raises LandingError naming the file when it is damaged."""
        content = self._vault.get(batch.key)
        try:
            return zstandard.ZstdDecompressor().decompress(content)
        except zstandard.ZstdError:
            raise LandingError(f"{batch.key}: the file is damaged; restore it from a backup") from None

    def erase(self, batch: LandedBatch, remaining: bytes) -> None:
        """Replace a batch's body by what erasure leaves of it: the one change that a batch may see.

        Its name stays, and so do its receipts: keep the records that remain at their positions.
        """
        with self._vault.lock(batch.stream_id):
            self._vault.put(batch.key, _compressed(remaining))
        self._children.cache_clear()

    def size_of(self, key: str) -> int:
        """Bytes of a landed file as it is kept."""
        return self._vault.files.size(key)

    def probe(self) -> None:
        """Raise OSError where nothing could be stored: there is no such place, or it may not be written to."""
        with self._vault.lock("probe"):
            self._vault.files.names("")

    def remove_day(self, day: date | str) -> None:
        """Remove everything landed on a submission day. What keeps a reader from taking it for empty is elsewhere."""
        self._vault.files.delete(f"day={as_day(day)}")

    def sweep(self, day: date | str | None = None) -> int:
        """Delete what killed writers left half written (it may hold children's data); returns how many files."""
        days = [as_day(day)] if day is not None else self.days()
        swept = 0
        for each_day in days:
            for stream_id in self.streams(each_day):
                with self._vault.lock(stream_id):
                    swept += self._vault.sweep(_folder(each_day, stream_id))
        return swept

    def strays(self, day: date | str | None = None) -> list[str]:
        """Files in stream folders whose names are not those of batches: put there by hand, and read by nobody."""
        return [
            f"{_folder(each_day, stream_id)}/{name}"
            for each_day in ([as_day(day)] if day is not None else self.days())
            for stream_id in self.streams(each_day)
            for name in self._vault.files.names(_folder(each_day, stream_id))
            if not _NAME.fullmatch(name)
        ]

    def _listed(self, day: date, stream_id: str) -> Iterator[LandedBatch]:
        seen = set()
        folder = _folder(day, stream_id)
        for name in self._vault.files.names(folder):
            parts = _NAME.fullmatch(name)
            if parts is None or parts["batch_id"] in seen:
                continue
            seen.add(parts["batch_id"])
            yield LandedBatch(unstamp(parts["stamp"]), parts["batch_id"], stream_id, day, f"{folder}/{name}")

    def _place(
        self, held: list[LandedBatch], stream_id: str, day: date, moment: datetime, body: bytes
    ) -> tuple[LandedBatch | None, str]:
        """The batch that this body repeats, or None and the first id free for it."""
        by_id = {batch.batch_id: batch for batch in held}
        content = blake2b(body).digest()
        for occurrence in count():
            batch_id = self._vault.identify(stream_id, day.isoformat(), content, occurrence)
            earlier = by_id.get(batch_id)
            if earlier is None:
                break
            if self._still_holds(earlier, body) and not self._spoken_between(held, earlier, moment):
                return earlier, batch_id
        return None, batch_id

    def _still_holds(self, batch: LandedBatch, body: bytes) -> bool:
        """False once erasure has changed the batch (that body sent again is a new beginning) or its file is damaged
        (then what comes now is the only good copy; reading the damaged one still fails, loudly)."""
        try:
            return self.read(batch) == body
        except LandingError:
            return False

    def _spoken_between(self, held: list[LandedBatch], batch: LandedBatch, moment: datetime) -> bool:
        """Whether another batch, received between this one and moment, speaks of any of the same children."""
        between = [other for other in held if _is_between(other, batch, moment)]
        if not between:
            return False
        children = self._children(batch)
        return any(_overlap(children, self._children(other)) for other in between)

    def _read_children(self, batch: LandedBatch) -> frozenset[object] | None:
        """Ids of the children a batch speaks of, in memory only; None when it cannot be told."""
        try:
            spoken = msgspec.json.decode(self.read(batch).removeprefix(b"\xef\xbb\xbf"), type=list[_Spoken])
            return frozenset(each.la_child_id for each in spoken)
        except (msgspec.MsgspecError, TypeError, RecursionError):
            return None


def _is_between(other: LandedBatch, batch: LandedBatch, moment: datetime) -> bool:
    if other == batch or moment == batch.received_at:
        return False
    if moment > batch.received_at:
        return other > batch and other.received_at <= moment
    return other < batch and other.received_at >= moment


def _overlap(one: frozenset[object] | None, other: frozenset[object] | None) -> bool:
    return one is None or other is None or not one.isdisjoint(other)


def _folder(day: date, stream_id: str) -> str:
    return f"day={day}/stream={stream_id}"


def _check_stream_id(stream_id: str) -> None:
    if not STREAM_ID.fullmatch(stream_id):
        raise LandingError("a stream id must be <la_code>-<byo|d2i|cms>, for example 204-d2i")


def _compressed(body: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=3, write_checksum=True).compress(body)
