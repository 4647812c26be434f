"""The landing store: every batch exactly as received, one file each, never changed except by erasure.

The uuid in a file's name is made from stream, day and body, so a body that comes again finds its own file; what is
noted beside the files (held.py) only finds it sooner. Whether a body may be landed is not decided here.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import blake2b
from itertools import count
from pathlib import Path

import msgspec
import numpy as np
import zstandard

from assets.submissions.held import UNTOLD, Hashes, Held, Listed, Noted
from assets.submissions.landed_batch import STREAM_ID, LandedBatch, batch_named, folder_of, named
from assets.submissions.moments import as_day, as_utc, submission_day
from assets.submissions.vault import LandingError, Vault

_NEXT = timedelta(microseconds=1)
_MANY_FOLDERS = 4096  # days of streams whose notes a process remembers to have checked


class _Spoken(msgspec.Struct):
    la_child_id: object = None


class LandingStore:
    """Batches under one folder or object store URL.

    On a folder, writers of one stream take turns, so two simultaneous copies of one body become one file. An object
    store has no lock: there both copies may be written, and every reader keeps the earlier one.
    """

    def __init__(self, url: str | Path, encryption_key: str | None = None) -> None:
        self._vault = Vault(url, encryption_key)
        self._checked: set[str] = set()

    def store(self, stream_id: str, received_at: datetime, body: bytes, *, as_it_comes: bool = False) -> LandedBatch:
        """Keep body, and return only when it is safe on disk. A repeat is not kept twice: it returns the first one.

        as_it_comes: the moment is that of a clock, which may jump back, and this is the last that was received: on its
        day it counts as received after all that is there.

        A body is a repeat if the stream sent the same bytes on the same submission day and said nothing else about
        the same children in between. If it did (A, then B, then A again), the second A is news and is kept.
        """
        _check_stream_id(stream_id)
        moment = as_utc(received_at)
        day = submission_day(moment)
        children, compressed = self._children_in(body), _compressed(body)  # while others may hold the lock
        with self._vault.lock(stream_id):
            held = self._held(day, stream_id)
            if as_it_comes and (latest := held.latest()) is not None:
                moment = max(moment, latest + _NEXT)
            repeated, batch_id = self._place(held, stream_id, day, moment, body)
            if repeated:
                self._vault.settle(repeated.key)
                return replace(repeated, duplicate=True)
            batch = named(day, stream_id, moment, batch_id, self._vault.suffix)
            held.add(batch, children)
            self._vault.put(batch.key, compressed)
        return batch

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
            if self._vault.files.is_local:
                self._noted(batch.submission_day, batch.stream_id).forget()
            self._vault.put(batch.key, _compressed(remaining))

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
                    swept += self._vault.sweep(folder_of(each_day, stream_id))
        return swept

    def strays(self, day: date | str | None = None) -> list[str]:
        """Files in stream folders whose names are not those of batches: put there by hand, and read by nobody."""
        return [
            f"{folder_of(each_day, stream_id)}/{name}"
            for each_day in ([as_day(day)] if day is not None else self.days())
            for stream_id in self.streams(each_day)
            for name in self._vault.files.names(folder_of(each_day, stream_id))
            if batch_named(as_day(each_day), stream_id, name) is None
        ]

    def _listed(self, day: date, stream_id: str) -> Iterator[LandedBatch]:
        seen = set()
        for name in self._vault.files.names(folder_of(day, stream_id)):
            batch = batch_named(day, stream_id, name)
            if batch is None or batch.batch_id in seen:
                continue
            seen.add(batch.batch_id)
            yield batch

    def _held(self, day: date, stream_id: str) -> Held:
        """What is landed of that day; the writers' lock is held."""
        if not self._vault.files.is_local:
            return Listed(self.batches(day, stream_id), self._children_of)
        noted = self._noted(day, stream_id)
        folder = folder_of(day, stream_id)
        if folder not in self._checked or not noted.exists():
            noted.settle(self.batches(day, stream_id), self._children_of)
            if len(self._checked) >= _MANY_FOLDERS:
                self._checked.clear()
            self._checked.add(folder)
        return noted

    def _noted(self, day: date, stream_id: str) -> Noted:
        return Noted(Path(self._vault.files.root), folder_of(day, stream_id), day, stream_id)

    def _place(
        self, held: Held, stream_id: str, day: date, moment: datetime, body: bytes
    ) -> tuple[LandedBatch | None, str]:
        """The batch that this body repeats, or None and the first id free for it."""
        content = blake2b(body).digest()
        for occurrence in count():
            batch_id = self._vault.identify(stream_id, day.isoformat(), content, occurrence)
            earlier = held.find(batch_id)
            if earlier is None:
                break
            if self._still_holds(earlier, body) and not held.spoken_between(earlier, moment):
                return earlier, batch_id
        return None, batch_id

    def _still_holds(self, batch: LandedBatch, body: bytes) -> bool:
        """False once erasure has changed the batch (that body sent again is a new beginning) or its file is damaged
        (then what comes now is the only good copy; reading the damaged one still fails, loudly)."""
        try:
            return self.read(batch) == body
        except LandingError:
            return False

    def _children_of(self, batch: LandedBatch) -> Hashes:
        try:
            return self._children_in(self.read(batch))
        except LandingError:
            return np.array([UNTOLD])

    def _children_in(self, body: bytes) -> Hashes:
        """A keyed hash of each child that a body speaks of; UNTOLD alone where that cannot be told."""
        try:
            spoken = msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"), type=list[_Spoken])
        except (msgspec.MsgspecError, RecursionError):
            return np.array([UNTOLD])
        # one by one: there are a hundred at most, and a keyed hash has no form for columns
        digests = b"".join(self._vault.short_hash(msgspec.json.encode(each.la_child_id)) for each in spoken)
        return np.maximum(np.frombuffer(digests, "<u8"), 1)


def _check_stream_id(stream_id: str) -> None:
    if not STREAM_ID.fullmatch(stream_id):
        raise LandingError("a stream id must be <la_code>-<byo|d2i|cms>, for example 204-d2i")


def _compressed(body: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=3, write_checksum=True).compress(body)
