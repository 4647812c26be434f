"""What is kept of a file is never older than the file."""

import os
from pathlib import Path

import pytest

from receiver.kept_reading import KeptReading


def replaced(path: Path, text: str) -> None:
    """As the platform writes: whole, under another name, then renamed."""
    half = path.with_suffix(".tmp")
    half.write_text(text)
    half.replace(path)


def test_a_file_is_read_once_until_it_changes(tmp_path: Path) -> None:
    path, times = tmp_path / "f", []
    kept = KeptReading(path, lambda: (times.append(1), path.read_text())[1])
    replaced(path, "one")
    assert [kept(), kept(), len(times)] == ["one", "one", 1]
    before = path.stat()
    replaced(path, "two")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert kept() == "two", "as long, and as old, and another file"


def test_what_is_not_there_yet_is_seen_when_it_comes(tmp_path: Path) -> None:
    path = tmp_path / "f"
    kept = KeptReading(path, lambda: path.read_text() if path.exists() else "")
    assert kept() == ""
    replaced(path, "one")
    assert kept() == "one"


def test_a_file_that_cannot_be_read_gives_nothing_old(tmp_path: Path) -> None:
    path = tmp_path / "f"
    kept = KeptReading(path, lambda: int(path.read_text()))
    replaced(path, "1")
    assert kept() == 1
    replaced(path, "x")
    for _ in range(2):
        with pytest.raises(ValueError, match="invalid"):
            kept()
