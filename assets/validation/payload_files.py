"""The files in which an LA keeps its batches: found, named, and read no further than a batch can be long.

What is in a batch is judged in payloads.py.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assets.records.batch import has_more_than
from assets.records.payload_model import MAX_RECORDS_PER_BATCH
from assets.returns.sources import printable

# A batch of 100 children is about 0.3 MB; a text may be long, but not as long as this.
MAX_FILE_BYTES = 16 * 1024**2
# More than this are counted and not judged: whoever has put a whole export in one file is told so soon enough.
MOST_JUDGED = 100 * MAX_RECORDS_PER_BATCH
# A shorter body is soon judged, whatever it holds.
_WORTH_COUNTING = 20 * MOST_JUDGED
_SUFFIX = ".json"
# What else is given as a batch, by its first bytes.
_KNOWN_BY = {
    b"\xff\xfe": "it is UTF-16 text; save it as UTF-8",
    b"\xfe\xff": "it is UTF-16 text; save it as UTF-8",
    b"PK": "it is a zip; unpack it and give the files",
    b"<": "it is XML; a payload is JSON",
    b"{": "it is one object; put it between [ and ], also when it is the only child",
    b"": "it is empty",
}


class PayloadError(ValueError):
    """Files that cannot be judged as a payload at all. Holds a reason and a file's name, nothing of its content."""


@dataclass(frozen=True)
class PayloadFile:
    """One file of a payload. name: as much of its path as tells it from the other files given."""

    path: Path
    name: str

    def read(self) -> bytes:
        """Its content. Raises PayloadError."""
        if not self.path.is_file():  # a link to nothing; a pipe or a device, which may never end
            raise PayloadError(f"{self.name}: is not a file that can be read; check it")
        size = self.path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise PayloadError(
                f"{self.name}: has {size // 1024**2} MB; a batch holds at most {MAX_RECORDS_PER_BATCH} children and a "
                f"file at most {MAX_FILE_BYTES // 1024**2} MB; split it into batches"
            )
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise PayloadError(f"{self.name}: cannot be read ({error.strerror}); check the file") from None


def payload_files(paths: Sequence[Path]) -> list[PayloadFile]:
    """Every file given, and every JSON file in a folder given or below it, each once. Raises PayloadError."""
    found: dict[Path, Path] = {}
    for given in paths:
        for path in _under(given):
            found.setdefault(path.resolve(), path)
    names = [path.name for path in found.values()]
    return [
        PayloadFile(path, printable(path.name if names.count(path.name) == 1 else str(path))) for path in found.values()
    ]


def _under(given: Path) -> Iterator[Path]:
    if not given.is_dir():
        yield given
        return
    inside = sorted(path for path in given.rglob("*") if path.suffix.lower() == _SUFFIX and path.name[0] != ".")
    if not inside:
        raise PayloadError(f"{printable(given.name)}: holds no .json file; give the files, or the folder they are in")
    yield from (path for path in inside if not path.is_dir())


def has_far_too_many(body: bytes) -> bool:
    """Whether a body has so many records that judging them would take all memory and help nobody."""
    return len(body) > _WORTH_COUNTING and has_more_than(MOST_JUDGED, body)


def what_it_is(body: bytes) -> str | None:
    """What a body that is no list of records seems to be, and what to do; None when there is no telling."""
    start = body.lstrip()
    return next((said for mark, said in _KNOWN_BY.items() if (start.startswith(mark) if mark else not start)), None)
