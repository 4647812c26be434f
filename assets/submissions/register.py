"""The stream register: which streams exist, from when to when, in which mode. One CSV file, one dated row a period.

A stream that changes mode gets a second row with later dates; no row is ever rewritten to say something else about the
past. A stream's sandbox (environment test) has rows of its own and may be open beside it. Reading and writing the file
is in register_file.py.
"""

import hmac
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import combinations
from typing import Literal

import polars as pl

from assets.submissions.landed_batch import SANDBOX

Route = Literal["build_your_own", "data_to_insight", "cms_supplier"]
Environment = Literal["test", "live"]
PayloadMode = Literal["full", "delta"]

SUFFIX_OF_ROUTE: dict[str, str] = {"build_your_own": "byo", "data_to_insight": "d2i", "cms_supplier": "cms"}
ENVIRONMENTS = ("test", "live")
PAYLOAD_MODES = ("full", "delta")

STREAM_FRAME: dict[str, pl.DataType] = {
    "stream_id": pl.String(),
    "la_code": pl.String(),
    "route": pl.String(),
    "cms_supplier": pl.String(),
    "environment": pl.String(),
    "payload_mode": pl.String(),
    "start_date": pl.Date(),
    "end_date": pl.Date(),
    "is_primary": pl.Boolean(),
}


class RegisterError(ValueError):
    """A register that cannot be used. One line of the message for each thing wrong: file, line, field, what to do."""


@dataclass(frozen=True)
class Stream:
    """One row of the register: a stream as it was from start_date to end_date, both included."""

    stream_id: str
    la_code: str
    route: Route
    environment: Environment
    payload_mode: PayloadMode
    start_date: date
    end_date: date | None = None
    cms_supplier: str | None = None
    is_primary: bool = False
    supplier_key_hash: str | None = None

    def covers(self, day: date) -> bool:
        """Whether the row is in force on that submission day."""
        return self.start_date <= day and (self.end_date is None or day <= self.end_date)

    @property
    def source_id(self) -> str:
        """Under which its batches are kept and it is known: the stream id, and that of its sandbox with more to it."""
        return self.stream_id + SANDBOX if self.environment == "test" else self.stream_id

    def overlaps(self, other: "Stream") -> bool:
        """Whether there is a day on which both rows are in force."""
        return self.covers(other.start_date) or other.covers(self.start_date)


class StreamRegister:
    """Every row of the register, proven to agree with itself."""

    def __init__(self, rows: Iterable[Stream] = (), la_codes: Collection[str] | None = None) -> None:
        self.rows = tuple(sorted(rows, key=lambda row: (row.source_id, row.start_date)))
        self.la_codes = la_codes
        problems = list(problems_of(self.rows, la_codes))
        if problems:
            raise RegisterError("\n".join(f"stream register, {problem}" for _, problem in problems))
        self._by_source: dict[str, list[Stream]] = defaultdict(list)
        for row in self.rows:
            self._by_source[row.source_id].append(row)

    def __contains__(self, source_id: str) -> bool:
        return source_id in self._by_source

    def ids(self) -> list[str]:
        """Every source id, sorted."""
        return sorted(self._by_source)

    def get(self, source_id: str, day: date | None = None) -> Stream | None:
        """The row in force on that day, or the latest row; None when there is none."""
        rows = self._by_source.get(source_id, [])
        if day is None:
            return rows[-1] if rows else None
        return next((row for row in rows if row.covers(day)), None)

    def mode_at(self, source_id: str, day: date) -> PayloadMode:
        """Whether records received on that submission day are full or delta. Raises RegisterError if no row says."""
        row = self.get(source_id, day)
        if row is None:
            raise RegisterError(f"stream register, {source_id}: no row is in force on {day}; add one that covers it")
        return row.payload_mode

    def live(self, day: date | None = None) -> list[Stream]:
        """Rows of environment live in force on that day; without a day, every live row there is."""
        return [row for row in self.rows if row.environment == "live" and (day is None or row.covers(day))]

    def with_key(self, supplier_key: str, day: date) -> list[Stream]:
        """Streams in force on that day whose supplier key this is; a supplier may use one key for several LAs."""
        given = hash_of_key(supplier_key)
        return [
            row
            for row in self.rows
            if row.supplier_key_hash and row.covers(day) and hmac.compare_digest(row.supplier_key_hash, given)
        ]

    def as_frame(self) -> pl.DataFrame:
        """One row per register row, without the key hash: what the warehouse holds as raw.streams."""
        data = {name: [getattr(row, name) for row in self.rows] for name in STREAM_FRAME}
        return pl.DataFrame(data, schema=STREAM_FRAME)


def hash_of_key(supplier_key: str) -> str:
    """What the register keeps of a supplier key. Keys are long and random, so a plain hash cannot be searched."""
    return sha256(supplier_key.encode()).hexdigest()


def problems_of(rows: Iterable[Stream], la_codes: Collection[str] | None) -> Iterator[tuple[Stream, str]]:
    """Everything wrong within a row, between the rows of a stream, and between the streams of an LA."""
    by_source: dict[str, list[Stream]] = defaultdict(list)
    primary: dict[str, list[Stream]] = defaultdict(list)
    for row in rows:
        for problem in _problems_of_row(row, la_codes):
            yield row, f"{row.stream_id}: {problem}"
        by_source[row.source_id].append(row)
        if row.is_primary and row.environment == "live":
            primary[row.la_code].append(row)
    for source_id, its_rows in by_source.items():
        for earlier, later in combinations(its_rows, 2):
            if earlier.overlaps(later):
                yield later, f"{source_id}: start_date: two rows are in force on one day; end one before the other"
    for its_rows in primary.values():
        for one, other in combinations(its_rows, 2):
            if one.stream_id != other.stream_id and one.overlaps(other):
                yield (
                    other,
                    f"{other.stream_id}: is_primary: {one.stream_id} is too; one stream an LA at a time",
                )


def _problems_of_row(row: Stream, la_codes: Collection[str] | None) -> Iterator[str]:
    if la_codes is not None and row.la_code not in la_codes:
        yield f"la_code: {row.la_code!r} is not the code of a current local authority"
    expected = f"{row.la_code}-{SUFFIX_OF_ROUTE[row.route]}"
    if row.stream_id != expected:
        yield f"stream_id: expected {expected!r} for LA {row.la_code} on route {row.route}"
    if row.end_date is not None and row.end_date < row.start_date:
        yield f"end_date: {row.end_date} is before start_date {row.start_date}"
