"""Cases of the rules on reviews."""

from functools import partial

from rule_building import Drawn, a_child, a_review
from rule_cases import cases, fails, passes

_passes = partial(passes, kind="ssda903")
_fails = partial(fails, kind="ssda903")


def _review(date: str | None, code: str | None = "PN1", born: str | None = "2021-10-01") -> Drawn:
    """A review of a child who is 4 on 1 October 2025."""
    return a_child(a_review(review_date=date, participation=code), date_of_birth=born)


CASES = (
    cases(
        "903-166",
        passing=_passes(a_review()),
        failing=_fails(a_review(review_date=None)),
        boundary=_fails(a_child(a_review(), a_review(review_date=None)), rows=(1,)),
        null=_fails(a_review(review_date=None, participation=None)),
    ),
    cases(
        "903-167",
        passing=_passes(a_review()),
        failing=(_fails(a_review(participation=None)), _fails(a_review(review_date=None))),
        boundary=(
            _passes(a_review(participation="PN0")),
            _passes(a_review(participation="PN7")),
            _fails(a_review(participation="PN8")),
        ),
        null=_passes(a_review(review_date=None, participation=None)),
    ),
    cases(
        "903-440",
        passing=_passes(_review("2025-05-01", "PN0")),
        failing=_fails(_review("2026-01-01", "PN0")),
        boundary=(
            _passes(_review("2025-10-01", "PN0")),
            _fails(_review("2025-10-02", "PN0")),
            _passes(_review("2025-10-02", "PN1")),
        ),
        null=(
            _passes(_review(None, "PN0")),
            _passes(_review("2026-01-01", None)),
            _passes(_review("2026-01-01", "PN0", born=None)),
        ),
    ),
    cases(
        "903-441",
        passing=_passes(_review("2026-01-01", "PN1")),
        failing=_fails(_review("2025-05-01", "PN1")),
        boundary=(
            _passes(_review("2025-10-01", "PN7")),
            _fails(_review("2025-09-30", "PN7")),
            _passes(_review("2025-09-30", "PN0")),
            _passes(_review("2025-09-30", "PN8")),
        ),
        null=(
            _passes(_review(None, "PN1")),
            _passes(_review("2025-05-01", None)),
            _passes(_review("2025-05-01", "PN1", born=None)),
        ),
    ),
)
