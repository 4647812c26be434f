"""streams.csv: reading it, saying line by line what is wrong with it, and adding to it.

What a register must be is said in register.py.
"""

import csv
import io
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from assets.files import FileStore
from assets.locks import locked
from assets.submissions.register import (
    ENVIRONMENTS,
    PAYLOAD_MODES,
    SUFFIX_OF_ROUTE,
    RegisterError,
    Stream,
    StreamRegister,
    problems_of,
)

COLUMNS = (
    "stream_id",
    "la_code",
    "route",
    "cms_supplier",
    "environment",
    "payload_mode",
    "start_date",
    "end_date",
    "is_primary",
    "supplier_key_hash",
)
# Streams that never come through the receiver have no supplier key, so a file may do without the column.
_OPTIONAL = frozenset({"supplier_key_hash"})
# Someone may paste the key itself where its hash belongs: such a cell is never repeated in a message.
_SECRET = frozenset({"supplier_key_hash"})


def read_register(path: Path, la_codes: Collection[str] | None = None) -> StreamRegister:
    """The register in a file; empty when there is no file. Raises RegisterError naming every wrong line and field."""
    if not path.exists():
        return StreamRegister((), la_codes)
    lines = _lines(path)
    problems: list[str] = []
    rows: dict[int, Stream] = {}
    for number, cells in lines.items():
        try:
            rows[number] = _stream(cells)
        except _CellError as error:
            problems += [f"{path}, line {number}, {problem}" for problem in error.problems]
    number_of = {id(row): number for number, row in rows.items()}
    problems += [
        f"{path}, line {number_of[id(row)]}, {problem}" for row, problem in problems_of(rows.values(), la_codes)
    ]
    if problems:
        raise RegisterError("\n".join(problems))
    return StreamRegister(rows.values(), la_codes)


def add_stream(path: Path, stream: Stream, la_codes: Collection[str] | None = None) -> StreamRegister:
    """Add one row to the file, whole or not at all, and return the register it makes with the rows already there.

    A row of the same stream and environment that is open without end, and began earlier, ends the day before.
    """
    with locked(path.with_name(f".{path.name}.lock")):
        before = read_register(path, la_codes)
        after = StreamRegister((*(_ended_before(row, stream) for row in before.rows), stream), la_codes)
        FileStore(path.parent).write(path.name, _as_csv(after))
    return after


def end_stream(path: Path, source_id: str, day: date, la_codes: Collection[str] | None = None) -> StreamRegister:
    """End a stream or sandbox with that day: rows in force then end on it, rows that were to begin later are taken out.

    Raises RegisterError where it has no row that is in force on the day or later.
    """
    with locked(path.with_name(f".{path.name}.lock")):
        before = read_register(path, la_codes)
        concerned = [row for row in before.rows if row.source_id == source_id and (row.end_date or day) >= day]
        if not concerned:
            raise RegisterError(f"stream register, {source_id}: no row is in force on {day} or later; nothing to end")
        ended = [replace(row, end_date=day) for row in concerned if row.covers(day)]
        kept = [row for row in before.rows if row not in concerned]
        after = StreamRegister((*kept, *ended), la_codes)
        FileStore(path.parent).write(path.name, _as_csv(after))
    return after


def _ended_before(row: Stream, new: Stream) -> Stream:
    if row.source_id != new.source_id or row.end_date is not None or row.start_date >= new.start_date:
        return row
    return replace(row, end_date=new.start_date - timedelta(days=1))


def current_la_codes(seed: Path) -> frozenset[str] | None:
    """Codes in the la_code column of the local authority seed; None, meaning any code will do, without that file."""
    if not seed.exists():
        return None
    with seed.open(encoding="utf-8-sig", newline="") as handle:
        return frozenset(row["la_code"] for row in csv.DictReader(handle) if not row.get("valid_to"))


class _CellError(Exception):
    def __init__(self, problems: list[str]) -> None:
        super().__init__(problems)
        self.problems = problems


def _lines(path: Path) -> dict[int, Mapping[str, str]]:
    """Line number in the file to its cells, blank lines left out."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise RegisterError(f"{path}: is not UTF-8 text; save it as CSV UTF-8") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    header = [name.strip() for name in reader.fieldnames or ()]
    if len(set(header)) != len(header) or not set(COLUMNS) - _OPTIONAL <= set(header) <= set(COLUMNS):
        raise RegisterError(f"{path}, line 1: expected the columns {', '.join(COLUMNS)}; got {', '.join(header)}")
    reader.fieldnames = header
    lines: dict[int, Mapping[str, str]] = {}
    for cells in reader:
        if None in cells or None in cells.values():
            raise RegisterError(f"{path}, line {reader.line_num}: expected {len(header)} cells, one a column")
        if any(value.strip() for value in cells.values()):
            lines[reader.line_num] = cells
    return lines


def _stream(cells: Mapping[str, str]) -> Stream:
    values: dict[str, Any] = {}
    problems = []
    for name, parse in _PARSERS.items():
        cell = cells.get(name, "").strip()
        try:
            values[name] = parse(cell)
        except ValueError as error:
            got = "" if name in _SECRET else f", got {cell!r}"
            problems.append(f"{name}: {error}{got}")
    if problems:
        raise _CellError(problems)
    return Stream(**values)


def _one_of(*allowed: str) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        if cell not in allowed:
            raise ValueError(f"expected {' or '.join(allowed)}")
        return cell

    return parse


def _matching(pattern: str, expected: str) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        if not re.fullmatch(pattern, cell):
            raise ValueError(f"expected {expected}")
        return cell

    return parse


def _day(cell: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell):
        raise ValueError("expected a date, YYYY-MM-DD")
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError("expected a date of the calendar, YYYY-MM-DD") from None


def _flag(cell: str) -> bool:
    if cell.lower() not in {"true", "false"}:
        raise ValueError("expected true or false")
    return cell.lower() == "true"


def _or_none(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda cell: parse(cell) if cell else None


_PARSERS: dict[str, Callable[[str], Any]] = {
    "stream_id": _matching(r"\d{3}-(byo|d2i|cms)", "<la_code>-<byo|d2i|cms>"),
    "la_code": _matching(r"\d{3}", "a three digit code"),
    "route": _one_of(*SUFFIX_OF_ROUTE),
    "cms_supplier": _or_none(str),
    "environment": _one_of(*ENVIRONMENTS),
    "payload_mode": _one_of(*PAYLOAD_MODES),
    "start_date": _day,
    "end_date": _or_none(_day),
    "is_primary": _flag,
    "supplier_key_hash": _or_none(_matching(r"[0-9a-f]{64}", "a SHA-256 in hexadecimal, or nothing")),
}


def _as_csv(register: StreamRegister) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in register.rows:
        writer.writerow([_as_cell(getattr(row, name)) for name in COLUMNS])
    return buffer.getvalue().encode()


def _as_cell(value: str | date | bool | None) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
