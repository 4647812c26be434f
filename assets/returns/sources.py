"""From paths, folders and zips to the files of a return, opened as streams. Nothing is unpacked to disk.

What is in a file is the business of the readers; here it is only told apart: XML, CSV or neither.
"""

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Literal

from assets.returns.errors import ReturnError

Shape = Literal["xml", "text", "empty", "other"]

# A real census of the largest LA is about 150 MB and a real SSDA903 table about 10 MB.
MAX_FILE_BYTES = 4 * 1024**3
MAX_ZIP_MEMBERS = 1000
_SNIFF_BYTES = 4096
_ENCRYPTED = 0x1
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class SourceFile:
    """One file of a return: its name as shown to people, its size unpacked, and a way to open it again and again.

    named: whether it was asked for by name, and so must be part of the return, or only found in a folder or zip.
    """

    name: str
    size: int
    open: Callable[[], AbstractContextManager[IO[bytes]]]
    named: bool

    @contextmanager
    def stream(self) -> Iterator[IO[bytes]]:
        """The content from its beginning. A file that cannot be opened or unpacked is a ReturnError."""
        try:
            with self.open() as handle:
                yield handle
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError):
            raise ReturnError(
                f"{self.name}: cannot be unpacked, the zip is damaged; make it again and load it"
            ) from None
        except OSError as error:
            raise ReturnError(f"{self.name}: cannot be read ({error.strerror}); check the file and load it") from None

    def shape(self) -> Shape:
        """What kind of file it is, from its first bytes. A name that says otherwise is a ReturnError."""
        shape = self._shape()
        said = {".xml": "xml", ".csv": "text"}.get(PurePosixPath(self.name).suffix.lower(), shape)
        if shape not in (said, "empty"):
            what = {"xml": "XML", "text": "plain text", "other": "neither text nor XML"}
            raise ReturnError(
                f"{self.name}: the name says {what[said]}, the content is {what[shape]}; export it again or rename it"
            )
        return shape

    def _shape(self) -> Shape:
        with self.stream() as handle:
            head = handle.read(_SNIFF_BYTES)
        if head.startswith(_UTF16_MARKS):
            head = head.decode("utf-16", "replace").encode()
        head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if not head:
            return "empty"
        if head.startswith(b"<"):
            return "xml"
        return "other" if b"\x00" in head or head.startswith(b"PK\x03\x04") else "text"


def source_files(given: Sequence[Path] | bytes) -> list[SourceFile]:
    """Every file meant by the paths given (files, folders, zips) or held in the bytes of one zip, in name order.

    Raises ReturnError when a path does not exist, a zip cannot be read, or there is nothing at all.
    """
    if isinstance(given, bytes):
        content = given
        found = _members("the landed return", lambda: io.BytesIO(content))
    else:
        found = [file for path in given for file in _from_path(Path(path))]
    if not found:
        raise ReturnError("no file to read; give the census XML, or the SSDA903 files, their folder or a zip of them")
    too_big = [file.name for file in found if file.size > MAX_FILE_BYTES]
    if too_big:
        raise ReturnError(f"{too_big[0]}: larger than {MAX_FILE_BYTES} bytes when unpacked; no return is that large")
    return found


def files_under(paths: Sequence[Path]) -> list[Path]:
    """The files that would be read from these paths, with folders opened and zips left as they are, for keeping.

    Raises ReturnError when a path does not exist or there is no file.
    """
    found = [file for path in paths for file in _visible_files(path)]
    if not found:
        raise ReturnError("no file to read; give the census XML, or the SSDA903 files, their folder or a zip of them")
    return found


def _visible_files(path: Path) -> list[Path]:
    if not path.exists():
        raise ReturnError(f"{printable(path.name)}: no such file or folder; check the path")
    if not path.is_dir():
        return [path]
    try:
        return [entry for entry in sorted(path.iterdir()) if _visible(entry.name) and not entry.is_dir()]
    except OSError as error:
        raise ReturnError(f"{printable(path.name)}: cannot be read ({error.strerror}); check the folder") from None


def printable(name: str) -> str:
    """A file's name for messages: it may hold bytes that are no text, or that steer a terminal."""
    return "".join(letter if letter.isprintable() else "?" for letter in name)


def _from_path(path: Path) -> list[SourceFile]:
    return [file for found in _visible_files(path) for file in _opened(found, named=not path.is_dir())]


def _opened(path: Path, *, named: bool) -> list[SourceFile]:
    name = printable(path.name)
    if not path.is_file():  # a link to nothing; a pipe or a device, which may never end
        raise ReturnError(f"{name}: is not a file that can be read; expected a file of the return; check it")
    if zipfile.is_zipfile(path):
        return _members(name, lambda: path.open("rb"))
    return [SourceFile(name, path.stat().st_size, lambda: path.open("rb"), named)]


def _members(name: str, reopen: Callable[[], IO[bytes]]) -> list[SourceFile]:
    try:
        with reopen() as handle, zipfile.ZipFile(handle) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except zipfile.BadZipFile:
        raise ReturnError(f"{name}: is not a zip that can be read; make it again and load it") from None
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise ReturnError(f"{name}: is locked with a password; make the zip again without one")
    if any(entry.filename == "[Content_Types].xml" for entry in entries):
        raise ReturnError(f"{name}: is an Excel workbook; expected CSV or XML; save each sheet as CSV and load those")
    if len(entries) > MAX_ZIP_MEMBERS:
        raise ReturnError(f"{name}: holds {len(entries)} files; expected at most {MAX_ZIP_MEMBERS}")
    kept = [entry for entry in entries if all(_visible(part) for part in PurePosixPath(entry.filename).parts)]
    return [
        SourceFile(
            printable(PurePosixPath(entry.filename).name), entry.file_size, _member(reopen, entry.filename), named=False
        )
        for entry in sorted(kept, key=lambda entry: entry.filename)
    ]


def _member(reopen: Callable[[], IO[bytes]], member: str) -> Callable[[], AbstractContextManager[IO[bytes]]]:
    @contextmanager
    def open_member() -> Iterator[IO[bytes]]:
        with reopen() as handle, zipfile.ZipFile(handle) as archive, archive.open(member) as content:
            yield content

    return open_member


def _visible(name: str) -> bool:
    return not name.startswith((".", "__MACOSX", "Thumbs.db", "desktop.ini"))
