"""The CIN census: XML read as a stream of children, each taken apart by its layout into rows of text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assets.returns.cin_layout import CIN_CHILD, Block
from assets.returns.errors import ReturnError
from assets.returns.layout import Field
from assets.returns.raw import Batch, Collector, RawChunk, of_the_return
from assets.returns.sources import SourceFile
from assets.returns.xml_stream import LocalNames, elements, repeated_ids, root_name

_ID = "LAchildID"
_UNKNOWN_SHOWN, _NAME_SHOWN = 50, 60


@dataclass
class _Part:
    """A block made ready for walking: names in lower case, columns as places in the row of its table."""

    table: str | None
    cells: dict[str, int]
    blank: tuple[None, ...]  # the row's cells before any is filled
    parts: dict[str, "_Part"]
    items: dict[str, str]
    own_id: bool
    present: int | None
    numbered: tuple[str, ...]


def _row_fields(block: Block) -> tuple[Field, ...]:
    """The fields of a block's row: its own, and those of the blocks within that have no row of their own."""
    found = block.fields + ((block.present,) if block.present else ())
    return found + tuple(field for _, part in block.blocks if part.table is None for field in _row_fields(part))


def _tables(block: Block, ids: tuple[str, ...]) -> dict[str, tuple[tuple[str, ...], tuple[Field, ...]]]:
    ids = (*ids, block.own_id) if block.own_id else ids
    found = {block.table: (ids, _row_fields(block))} if block.table else {}
    found |= {item.entity: (ids, (item,)) for item in block.items}
    for _, inner in block.blocks:
        found |= _tables(inner, ids)
    return found


_LAYOUT = _tables(CIN_CHILD, ())
# What becomes of each table's elements.
CIN_FIELDS: dict[str, tuple[Field, ...]] = {table: fields for table, (_, fields) in _LAYOUT.items()}
# Each table's made-up id columns, then its elements.
_COLUMNS = {table: (*ids, *(field.column for field in fields)) for table, (ids, fields) in _LAYOUT.items()}
_FIRST_CELL = 2  # slot and row come before a table's own columns


def _prepared(block: Block, table: str) -> _Part:
    table = block.table or table
    columns = _COLUMNS[table]
    parts = {name.lower(): _prepared(inner, table) for name, inner in block.blocks}
    return _Part(
        table=block.table,
        cells={field.column.lower(): _FIRST_CELL + columns.index(field.column) for field in block.fields},
        blank=(None,) * len(CIN_FIELDS[table]),
        parts=parts,
        items={item.column.lower(): item.entity for item in block.items},
        own_id=block.own_id is not None,
        present=_FIRST_CELL + columns.index(block.present.column) if block.present else None,
        numbered=tuple(part.table for part in parts.values() if part.table and part.own_id),
    )


_CHILD = _prepared(CIN_CHILD, "children")


def read_header(source: SourceFile) -> dict[str, str | None]:
    """The text of the header's elements by name in lower case. Raises ReturnError when it is not a CIN census."""
    found = root_name(source)
    if found != "message":
        raise ReturnError(
            f"{source.name}: the outermost element is not Message; expected a CIN census; give the census XML itself"
        )
    names = LocalNames()
    for element in elements(source, "Header", "Child"):
        if names[element.tag] != "header":
            break
        header = {names[part.tag]: (part.text or "").strip() or None for part in element.iter()}
        if (header.get("collection") or "CIN").upper() != "CIN":
            raise ReturnError(f"{source.name}: its header names another collection; expected CIN; give the CIN census")
        return header
    raise ReturnError(f"{source.name}: has no Header before its first Child; expected a CIN census; export it again")


def read_cin(source: SourceFile, chunk_children: int) -> Iterator[RawChunk]:
    """The children of a census, in chunks; those that come more than once are in the last one."""
    collector = Collector(_COLUMNS, chunk_children, repeated_ids(source, "Child", _ID), with_nameless=True)
    walk = _Walk(collector)
    for element in elements(source, "Child"):
        walk.child(element)
        yield from collector.full()
    if collector.next_position == 0:
        raise ReturnError(
            f"{source.name}: holds no Child; expected a CIN census of at least one child; export it again"
        )
    yield from collector.rest()
    yield of_the_return((table, name, "unknown_element") for table, name in walk.strangers)


class _Walk:
    """Takes children apart. The one place with a Python loop over elements, so kept short of anything else."""

    def __init__(self, collector: Collector) -> None:
        self.collector = collector
        self.names = LocalNames()
        self.next_row = collector.next_row
        self.strangers: dict[tuple[str, str], None] = {}  # elements that the layout does not have
        self.numbers: dict[str, int] = {}  # the last made-up id of each table within the element around it
        self.episodes: dict[str, int] = {}  # for children that come more than once: the last episode so far
        self.batch: Batch
        self.slot = 0

    def child(self, element: Any) -> None:
        """Add the rows of one child."""
        found = element.findtext(f"{{*}}ChildIdentifiers/{{*}}{_ID}", "").strip()
        self.batch, self.slot = self.collector.place(found, "children")
        self.numbers["episodes"] = self.episodes.get(found, 0)
        self._fill(element, _CHILD, self._new_row("children", _CHILD.blank, ()), "children", ())
        if found in self.collector.repeated:
            self.episodes[found] = self.numbers["episodes"]

    def _new_row(self, table: str, cells: tuple[str | None, ...], ids: tuple[str, ...]) -> list:
        number = self.next_row[table]
        self.next_row[table] = number + 1
        row = [self.slot, number, *ids, *cells]
        self.batch.rows[table].append(row)
        return row

    def _fill(self, element: Any, part: _Part, row: list, table: str, ids: tuple[str, ...]) -> None:
        for inner in element:
            name = self.names[inner.tag]
            cell = part.cells.get(name)
            if cell is not None:
                if row[cell] is None:
                    row[cell] = inner.text
                elif inner.text and inner.text.strip():
                    self._repeated(table, row, cell)
            elif name in part.parts:
                self._enter(inner, part.parts[name], row, table, ids)
            elif name in part.items:
                self._new_row(part.items[name], (inner.text,), ids)
            elif len(self.strangers) < _UNKNOWN_SHOWN:
                self.strangers[table, name[:_NAME_SHOWN]] = None

    def _enter(self, element: Any, part: _Part, row: list, table: str, ids: tuple[str, ...]) -> None:
        if part.table is None:
            if part.present is not None:
                row[part.present] = "true"
        else:
            ids = self._numbered(part, ids)
            table = part.table
            row = self._new_row(table, part.blank, ids)
        self._fill(element, part, row, table, ids)

    def _numbered(self, part: _Part, ids: tuple[str, ...]) -> tuple[str, ...]:
        if not part.own_id or part.table is None:
            return ids
        number = self.numbers[part.table] + 1
        self.numbers[part.table] = number
        for inner in part.numbered:
            self.numbers[inner] = 0
        return (*ids, f"{ids[-1]}-{number}" if ids else str(number))

    def _repeated(self, table: str, row: list, cell: int) -> None:
        column = _COLUMNS[table][cell - _FIRST_CELL]
        attribute = next(field.attribute for field in CIN_FIELDS[table] if field.column == column)
        self.batch.faults.append((self.slot, None, row[1], table, attribute, "repeated"))
