"""Code lists, read from the dbt seed `code_list`, and the question whether a code is in one on a given date."""

import csv
from datetime import date
from functools import cache

import polars as pl

from quality.rules.catalogue import SEEDS

# A code with the first and the last day on which it may be used; None where no limit is known.
DatedCode = tuple[str, date | None, date | None]


@cache
def _lists() -> dict[str, list[DatedCode]]:
    lists: dict[str, list[DatedCode]] = {}
    with (SEEDS / "code_list.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            dated = (row["code"], _day(row["valid_from"]), _day(row["valid_to"]))
            lists.setdefault(row["list"], []).append(dated)
    return lists


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def dated_codes(list_name: str) -> list[DatedCode]:
    """The codes of a list with their dates. Raises KeyError, naming the list, for one that does not exist."""
    try:
        return _lists()[list_name]
    except KeyError:
        raise KeyError(f"no code list is called {list_name!r}; see dbt_project/seeds/code_list.csv") from None


def codes(list_name: str) -> list[str]:
    """Every code of a list, whatever its dates."""
    return [code for code, _, _ in dated_codes(list_name)]


def in_code_list(column: str, list_name: str) -> pl.Expr:
    """True when the code is, or ever was, in the list; null for a null."""
    return pl.col(column).is_in(codes(list_name))


def in_code_list_on(column: str, list_name: str, day: pl.Expr) -> pl.Expr:
    """True when the code is in the list on that day; null for a null."""
    by_dates: dict[tuple[date | None, date | None], list[str]] = {}
    for code, first, last in dated_codes(list_name):
        by_dates.setdefault((first, last), []).append(code)
    parts = []
    for (first, last), members in by_dates.items():
        part = pl.col(column).is_in(members)
        part = part & (day >= first) if first else part
        parts.append(part & (day <= last) if last else part)
    return pl.any_horizontal(parts)
