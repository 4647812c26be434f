"""SSDA903 as XML: read as a stream of children into the same raw tables as the CSV files.

HEADER holds what a child has once, whichever CSV table that is in, and a block for each row of the tables that repeat.
A block is known by the columns in it, as a CSV file is, so that its name does not matter.
"""

from collections.abc import Iterator
from typing import Any

from assets.returns.errors import ReturnError
from assets.returns.raw import Batch, Collector, RawChunk, of_the_return
from assets.returns.sources import SourceFile
from assets.returns.ssda903_layout import CHILD_COLUMN, COLUMN_ALIASES, OWNER, SSDA903_TABLES, TABLE
from assets.returns.xml_stream import LocalNames, elements, repeated_ids, root_name

_ID = "CHILDID"
_COLUMNS = {table.name: table.columns for table in SSDA903_TABLES}
_FIRST_CELL = 2  # slot and row come before a table's own columns
_PLACES = {
    name: {column: _FIRST_CELL + place for place, column in enumerate(columns)} for name, columns in _COLUMNS.items()
}
_YES = ("1", "true")
_UNKNOWN_SHOWN, _NAME_SHOWN = 50, 60


class _Columns(LocalNames):
    """From an element's tag to the name of the column that it is."""

    def __missing__(self, tag: Any) -> str:
        name = str(tag).rpartition("}")[2].upper()
        self[tag] = name = COLUMN_ALIASES.get(name, name)
        return name


def read_xml(source: SourceFile, chunk_children: int) -> Iterator[RawChunk]:
    """The children of the return, in chunks; those that come more than once are in the last one."""
    if root_name(source) != "expssda903":
        raise ReturnError(
            f"{source.name}: the outermost element is not EXPSSDA903; expected an SSDA903 return; give that file"
        )
    collector = Collector(_COLUMNS, chunk_children, repeated_ids(source, "CHILD", _ID))
    walk = _Walk(collector)
    for element in elements(source, "CHILD"):
        walk.child(element)
        yield from collector.full()
    if collector.next_position == 0:
        raise ReturnError(f"{source.name}: holds no CHILD; expected at least one child; export it again")
    yield from collector.rest()
    yield of_the_return(("return", name, "unknown_element") for name in walk.strangers)


class _Walk:
    """Takes children apart, element by element."""

    def __init__(self, collector: Collector) -> None:
        self.collector = collector
        self.names = _Columns()
        self.strangers: dict[str, None] = {}
        self.batch: Batch
        self.slot = 0

    def child(self, element: Any) -> None:
        """Add the rows of one child."""
        found = element.findtext(f"{{*}}HEADER/{{*}}{_ID}", "")
        self.batch, self.slot = self.collector.place(found, "children")
        header = self._row("Header")
        for part in element:
            if self.names[part.tag] == "HEADER":
                self._header(part, header)
            else:
                self._block(part)

    def _header(self, element: Any, header: list) -> None:
        once: dict[str, list] = {"Header": header}
        of_blocks = set()
        for part in element:
            if len(part):
                of_blocks.add(self._block(part))
                continue
            name = self.names[part.tag]
            table = OWNER.get(name, "Header")
            text = part.text
            if name == CHILD_COLUMN or not text or not text.strip():
                continue
            if name not in _PLACES[table]:
                self._unknown(name)
                continue
            row = once.get(table)
            if row is None:
                row = once[table] = self._row(table)
            self._put(table, row, name, text)
        if (header[_PLACES["Header"]["UASC"]] or "").strip().lower() in _YES and "UASC" not in {*once, *of_blocks}:
            self._row("UASC")

    def _block(self, element: Any) -> str | None:
        """The table that a block is a row of: the owner of the first of its columns that only one table has."""
        cells = [(self.names[part.tag], part.text) for part in element]
        table = next((OWNER[name] for name, _ in cells if name in OWNER), None)
        if table is None:
            self._unknown(self.names[element.tag])
            return None
        row = self._row(table)
        for name, text in cells:
            if name not in _PLACES[table]:
                self._unknown(name)
            elif text and text.strip():
                self._put(table, row, name, text)
        return table

    def _row(self, table: str) -> list:
        number = self.collector.next_row[table]
        self.collector.next_row[table] = number + 1
        row: list = [self.slot, number]
        row.extend([None] * len(_COLUMNS[table]))
        self.batch.rows[table].append(row)
        return row

    def _put(self, table: str, row: list, name: str, text: str) -> None:
        place = _PLACES[table][name]
        if row[place] is None:
            row[place] = text
        else:
            field = next(field for field in TABLE[table].fields if field.column == name)
            self.batch.faults.append((self.slot, None, row[1], field.entity, field.attribute, "repeated"))

    def _unknown(self, name: str) -> None:
        if len(self.strangers) < _UNKNOWN_SHOWN:
            self.strangers[name[:_NAME_SHOWN]] = None
