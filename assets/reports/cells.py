"""Cells and tables as they are shown: one model for the page and for the workbook.

A cell knows its value (for the workbook) and its text (for the page). What may be shown is decided in disclosure.py.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Literal

from assets.comparison.wilson import interval
from assets.reports.disclosure import SUPPRESSED, is_small, rounded, share_limit

Value = str | int | float | date | None
Kind = Literal["text", "count", "share", "number", "date"]
NOTHING = "–"  # nothing to compare: not nought, and not hidden


@dataclass(frozen=True)
class Cell:
    """One cell: what it is, how it reads, and what is said under it in small print."""

    value: Value
    text: str
    decimals: int = 0
    detail: str = ""


@dataclass(frozen=True)
class Column:
    """One column: its heading, what its cells are, and the heading over it and its neighbours, if any."""

    label: str
    kind: Kind = "text"
    group: str = ""

    @property
    def full_label(self) -> str:
        """The heading where there is only one line of headings."""
        return f"{self.group}: {self.label.lower()}" if self.group else self.label


@dataclass(frozen=True)
class Table:
    """One table with its caption. The first column heads each row."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    @property
    def groups(self) -> list[tuple[str, int]]:
        """Headings over several columns, with how many each stands over; '' where there is none."""
        return [(group, len(list(found))) for group, found in groupby(column.group for column in self.columns)]

    @property
    def is_grouped(self) -> bool:
        """Whether there is a line of such headings."""
        return any(column.group for column in self.columns)


def text(value: str | None) -> Cell:
    """Words."""
    return Cell(value or NOTHING, value or NOTHING)


def day(value: date | None) -> Cell:
    """A date, as 31 March 2026."""
    return Cell(value, said_day(value)) if value else text(None)


def said_day(value: date) -> str:
    """31 March 2026."""
    return f"{value.day} {value:%B %Y}"


def number(value: float | None, decimals: int = 0) -> Cell:
    """A number that is not a count of children or records."""
    if value is None or math.isnan(value):
        return text(None)
    return Cell(value, said_number(value, decimals), decimals)


def said_number(value: float, decimals: int = 0) -> str:
    """Rounded half up, with thousands separated and a true minus sign."""
    quantum = Decimal(1).scaleb(-decimals)
    return f"{Decimal(repr(float(value))).quantize(quantum, ROUND_HALF_UP):,}".replace("-", "−")


def count(value: int | None, small_number: int, *, hidden: bool = False) -> Cell:
    """A count of children or records, hidden when small or when told so."""
    if hidden or (value is not None and is_small(value, small_number)):
        return Cell(SUPPRESSED, SUPPRESSED)
    return number(value)


def base(value: int, small_number: int) -> Cell:
    """What a share is of: to the nearest ten, so that it cannot be subtracted from another table's count."""
    if is_small(value, small_number):
        return Cell(SUPPRESSED, SUPPRESSED)
    return number(rounded(value))


def said_share(share: float, decimals: int = 1) -> str:
    """A share in per cent; one short of all never reads 100%, and one above none never reads 0%."""
    least = 10.0**-decimals
    if 1 - least / 200 <= share < 1:
        return f"over {said_number(100 - least, decimals)}%"
    if 0 < share < least / 200:
        return f"under {said_number(least, decimals)}%"
    return f"{said_number(share * 100, decimals)}%"


def share(successes: int, n: int, small_number: int, *, hidden: bool = False, base_hidden: bool = False) -> Cell:
    """successes of n with its interval; what may be said of it when a part is small; a dash when n is nought.

    hidden: the successes or the rest must not be shown though they are not small; base_hidden: nor may n.
    """
    if n == 0:
        return text(None)
    is_safe = not any(is_small(part, small_number) for part in (successes, n - successes, n))
    if is_safe and not hidden and not base_hidden:
        low, high = interval(successes, n) or (0.0, 1.0)
        within = f"{said_number(100 * low, 1)} to {said_number(100 * high, 1)}%"
        return Cell(successes / n, said_share(successes / n), 1, within)
    limit = None if base_hidden else share_limit(successes, n, small_number)
    said = _limited(*limit) if limit else SUPPRESSED
    return Cell(said, said)


def _limited(side: str, limit: float) -> str:
    """'95% or more', widened to a whole per cent."""
    return f"{math.floor(limit * 100)}% or more" if side == "at least" else f"{math.ceil(limit * 100)}% or less"


def table(id_: str, caption: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], note: str = "") -> Table:
    """A table, refused when a row does not fit its columns."""
    for position, row in enumerate(rows):
        if len(row) != len(columns):
            raise ValueError(f"table {id_}, row {position}: {len(row)} cells for {len(columns)} columns")
    return Table(id_, caption, tuple(columns), tuple(tuple(row) for row in rows), note)
