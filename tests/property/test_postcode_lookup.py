"""What the directory tells of a postcode is what the package says of it, read plainly into a dictionary."""

import math
from collections.abc import Iterator
from pathlib import Path

import brotli
import msgpack
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.reference import postcodes
from quality.reference.ons_codes import la_codes
from quality.reference.postcode_file import package_files
from quality.reference.postcodes import PostcodeDirectory

# First letters whose postcodes are all looked up: England, Scotland, the islands, and Northern Ireland among B.
LETTERS = "BJKZ"

Place = tuple[int | None, int | None, str | None]


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> PostcodeDirectory:
    return PostcodeDirectory.open(tmp_path_factory.mktemp("reference"))


@pytest.fixture(scope="module")
def package() -> dict[str, Place]:
    return dict(place for file in package_files() if file.name[len("postcodes_")] in LETTERS for place in _read(file))


def _read(file: Path) -> Iterator[tuple[str, Place]]:
    held = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
    for postcode, east, north, area in zip(
        *(held[name] for name in ("pcd", "oseast1m", "osnrth1m", "laua")), strict=True
    ):
        metres = [None if math.isnan(value) else int(value) for value in (east, north)]
        yield postcode.replace(" ", ""), (*metres, area if isinstance(area, str) else None)


def _expected(place: Place | None) -> tuple[bool, int | None, int | None, str | None, str | None]:
    if place is None:
        return (False, None, None, None, None)
    east, north, area = place
    return (True, east, north, la_codes().get(area or ""), postcodes.COUNTRIES.get((area or " ")[0]))


def _told(directory: PostcodeDirectory, asked: list[str]) -> list[tuple]:
    return directory.located(pl.Series(asked, dtype=pl.String)).drop("ended").rows()


def test_every_postcode_of_a_sample_is_told_as_it_is(directory: PostcodeDirectory, package: dict[str, Place]) -> None:
    assert len(package) > 300_000
    assert _told(directory, list(package)) == [_expected(place) for place in package.values()]


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.data())
def test_any_text_beginning_with_such_a_letter_is_told_as_the_dictionary_has_it(
    directory: PostcodeDirectory, package: dict[str, Place], data: st.DataObject
) -> None:
    tails = st.one_of(st.from_regex(r"[0-9][0-9]?[ ]?[0-9][A-Z]{2}", fullmatch=True), st.text(max_size=8))
    asked = data.draw(st.lists(st.builds(lambda letter, tail: letter + tail, st.sampled_from(LETTERS), tails)))
    assert _told(directory, asked) == [_expected(package.get("".join(text.split()).upper())) for text in asked]


def test_every_english_area_of_the_package_means_an_la(directory: PostcodeDirectory) -> None:
    areas = directory.columns.areas.astype(str).tolist()
    unknown = [area for area in areas if area.startswith("E") and area not in la_codes()]
    assert unknown == [], "add these to dbt_project/seeds/local_authority_ons_code.csv"
    assert {area[:1] for area in areas} == {"", *postcodes.COUNTRIES}
