"""Bodies of records as Arrow columns: nested lists and objects become flat tables of rows that know their record.

A body is read and turned into columns while its objects are still in the processor's cache, all columns of one kind
in one array, because an array costs a microsecond and a value some twenty nanoseconds. Whether the records are good is
quick_verdict.py's business; what the rows mean, and which of them count, is decided in tables.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from assets.records.payload_structs import DATE, FLAG, LEVELS, NOT_SENT, NUMBER, PATTERNS, TEXT

ABSENT = -1
_NUMBER_LIMIT = 2**31 - 1
_ARROW_TYPES = {
    **dict.fromkeys((TEXT, DATE, *PATTERNS), pa.large_string()),
    FLAG: pa.bool_(),
    NUMBER: pa.int32(),
}
_RECORD: Any = LEVELS[0].struct
_DECODER = msgspec.json.Decoder(list[_RECORD])


@dataclass(frozen=True)
class Columns:
    """One body's values: by kind, the columns of every level one after the other.

    counts: rows of each level. sizes: for each property that holds a level, how many rows each holder has, or ABSENT.
    has_repeats: whether any list holds a code twice. has_odd_number: whether a number had to be brought into range.
    """

    arrays: dict[str, pa.Array]
    counts: list[int]
    sizes: list[list[int]]
    has_repeats: bool
    has_odd_number: bool


@dataclass(frozen=True)
class Rows:
    """One flat table: a column per property, and where each row came from.

    record: position of the record in the chunk. position: of the row in its own array. parent: of the row that holds
    it in the table above. below: the tables inside it, by property, with which rows have the property at all.
    """

    columns: dict[str, pa.Array]
    record: np.ndarray
    position: np.ndarray
    parent: np.ndarray
    below: dict[str, tuple[np.ndarray, "Rows"]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.record)

    @property
    def properties(self) -> list[str]:
        """Everything that such an object may hold."""
        return [*self.columns, *self.below]

    def flag(self, name: str) -> np.ndarray:
        """A true or false column, absent counting as false."""
        return pc.fill_null(self.columns[name], False).to_numpy(zero_copy_only=False)

    def sent(self, name: str) -> np.ndarray:
        """Whether each row has the property at all; an empty list was sent, an absent one was not."""
        if name in self.below:
            return self.below[name][0]
        return self.columns[name].is_valid().to_numpy(zero_copy_only=False)

    def inside(self, name: str) -> "Rows":
        """What a property holds, as a table of its own: objects of a list, a single object, or the column `code`."""
        return self.below[name][1]


def columns_of(body: bytes) -> Columns:
    """The columns of a JSON array of child records.

    Raises msgspec's errors, UnicodeError or pa.ArrowInvalid for a body that is none, but that it raises nothing does
    not make the records good ones.
    """
    values: dict[str, list[Sequence[Any]]] = {kind: [] for kind in _ARROW_TYPES}
    counts = [0] * len(LEVELS)
    sizes: list[list[int]] = []
    objects: dict[int, list[Any]] = {0: _DECODER.decode(body)}
    has_repeats = False
    for level in LEVELS:
        found = objects.pop(level.number)
        counts[level.number] = len(found)
        if level.is_codes:
            values[TEXT].append(found)
            continue
        by_place: list[Sequence[Any]] = list(zip(*map(msgspec.structs.astuple, found), strict=True))
        by_place = by_place or [()] * len(level.struct.__struct_fields__)
        for _, kind, place in level.columns:
            values[kind].append(by_place[place])
        for _, place, is_list, below in level.below:
            holders = by_place[place]
            if not is_list:
                sizes.append([ABSENT if one is None else 1 for one in holders])
                objects[below.number] = [one for one in holders if one is not None]
                continue
            sizes.append(_lengths(holders))
            objects[below.number] = list(chain.from_iterable(holders))
            if below.is_codes and sum(map(len, map(set, holders))) < len(objects[below.number]):
                has_repeats = True
    has_odd_number, arrays = _arrays({kind: list(chain.from_iterable(lists)) for kind, lists in values.items()})
    return Columns(arrays, counts, sizes, has_repeats, has_odd_number)


def _lengths(lists: Sequence[Sequence[Any]]) -> list[int]:
    if NOT_SENT in lists:
        return [ABSENT if many is NOT_SENT else len(many) for many in lists]
    return list(map(len, lists))


def _arrays(values: dict[str, list[Any]]) -> tuple[bool, dict[str, pa.Array]]:
    has_odd_number = False
    arrays = {kind: pa.array(values[kind], arrow_type) for kind, arrow_type in _ARROW_TYPES.items() if kind != NUMBER}
    arrays[DATE] = pc.cast(arrays[DATE], pa.date32())
    if b"\0" in letters(arrays[TEXT]):
        # no database keeps a NUL character in a text
        arrays[TEXT] = pc.replace_substring(arrays[TEXT], "\0", "")
    try:
        arrays[NUMBER] = pa.array(values[NUMBER], _ARROW_TYPES[NUMBER])
    except (pa.ArrowInvalid, OverflowError):
        has_odd_number = True
        arrays[NUMBER] = pa.array(map(_bounded, values[NUMBER]), _ARROW_TYPES[NUMBER])
    return has_odd_number, arrays


def _bounded(number: int | None) -> int | None:
    """A number past what the column holds is brought to its edge, where the rules call it impossible.

    The payload's shape sets no limit to a score, and one sender's odd number must not stop a chunk.
    """
    return None if number is None else max(-_NUMBER_LIMIT, min(_NUMBER_LIMIT, number))


def letters(texts: pa.Array) -> bytes:
    """What all texts of an array that was made whole hold, one after the other."""
    content = texts.buffers()[2]
    return bytes(content) if content else b""


def rows_of(bodies: Sequence[Columns]) -> Rows:
    """The records of several bodies as the outermost table, with all others below it."""
    columns = _by_level(bodies)
    of_all = zip(*(body.sizes for body in bodies), strict=True)
    sizes = iter([np.fromiter(chain.from_iterable(lists), np.int32) for lists in of_all])
    places: dict[int, tuple[np.ndarray, np.ndarray, np.ndarray]] = {}
    below: dict[int, dict[str, tuple[np.ndarray, int]]] = {}
    everything = np.arange(sum(body.counts[0] for body in bodies), dtype=np.int32)
    places[0] = everything, everything, everything
    for level in LEVELS:
        below[level.number] = {}
        for name, _, _, inner in level.below:
            size = next(sizes)
            sent = size != ABSENT
            size = np.where(sent, size, 0)
            parent = np.repeat(np.arange(len(size), dtype=np.int32), size)
            position = np.arange(len(parent), dtype=np.int32) - (np.cumsum(size) - size).astype(np.int32)[parent]
            places[inner.number] = places[level.number][0][parent], position, parent
            below[level.number][name] = sent, inner.number
    tables: dict[int, Rows] = {}
    for level in reversed(LEVELS):
        inside = {name: (sent, tables[number]) for name, (sent, number) in below[level.number].items()}
        tables[level.number] = Rows(columns[level.number], *places[level.number], inside)
    return tables[0]


def _by_level(bodies: Sequence[Columns]) -> list[dict[str, pa.Array]]:
    """Each level's columns over all bodies, cut out of the arrays in the order in which columns_of laid them."""
    pieces: list[dict[str, list[pa.Array]]] = [{name: [] for name, _, _ in level.columns} for level in LEVELS]
    for body in bodies:
        start = dict.fromkeys(_ARROW_TYPES, 0)
        for level in LEVELS:
            rows = body.counts[level.number]
            for name, kind, _ in level.columns:
                pieces[level.number][name].append(body.arrays[kind].slice(start[kind], rows))
                start[kind] += rows
    return [{name: pa.concat_arrays(arrays) for name, arrays in columns.items()} for columns in pieces]
