"""Whole-file writes on a folder or an object store: a reader sees the old file or the new one, never half of one.

What the bytes mean does not belong here.
"""

import os
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem


class FileStore:
    """A place for files under one URL (`s3://bucket/x`, `abfs://...`) or folder.

    On a folder a write goes to a temporary name, is flushed to disk, is renamed, and the folder is flushed too, so a
    write that returned survives a power cut. On an object store a put is already whole or absent.
    """

    def __init__(self, url: str | Path) -> None:
        self.fs: Any
        # no cached listings: on an object store other processes add files that this one must see
        self.fs, self.root = fsspec.core.url_to_fs(str(url), use_listings_cache=False)
        self.is_local = isinstance(self.fs, LocalFileSystem)
        self.url = str(url)

    def path(self, key: str) -> str:
        """The full path of a key, as the file system (and DuckDB or polars, on a folder) understands it."""
        return f"{self.root}/{key}" if key else self.root

    def write(self, key: str, content: bytes) -> None:
        """Store content under key, whole, durably. Raises OSError when the store cannot (disk full, read only)."""
        self.write_all([(key, content)])

    def write_all(self, contents: Iterable[tuple[str, bytes]]) -> None:
        """Store each content under its key, each whole, and all durably on return, but none of them surely before.

        On a folder that saves a flush of the folder a file, a third of what a small file costs. After an error some
        may be stored and others not.
        """
        folders: set[str] = set()
        for key, content in contents:
            if not self.is_local:
                self.fs.pipe_file(self.path(key), content)
                continue
            target = self.path(key)
            folder = os.path.dirname(target)  # noqa: PTH120
            if folder not in folders:
                make_folder(Path(folder))
                folders.add(folder)
            _write_whole(str(self.temporary(key)), target, content)
        for folder in folders:
            sync_folder(Path(folder))

    def temporary(self, key: str) -> Path:
        """A name beside key that no reader looks at. Folders only."""
        target = Path(self.path(key))
        return target.with_name(f".{target.name}.{uuid.uuid4().hex}.tmp")

    def read(self, key: str) -> bytes:
        """The whole content of key. Raises FileNotFoundError when there is none."""
        content: bytes = self.fs.cat_file(self.path(key))
        return content

    def size(self, key: str) -> int:
        """Bytes of the file at key. Raises FileNotFoundError when there is none."""
        return int(self.fs.size(self.path(key)))

    def state(self, key: str) -> str:
        """What changes whenever the file at key does, told without reading it: its size, times and place, or ETag."""
        return str(self.fs.checksum(self.path(key)))

    def exists(self, key: str) -> bool:
        """Whether key holds a file or folder."""
        return bool(self.fs.exists(self.path(key)))

    def names(self, key: str = "") -> list[str]:
        """Sorted names directly under key; temporary and hidden names are left out; empty when key is not there."""
        if self.is_local:
            folder = Path(self.path(key))
            if not folder.is_dir():
                return []
            return sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
        try:
            found = self.fs.ls(self.path(key), detail=False)
        except FileNotFoundError:
            return []
        return sorted(name for path in found if not (name := path.rstrip("/").rsplit("/", 1)[-1]).startswith("."))

    def walk(self, key: str = "") -> Iterator[str]:
        """Keys of every file under key, in sorted order."""
        for name in self.names(key):
            child = f"{key}/{name}" if key else name
            if self.fs.isdir(self.path(child)):
                yield from self.walk(child)
            else:
                yield child

    def sweep(self, key: str) -> int:
        """Delete what killed writers left half written directly under key; returns how many files. Folders only."""
        folder = Path(self.path(key))
        if not self.is_local or not folder.is_dir():
            return 0
        leftovers = list(folder.glob(".*.tmp"))
        for leftover in leftovers:
            leftover.unlink(missing_ok=True)
        return len(leftovers)

    def delete(self, key: str) -> None:
        """Remove the file or folder at key; nothing happens when it is not there."""
        if self.exists(key):
            self.fs.rm(self.path(key), recursive=True)


def _write_whole(temporary: str, target: str, content: bytes) -> None:
    """Write under another name, flush to disk, and give the file its own name; plain text paths, as there are many."""
    try:
        with open(temporary, "wb") as handle:  # noqa: PTH123
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(temporary, target)  # noqa: PTH105
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def make_folder(folder: Path) -> None:
    """Create a folder and flush each new name to disk, so that it is still there after a power cut."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        new.mkdir(exist_ok=True)
        sync_folder(new.parent)


def sync_folder(folder: Path) -> None:
    """Flush a folder's names to disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
