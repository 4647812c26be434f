"""Rows that are only added: none is lost or given twice, whatever dies, vanishes or is put back."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from assets.erasure import added_rows
from assets.erasure.added_rows import AddedRows
from assets.files import FileStore

SCHEMA: dict[str, pl.DataType] = {"n": pl.Int64()}
START = datetime(2026, 3, 2, tzinfo=UTC)


def kept(folder: Path, *names: str) -> AddedRows:
    return AddedRows("erasure/some", SCHEMA, [FileStore(folder / name) for name in names or ("one", "two")])


def add(rows: AddedRows, *numbers: int) -> None:
    for number in numbers:
        rows.add(pl.DataFrame({"n": [number]}), START + timedelta(seconds=number))


def held(rows: AddedRows) -> list[int]:
    return rows.all()["n"].to_list()


def files(folder: Path, name: str = "one") -> list[str]:
    return sorted(path.name for path in (folder / name / "erasure" / "some").iterdir())


def test_rows_are_given_in_the_order_in_which_they_were_added(tmp_path: Path) -> None:
    add(kept(tmp_path), 1, 2, 3)
    assert held(kept(tmp_path)) == [1, 2, 3]
    assert kept(tmp_path / "nothing").all().schema == SCHEMA


@pytest.mark.parametrize("lost", ["one", "two"])
def test_what_one_place_has_lost_the_other_still_says_and_gives_back(lost: str, tmp_path: Path) -> None:
    add(kept(tmp_path), 1, 2)
    shutil.rmtree(tmp_path / lost)
    add(kept(tmp_path), 3)
    assert held(kept(tmp_path)) == [1, 2, 3]
    kept(tmp_path).heal()
    assert held(kept(tmp_path, lost)) == [1, 2, 3]
    assert files(tmp_path, "one") == files(tmp_path, "two")


def test_many_files_become_one_and_nothing_else_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(added_rows, "_MANY", 3)
    one_run = kept(tmp_path)
    for number in range(12):
        add(one_run if number % 2 else kept(tmp_path), number)
        assert held(one_run) == held(kept(tmp_path)) == list(range(number + 1))
        assert len(files(tmp_path)) <= 4
    assert files(tmp_path, "one") == files(tmp_path, "two")


def test_a_run_that_dies_while_it_gathers_gives_no_row_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(added_rows, "_MANY", 3)
    add(kept(tmp_path), 1, 2, 3)
    with monkeypatch.context() as patch:
        patch.setattr(AddedRows, "_delete", lambda *_: None)
        add(kept(tmp_path), 4, 5)  # each gathers, and deletes nothing
    assert len(files(tmp_path)) == 7
    assert sorted(held(kept(tmp_path))) == [1, 2, 3, 4, 5]
    add(kept(tmp_path), 6)
    assert len(files(tmp_path)) == 1
    assert sorted(held(kept(tmp_path))) == [1, 2, 3, 4, 5, 6]


def test_files_that_another_run_gathers_meanwhile_are_looked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(kept(tmp_path, "one"), 1, 2)
    plain, first = FileStore.read, iter([True])

    def read(store: FileStore, key: str) -> bytes:
        if next(first, False):
            kept(tmp_path, "one")._gather(START)
        return plain(store, key)

    monkeypatch.setattr(FileStore, "read", read)
    assert held(kept(tmp_path, "one")) == [1, 2]
    assert len(files(tmp_path)) == 1


def test_rows_dropped_are_gone_and_later_ones_stay(tmp_path: Path) -> None:
    rows = kept(tmp_path)
    add(rows, 1, 2, 3)
    rows.drop(START + timedelta(seconds=2))
    assert held(rows) == held(kept(tmp_path)) == [3]
