"""The way in: an annual return, whatever its form, as chunks of the same frames as the feed.

Tells the forms apart and joins the steps. Each step has a module of its own; nothing is written from here.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Literal, get_args

import polars as pl

from assets.records.pseudonyms import Pseudonyms
from assets.returns.cin import read_cin, read_header
from assets.returns.cin_entities import cin_entities
from assets.returns.convert import Converted
from assets.returns.errors import ReturnError
from assets.returns.frames import Lineage, lake_frames
from assets.returns.raw import RawChunk, of_the_return
from assets.returns.sources import Shape, SourceFile, source_files
from assets.returns.ssda903_csv import CsvTable, chunks_of, read_table
from assets.returns.ssda903_entities import ssda903_entities
from assets.returns.ssda903_layout import SSDA903_TABLES
from assets.returns.ssda903_xml import read_xml
from assets.returns.values import FAULT_OF, read_as

Kind = Literal["cin", "ssda903"]
Fault = tuple[str, str, str]  # entity, field, fault: of the return as a whole

CHUNK_CHILDREN = 5000
ONE_FILE = ""


@dataclass(frozen=True)
class ReturnHeader:
    """What a return says about itself.

    SSDA903 says nothing: its year is the one it is loaded as, and it names no LA.
    """

    reference_date: date
    collection_year: int
    lea: str | None

    @property
    def period_start(self) -> date:
        """The first day of the year that ends on the reference date."""
        end = self.reference_date
        last_year = end.replace(year=end.year - 1, day=28 if (end.month, end.day) == (2, 29) else end.day)
        return last_year + timedelta(days=1)


@dataclass(frozen=True)
class OpenedReturn:
    """A return whose files were found to be what they were given as."""

    header: ReturnHeader
    lineage: Lineage
    raw_chunks: Callable[[int], Iterator[RawChunk]]
    converted: Callable[[RawChunk], Converted]
    faults: tuple[Fault, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)  # table to its file; ONE_FILE where all is in one

    def chunks(
        self, pseudonyms: Pseudonyms, *, chunk_children: int = CHUNK_CHILDREN, hashing_content: bool = True
    ) -> Iterator[dict[str, pl.DataFrame]]:
        """Every lake table for some children at a time; a child is never split over two.

        hashing_content: whether each child's content gets its hash, which costs a fifth of reading; only the lake
        needs it.
        """
        for chunk in chain(self.raw_chunks(chunk_children), [of_the_return(self.faults)]):
            if len(chunk.children) or len(chunk.faults):
                yield lake_frames(
                    chunk, self.converted(chunk), self.lineage, pseudonyms, hashing_content=hashing_content
                )


def open_return(
    kind: Kind,
    given: Sequence[Path] | bytes,
    *,
    return_id: str,
    la_code: str,
    year: int,
    received_at: datetime,
) -> OpenedReturn:
    """The return in these files, folders or zips (or the bytes of one zip), with its header checked.

    year: the one in which the collection ends. received_at: must know its time zone.
    Raises ReturnError when it is not a return of this kind and LA.
    """
    if kind not in get_args(Kind):
        raise ReturnError(f"no return is called {kind!r}; expected cin or ssda903")
    if received_at.tzinfo is None:
        raise ReturnError("received_at has no time zone; give it in UTC")
    lineage = Lineage(return_id=return_id, la_code=la_code, kind=kind, year=year, received_at=received_at)
    shaped = [(file, file.shape()) for file in source_files(given)]
    faults = [("return", "file", "ignored_file") for file, shape in shaped if _ignored(kind, file, shape)]
    files = [(file, shape) for file, shape in shaped if not _ignored(kind, file, shape)]
    _refuse(kind, files)
    if kind == "cin":
        return _open_cin(files[0][0], lineage, faults)
    if files[0][1] == "xml":
        opened = _opened_903(lineage, partial(read_xml, files[0][0]), faults, uasc_given=False)
        return replace(opened, files={ONE_FILE: files[0][0].name})
    tables = _tables([file for file, _ in files], faults)
    uasc_given = any(table.table.name == "UASC" for table in tables)
    opened = _opened_903(lineage, partial(chunks_of, tables), faults, uasc_given=uasc_given)
    return replace(opened, files={table.table.name: table.file for table in tables})


def read_return(
    kind: Kind,
    paths: Sequence[Path],
    *,
    return_id: str,
    la_code: str,
    year: int,
    received_at: datetime,
    pseudonyms: Pseudonyms,
    chunk_children: int = CHUNK_CHILDREN,
) -> Iterator[dict[str, pl.DataFrame]]:
    """Chunks of every lake table: the entities, records, identifiers and faults. Raises ReturnError."""
    opened = open_return(kind, paths, return_id=return_id, la_code=la_code, year=year, received_at=received_at)
    return opened.chunks(pseudonyms, chunk_children=chunk_children)


def _ignored(kind: Kind, file: SourceFile, shape: Shape) -> bool:
    """A file only found beside the return, which by its name and content does not claim to be part of it."""
    suffix = Path(file.name).suffix.lower()
    claims = {".xml"} if kind == "cin" else {".xml", ".csv"}
    return not file.named and suffix not in claims and shape != "xml" and (kind == "cin" or _not_a_table(file, shape))


def _not_a_table(file: SourceFile, shape: Shape) -> bool:
    return shape != "text" or read_table(file) is None


def _refuse(kind: Kind, files: Sequence[tuple[SourceFile, Shape]]) -> None:
    expected = "one CIN census XML" if kind == "cin" else "SSDA903 tables as CSV, or one SSDA903 XML"
    for file, shape in files:
        if shape == "empty":
            raise ReturnError(f"{file.name}: is empty; expected {expected}; export it again")
        if shape == "other" or (kind == "cin" and shape != "xml"):
            came = "plain text" if shape == "text" else "neither text nor XML"
            raise ReturnError(f"{file.name}: is {came}; expected {expected}; export it again in that form")
    if not files:
        raise ReturnError(f"none of the files is part of this return; expected {expected}")
    xml = [file.name for file, shape in files if shape == "xml"]
    if xml and len(files) > 1:
        raise ReturnError(f"{len(files)} files, of which {len(xml)} XML; expected {expected}; give the one that counts")


def _open_cin(source: SourceFile, lineage: Lineage, faults: list[Fault]) -> OpenedReturn:
    said = read_header(source)
    lea = said.get("lea")
    if lea is not None and lea != lineage.la_code:
        came = f"LA {lea}" if re.fullmatch(r"[0-9]{3}", lea) else "something that is no LA code"
        raise ReturnError(
            f"{source.name}: its header says {came}; expected LA {lineage.la_code}; check the file and the LA"
        )
    reference_date = _header_value(said, "referencedate", "date", faults) or date(lineage.year, 3, 31)
    collection_year = _header_value(said, "year", "number", faults)
    if lea is None:
        faults.append(("return", "lea", "missing"))
    if reference_date != date(lineage.year, 3, 31):
        faults.append(("return", "reference_date", "differs"))
    if collection_year is not None and collection_year != lineage.year:
        faults.append(("return", "year", "differs"))
    header = ReturnHeader(reference_date, collection_year or lineage.year, lea)
    files = {ONE_FILE: source.name}
    entities = partial(cin_entities, year=lineage.year)
    return OpenedReturn(header, lineage, partial(read_cin, source), entities, tuple(faults), files)


def _header_value(
    said: Mapping[str, str | None], name: str, reading: Literal["date", "number"], faults: list[Fault]
) -> Any:
    """A date or a number of the header; None, and a fault, when it is not there or cannot be read."""
    text = said.get(name)
    value = read_as(reading, pl.Series([text], dtype=pl.String))[0]
    if value is None:
        shown = {"referencedate": "reference_date"}.get(name, name)
        faults.append(("return", shown, "missing" if text is None else FAULT_OF[reading]))
    return value


def _opened_903(
    lineage: Lineage, read: Callable[[int], Iterator[RawChunk]], faults: list[Fault], *, uasc_given: bool
) -> OpenedReturn:
    header = ReturnHeader(date(lineage.year, 3, 31), lineage.year, None)
    entities = partial(ssda903_entities, uasc_given=uasc_given, year=lineage.year)
    return OpenedReturn(header, lineage, read, entities, tuple(faults))


def _tables(files: Sequence[SourceFile], faults: list[Fault]) -> list[CsvTable]:
    tables: dict[str, CsvTable] = {}
    for file in files:
        table = read_table(file)
        if table is None:
            names = ", ".join(table.name for table in SSDA903_TABLES)
            raise ReturnError(
                f"{file.name}: its first line does not name the columns of an SSDA903 table; expected CHILD and the "
                f"columns of one of {names}, separated by commas; export it again or leave it out"
            )
        same = tables.setdefault(table.table.name, table)
        if same is not table:
            raise ReturnError(
                f"{same.file} and {file.name}: are both the {table.table.name} table; expected one; leave one out"
            )
    if "Header" not in tables and "Episodes" not in tables:
        faults.append(("return", "header_and_episodes", "missing_table"))
    return list(tables.values())
