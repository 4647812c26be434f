"""A file's content as it is now, read again only when the file has changed: register and credentials change rarely."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

Read = TypeVar("Read")


class KeptReading(Generic[Read]):
    """What reading a file gave, for as long as the file is the same one. For use by many threads."""

    def __init__(self, path: Path, read: Callable[[], Read]) -> None:
        self._path, self._read, self._lock = path, read, threading.Lock()
        self._kept: tuple[tuple[int, int, int] | None, Read] | None = None

    def __call__(self) -> Read:
        """The content; whatever reading raises is raised, and nothing old is given instead."""
        with self._lock:
            state = self._state()
            if self._kept is None or self._kept[0] != state:
                self._kept = None
                self._kept = (state, self._read())
            return self._kept[1]

    def _state(self) -> tuple[int, int, int] | None:
        """Files are replaced whole, so another file, another time or another size is another content."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size
