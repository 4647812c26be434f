"""The file of an annual return without some of its children; every other byte of it stays as it was.

XML (CIN census, SSDA903) is read as a stream, and the spans of the children are left out; CSV loses their lines. Where
returns are kept is not decided here.
"""

import csv
import io
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any
from xml.parsers import expat

from assets.returns.errors import ReturnError
from assets.returns.sources import SourceFile
from assets.returns.ssda903_csv import child_place, decoded
from assets.temporary import temporary_folder

IsGone = Callable[[str], bool]  # whether a child of that id (as the LA gives it) is to go

_CHILD = "child"
_IDS = ("lachildid", "childid")
_BLOCK = 256 * 1024


@dataclass
class Left:
    """What became of a file: children or lines taken out, and whether it is one that nobody can look into."""

    taken_out: int = 0
    is_opaque: bool = False


def without_children(source: Path, target: Path, is_gone: IsGone) -> Left:
    """Write source without these children to target. Raises ReturnError for one that cannot be taken apart."""
    if zipfile.is_zipfile(source):
        return _without_in_zip(source, target, is_gone)
    shape = _source(source).shape()
    if shape == "xml":
        return Left(_without_in_xml(source, target, is_gone))
    if shape == "text":
        return _without_in_csv(source, target, is_gone)
    shutil.copyfile(source, target)
    return Left(is_opaque=shape != "empty")


def _source(path: Path) -> SourceFile:
    return SourceFile(path.name, path.stat().st_size, lambda: path.open("rb"), named=False)


def _without_in_zip(source: Path, target: Path, is_gone: IsGone) -> Left:
    total = Left()
    with (
        temporary_folder(target.parent) as folder,
        zipfile.ZipFile(source) as archive,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as fresh,
    ):
        for number, member in enumerate(archive.infolist()):
            before, after = Path(folder) / f"{number}", Path(folder) / f"{number}-left"
            if member.is_dir():
                continue
            with archive.open(member) as content, before.open("wb") as handle:
                shutil.copyfileobj(content, handle)
            left = without_children(before, after, is_gone)
            total.taken_out += left.taken_out
            total.is_opaque |= left.is_opaque
            fresh.write(after, member.filename)
    return total


@dataclass
class _Spans:
    """Where in the file the children to be left out stand: from their first byte to the byte after their last."""

    parser: Any
    is_gone: IsGone
    found: list[tuple[int, int]] = field(default_factory=list)
    started: int | None = None
    ended: bool = False
    text: list[str] | None = None
    child_id: str = ""

    def start(self, name: str, _attributes: object) -> None:
        self.settle()
        local = name.rpartition(":")[2].lower()
        if local == _CHILD and self.started is None:
            self.started, self.child_id = self.parser.CurrentByteIndex, ""
        elif self.started is not None and local in _IDS:
            self.text = []

    def characters(self, text: str) -> None:
        self.settle()
        if self.text is not None:
            self.text.append(text)

    def end(self, name: str) -> None:
        self.settle()
        local = name.rpartition(":")[2].lower()
        if local in _IDS and self.text is not None:
            self.child_id, self.text = "".join(self.text).strip(), None
        elif local == _CHILD and self.started is not None:
            self.ended = True

    def settle(self, *_: object) -> None:
        """A child ends where whatever comes after its closing tag begins."""
        if self.ended and self.started is not None:
            if self.is_gone(self.child_id):
                self.found.append((self.started, self.parser.CurrentByteIndex))
            self.started, self.ended = None, False


def _without_in_xml(source: Path, target: Path, is_gone: IsGone) -> int:
    spans = _spans(source, is_gone)
    with source.open("rb") as before, target.open("wb") as after:
        for start, stop in spans:
            _copy(before, after, start - before.tell())
            before.seek(stop)
        shutil.copyfileobj(before, after)
    return len(spans)


def _spans(source: Path, is_gone: IsGone) -> list[tuple[int, int]]:
    parser = expat.ParserCreate()
    spans = _Spans(parser, is_gone)
    parser.StartElementHandler, parser.EndElementHandler = spans.start, spans.end
    parser.CharacterDataHandler = spans.characters
    parser.CommentHandler = parser.ProcessingInstructionHandler = spans.settle
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with source.open("rb") as handle:
        try:
            parser.ParseFile(handle)
        except expat.ExpatError as error:
            raise ReturnError(
                f"{source.name}, line {error.lineno}: is not well formed XML, so nobody can tell its children apart"
            ) from None
    return spans.found


def _refuse_doctype(*_: object) -> None:
    raise ReturnError("a landed XML file has a document type declaration (DOCTYPE); a return has none")


def _copy(before: IO[bytes], after: IO[bytes], count: int) -> None:
    while count and (block := before.read(min(count, _BLOCK))):
        after.write(block)
        count -= len(block)


def _without_in_csv(source: Path, target: Path, is_gone: IsGone) -> Left:
    content = source.read_bytes()
    text, encoding = decoded(content)
    if encoding == "cp1252":  # every byte is a letter of latin-1, so every byte comes back
        text, encoding = content.decode("latin-1"), "latin-1"
    lines = list(io.StringIO(text, newline=""))
    place = child_place(next(csv.reader(lines), []))
    if place is None:
        shutil.copyfile(source, target)
        return Left(is_opaque=True)
    kept: list[str] = []
    gone = 0
    for row, own in _rows(source, lines):
        if place < len(row) and is_gone(row[place].strip()):
            gone += 1
        else:
            kept += own
    target.write_bytes("".join(kept).encode(encoding) if gone else content)
    return Left(gone)


def _rows(source: Path, lines: list[str]) -> Iterator[tuple[list[str], Iterable[str]]]:
    """Each row with the lines that it stands on."""
    reader = csv.reader(lines)
    before = 0
    try:
        for row in reader:
            yield row, lines[before : reader.line_num]
            before = reader.line_num
    except csv.Error:
        raise ReturnError(f"{source.name}: has a quotation mark that is never closed: its rows run together") from None
