"""What `csc validate ssda903` answers to a made-up return, with last year's beside it."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl
from made_up_returns import COLUMNS, as_csv, as_xml
from planted_places import LA, OTHER_LA, PLACED, PLACED_NEXT, directory
from planted_return_children import (
    AGENCY,
    AGENCY_ELSEWHERE,
    ANY_PROVIDER,
    CHILDRENS_HOME,
    CLOSED_AGENCY,
    SUPPORTED,
    YEAR,
    Child,
)

from assets.findings.return_frames import References
from assets.validation.returns import Asked, check_return
from quality.rules.model import PROVIDER_COLUMNS

_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
# Until then a sex was a number.
_LETTERS_FROM = 2025
_NUMBERS = {"M": "1", "F": "2"}
_FOSTERING = ["U1", "U2", "U3", "U4", "U5", "U6", "A3", "A4", "A5", "A6"]
_PROVIDERS = [
    (AGENCY, LA, ["PR1"], _FOSTERING, "S1 2HH", None),
    (CHILDRENS_HOME, LA, ["PR4"], ["K2"], PLACED, None),
    (SUPPORTED, LA, ["PR4"], ["K3"], PLACED_NEXT, None),
    (AGENCY_ELSEWHERE, OTHER_LA, ["PR1", "PR2"], _FOSTERING, "LS1 1UR", None),
    (ANY_PROVIDER, None, [], [], None, None),
    (CLOSED_AGENCY, LA, ["PR1"], _FOSTERING, "S1 2HH", date(2025, 6, 30)),
]


def references() -> References:
    """The postcodes and providers of the children drawn."""
    providers = pl.DataFrame(_PROVIDERS, PROVIDER_COLUMNS, orient="row")
    return References(postcodes=directory(), providers=providers)


def said(
    folder: Path, children: Sequence[Child], year: int = YEAR, spoil: Callable[[Path], None] = lambda _: None
) -> pl.DataFrame:
    """Answers on a return of these children as CSV, all that is in it moved to the year; `number` is the LA's own id.

    spoil: what is done to the folder of files before it is judged.
    """
    folders = []
    for held in ("before", "now"):
        into = folder / held
        into.mkdir()
        for table in COLUMNS:
            rows = [{"CHILD": child["id"], **row} for child in children for row in child.get(held, {}).get(table, ())]
            if rows:
                moved = [{name: _written(name, text, year) for name, text in row.items()} for row in rows]
                (into / f"{table}.csv").write_text(as_csv(table, moved), encoding="utf-8")
        folders.append(into)
    spoil(folders[1])
    return _answers(folders[1], folders[0], year)


def said_of_xml(folder: Path, children: Sequence[Child], replaced: Mapping[str, str] | None = None) -> pl.DataFrame:
    """The same of a return as XML, in which each text of `replaced` is another."""
    files = []
    for held in ("before", "now"):
        told = [
            {name: [_in_xml(child, name, row) for row in rows] for name, rows in child[held].items()}
            for child in children
            if held in child
        ]
        text = as_xml(told)
        for old, new in (replaced or {}).items() if held == "now" else ():
            assert text.count(old) == 1
            text = text.replace(old, new)
        file = folder / f"{held}.xml"
        file.write_text(text, encoding="utf-8")
        files.append(file)
    return _answers(files[1], files[0], YEAR)


def _in_xml(child: Child, table: str, row: Mapping[str, str]) -> dict[str, str]:
    known = {"CHILD": child["id"], **row} if table == "Header" else dict(row)
    if table == "Episodes":
        known.pop("DOB", None)
    return {name: _written(name, text, YEAR) for name, text in known.items() if text}


def _answers(now: Path, before: Path, year: int) -> pl.DataFrame:
    asked = Asked("ssda903", LA, year, previous=[before], references=references())
    return check_return([now], asked).answers.with_columns(pl.col("la_child_id").alias("number"))


def _written(column: str, text: str, year: int) -> str:
    """A day as the return of that year writes it, moved to it; a sex in its code; other text as it is."""
    if column == "SEX" and year < _LETTERS_FROM:
        return _NUMBERS.get(text, text)
    found = _DAY.match(text)
    return f"{found[3]}/{found[2]}/{int(found[1]) + year - YEAR}" if found else text
