"""Returns of many children for the benchmarks: those of one made-up LA, its children copied under ids of their own.

Copies get pupil numbers with the right check letter and postcodes that exist, other ones in each copy, so that as many
have to be looked up as in a return of so many children.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from quality.reference.postcodes import PostcodeDirectory
from quality.rules.model import PROVIDER_COLUMNS
from synthetic import generate as generation
from synthetic.scenario import HACKNEY, SMALL

YEAR = 2026
LA_CODE = HACKNEY.code
_YEAR_START = pl.date(YEAR - 1, 4, 1)
_LETTERS = np.array(list("ABCDEFGHJKLMNPQRTUVWXYZ"))
_UPN_LENGTH = 13
_CHILD, _ID, _UPN = "<Child>", "<LAchildID>", "<UPN>"
_POSTCODES = ("HOME_POST", "PL_POST")
# What makes a row of last year's return, by table: the date that must be before this year, and what came after it.
_LAST_YEAR: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
    "episodes": ("DECOM", {"DEC": ("DEC", "REC", "REASON_PLACE_CHANGE")}),
    "placed_for_adoption": ("DATE_PLACED", {"DATE_PLACED_CEASED": ("DATE_PLACED_CEASED", "REASON_PLACED_CEASED")}),
    "missing": ("MIS_START", {"MIS_END": ("MIS_END",)}),
    "header": ("DOB", {}),
    "oc2": ("DOB", {}),
    "uasc": ("DOB", {}),
}


def made_up_returns(folder: Path) -> Path:
    """The folder of one LA's returns: cin-2026.xml and ssda903-2026/."""
    scenario = replace(SMALL, authorities=(replace(HACKNEY, streams=HACKNEY.streams[:1]),))
    generation.generate(scenario, folder)
    return folder / "returns" / LA_CODE


def pupil_numbers(first: int, count: int) -> list[str]:
    """Pupil numbers with the right check letter, one after the other."""
    digits = np.char.add(LA_CODE, np.char.zfill(np.arange(first, first + count).astype(str), 9))
    places = digits.view("U1").reshape(count, -1).astype(int)
    letters = _LETTERS[(places * np.arange(2, _UPN_LENGTH + 1)).sum(axis=1) % len(_LETTERS)]
    return np.char.add(letters, digits).tolist()


def real_postcodes(directory: PostcodeDirectory, rng: np.random.Generator, *, in_la: bool, count: int) -> pl.Series:
    """Postcodes of the LA, or of the rest of England, drawn with repeats."""
    areas = (directory.la_code == LA_CODE) if in_la else (directory.la_code != LA_CODE)
    rows = np.flatnonzero(areas.fill_null(False).to_numpy()[directory.columns.area])
    drawn = directory.columns.key[rows[rng.integers(0, len(rows), count)]]
    return pl.Series("postcode", drawn.astype(">u8").view("S8").astype(str)).str.strip_chars()


def large_ssda903(source: Path, target: Path, children: int, directory: PostcodeDirectory) -> int:
    """Copies of an SSDA903's children until there are about so many; how many there are."""
    held = {file.stem: pl.read_csv(file, infer_schema=False) for file in source.glob("*.csv")}
    height = held["header"].height
    copies = -(-children // height)
    target.mkdir(parents=True)
    for name, table in held.items():
        copied = [_copy(table, number, directory) for number in range(copies)]
        whole = pl.concat(copied)
        if "UPN" in whole.columns:
            known = pl.Series(pupil_numbers(0, whole.height))
            upn = pl.when(pl.col("UPN").str.len_chars() == _UPN_LENGTH).then(known).otherwise("UPN")
            whole = whole.with_columns(upn.alias("UPN"))
        whole.write_csv(target / f"{name}.csv")
    return height * copies


def last_year_of(this_year: Path, target: Path) -> None:
    """The return of the year before, as it would have been: what had begun by then, open where it ended since."""
    target.mkdir(parents=True)
    for name, (began, ends) in _LAST_YEAR.items():
        table = pl.read_csv(this_year / f"{name}.csv", infer_schema=False).filter(_day(began) < _YEAR_START)
        for end, columns in ends.items():
            known = _day(end) < _YEAR_START
            table = table.with_columns(pl.when(known).then(pl.col(column)).alias(column) for column in columns)
        table.write_csv(target / f"{name}.csv")


def providers_of(this_year: Path) -> pl.DataFrame:
    """A list of providers in which every placement of the return is with one that may have it."""
    episodes = pl.read_csv(this_year / "episodes.csv", infer_schema=False).filter(pl.col("URN").is_not_null())
    listed = episodes.group_by(urn="URN").agg(
        pl.lit(LA_CODE).alias("la_code"),
        pl.col("PLACE_PROVIDER").drop_nulls().unique().alias("provider_codes"),
        pl.col("PLACE").drop_nulls().unique().alias("placement_types"),
        pl.col("PL_POST").first().alias("postcode"),
        pl.lit(None, dtype=pl.Date).alias("deregistered"),
    )
    return listed.match_to_schema(PROVIDER_COLUMNS)


def large_census(source: Path, target: Path, children: int) -> int:
    """Copies of a census's children until there are about so many; how many there are."""
    text = source.read_text(encoding="utf-8")
    start = text.index(_CHILD)
    end = text.rindex("</Child>") + len("</Child>")
    held = [_CHILD + part for part in text[start:end].split(_CHILD)[1:]]
    copies = -(-children // len(held))
    numbers = iter(pupil_numbers(0, copies * len(held)))
    with target.open("w", encoding="utf-8") as out:
        out.write(text[:start])
        for copy in range(copies):
            out.writelines(_copied_child(child, copy, next(numbers)) for child in held)
        out.write(text[end:])
    return copies * len(held)


def _copied_child(child: str, copy: int, number: str) -> str:
    child = child.replace(_ID, f"{_ID}c{copy}", 1)
    before, found, after = child.partition(_UPN)
    return f"{before}{found}{number}{after[_UPN_LENGTH:]}" if found else child


def _copy(table: pl.DataFrame, number: int, directory: PostcodeDirectory) -> pl.DataFrame:
    copied = table.with_columns(pl.col("CHILD") + f"c{number}")
    if not set(_POSTCODES) <= set(copied.columns):
        return copied
    given = pl.concat([table[name] for name in _POSTCODES]).drop_nulls().unique().sort()
    rng = np.random.default_rng(number)
    near = real_postcodes(directory, rng, in_la=True, count=len(given))
    far = real_postcodes(directory, rng, in_la=False, count=len(given))
    is_near = given.str.split(" ").list.first().is_in(HACKNEY.postcode_districts)
    real = near.zip_with(is_near, far)
    return copied.with_columns(pl.col(_POSTCODES).replace_strict(given, real, default=None))


def _day(column: str) -> pl.Expr:
    return pl.col(column).str.to_date("%d/%m/%Y")
