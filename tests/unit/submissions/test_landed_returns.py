"""Landed returns: kept as given, the latest is the return, repeats are recognised, and unpacking is safe."""

import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assets.submissions.returns_landing import LandedReturn, ReturnsLanding
from assets.submissions.vault import LandingError

MOMENT = datetime(2026, 7, 31, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
KEY = "an invented key of good length"


@pytest.fixture
def store(tmp_path: Path) -> ReturnsLanding:
    return ReturnsLanding(tmp_path / "landing")


def given(tmp_path: Path, **contents: bytes) -> list[Path]:
    folder = tmp_path / "given"
    folder.mkdir(exist_ok=True)
    paths = []
    for name, content in contents.items():
        path = folder / f"{name}.csv"
        path.write_bytes(content)
        paths.append(path)
    return paths


def test_files_come_back_as_they_were_given(store: ReturnsLanding, tmp_path: Path) -> None:
    landed = store.store("204-ssda903-2026", MOMENT, given(tmp_path, header=b"CHILD\r\n\xff", episodes=b""))
    assert landed.key == f"returns/return=204-ssda903-2026/20260731T120000.000000Z_{landed.landing_id}.zip"
    assert (landed.la_code, landed.kind, landed.year) == ("204", "ssda903", 2026)
    assert store.read(landed) == {"header.csv": b"CHILD\r\n\xff", "episodes.csv": b""}
    with store.extracted(landed) as paths:
        assert {path.name: path.read_bytes() for path in paths} == store.read(landed)
        assert (paths[0].parent.stat().st_mode & 0o777) == 0o700
    assert not paths[0].parent.exists()


def test_the_files_that_are_the_return_are_not_kept_again(store: ReturnsLanding, tmp_path: Path) -> None:
    paths = given(tmp_path, header=b"1", episodes=b"2")
    first = store.store("204-ssda903-2026", MOMENT, paths)
    again = store.store("204-ssda903-2026", MOMENT + HOUR, list(reversed(paths)))
    assert (again, again.duplicate, first.duplicate) == (first, True, False)
    assert store.landings("204-ssda903-2026") == [first]


def test_what_was_erased_is_news_when_it_is_handed_in_again(store: ReturnsLanding, tmp_path: Path) -> None:
    first = store.store("204-cin-2026", MOMENT, given(tmp_path, cin=b"one, two"))
    store.erase(first, given(tmp_path, cin=b"two"))
    again = store.store("204-cin-2026", MOMENT + HOUR, given(tmp_path, cin=b"one, two"))
    assert not again.duplicate
    assert [store.read(landed)["cin.csv"] for landed in store.landings("204-cin-2026")] == [b"two", b"one, two"]


def test_a_correction_and_its_withdrawal_are_each_the_return_in_turn(store: ReturnsLanding, tmp_path: Path) -> None:
    for n, content in enumerate([b"first", b"corrected", b"first"]):
        landed = store.store("204-cin-2026", MOMENT + n * HOUR, given(tmp_path, cin=content))
        assert not landed.duplicate
        assert store.latest("204-cin-2026") == landed
        assert store.read(landed) == {"cin.csv": content}
    assert len(store.landings("204-cin-2026")) == 3


def test_returns_are_listed_each_by_its_latest_landing(store: ReturnsLanding, tmp_path: Path) -> None:
    assert store.all() == []
    assert store.latest("204-cin-2026") is None
    store.store("301-cin-2025", MOMENT, given(tmp_path, cin=b"old"))
    latest = store.store("301-cin-2025", MOMENT + HOUR, given(tmp_path, cin=b"new"))
    other = store.store("204-cin-2026", MOMENT, given(tmp_path, cin=b"new"))
    assert store.return_ids() == ["204-cin-2026", "301-cin-2025"]
    assert store.all() == [other, latest]


@pytest.mark.parametrize("return_id", ["204-cin", "204-903-2026", "../204-cin-2026", "204-cin-2026/.."])
def test_what_is_not_a_return_id_is_refused(store: ReturnsLanding, tmp_path: Path, return_id: str) -> None:
    with pytest.raises(LandingError, match="204-cin-2026"):
        store.store(return_id, MOMENT, given(tmp_path, cin=b"1"))


def test_no_files_or_two_of_one_name_are_refused(store: ReturnsLanding, tmp_path: Path) -> None:
    with pytest.raises(LandingError, match="at least one file"):
        store.store("204-cin-2026", MOMENT, [])
    (path,) = given(tmp_path, cin=b"1")
    with pytest.raises(LandingError, match="same name"):
        store.store("204-cin-2026", MOMENT, [path, tmp_path / "elsewhere" / path.name])


def test_a_file_that_is_not_there_leaves_nothing_behind(store: ReturnsLanding, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        store.store("204-cin-2026", MOMENT, [tmp_path / "absent.xml"])
    assert store.all() == []


@pytest.mark.parametrize("name", ["../escape.csv", "/etc/escape.csv", "folder/escape.csv", "..\\escape.csv", ".."])
def test_a_zip_that_would_write_outside_its_folder_is_not_opened(
    store: ReturnsLanding, tmp_path: Path, name: str
) -> None:
    landed = store.store("204-cin-2026", MOMENT, given(tmp_path, cin=b"1"))
    with zipfile.ZipFile(tmp_path / "landing" / landed.key, "w") as archive:
        archive.writestr(name, b"out")
    with pytest.raises(LandingError, match="folder in it"):
        store.read(landed)
    with pytest.raises(LandingError, match="folder in it"), store.extracted(landed):
        pass
    assert not list(tmp_path.rglob("escape.csv"))


def test_a_damaged_file_is_named(store: ReturnsLanding, tmp_path: Path) -> None:
    landed = store.store("204-cin-2026", MOMENT, given(tmp_path, cin=b"0123456789" * 10))
    path = tmp_path / "landing" / landed.key
    whole = path.read_bytes()
    middle = whole.index(b"cin.csv") + len("cin.csv") + 25
    for damaged in (b"not a zip", whole[:20], whole[:middle] + b"XX" + whole[middle + 2 :]):
        path.write_bytes(damaged)
        with pytest.raises(LandingError, match=landed.key):
            store.read(landed)


def test_with_a_key_the_zip_is_sealed(tmp_path: Path) -> None:
    store = ReturnsLanding(tmp_path / "landing", KEY)
    landed: LandedReturn = store.store("204-cin-2026", MOMENT, given(tmp_path, cin=b"content"))
    assert landed.key.endswith(".zip.enc")
    assert not zipfile.is_zipfile(tmp_path / "landing" / landed.key)
    assert store.read(landed) == {"cin.csv": b"content"}
    assert store.latest("204-cin-2026") == landed
    with pytest.raises(LandingError, match="no key is set"):
        ReturnsLanding(tmp_path / "landing").read(landed)


def test_what_a_killed_writer_left_is_swept(store: ReturnsLanding, tmp_path: Path) -> None:
    landed = store.store("204-cin-2026", MOMENT, given(tmp_path, cin=b"1"))
    (tmp_path / "landing" / landed.key).with_name(".half.zip.0a.tmp").write_bytes(b"half")
    assert store.sweep() == 1
    assert store.all() == [landed]
