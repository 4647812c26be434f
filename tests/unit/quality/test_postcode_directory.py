"""The directory finds what is in it, wherever it comes from, and tells nothing of what is not."""

import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest

from quality.reference import postcode_file, postcodes
from quality.reference.postcodes import LOCATED, PostcodeDirectory, default_folder

# Invented: no postcode begins with Q or X.
HELD = [
    ("QX1 1AA", 500_000, 200_000, "E09000012"),
    ("QX1 1AB", 501_000, 200_000, "E07000008"),
    ("QX1 1AD", 502_000, 200_000, "E08000039"),
    ("QX1 1AE", 503_000, 200_000, "E06999999"),
    ("XW1 1AA", 300_000, 200_000, "W06000015"),
    ("XM1 1AA", None, None, "M99999999"),
    ("XZ1 1AA", None, None, None),
]


def _held() -> pl.DataFrame:
    return pl.DataFrame(HELD, ["postcode", "easting", "northing", "ons_code"], orient="row")


@pytest.fixture(scope="module")
def directory() -> PostcodeDirectory:
    return PostcodeDirectory.of(_held())


@pytest.mark.parametrize(
    ("postcode", "easting", "la_code", "country"),
    [
        ("QX1 1AA", 500_000, "204", "England"),
        ("QX1 1AB", 501_000, "873", "England"),  # a district
        ("QX1 1AD", 502_000, "373", "England"),  # the code that came with a new boundary
        ("QX1 1AE", 503_000, None, "England"),  # an area that no table knows
        ("XW1 1AA", 300_000, None, "Wales"),
        ("XM1 1AA", None, None, "Isle of Man"),
        ("XZ1 1AA", None, None, None),
    ],
)
def test_what_is_told_of_a_postcode(
    directory: PostcodeDirectory, postcode: str, easting: int | None, la_code: str | None, country: str | None
) -> None:
    told = directory.located(pl.Series([postcode])).row(0, named=True)
    assert told["found"] is True
    assert (told["easting"], told["la_code"], told["country"]) == (easting, la_code, country)
    assert told["northing"] == (easting and 200_000)


@pytest.mark.parametrize("written", ["QX1 1AA", "qx11aa", " qX 1\t1a\u00a0A\n", "QX11AA"])
def test_case_and_white_space_do_not_matter(directory: PostcodeDirectory, written: str) -> None:
    assert directory.located(pl.Series([written]))["easting"].to_list() == [500_000]


@pytest.mark.parametrize(
    "garbled",
    ["", " ", "QX1", "QX1 1AAA", "QX1 1AC", "0", "QX1-1AA", "\u00e9\u00e9\u00e9\u00e9\u00e9", "A" * 500, "\0"],
)
def test_what_is_no_postcode_is_not_found(directory: PostcodeDirectory, garbled: str) -> None:
    told = directory.located(pl.Series([garbled])).row(0, named=True)
    assert told == dict.fromkeys(LOCATED) | {"found": False}


def test_rows_come_in_the_order_asked_and_as_often(directory: PostcodeDirectory) -> None:
    told = directory.located(pl.Series(["QX11AB", None, "nowhere", "QX11AA", "QX11AB"]))
    assert told.schema == LOCATED
    assert told["found"].to_list() == [True, None, False, True, True]
    assert told["easting"].to_list() == [501_000, None, None, 500_000, 501_000]


@pytest.mark.parametrize("asked", [pl.Series([], dtype=pl.String), pl.Series([None, None])])
def test_nothing_asked_nothing_told(directory: PostcodeDirectory, asked: pl.Series) -> None:
    told = directory.located(asked)
    assert told.schema == LOCATED
    assert told.rows() == [tuple(None for _ in LOCATED)] * len(asked)


def test_a_directory_may_be_empty() -> None:
    nothing = _held().clear()
    assert PostcodeDirectory.of(nothing).located(pl.Series(["QX1 1AA", ""]))["found"].to_list() == [False, False]


@pytest.fixture
def small_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the package held these few postcodes only."""
    held = _held().with_columns(pl.col("postcode").str.replace(" ", ""))
    monkeypatch.setattr(postcode_file, "_package_postcodes", lambda: held)


def test_the_file_is_made_once_and_only_for_its_owner(
    tmp_path: Path, small_package: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a" / "b"
    PostcodeDirectory.open(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    monkeypatch.setattr(postcode_file, "_package_postcodes", lambda: pytest.fail("it was there"))
    assert PostcodeDirectory.open(folder).located(pl.Series(["QX1 1AB"]))["la_code"].to_list() == ["873"]
    assert len(list(folder.iterdir())) == 1


def test_another_version_takes_the_place_of_the_file(tmp_path: Path, small_package: None) -> None:
    other = tmp_path / "postcodes-2025.1.1-1.npy"
    other.write_bytes(b"of another version")
    directory = PostcodeDirectory.open(tmp_path)
    assert directory.located(pl.Series(["QX1 1AA"]))["found"].to_list() == [True]
    assert not other.exists()


@pytest.mark.parametrize("kept", [0, 10, 200])
def test_a_file_that_is_cut_short_is_made_anew(tmp_path: Path, small_package: None, kept: int) -> None:
    PostcodeDirectory.open(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:kept])
    assert PostcodeDirectory.open(tmp_path).located(pl.Series(["QX1 1AA"]))["found"].to_list() == [True]


def test_a_write_that_fails_leaves_nothing_behind(
    tmp_path: Path, small_package: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(postcode_file.os, "fsync", full)
    with pytest.raises(OSError, match="no space left"):
        PostcodeDirectory.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_many_may_make_the_file_at_once(tmp_path: Path, small_package: None, monkeypatch: pytest.MonkeyPatch) -> None:
    together, package = threading.Barrier(4), postcode_file._package_postcodes

    def when_all_found_it_missing() -> pl.DataFrame:
        together.wait(timeout=10)
        return package()

    monkeypatch.setattr(postcode_file, "_package_postcodes", when_all_found_it_missing)
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(PostcodeDirectory.open, [tmp_path] * 4))
    assert [directory.located(pl.Series(["QX1 1AA"]))["found"][0] for directory in opened] == [True] * 4
    assert len(list(tmp_path.iterdir())) == 1


def test_the_users_cache_is_for_the_user_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postcodes.platformdirs, "user_cache_path", lambda name: tmp_path / name)
    folder = default_folder()
    assert folder == tmp_path / "csc"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert default_folder() == folder
