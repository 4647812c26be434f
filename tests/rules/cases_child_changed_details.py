"""Cases of the rules on details of a child that are not what the source said before."""

from rule_building import Drawn, a_child
from rule_cases import Verdict, cases, fails, passes


def ok(now: Drawn, then: Drawn, kind="payload") -> Verdict:
    return passes(now, before=(then,), kind=kind)


def bad(now: Drawn, then: Drawn, kind="payload") -> Verdict:
    return fails(now, before=(then,), kind=kind)


def sexed(sex: str | None, born: str | None = "2015-06-15") -> Drawn:
    return a_child(sex=sex, date_of_birth=born)


def born(day: str | None) -> Drawn:
    return a_child(date_of_birth=day)


def of(ethnicity: str | None) -> Drawn:
    return a_child(ethnicity=ethnicity)


def numbered(upn: str | None = None, reason: str | None = None) -> Drawn:
    return a_child(unique_pupil_number=upn, unique_pupil_number_unknown_reason=reason)


NOT_IN_HEADER = a_child(sex=None, ethnicity=None)
NOT_HELD_BEFORE = {"before": (a_child(),)}

CASES = (
    cases(
        "CSC-327",
        passing=(ok(sexed("F"), sexed("F")), ok(sexed("F"), sexed("F"), "ssda903")),
        failing=(bad(sexed("M"), sexed("F")), bad(sexed("M"), sexed("F"), "ssda903")),
        boundary=(
            ok(sexed("M"), sexed("U", born=None)),
            bad(sexed("M"), sexed("U")),
            bad(sexed("M"), sexed("U", born=None), "ssda903"),
            ok(NOT_IN_HEADER, sexed("F"), "ssda903"),
            ok(sexed("F"), NOT_IN_HEADER, "ssda903"),
            passes(a_child(), sexed("M"), **NOT_HELD_BEFORE),
            passes(sexed("M")),
        ),
        null=(ok(sexed(None), sexed("F")), bad(sexed(None), sexed("F"), "ssda903"), ok(sexed("M"), sexed(None))),
    ),
    cases(
        "CSC-328",
        passing=(ok(born("2015-06-15"), born("2015-06-15")), ok(born(None), born(None), "ssda903")),
        failing=(
            bad(born("2015-06-16"), born("2015-06-15")),
            bad(born("2015-06-16"), born("2015-06-15"), "ssda903"),
        ),
        boundary=(ok(born("2015-06-15"), born(None)), passes(a_child(), born("2015-06-16"), **NOT_HELD_BEFORE)),
        null=(ok(born(None), born("2015-06-15")), bad(born(None), born("2015-06-15"), "ssda903")),
    ),
    cases(
        "CSC-329",
        passing=(ok(of("WBRI"), of("WBRI")), ok(of("WBRI"), of("WBRI"), "ssda903")),
        failing=(bad(of("AIND"), of("WBRI")), bad(of("AIND"), of("NOBT"), "ssda903")),
        boundary=(
            ok(of("wbri"), of("WBRI")),
            ok(of("wbri"), of("WBRI"), "ssda903"),
            passes(a_child(), of("AIND"), **NOT_HELD_BEFORE),
        ),
        null=(ok(of(None), of("WBRI")), bad(of(None), of("WBRI"), "ssda903"), ok(of(None), of(None), "ssda903")),
    ),
    cases(
        "CSC-330",
        passing=(ok(numbered("h1"), numbered("h1")), ok(numbered(None, "UN2"), numbered(None, "un2"), "ssda903")),
        failing=(bad(numbered("h2"), numbered("h1")), bad(numbered("h2"), numbered("h1"), "ssda903")),
        boundary=(
            ok(numbered("h1"), numbered(None, "UN3"), "ssda903"),
            ok(numbered(None, "UN4"), numbered(None, "UN1"), "ssda903"),
            bad(numbered(None, "UN1"), numbered(None, "UN4"), "ssda903"),
            bad(numbered(None, "UN3"), numbered(None, "UN2"), "ssda903"),
            bad(numbered(None, "UN3"), numbered("h1")),
            ok(NOT_IN_HEADER, numbered("h1"), "ssda903"),
            passes(a_child(), numbered("h1"), **NOT_HELD_BEFORE),
        ),
        null=(
            ok(numbered(), numbered()),
            ok(numbered("h1"), numbered()),
            ok(numbered(None, "UN2"), numbered()),
            bad(numbered(None, "UN1"), numbered(), "ssda903"),
            bad(numbered(), numbered("h1"), "ssda903"),
            bad(numbered(), numbered("h1")),
        ),
    ),
)
