"""The report as a workbook: a sheet of contents, one of notes, and one a table, with numbers as numbers."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from assets.reports.cells import NOTHING, Cell, Column, Table

_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "header": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 2, "bg_color": "#F3F2F1"},
    "text": {"text_wrap": True, "valign": "top"},
    "right": {"align": "right", "valign": "top"},
    "date": {"num_format": "d mmmm yyyy", "align": "left", "valign": "top"},
    "link": {"font_color": "#1D70B8", "underline": 1, "valign": "top"},
}
_WIDEST, _NARROWEST = 60, 11


def write_workbook(path: Path, title: str, subject: str, notes: Sequence[str], tables: Sequence[Table]) -> None:
    """Write the workbook. Sheets are named by number and listed with their captions on the first."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "d mmmm yyyy"}) as book:
        book.set_properties({"title": title, "subject": subject, "author": ""})
        formats = _Formats(book)
        names = [f"Table {position}" for position in range(1, len(tables) + 1)]
        _write_contents(book, formats, title, subject, list(zip(names, tables, strict=True)))
        _write_notes(book, formats, notes)
        for name, table in zip(names, tables, strict=True):
            _write_table(book, formats, name, table)


class _Formats:
    """Cell formats, made once each."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}

    def get(self, name: str) -> Any:
        """A named format, or a number format such as `#,##0.0`."""
        if name not in self._made:
            properties = _FORMATS.get(name, {"num_format": name, "align": "right", "valign": "top"})
            self._made[name] = self._book.add_format({"font_name": "Arial", "font_size": 11} | properties)
        return self._made[name]


def _write_contents(book: Any, formats: _Formats, title: str, subject: str, named: Sequence[tuple[str, Table]]) -> None:
    sheet = book.add_worksheet("Contents")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 90)
    sheet.write(0, 0, title, formats.get("title"))
    sheet.write(1, 0, subject, formats.get("right") if not subject else None)
    sheet.write_row(3, 0, ["Sheet", "What it holds"], formats.get("header"))
    sheet.write_url(4, 0, "internal:'Notes'!A1", formats.get("link"), "Notes")
    sheet.write(4, 1, "How to read the tables, what to keep in mind, definitions", formats.get("text"))
    for row, (name, table) in enumerate(named, start=5):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", formats.get("link"), name)
        sheet.write(row, 1, table.caption, formats.get("text"))


def _write_notes(book: Any, formats: _Formats, notes: Sequence[str]) -> None:
    sheet = book.add_worksheet("Notes")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 110)
    sheet.write(0, 0, "Notes", formats.get("title"))
    for row, note in enumerate(notes, start=2):
        sheet.write(row, 0, note, formats.get("text"))


def _write_table(book: Any, formats: _Formats, name: str, table: Table) -> None:
    sheet = book.add_worksheet(name)
    sheet.write(0, 0, table.caption, formats.get("title"))
    sheet.write(1, 0, table.note)
    first = 3
    for position, column in enumerate(table.columns):
        sheet.write(first, position, column.full_label, formats.get("header"))
        sheet.set_column(position, position, _width(column, [row[position] for row in table.rows]))
    for offset, row in enumerate(table.rows, start=first + 1):
        for position, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
            _write_cell(sheet, formats, offset, position, cell, column)
    sheet.freeze_panes(first + 1, 1)
    if table.rows:
        sheet.autofilter(first, 0, first + len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(first)


def _write_cell(sheet: Any, formats: _Formats, row: int, position: int, cell: Cell, column: Column) -> None:
    if isinstance(cell.value, date):
        sheet.write_datetime(row, position, cell.value, formats.get("date"))
    elif isinstance(cell.value, (int, float)):
        decimals = "." + "0" * cell.decimals if cell.decimals else ""
        number_format = (
            f"0{decimals}%" if column.kind == "share" and isinstance(cell.value, float) else f"#,##0{decimals}"
        )
        sheet.write_number(row, position, cell.value, formats.get(number_format))
    else:
        words = "" if cell.value == NOTHING else cell.value
        sheet.write_string(row, position, words or "", formats.get("text" if column.kind == "text" else "right"))


def _width(column: Column, cells: Sequence[Cell]) -> int:
    longest = max((len(cell.text) for cell in cells), default=0)
    return min(_WIDEST, max(_NARROWEST, longest + 2, min(len(column.full_label), 18) + 2))
