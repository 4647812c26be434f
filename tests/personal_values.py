"""The personal values in the files of made-up senders, and a search for them in what the platform wrote.

Findings of a search say where and what kind of value, never the value.
"""

import csv
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from lxml import etree
from platform_home import SCENARIO, PlatformHome

from assets.records.pseudonyms import Pseudonymiser

Values = dict[str, set[str]]

# Where a property of the payload, an element of the census or a column of the SSDA903 belongs.
_KINDS = {
    "name": {"first_name", "surname"},
    "child id": {"la_child_id", "mis_child_id", "lachildid", "child"},
    "pupil number": {"unique_pupil_number", "former_unique_pupil_number", "upn", "formerupn"},
    "postcode": {"postcode", "placement_postcode", "home_post", "pl_post"},
    "date of birth": {"date_of_birth", "expected_date_of_birth", "personbirthdate", "expectedpersonbirthdate", "dob"},
}
_KIND_OF = {field: kind for kind, fields in _KINDS.items() for field in fields}
_WORD = re.compile(rb"[A-Za-z0-9'\-]+(?: [0-9][A-Z]{2}\b)?")
# The report explains its intervals by the name of their inventor.
_ALSO_WORDS = {"Wilson"}
# In the SSDA903 the reason for having no pupil number stands in its place.
_REASONS = {"UN1", "UN2", "UN3", "UN4", "UN5", "UN6", "UN7", "UN8", "UN9", "UN10"}
_IS_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")
# Stores of the pipeline itself, which hold children; what dbt parsed from SQL alone; and the senders' own files.
_LEFT_OUT = ("landing", "lake", "keys", "synthetic", "warehouse.duckdb", "dbt/duckdb/", "dbt/postgres/")


def personal_values(made_up: Path, pseudonyms: Pseudonymiser) -> Values:
    """Every name, id, pupil number (and its hash), postcode and date of birth that was sent or returned."""
    found: dict[str, set[str]] = defaultdict(set)
    for field, value in _sent(made_up):
        found[_KIND_OF.get(field.lower(), "other")].add(value)
    other_dates = {value for value in found.pop("other") if _IS_DATE.match(value)}
    # A birthday on which something else happened, or that is among the days reported on, proves nothing when found.
    reported = SCENARIO.window_start.isoformat()
    found["date of birth"] = {born for born in found["date of birth"] - other_dates if born < reported}
    found["name"] -= _ALSO_WORDS
    found["pupil number"] -= _REASONS
    numbers = pl.Series(sorted(found["pupil number"]), dtype=pl.String)
    found["hash of a pupil number"] = set(pseudonyms.hashed(numbers).to_list())
    return {kind: {value for value in values if value} for kind, values in found.items()}


def _sent(made_up: Path) -> Iterator[tuple[str, str]]:
    for path in made_up.glob("feed/*/*/*.json"):
        yield from _properties(json.loads(path.read_bytes()))
    for path in made_up.glob("returns/*/*.xml"):
        for element in etree.parse(path).iter(etree.Element):
            if element.text and element.text.strip():
                yield etree.QName(element).localname, element.text.strip()
    for path in made_up.glob("returns/*/*/*.csv"):
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))):
            for field, value in row.items():
                yield field, _iso(value)


def _properties(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for each in value:
            yield from _properties(each)
    elif isinstance(value, dict):
        for field, inner in value.items():
            if isinstance(inner, str):
                yield field, inner
            else:
                yield from _properties(inner)


def _iso(value: str) -> str:
    """A date of an SSDA903 file as the rest of the platform writes it."""
    parts = value.split("/")
    return "-".join(reversed(parts)) if len(parts) == 3 else value


def found_in_tables(home: PlatformHome, values: Values, schemas: tuple[str, ...]) -> list[str]:
    """Table, column and kind of every personal value in the warehouse schemas."""
    found = []
    with home.stores.warehouse(read_only=True) as warehouse:
        for table in (f"{schema}.{name}" for schema in schemas for name in warehouse.tables(schema)):
            frame = warehouse.query(f"select * from {table}")
            for column in frame.get_columns():
                texts = column.cast(pl.String).drop_nulls().unique()
                words = _words("\n".join(texts).encode()) | set(texts)
                found += [f"{table}, {column.name}: a {kind}" for kind in _kinds_in(words, values)]
    return found


def found_in_files(home: PlatformHome, values: Values) -> list[str]:
    """File and kind of every personal value in the home, outside the stores that are there to hold them."""
    found, searched = [], 0
    for path in sorted(path for path in home.folder.rglob("*") if path.is_file()):
        name = path.relative_to(home.folder).as_posix()
        if name.startswith(_LEFT_OUT):
            continue
        searched += 1
        for content in _contents(path):
            found += [f"{name}: a {kind}" for kind in _kinds_in(_words(content), values)]
    assert searched > 5, "the search looked at too little"
    return found


def _contents(path: Path) -> Iterator[bytes]:
    if not zipfile.is_zipfile(path):
        yield path.read_bytes()
        return
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield archive.read(name)


def _words(content: bytes) -> set[str]:
    return {word.decode() for word in _WORD.findall(content)} | {
        word.decode() for word in content.split() if word.isascii()
    }


def _kinds_in(words: set[str], values: Values) -> list[str]:
    return sorted(kind for kind, wanted in values.items() if not wanted.isdisjoint(words))
