"""Cases of the commonest questions about dates: in the future, outside the census year, in the wrong order.

Each takes a function that draws the date, or the two dates, so that a rule's cases are one line.
"""

from collections.abc import Callable

from rule_building import TODAY, YEAR_START, Drawn
from rule_cases import Cases, cases, fails, passes

from quality.rules.model import Kind

TOMORROW = "2026-04-01"
DAY_BEFORE_YEAR = "2025-03-31"


def in_the_future(rule_id: str, drawn: Callable[[str | None], Drawn], *, null_fails: bool = False) -> Cases:
    """A date may not be after as_of; a date that is not given passes unless said otherwise."""
    return cases(
        rule_id,
        passing=drawn("2025-11-03"),
        failing=drawn("2030-01-01"),
        boundary=(passes(drawn(TODAY)), fails(drawn(TOMORROW))),
        null=fails(drawn(None)) if null_fails else passes(drawn(None)),
    )


def outside_the_year(rule_id: str, drawn: Callable[[str | None], Drawn], *, null_fails: bool = False) -> Cases:
    """A date must be in the year of the census, its first and last day included."""
    return cases(
        rule_id,
        passing=passes(drawn("2025-11-03"), kind="cin"),
        failing=fails(drawn("2020-01-01"), kind="cin"),
        boundary=(
            passes(drawn(YEAR_START), kind="cin"),
            fails(drawn(DAY_BEFORE_YEAR), kind="cin"),
            passes(drawn(TODAY), kind="cin"),
            fails(drawn(TOMORROW), kind="cin"),
        ),
        null=fails(drawn(None), kind="cin") if null_fails else passes(drawn(None), kind="cin"),
    )


def in_order(rule_id: str, drawn: Callable[[str | None, str | None], Drawn], *, kind: Kind = "payload") -> Cases:
    """The first date may not be after the second; the same day is allowed."""
    return cases(
        rule_id,
        passing=passes(drawn("2025-05-01", "2025-09-01"), kind=kind),
        failing=fails(drawn("2025-09-01", "2025-05-01"), kind=kind),
        boundary=(
            passes(drawn("2025-05-01", "2025-05-01"), kind=kind),
            fails(drawn("2025-05-02", "2025-05-01"), kind=kind),
        ),
        null=(passes(drawn(None, "2025-05-01"), kind=kind), passes(drawn("2025-05-01", None), kind=kind)),
    )


def not_on_one_day(rule_id: str, drawn: Callable[[str | None, str | None], Drawn]) -> Cases:
    """Two dates may not be the same day."""
    return cases(
        rule_id,
        passing=drawn("2025-05-01", "2025-09-01"),
        failing=drawn("2025-05-01", "2025-05-01"),
        boundary=(drawn("2025-05-01", "2025-05-02"), drawn("2025-05-01", "2025-04-30")),
        null=(drawn(None, None), drawn("2025-05-01", None)),
    )
