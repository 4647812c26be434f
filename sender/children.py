"""Children from files: each as the bytes that are sent, with where it stands and what is remembered of it."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import msgspec


class FileError(ValueError):
    """A file that holds no children. Names the file, and nothing in it."""


class _Named(msgspec.Struct):
    la_child_id: str


@dataclass(frozen=True)
class Child:
    """One child to be sent: file and 0-based position, its id, its record as it stands, and a hash of that."""

    file: str
    position: int
    la_child_id: str
    record: bytes
    content: str


def files_under(paths: Iterable[Path]) -> list[Path]:
    """The files given, and of folders every .json file below them, in order. Raises FileError for what is not there."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(each for each in path.rglob("*.json") if each.is_file())
        elif path.is_file():
            found.append(path)
        else:
            raise FileError(f"{path}: there is no such file or folder; correct the path")
    return found


def children_of(path: Path) -> Iterator[Child]:
    """The children of a file: a JSON array of records, or one record. Raises FileError."""
    try:
        body = path.read_bytes().removeprefix(b"\xef\xbb\xbf").strip()
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror}); check its permissions") from None
    try:
        records = msgspec.json.decode(body, type=list[msgspec.Raw]) if body[:1] == b"[" else [msgspec.Raw(body)]
        named = [msgspec.json.decode(record, type=_Named) for record in records]
    except msgspec.DecodeError:
        raise FileError(f"{path}: expected a JSON array of children with la_child_id, or one child") from None
    for position, (record, name) in enumerate(zip(records, named, strict=True)):
        content = bytes(record).strip()
        yield Child(str(path), position, name.la_child_id, content, hashlib.sha256(content).hexdigest())


def in_batches(children: Iterable[Child], size: int) -> Iterator[list[Child]]:
    """So many at a time, in order."""
    remaining = iter(children)
    while batch := list(islice(remaining, size)):
        yield batch
