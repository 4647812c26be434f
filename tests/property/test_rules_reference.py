"""Rules computed two ways: as the engine does, and in plain Python, row by row."""

import calendar
from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from quality.rules.dates import bank_holidays, working_days_before, years_after
from quality.rules.engine import run
from quality.rules.model import schema_of_frame
from quality.rules.registry import all_rules

AS_OF = date(2026, 3, 31)
_RULES = {rule.id: rule for rule in all_rules()}
_DAYS = st.one_of(st.none(), st.integers(-20, 5).map(lambda n: AS_OF + timedelta(days=n)))
# children with up to five spells each
_CHILDREN = st.lists(st.lists(st.tuples(_DAYS, _DAYS), max_size=5), min_size=1, max_size=4)


def _frames(entity: str, children: list[list[tuple[date | None, date | None]]]) -> dict[str, pl.DataFrame]:
    rows = [
        {"subject": subject, "as_of": AS_OF, "source_id": "s", "la_code": "204", "child_key": f"k{subject}"}
        | {"start_date": start, "end_date": end}
        for subject, spells in enumerate(children)
        for start, end in spells
    ]
    numbered = [row | {"row": position} for position, row in enumerate(rows)]
    return {entity: pl.DataFrame(numbered, schema=schema_of_frame(entity))}


def _fired(rule_id: str, frames: dict[str, pl.DataFrame]) -> list[int]:
    return run(frames, "payload", [_RULES[rule_id]]).findings["row"].sort().to_list()


def _overlapping(children: list[list[tuple[date | None, date | None]]]) -> list[int]:
    failing, row = [], 0
    for spells in children:
        for position, (start, _) in enumerate(spells):
            others = [other for other_position, other in enumerate(spells) if other_position != position]
            if start and any(_starts_in(start, *other) for other in others):
                failing.append(row)
            row += 1
    return failing


def _starts_in(start: date, other_start: date | None, other_end: date | None) -> bool:
    if other_start is None or start < other_start:
        return False
    return start <= (other_end if other_end else AS_OF)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(_CHILDREN)
def test_overlapping_plans(children) -> None:
    assert _fired("CSC-306", _frames("cp_plans", children)) == _overlapping(children)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(_CHILDREN)
def test_placements_that_start_before_the_one_before_ends(children) -> None:
    failing, first_row = [], 0
    for spells in children:
        # one without a start comes after those that have one
        known = [(start is None, start or date.min, position) for position, (start, _) in enumerate(spells)]
        in_order = [position for _, _, position in sorted(known)]
        for before, this in zip(in_order, in_order[1:], strict=False):
            start, end_before = spells[this][0], spells[before][1]
            if start and end_before and start < end_before:
                failing.append(first_row + this)
        first_row += len(spells)
    assert _fired("CSC-308", _frames("placements", children)) == sorted(failing)


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.dates(date(1950, 1, 1), date(2060, 1, 1)), st.integers(0, 40))
def test_years_after(day: date, years: int) -> None:
    year = day.year + years
    leapless = day.month == 2 and day.day == 29 and not calendar.isleap(year)
    expected = day.replace(year=year, day=28) if leapless else day.replace(year=year)
    assert pl.select(years_after(pl.lit(day), years)).item() == expected


@settings(derandomize=True, max_examples=60, deadline=None)
@given(st.dates(date(2015, 1, 1), date(2027, 12, 31)), st.integers(0, 60))
def test_working_days_before(day: date, working_days: int) -> None:
    holidays = set(bank_holidays())

    def works(one: date) -> bool:
        return one.weekday() < 5 and one not in holidays

    expected = day
    while not works(expected):
        expected -= timedelta(days=1)
    for _ in range(working_days):
        expected -= timedelta(days=1)
        while not works(expected):
            expected -= timedelta(days=1)
    assert pl.select(working_days_before(pl.lit(day), working_days)).item() == expected
