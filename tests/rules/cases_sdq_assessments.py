"""Cases of the rules on strengths and difficulties questionnaires."""

from rule_building import Drawn, a_child, an_sdq
from rule_cases import cases, fails, passes


def _sdqs(*dates: str) -> Drawn:
    return a_child(*(an_sdq(date=day) for day in dates))


CASES = (
    cases(
        "CSC-133",
        passing=an_sdq(score=12),
        failing=an_sdq(score=99),
        boundary=(
            passes(an_sdq(score=0)),
            passes(an_sdq(score=40)),
            fails(an_sdq(score=41)),
            fails(an_sdq(score=-1)),
        ),
        null=an_sdq(score=None),
    ),
    cases(
        "CSC-193",
        passing=an_sdq(date="2025-11-01"),
        failing=an_sdq(date="2000-11-01"),
        boundary=(
            passes(an_sdq(date="2026-03-31")),
            fails(an_sdq(date="2026-04-01")),
            passes(an_sdq(date="2015-06-15")),
            fails(an_sdq(date="2015-06-14")),
        ),
        null=(fails(an_sdq(date=None)), passes(a_child(an_sdq(), date_of_birth=None))),
    ),
    cases(
        "CSC-357",
        passing=_sdqs("2025-01-01", "2025-06-01"),
        failing=fails(a_child(an_sdq(score=10), an_sdq(score=11)), rows=(0, 1)),
        boundary=(
            passes(a_child(an_sdq(score=10), an_sdq(score=10))),
            passes(_sdqs("2025-01-01", *(f"2025-0{month}-01" for month in range(3, 8)), "2026-01-01")),
            fails(_sdqs("2025-01-02", *(f"2025-0{month}-01" for month in range(3, 8)), "2026-01-01"), rows=(6,)),
        ),
        null=(a_child(an_sdq(score=None), an_sdq(score=11)), a_child(an_sdq(date=None, score=1), an_sdq(date=None))),
    ),
)
