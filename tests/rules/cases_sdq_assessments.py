"""Cases of the rules on strengths and difficulties questionnaires."""

from functools import partial

from rule_building import Drawn, a_child, a_health_check, an_episode, an_sdq, placed
from rule_cases import cases, fails, passes


def _sdqs(*dates: str) -> Drawn:
    return a_child(*(an_sdq(date=day) for day in dates))


in_return = {"kind": "ssda903"}
all_year = partial(placed, "2024-01-01")
part_of_year = partial(placed, "2025-06-01")


def _in_oc2(*placements: Drawn, born: str | None = "2015-06-15", **values: object) -> Drawn:
    """A child in OC2, as a return gives it: a questionnaire of no date, beside the row on health."""
    said = (an_sdq(date=None, **values),) if values else ()
    return a_child(*placements, *said, a_health_check(), date_of_birth=born)


def _scored(day: str | None, *placements: Drawn, **values: object) -> Drawn:
    return a_child(an_episode(*placements), an_sdq(date=day, **values))


def _born(day: str | None, **values: object) -> Drawn:
    return a_child(an_sdq(**values), date_of_birth=day)


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
    cases(
        "CSC-289",
        passing=(_born("2015-06-15"), passes(_born("2015-06-15", date=None), **in_return)),
        failing=(_born("2023-06-15"), fails(_born("2023-06-15", date=None), **in_return)),
        boundary=(
            passes(_born("2021-11-01")),
            fails(_born("2021-11-02")),
            passes(_born("2022-03-31", date=None), **in_return),
            fails(_born("2022-04-01", date=None), **in_return),
            fails(_born("2022-04-01", date=None, score=None, no_score_reason="SDQ2"), **in_return),
        ),
        null=(_born(None), _born("2023-06-15", score=None), _born("2023-06-15", date=None)),
    ),
    cases(
        "CSC-290",
        passing=(_born("2015-06-15"), passes(_born("2015-06-15", date=None), **in_return)),
        failing=(_born("2006-06-15"), fails(_born("2006-06-15", date=None), **in_return)),
        boundary=(
            passes(_born("2008-11-01")),
            fails(_born("2008-10-31")),
            passes(_born("2008-04-01", date=None), **in_return),
            fails(_born("2008-03-31", date=None), **in_return),
            fails(_born("2008-03-31", date=None, score=None, no_score_reason="SDQ2"), **in_return),
        ),
        null=(_born(None), _born("2006-06-15", score=None), _born("2006-06-15", date=None)),
    ),
    cases(
        "CSC-291",
        passing=(_scored("2025-11-01", placed("2024-01-01")), passes(_in_oc2(all_year(), score=12), **in_return)),
        failing=(_scored("2025-11-01", placed("2025-01-01")), fails(_in_oc2(part_of_year(), score=12), **in_return)),
        boundary=(
            passes(_scored("2025-11-01", placed("2024-11-01"))),
            fails(_scored("2025-11-01", placed("2024-11-02"))),
            passes(_scored("2025-11-01", placed("2024-01-01", "2025-11-01"))),
            fails(_scored("2025-11-01", placed("2024-01-01", "2025-10-31"))),
            passes(_scored("2025-11-01", placed("2024-01-01", "2025-03-01"), placed("2025-03-01"))),
            fails(_scored("2025-11-01", placed("2024-01-01", "2025-03-01"), placed("2025-03-02"))),
            fails(_scored("2025-11-01")),
            # the twelve months before are not all held
            passes(_scored("2024-03-31")),
            fails(_scored("2024-04-01")),
            fails(_in_oc2(score=12), a_child(all_year()), **in_return),
            fails(_in_oc2(all_year("2025-12-01", end_reason="E4A"), score=12), **in_return),
        ),
        null=(
            _scored("2025-11-01", score=None),
            _scored(None),
            passes(_in_oc2(part_of_year(), score=None, no_score_reason="SDQ2"), **in_return),
        ),
    ),
    cases(
        "CSC-292",
        passing=(_scored("2025-11-01", placed("2024-01-01")), passes(_in_oc2(all_year(), score=12), **in_return)),
        failing=(
            _scored("2025-03-31", placed("2024-01-01")),
            a_child(an_episode(placed("2024-01-01"))),
            fails(_in_oc2(all_year()), **in_return),
        ),
        boundary=(
            passes(_scored("2025-04-01", placed("2024-01-01"))),
            passes(a_child(an_episode(placed("2024-01-01"))), as_of="2026-03-30"),
            fails(a_child(an_episode(placed("2025-04-01")))),
            passes(a_child(an_episode(placed("2025-04-02")))),
            fails(a_child(an_episode(placed("2024-01-01", "2026-03-31")))),
            passes(a_child(an_episode(placed("2024-01-01", "2026-03-30")))),
            fails(_in_oc2(all_year(), born="2021-04-01"), **in_return),
            passes(_in_oc2(all_year(), born="2021-04-02"), **in_return),
            fails(_in_oc2(all_year(), born="2009-04-01"), **in_return),
            passes(_in_oc2(all_year(), born="2009-03-31"), **in_return),
            passes(_in_oc2(part_of_year()), **in_return),
            # not in OC2 at all
            passes(a_child(all_year()), a_child(a_health_check()), **in_return),
        ),
        null=(
            a_child(an_episode(placed("2024-01-01")), date_of_birth=None),
            fails(_scored("2025-11-01", placed("2024-01-01"), score=None)),
            passes(_in_oc2(all_year(), score=None, no_score_reason="SDQ2"), **in_return),
            passes(_in_oc2(all_year(), born=None), **in_return),
        ),
    ),
    cases(
        "903-157",
        passing=passes(_in_oc2(all_year(), score=12), **in_return),
        failing=fails(_in_oc2(all_year(), score=None, no_score_reason="SDQ1"), **in_return),
        boundary=(
            fails(_in_oc2(all_year(), born="2021-04-01", score=None, no_score_reason="SDQ1"), **in_return),
            passes(_in_oc2(all_year(), born="2021-04-02", score=None, no_score_reason="SDQ1"), **in_return),
            fails(_in_oc2(all_year(), born="2010-03-31", score=None, no_score_reason="SDQ1"), **in_return),
            passes(_in_oc2(all_year(), born="2010-03-30", score=None, no_score_reason="SDQ1"), **in_return),
            passes(_in_oc2(part_of_year(), score=None, no_score_reason="SDQ1"), **in_return),
            passes(_in_oc2(all_year(), score=None, no_score_reason="SDQ2"), **in_return),
        ),
        null=(
            passes(_in_oc2(all_year(), score=12, no_score_reason="SDQ1"), **in_return),
            passes(_in_oc2(all_year(), born=None, score=None, no_score_reason="SDQ1"), **in_return),
        ),
    ),
    cases(
        "903-196",
        passing=passes(_in_oc2(score=None, no_score_reason="SDQ1"), **in_return),
        failing=fails(_in_oc2(score=None, no_score_reason="SDQ9"), **in_return),
        boundary=(
            passes(_in_oc2(score=None, no_score_reason="SDQ5"), **in_return),
            fails(_in_oc2(score=None, no_score_reason="SDQ6"), **in_return),
        ),
        null=passes(_in_oc2(score=12), **in_return),
    ),
    cases(
        "903-197B",
        passing=passes(_in_oc2(all_year(), born="2021-06-15", score=12), **in_return),
        failing=(
            fails(_in_oc2(all_year(), born="2021-06-15"), **in_return),
            fails(_in_oc2(all_year(), born="2008-06-15"), **in_return),
        ),
        boundary=(
            fails(_in_oc2(all_year(), born="2021-04-01"), **in_return),
            passes(_in_oc2(all_year(), born="2021-03-31"), **in_return),
            fails(_in_oc2(all_year(), born="2009-03-31"), **in_return),
            passes(_in_oc2(all_year(), born="2009-04-01"), **in_return),
            passes(_in_oc2(part_of_year(), born="2021-06-15"), **in_return),
        ),
        null=(
            passes(_in_oc2(all_year(), born="2021-06-15", score=None, no_score_reason="SDQ2"), **in_return),
            passes(_in_oc2(all_year(), born=None), **in_return),
        ),
    ),
    cases(
        "903-197a",
        passing=passes(_in_oc2(score=12), **in_return),
        failing=fails(_in_oc2(score=12, no_score_reason="SDQ2"), **in_return),
        boundary=fails(_in_oc2(score=0, no_score_reason="SDQ9"), **in_return),
        null=passes(_in_oc2(score=None, no_score_reason="SDQ2"), **in_return),
    ),
    cases(
        "903-198",
        passing=passes(_in_oc2(all_year(), score=None, no_score_reason="SDQ2"), **in_return),
        failing=fails(_in_oc2(part_of_year(), score=None, no_score_reason="SDQ2"), **in_return),
        boundary=(
            passes(_in_oc2(placed("2025-04-01"), score=None, no_score_reason="SDQ2"), **in_return),
            fails(_in_oc2(placed("2025-04-02"), score=None, no_score_reason="SDQ2"), **in_return),
            fails(_in_oc2(all_year(legal_status="V4"), score=None, no_score_reason="SDQ2"), **in_return),
        ),
        null=passes(_in_oc2(part_of_year(), score=12), **in_return),
    ),
)
