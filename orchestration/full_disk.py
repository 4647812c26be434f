"""Whether something went wrong because the disk is full, which libraries say in words of their own, or not at all."""

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

_WORDS = (
    "no space left",
    "not enough free space",
    "disk full",
    "disk is full",
    "disk quota exceeded",
    "could not extend file",
)
# Less than this is no room to work in: SQLite and DuckDB then fail with errors that do not name the reason.
LITTLE_ROOM = 16 * 1024**2


def is_of_full_disk(error: BaseException, home: Path) -> bool:
    """Whether this error, or one it came from, says so, or is SQLite's on a disk without room."""
    return any(_says_full(each) or (isinstance(each, sqlite3.Error) and no_room(home)) for each in _chain(error))


def says_full_disk(text: str) -> bool:
    """Whether the text of an error says so."""
    return any(words in text.lower() for words in _WORDS)


def no_room(home: Path) -> bool:
    """Whether the disk under that folder, or the nearest that exists, has hardly any room left."""
    there = next(each for each in (home.absolute(), *home.absolute().parents) if each.exists())
    return shutil.disk_usage(there).free < LITTLE_ROOM


def words_of_full_disk(home: Path) -> str:
    """What is said of it."""
    return f"the disk is full at {home}: what was known before stands; make room and run the command again"


def _says_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    return says_full_disk(str(error))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
