"""Rows of a return as text, by child: what every reader hands on, before a value means anything.

A slot is the number of a child within its chunk; a position is its number within the return.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

SLOT, ROW = "slot", "row"
# Begins the name of a child without an id; no text of a file can hold it.
NAMELESS = "\0"

FAULT_SCHEMA: dict[str, pl.DataType] = {
    SLOT: pl.Int32(),  # null when the fault belongs to no child
    "position": pl.Int32(),
    ROW: pl.Int32(),
    "entity": pl.String(),
    "field": pl.String(),
    "fault": pl.String(),
}
NO_FAULTS = pl.DataFrame(schema=FAULT_SCHEMA)


@dataclass(frozen=True)
class RawChunk:
    """Some children of a return, each complete.

    children: la_child_id (null for a child without one) and position, one row a slot.
    tables: table name to slot, row (position in the whole table or file), made-up ids and the columns as text.
    """

    children: pl.DataFrame
    tables: dict[str, pl.DataFrame]
    faults: pl.DataFrame = field(default_factory=lambda: NO_FAULTS)


def children_frame(ids: Sequence[str | None], positions: list[int]) -> pl.DataFrame:
    """One row a slot."""
    return pl.DataFrame({"la_child_id": ids, "position": positions}, {"la_child_id": pl.String, "position": pl.Int32})


def of_the_return(faults: Iterable[tuple[str, str, str]]) -> RawChunk:
    """Faults (entity, field, fault) that belong to no child: of the return as a whole, or of a column of it."""
    rows = [(None, None, None, *fault) for fault in faults]
    return RawChunk(children_frame([], []), {}, pl.DataFrame(rows, FAULT_SCHEMA, orient="row"))


class Batch:
    """Rows being collected for one chunk."""

    def __init__(self, tables: Mapping[str, tuple[str, ...]]) -> None:
        self.columns = tables
        self.rows: dict[str, list[list]] = {table: [] for table in tables}
        self.slots: dict[str, int] = {}
        self.positions: list[int] = []
        self.faults: list[tuple] = []

    def slot(self, la_child_id: str, position: int) -> int:
        """The child's slot: a new one, or the one it already has."""
        found = self.slots.setdefault(la_child_id, len(self.slots))
        if found == len(self.positions):
            self.positions.append(position)
        return found

    def chunk(self) -> RawChunk:
        """What was collected, as frames."""
        return RawChunk(
            children_frame([None if name.startswith(NAMELESS) else name for name in self.slots], self.positions),
            {table: _frame(self.columns[table], rows) for table, rows in self.rows.items()},
            pl.DataFrame(self.faults, FAULT_SCHEMA, orient="row"),
        )


class Collector:
    """Puts the children of a streamed file into chunks, and keeps those that come more than once to the end.

    tables: table name to its text columns. Rows are [slot, row, text, ...], appended by the reader to the batch's rows.
    with_nameless: whether a child without an id is a child of its own; otherwise its rows are left out.
    """

    def __init__(
        self,
        tables: Mapping[str, tuple[str, ...]],
        chunk_children: int,
        repeated: Counter[str],
        *,
        with_nameless: bool = False,
    ) -> None:
        self.tables = tables
        self.chunk_children = chunk_children
        self.repeated = repeated
        self.with_nameless = with_nameless
        self.next_row: dict[str, int] = dict.fromkeys(tables, 0)
        self.next_position = 0
        self._filling = Batch(tables)
        self._held = Batch(tables)
        self._without_id = Batch(tables)

    def place(self, la_child_id: str | None, entity: str) -> tuple[Batch, int]:
        """Where the rows of the next child go: a batch and a slot in it."""
        position = self.next_position
        self.next_position += 1
        name = (la_child_id or "").strip()
        if not name:
            self._filling.faults.append((None, position, position, entity, "la_child_id", "no_child_id"))
            if self.with_nameless:
                return self._filling, self._filling.slot(f"{NAMELESS}{position}", position)
            self._without_id = Batch(self.tables)
            return self._without_id, 0
        batch = self._held if name in self.repeated else self._filling
        return batch, batch.slot(name, position)

    def full(self) -> Iterator[RawChunk]:
        """The chunk collected so far, once it is large enough."""
        if len(self._filling.slots) >= self.chunk_children:
            chunk, self._filling = self._filling.chunk(), Batch(self.tables)
            yield chunk

    def rest(self) -> Iterator[RawChunk]:
        """What is left at the end of the file."""
        for batch in (self._filling, self._held):
            if batch.slots or batch.faults:
                yield batch.chunk()


def _frame(columns: tuple[str, ...], rows: list[list]) -> pl.DataFrame:
    types: dict[str, pl.DataType] = {SLOT: pl.Int32(), ROW: pl.Int32()} | {name: pl.String() for name in columns}
    if not rows:
        return pl.DataFrame(schema=types)
    cells = zip(*rows, strict=True)
    return pl.DataFrame(
        [pl.Series(name, values, dtype) for (name, dtype), values in zip(types.items(), cells, strict=True)]
    )
