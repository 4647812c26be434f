"""SSDA903 as CSV: files told apart by their columns, read whole as text, handed on by chunks of children.

Encodings, line ends, quoting and rows of the wrong length are settled here; what a value means is not.
"""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from assets.returns.errors import ReturnError
from assets.returns.raw import FAULT_SCHEMA, ROW, SLOT, RawChunk, children_frame, of_the_return
from assets.returns.sources import SourceFile
from assets.returns.ssda903_layout import CHILD_COLUMN, COLUMN_ALIASES, OWNER, SSDA903_TABLES, TABLE, Table, own_columns
from assets.returns.values import cleaned

# A table of the largest LA is about 10 MB, with 100,000 rows of some 30 columns.
MAX_TABLE_BYTES = 32 * 1024**2
MAX_ROWS = 1_000_000
MAX_COLUMNS = 200
_LONGEST_FIRST_LINE = 64 * 1024
_LINE_ENDS = (b"\n", b"\r")


@dataclass(frozen=True)
class CsvTable:
    """One table as read: row, CHILD and the columns known, all text. Faults: (entity, field, fault) of the whole."""

    table: Table
    file: str
    rows: pl.DataFrame
    faults: tuple[tuple[str, str, str], ...]
    uneven: tuple[int, ...]  # rows with more cells than the file has columns
    named_again: tuple[int, ...]  # rows that name the columns once more


def read_table(source: SourceFile) -> CsvTable | None:
    """The SSDA903 table in a CSV file; None when its columns are those of no table.

    Raises ReturnError for an empty file, one too large, or one that gives a column twice.
    """
    if not _begins_with_a_line(source):
        return None
    text = _text(source)
    header, body = _header_and_body(source, text)
    table = _recognised(source, header)
    if table is None:
        return None
    known = {name: place for place, name in enumerate(header) if name in (CHILD_COLUMN, *table.columns)}
    _refuse_too_much(source, header, body, known)
    cells, uneven = _cells(source, body, len(header), known)
    rows = cleaned(cells).with_row_index(ROW).with_columns(pl.col(ROW).cast(pl.Int32))
    rows = rows.filter(pl.any_horizontal(pl.col(pl.String).is_not_null()))
    again = _names_again(rows, known)
    faults = _column_faults(table, header)
    return CsvTable(table, source.name, rows.filter(~again), faults, uneven, tuple(rows[ROW].filter(again)))


def _begins_with_a_line(source: SourceFile) -> bool:
    """Whether the first line is short enough to hold names; looked at before the file is read as a whole."""
    with source.stream() as handle:
        head = handle.read(_LONGEST_FIRST_LINE)
        return not handle.read(1) or any(end in head.lstrip() for end in _LINE_ENDS)


def _text(source: SourceFile) -> str:
    if source.size > MAX_TABLE_BYTES:
        raise ReturnError(
            f"{source.name}: has {source.size // 1024**2:,} MB; expected an SSDA903 table of at most "
            f"{MAX_TABLE_BYTES // 1024**2} MB; export it again"
        )
    with source.stream() as handle:
        content = handle.read()
    text = decoded(content)[0].replace("\x00", "").lstrip("\ufeff\r\n ")
    if not text or text.isspace():
        raise ReturnError(f"{source.name}: is empty; expected a line of column names; export the table again")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _header_and_body(source: SourceFile, text: str) -> tuple[list[str], str]:
    reader = csv.reader(io.StringIO(text))
    try:
        header = [_column_name(name) for name in next(reader, [])]
    except csv.Error:
        raise _unclosed(source) from None
    lines = text.split("\n", reader.line_num)
    return header, lines[-1] if len(lines) > reader.line_num else ""


def _refuse_too_much(source: SourceFile, header: Sequence[str], body: str, known: Mapping[str, int]) -> None:
    """What no SSDA903 table has: a column twice, and far too many columns or rows."""
    twice = sorted(name for name in known if header.count(name) > 1)
    if twice:
        raise ReturnError(f"{source.name}: column {twice[0]} is there twice; expected once; remove one and load again")
    if len(header) > MAX_COLUMNS:
        raise ReturnError(
            f"{source.name}: has {len(header):,} columns; expected at most {MAX_COLUMNS}; export it again"
        )
    if (rows := body.count("\n")) > MAX_ROWS:
        raise ReturnError(f"{source.name}: has {rows:,} lines; no SSDA903 table has over {MAX_ROWS:,}; export it again")


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file, and the encoding that gives its bytes again."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace"), "utf-16"
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "cp1252"
    return text, "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8"


def child_place(names: Sequence[str]) -> int | None:
    """Which column of these holds the child's id; None when none does."""
    header = [_column_name(name) for name in names]
    return header.index(CHILD_COLUMN) if CHILD_COLUMN in header else None


def _column_name(name: str) -> str:
    tidy = name.strip().strip('"').strip().upper()
    return COLUMN_ALIASES.get(tidy, tidy)


def _recognised(source: SourceFile, header: Sequence[str]) -> Table | None:
    """The table of which the file has the most own columns, if it has the child's id and at least half of them."""
    if CHILD_COLUMN not in header:
        return None
    present = {table.name: len(own_columns(table) & set(header)) for table in SSDA903_TABLES}
    most = max(present.values())
    likely = [name for name, count in present.items() if count == most and count * 2 >= len(own_columns(TABLE[name]))]
    if len(likely) > 1:
        raise ReturnError(
            f"{source.name}: has columns of {' and of '.join(likely)}; expected one table a file; "
            "split it and load again"
        )
    return TABLE[likely[0]] if likely else None


def _cells(source: SourceFile, body: str, width: int, known: Mapping[str, int]) -> tuple[pl.DataFrame, tuple[int, ...]]:
    """The known columns below the line of names, as text, and the positions of rows with more cells than names."""
    names = [f"column_{place}" for place in range(width)]
    try:
        content = f"{','.join(names)}\n{body}".encode()
        frame = pl.read_csv(content, infer_schema=False, columns=[names[place] for place in known.values()])
    except pl.exceptions.PolarsError:
        return _uneven_cells(source, body, width, known)
    return frame.select(pl.col(names[place]).alias(name) for name, place in known.items()), ()


def _uneven_cells(
    source: SourceFile, body: str, width: int, known: Mapping[str, int]
) -> tuple[pl.DataFrame, tuple[int, ...]]:
    """The slow way, for the rare file with a row too long or a stray quotation mark."""
    columns: dict[str, list[str]] = {name: [] for name in known}
    uneven = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(body))):
            if any(cell.strip() for cell in row[width:]):
                uneven.append(number)
            for name, place in known.items():
                columns[name].append(row[place] if place < len(row) else "")
    except csv.Error:
        raise _unclosed(source) from None
    return pl.DataFrame(columns, dict.fromkeys(known, pl.String)), tuple(uneven)


def _unclosed(source: SourceFile) -> ReturnError:
    return ReturnError(
        f"{source.name}: has a quotation mark that is never closed; expected them in pairs; export the table again"
    )


def _names_again(rows: pl.DataFrame, known: Mapping[str, int]) -> pl.Series:
    """Rows that are the line of names once more, as when two exports were put in one file."""
    return rows.select(
        pl.all_horizontal(
            pl.col(name).str.to_uppercase().replace(COLUMN_ALIASES).eq_missing(pl.lit(name)) for name in known
        )
    ).to_series()


def _column_faults(table: Table, header: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
    """Columns expected and not there, by attribute; columns there and not known, by place, since names may be data."""
    missing = [
        (field.entity, field.attribute, "missing_column")
        for field in table.fields
        if field.column not in header and not field.optional
    ]
    known = {CHILD_COLUMN, *OWNER, *table.columns}
    extra = [
        (table.entity, f"column {place + 1}", "unknown_column")
        for place, name in enumerate(header)
        if name not in known
    ]
    return (*missing, *extra)


def chunks_of(tables: Sequence[CsvTable], chunk_children: int) -> Iterator[RawChunk]:
    """The children of these tables, in chunks: those of Header in its order, then the others as they first appear."""
    children = _children(tables)
    if children.is_empty():
        names = ", ".join(table.file for table in tables)
        raise ReturnError(f"{names}: hold no row with a child's id; expected at least one child; export them again")
    placed = {table.table.name: _placed(table, children) for table in tables}
    for first in range(0, len(children), chunk_children):
        some = children.slice(first, chunk_children)
        yield RawChunk(
            children_frame(some[CHILD_COLUMN].to_list(), some["position"].to_list()),
            {name: _between(rows, first, chunk_children) for name, rows in placed.items()},
        )
    yield of_the_return(fault for table in tables for fault in table.faults)
    yield RawChunk(children_frame([], []), {}, pl.concat([_row_faults(table) for table in tables]))


def _children(tables: Sequence[CsvTable]) -> pl.DataFrame:
    """CHILD and position, one row a child, in order of position."""
    header = [table.rows for table in tables if table.table.name == "Header"]
    places = {table.name: place for place, table in enumerate(SSDA903_TABLES)}
    others = [t.rows for t in sorted(tables, key=lambda t: places[t.table.name]) if t.table.name != "Header"]
    first = header[0].select(CHILD_COLUMN, pl.col(ROW).alias("position")) if header else _no_children()
    after = first["position"].to_list()[-1] + 1 if len(first) else 0
    known = _once(first)
    rest = pl.concat([rows.select(CHILD_COLUMN) for rows in others]) if others else _no_children().select(CHILD_COLUMN)
    absent = _once(rest.join(known, on=CHILD_COLUMN, how="anti", maintain_order="left"))
    numbered = absent.select(CHILD_COLUMN, (pl.int_range(pl.len()) + after).cast(pl.Int32).alias("position"))
    return pl.concat([known, numbered])


def _once(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(pl.col(CHILD_COLUMN).is_not_null()).unique(CHILD_COLUMN, keep="first", maintain_order=True)


def _no_children() -> pl.DataFrame:
    return pl.DataFrame(schema={CHILD_COLUMN: pl.String, "position": pl.Int32})


def _placed(table: CsvTable, children: pl.DataFrame) -> pl.DataFrame:
    """The table's rows with the number of their child among all; rows without a child's id left out."""
    numbers = children.with_row_index("number").select(CHILD_COLUMN, "number")
    return table.rows.join(numbers, on=CHILD_COLUMN, how="inner", maintain_order="left").drop(CHILD_COLUMN)


def _between(rows: pl.DataFrame, first: int, count: int) -> pl.DataFrame:
    some = rows.filter(pl.col("number").is_between(first, first + count, closed="left"))
    return some.select((pl.col("number") - first).cast(pl.Int32).alias(SLOT), pl.exclude("number"))


def _row_faults(table: CsvTable) -> pl.DataFrame:
    nameless = table.rows.filter(pl.col(CHILD_COLUMN).is_null())[ROW].to_list()
    found = [(row, "la_child_id", "no_child_id") for row in nameless]
    found += [(row, "row", "too_many_cells") for row in table.uneven]
    found += [(row, "row", "column_names_again") for row in table.named_again]
    rows = [(None, None, row, table.table.entity, name, fault) for row, name, fault in found]
    return pl.DataFrame(rows, FAULT_SCHEMA, orient="row")
