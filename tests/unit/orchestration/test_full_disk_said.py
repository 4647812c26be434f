"""A full disk is told from other errors, in whatever words it comes."""

import errno
import shutil
import sqlite3
from collections import namedtuple
from pathlib import Path

import pytest

from orchestration.full_disk import LITTLE_ROOM, is_of_full_disk, no_room, says_full_disk, words_of_full_disk

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk with just enough room."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(LITTLE_ROOM, 0, LITTLE_ROOM))


@pytest.mark.usefixtures("roomy")
@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "any"), True),
        (OSError(errno.EDQUOT, "any"), True),
        (OSError(errno.EACCES, "any"), False),
        (OSError("Not enough free space to write 5 bytes"), True),
        (sqlite3.OperationalError("database or disk is full"), True),
        (sqlite3.OperationalError("disk I/O error"), False),
        (ValueError("no"), False),
    ],
)
def test_the_error_says_so_itself(error: Exception, tmp_path: Path, *, full: bool) -> None:
    assert is_of_full_disk(error, tmp_path) is full


@pytest.mark.usefixtures("roomy")
def test_or_the_error_that_it_came_from(tmp_path: Path) -> None:
    outer = RuntimeError("a step failed")
    outer.__cause__ = OSError(errno.ENOSPC, "any")
    assert is_of_full_disk(outer, tmp_path)
    assert not is_of_full_disk(RuntimeError("a step failed"), tmp_path)


def test_sqlite_without_room_is_taken_at_its_disk_and_not_at_its_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(LITTLE_ROOM, 1, LITTLE_ROOM - 1))
    assert is_of_full_disk(sqlite3.OperationalError("disk I/O error"), tmp_path)
    assert not is_of_full_disk(ValueError("no"), tmp_path)


def test_room_is_looked_for_where_the_home_will_be(tmp_path: Path) -> None:
    assert not no_room(tmp_path / "not" / "yet")


def test_the_words_are_known_again(tmp_path: Path) -> None:
    assert says_full_disk(words_of_full_disk(tmp_path))
