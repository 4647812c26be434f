"""A CIN census or an SSDA903 in files, judged as a whole."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from assets.findings.return_frames import References, needed, ready_to_judge
from assets.returns.cin import read_header
from assets.returns.errors import ReturnError
from assets.returns.reader import Kind, OpenedReturn, open_return
from assets.returns.sources import source_files
from assets.validation.answers import answers, with_wording
from assets.validation.plain_ids import PlainIds
from assets.validation.return_files import with_files
from quality.rules.engine import run
from quality.rules.registry import rules_for
from quality.schemas.entities import ALL_ENTITIES

# While the year is not known: a return is read again as that of its year, in which a code may have been another.
_ANY_YEAR = 2000
_UNKNOWN_LA = ""
_LATEST_DATES = ("end_date", "start_date")
_JUDGED = {*ALL_ENTITIES, "records", "faults"}
# Collection years for which there are rules to ask, or soon may be.
YEARS = range(2010, 2101)
# The largest LA's census has some 50,000 children with 15 rows each.
MAX_ROWS = 3_000_000


@dataclass(frozen=True)
class Asked:
    """What a return is judged as, and what to judge it with.

    la_code, year: None to take them from the return itself. previous: files of the return of the year before.
    """

    kind: Kind
    la_code: str | None = None
    year: int | None = None
    previous: Sequence[Path] = ()
    references: References = field(default_factory=References)
    progress: Callable[[str], None] = lambda _: None


@dataclass(frozen=True)
class Checked:
    """The answers (columns TOLD), and what the file turned out to be."""

    answers: pl.DataFrame
    children: int
    la_code: str | None
    year: int
    inferred: tuple[str, ...] = ()  # which of la_code and year were taken from the file


def check_return(paths: Sequence[Path], asked: Asked) -> Checked:
    """Judge the return in these files, folders or zips by every rule of its kind and year. Raises ReturnError."""
    la_code, year = _about(paths, asked)
    asked.progress("reading the return")
    if year is None:
        found = read_whole(asked.kind, paths, la_code or _UNKNOWN_LA, _ANY_YEAR, asked.progress)
        year = _within_years(_year_of_episodes(found), "most of its episodes are")
        del found
    frames = read_whole(asked.kind, paths, la_code or _UNKNOWN_LA, year, asked.progress)
    earlier = None
    if asked.previous:
        asked.progress("reading the return of the year before")
        earlier = read_whole(asked.kind, asked.previous, la_code or _UNKNOWN_LA, year - 1)
    asked.progress("judging")
    ready = ready_to_judge(asked.kind, frames, year, earlier, asked.references)
    judgement = run(ready, asked.kind, rules_for(asked.kind), year)
    taken = {"LA": la_code if asked.la_code is None else None, "year": year if asked.year is None else None}
    return Checked(
        with_wording(answers(judgement, ready, asked.kind, year)),
        frames["records"]["child_key"].n_unique(),
        la_code,
        year,
        tuple(name for name, value in taken.items() if value),
    )


def read_whole(
    kind: Kind, paths: Sequence[Path], la_code: str, year: int, progress: Callable[[str], None] = lambda _: None
) -> dict[str, pl.DataFrame]:
    """Every table of a return, all of its children at once, with only the columns that judging needs, and `file`."""
    opened = open_return(
        kind, paths, return_id=_named(kind, la_code, year), la_code=la_code, year=year, received_at=datetime.now(UTC)
    )
    return with_files(_whole(opened, progress), opened.files)


def _whole(opened: OpenedReturn, progress: Callable[[str], None]) -> dict[str, pl.DataFrame]:
    parts: dict[str, list[pl.DataFrame]] = {}
    children = rows = 0
    for chunk in opened.chunks(PlainIds(), hashing_content=False):
        for name, frame in chunk.items():
            if name in _JUDGED and not frame.is_empty():
                parts.setdefault(name, []).append(needed(frame))
                rows += frame.height
        if rows > MAX_ROWS:
            raise ReturnError(
                f"has more than {MAX_ROWS:,} rows; no return is that large; check that it is the right one"
            )
        children += chunk["records"].height
        if children:
            progress(f"reading the return: {children:,} children")
    if "records" not in parts:
        raise ReturnError("no child was found in this return; check that it is the file you meant")
    return {name: pl.concat(frames) for name, frames in parts.items()}


def _named(kind: str, la_code: str, year: int) -> str:
    return f"{la_code}-{kind}-{year}"


def _about(paths: Sequence[Path], asked: Asked) -> tuple[str | None, int | None]:
    """LA and year as given, else as a census says in its header; an SSDA903 says neither."""
    if asked.kind != "cin" or (asked.la_code and asked.year):
        return asked.la_code, asked.year
    census = next((file for file in source_files(paths) if file.shape() == "xml"), None)
    if census is None:  # which is said when it is read
        return asked.la_code, asked.year
    said = read_header(census)
    return asked.la_code or said.get("lea"), asked.year or _year_in(said, census.name)


def _year_in(header: Mapping[str, str | None], file: str) -> int:
    year = re.fullmatch(r"([0-9]{4})(-.*)?", header.get("year") or header.get("referencedate") or "")
    if year is None:
        raise ReturnError(f"{file}: its header does not say which year it is of; give it, for example --year 2026")
    return _within_years(int(year.group(1)), f"{file}: its header is")


def _within_years(year: int, what: str) -> int:
    if year not in YEARS:
        raise ReturnError(f"{what} of a year before {YEARS[0]} or after {YEARS[-1]}; give it, for example --year 2026")
    return year


def _year_of_episodes(frames: Mapping[str, pl.DataFrame]) -> int:
    """The collection year in which most episodes ended, or where none did, in which the latest began."""
    episodes = frames.get("placements")
    if episodes is not None:
        for name in _LATEST_DATES:
            day = pl.col(name).drop_nulls()
            years = episodes.select(day.dt.year() + (day.dt.month() > 3).cast(pl.Int32)).to_series()
            if len(years):
                most = years.value_counts(sort=True, name="episodes") if name == "end_date" else None
                return int(most[name][0]) if most is not None else int(years.max())  # type: ignore[arg-type]
    raise ReturnError("no episode says of which year the return is; give it, for example --year 2026")
