"""A CIN census or an SSDA903 in files, judged as a whole."""

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
from quality.rules.engine import run
from quality.rules.registry import rules_for

# Nothing that is read before the year is known depends on it.
_ANY_YEAR = 2000
_UNKNOWN_LA = ""
_LATEST_DATES = ("end_date", "start_date")


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
    """The answers (columns ANSWERS), and what the file turned out to be."""

    answers: pl.DataFrame
    children: int
    la_code: str | None
    year: int
    inferred: tuple[str, ...] = ()  # which of la_code and year were taken from the file


def check_return(paths: Sequence[Path], asked: Asked) -> Checked:
    """Judge the return in these files, folders or zips by every rule of its kind and year. Raises ReturnError."""
    la_code, year = _about(paths, asked)
    asked.progress("reading the return")
    frames = read_whole(asked.kind, paths, la_code or _UNKNOWN_LA, year or _ANY_YEAR)
    if year is None:
        year = _year_of_episodes(frames)
    earlier = None
    if asked.previous:
        asked.progress("reading the return of the year before")
        earlier = read_whole(asked.kind, asked.previous, la_code or _UNKNOWN_LA, year - 1)
    asked.progress("judging")
    ready = ready_to_judge(frames, year, earlier, asked.references)
    judgement = run(ready, asked.kind, rules_for(asked.kind), year)
    given = {"LA": asked.la_code, "year": asked.year}
    inferred = tuple(name for name, value in given.items() if value is None)
    return Checked(
        with_wording(answers(judgement, ready)), frames["records"]["child_key"].n_unique(), la_code, year, inferred
    )


def read_whole(kind: Kind, paths: Sequence[Path], la_code: str, year: int) -> dict[str, pl.DataFrame]:
    """Every table of a return, all of its children at once, with only the columns that judging needs."""
    opened = open_return(
        kind, paths, return_id=_named(kind, la_code, year), la_code=la_code, year=year, received_at=datetime.now(UTC)
    )
    return _whole(opened)


def _whole(opened: OpenedReturn) -> dict[str, pl.DataFrame]:
    parts: dict[str, list[pl.DataFrame]] = {}
    for chunk in opened.chunks(PlainIds(), hashing_content=False):
        for name, frame in chunk.items():
            if not frame.is_empty():
                parts.setdefault(name, []).append(needed(frame))
    if "records" not in parts:
        raise ReturnError("no child was found in this return; check that it is the file you meant")
    return {name: pl.concat(frames) for name, frames in parts.items()}


def _named(kind: str, la_code: str, year: int) -> str:
    return f"{la_code}-{kind}-{year}"


def _about(paths: Sequence[Path], asked: Asked) -> tuple[str | None, int | None]:
    """LA and year as given, else as a census says in its header; an SSDA903 says neither."""
    if asked.kind != "cin" or (asked.la_code and asked.year):
        return asked.la_code, asked.year
    said: dict[str, str | None] = {}
    for file in source_files(paths):
        if file.shape() == "xml":
            said = read_header(file)
            break
    year = said.get("year") or (said.get("referencedate") or "")[:4]
    if asked.year is None and not (year and year.isdigit()):
        raise ReturnError("the census's header does not say which year it is of; give it, for example --year 2026")
    return asked.la_code or said.get("lea"), asked.year or int(year or 0)


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
    raise ReturnError("no episode says which year this return is of; give it, for example --year 2026")
