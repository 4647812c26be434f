"""Cases of the rules on how long an SSDA903 child is under one legal status."""

from datetime import date, timedelta
from functools import partial

from rule_building import Drawn, a_child, a_placement
from rule_cases import Cases, cases, fails, passes

_passes = partial(passes, kind="ssda903")
_fails = partial(fails, kind="ssda903")
_FIRST_DAY = date(2025, 7, 1)


def _day(days_in: int) -> str:
    return (_FIRST_DAY + timedelta(days=days_in)).isoformat()


def _child(*spans: tuple[str | None, int, int | None]) -> Drawn:
    """A child with an episode for each (legal status, first day, last day), days counted from the first of July."""
    return a_child(
        *(
            a_placement(legal_status=status, start_date=_day(start), end_date=None if end is None else _day(end))
            for status, start, end in spans
        )
    )


def _at_most(rule_id: str, status: str, days: int) -> Cases:
    """Cases of a rule that an unbroken run under this status lasts at most so many days."""
    return cases(
        rule_id,
        passing=_passes(_child((status, 0, 1)), _child((status, 0, 2), ("C2", 2, 60))),
        failing=_fails(_child(("C2", -60, 0), (status, 0, days + 30), ("C2", days + 30, None)), rows=(1,)),
        boundary=(
            _passes(_child((status, 0, days))),
            _fails(_child((status, 0, days + 1))),
            # two episodes that touch are one run, whatever their order in the file
            _passes(_child((status, 0, 2), (status, 2, days))),
            _fails(_child((status, 2, days + 1), (status, 0, 2)), rows=(0, 1)),
            # a day between them, or another legal status, breaks it
            _passes(_child((status, 0, days), (status, days + 1, days + 2))),
            _passes(_child((status, 0, days), ("C2", days, days + 1), (status, days + 1, days + 2))),
            # of another child it is no part
            _passes(_child((status, 0, days)), _child((status, days, days + 1))),
            # only the run that is too long fails
            _fails(_child((status, 0, 1), (status, 100, 101 + days)), rows=(1,)),
            _passes(a_placement(legal_status=status, start_date=(date(2026, 3, 31) - timedelta(days)).isoformat())),
            _fails(a_placement(legal_status=status, start_date=(date(2026, 3, 30) - timedelta(days)).isoformat())),
        ),
        null=(
            _fails(_child((status, 0, None))),
            _passes(_child((None, 0, None))),
            _passes(a_placement(legal_status=status, start_date=None)),
        ),
    )


def _short_break(start: str | None, end: str | None, legal_status: str | None = "V3") -> Drawn:
    return a_placement(legal_status=legal_status, start_date=start, end_date=end)


CASES = (
    _at_most("903-361", "L1", 3),
    _at_most("903-362", "L2", 21),
    _at_most("903-363", "L3", 7),
    _at_most("903-364", "J2", 21),
    cases(
        "903-365",
        passing=_passes(_child(("V3", 0, 5))),
        failing=_fails(_child(("V3", 0, 40))),
        boundary=(
            _passes(_child(("V3", 0, 17))),
            _fails(_child(("V3", 0, 18))),
            _passes(_child(("V4", 0, 40))),
            _passes(_short_break("2026-03-14", None)),
            _fails(_short_break("2026-03-13", None)),
        ),
        null=(_passes(_child((None, 0, 40))), _passes(_short_break(None, "2025-09-01"))),
    ),
    cases(
        "903-367",
        passing=_passes(_child(("V3", 0, 10), ("V3", 20, 30))),
        failing=_fails(_child(("V3", 0, 50), ("C2", 50, 60), ("V3", 60, 100)), rows=(0, 2)),
        boundary=(
            _passes(_child(("V3", 0, 50), ("V3", 60, 85))),
            _fails(_child(("V3", 0, 50), ("V3", 60, 86)), rows=(0, 1)),
            _passes(_child(("V3", 0, 50)), _child(("V3", 60, 86))),
            # only the days of the year count
            _passes(_short_break("2025-01-01", "2025-06-15")),
            _fails(_short_break("2025-01-01", "2025-06-16")),
            _passes(_short_break("2026-01-15", None)),
            _fails(_short_break("2026-01-14", None)),
            _fails(_short_break("2026-01-14", "2026-08-01")),
            # an episode without a day in the year is not counted
            _fails(a_child(_short_break("2025-05-01", "2025-09-01"), _short_break("2025-02-01", "2025-03-01"))),
        ),
        null=(
            _passes(_short_break(None, "2025-09-01")),
            _passes(_short_break("2025-04-01", "2026-01-01", None)),
        ),
    ),
)
