"""Cases of the rules on the decisions of PlacedAdoption."""

from functools import partial

from rule_building import Drawn, a_child, a_placing_decision, placed, the_adopters
from rule_cases import cases
from rule_cases import fails as fails_in
from rule_cases import passes as passes_in

passes, fails = partial(passes_in, kind="ssda903"), partial(fails_in, kind="ssda903")


def _decision(decided: str | None, reversed_on: str | None = None, reason: str | None = None) -> Drawn:
    return a_placing_decision(
        placed_adoption_decision_date=decided, decision_reversed_date=reversed_on, decision_reversed_reason=reason
    )


def _reversed(day: str | None, *placements: Drawn) -> Drawn:
    return a_child(*placements, _decision("2025-01-01", day, "RD1"))


def _ad1_and(decided_in_ad1: str | None, *decisions: Drawn) -> Drawn:
    return a_child(the_adopters(ad1_decision_date=decided_in_ad1), *decisions)


def _since(*before: Drawn) -> dict[str, tuple[Drawn, ...]]:
    """What last year's return held of the child."""
    return {"before": (a_child(*before),)}


nothing_else = {"matched_date": None, "foster_carer_adopter": None, "adopter_number": None}
nothing_else |= {"adopter_sex": None, "adopter_legal_status": None}
standing = _since(_decision("2024-08-01"))
reversed_last_year = _since(_decision("2024-08-01", "2024-12-01", "RD1"))

CASES = (
    cases(
        "903-118",
        passing=passes(_reversed("2025-09-01", placed("2025-05-01"))),
        failing=fails(_reversed("2024-09-01", placed("2024-05-01"))),
        boundary=(
            passes(_reversed("2025-04-01", placed("2025-04-01"))),
            fails(_reversed("2025-03-31", placed("2024-05-01"))),
            fails(_reversed("2025-08-31", placed("2025-09-01"), placed("2025-05-01", legal_status="V3"))),
            passes(_reversed("2025-09-01", placed("2025-09-01"), placed("2025-10-01"))),
        ),
        null=(
            passes(_reversed(None, placed("2025-05-01"))),
            passes(_reversed("2025-08-31", placed(None))),
            passes(_reversed("2025-08-31", placed("2025-05-01", legal_status=None))),
        ),
    ),
    cases(
        "903-119",
        passing=(passes(_decision("2025-01-01")), passes(_decision("2025-01-01", "2025-09-01", "RD1"))),
        failing=(
            fails(_decision("2025-01-01", "2025-09-01", None)),
            fails(_decision("2025-01-01", None, "RD1")),
        ),
        boundary=fails(_decision(None, None, "RD1")),
        null=passes(_decision(None)),
    ),
    cases(
        "903-120",
        passing=passes(_decision("2025-01-01", "2025-09-01", "RD1")),
        failing=fails(_decision("2025-01-01", "2025-09-01", "RD9")),
        boundary=(
            passes(_decision("2025-01-01", "2025-09-01", "RD4")),
            fails(_decision("2025-01-01", "2025-09-01", "RD5")),
        ),
        null=passes(_decision("2025-01-01")),
    ),
    cases(
        "903-522",
        passing=passes(_decision("2025-01-01", "2025-09-01")),
        failing=fails(_decision("2025-09-01", "2025-01-01")),
        boundary=(
            passes(_decision("2025-09-01", "2025-09-01")),
            fails(_decision("2025-09-01", "2025-08-31")),
        ),
        null=(passes(_decision(None, "2025-09-01")), passes(_decision("2025-09-01"))),
    ),
    cases(
        "903-523",
        passing=passes(_ad1_and("2025-08-01", _decision("2025-08-01"))),
        failing=fails(_ad1_and("2025-08-01", _decision("2025-07-01"))),
        boundary=(
            fails(_ad1_and("2025-08-01", _decision("2025-08-01"), _decision("2025-08-02"))),
            fails(_ad1_and("2025-08-01", _decision("2025-07-31"), _decision("2025-08-01"))),
        ),
        null=(passes(_ad1_and(None, _decision("2025-07-01"))), passes(_ad1_and("2025-08-01", _decision(None)))),
    ),
    cases(
        "903-525",
        passing=passes(_ad1_and("2025-08-01", _decision("2025-08-01"))),
        failing=fails(_ad1_and("2025-08-01", _decision("2025-08-01", "2025-12-01", "RD1"))),
        boundary=(
            fails(a_child(the_adopters(**nothing_else), _decision(None, "2025-12-01"))),
            passes(a_child(the_adopters(ad1_decision_date=None, **nothing_else), _decision(None, "2025-12-01"))),
        ),
        null=passes(_ad1_and("2025-08-01", _decision("2025-08-01", None, "RD1"))),
    ),
    cases(
        "903-559",
        passing=passes(_decision("2025-01-01"), **standing),
        failing=(
            fails(_decision("2025-01-01"), **_since(_decision(None))),
            fails(
                a_child(),
                a_child(_decision("2025-01-01")),
                before=(a_child(_decision("2024-08-01")), a_child()),
            ),
        ),
        boundary=(
            passes(_decision("2025-04-01"), **_since(_decision(None))),
            fails(_decision("2025-03-31"), **_since(_decision(None))),
            passes(_decision("2025-01-01"), **_since(_decision(None), _decision("2024-08-01"))),
            # nothing is held of last year
            passes(_decision("2025-01-01")),
        ),
        null=passes(_decision(None), **_since(_decision(None))),
    ),
    cases(
        "903-560",
        passing=passes(_decision("2024-08-01"), **standing),
        failing=fails(_decision("2024-09-01"), **standing),
        boundary=(
            fails(_decision("2024-08-02"), **standing),
            passes(_decision("2024-08-02"), **reversed_last_year),
            fails(_decision("2024-08-01"), **_since(_decision("2024-08-01"), _decision("2024-09-01"))),
            passes(the_adopters(), **standing),
        ),
        null=(fails(_decision(None), **standing), passes(_decision("2024-08-01"), **_since(_decision(None)))),
    ),
    cases(
        "903-561",
        passing=passes(_decision("2025-08-01"), **reversed_last_year),
        failing=fails(_decision("2024-08-01"), **reversed_last_year),
        boundary=(
            passes(_decision("2024-08-02"), **reversed_last_year),
            passes(_decision("2024-08-01"), **standing),
            fails(_decision("2024-08-01"), **_since(_decision("2024-08-01", None, "RD1"))),
        ),
        null=passes(_decision(None), **reversed_last_year),
    ),
    cases(
        "903-563",
        passing=passes(_decision("2025-01-01", "2025-09-01", "RD1")),
        failing=fails(_decision(None, "2025-09-01", "RD1")),
        boundary=(passes(_decision(None, "2025-09-01")), passes(_decision(None, None, "RD1"))),
        null=passes(_decision(None)),
    ),
    cases(
        "903-579",
        passing=passes(a_child(_decision("2025-01-01", "2025-05-01"), _decision("2025-06-01"))),
        failing=(
            fails(a_child(_decision("2025-01-01"), _decision("2025-06-01")), rows=(1,)),
            fails(a_child(_decision("2025-06-01"), _decision("2025-01-01")), rows=(0,)),
        ),
        boundary=(
            passes(a_child(_decision("2025-01-01", "2025-06-01"), _decision("2025-06-01"))),
            fails(a_child(_decision("2025-01-01", "2025-06-02"), _decision("2025-06-01")), rows=(1,)),
            passes(a_child(_decision("2025-01-01")), a_child(_decision("2025-06-01"))),
            passes(a_child(_decision("2025-01-01"), the_adopters())),
        ),
        null=(
            passes(a_child(_decision(None, "2025-06-02"), _decision("2025-06-01", "2025-07-01"))),
            fails(a_child(_decision(None), _decision("2025-06-01")), rows=(0,)),
        ),
    ),
    cases(
        "903-583",
        passing=passes(a_child(_decision("2025-01-01", "2025-05-01"), _decision("2025-06-01"))),
        failing=(
            fails(a_child(_decision("2025-01-01"), _decision("2025-06-01")), rows=(0,)),
            # the later day of the month is the earlier date
            fails(a_child(_decision("2025-01-31"), _decision("2025-06-01")), rows=(0,)),
        ),
        boundary=(
            passes(a_child(_decision("2025-06-01"), _decision("2025-01-01", "2025-07-01"))),
            fails(a_child(_decision("2025-06-01"), _decision("2025-06-01")), rows=(1,)),
            passes(a_child(_decision("2025-01-01")), a_child(_decision("2025-06-01"))),
            passes(a_child(the_adopters(), _decision("2025-06-01"))),
        ),
        null=fails(a_child(_decision(None), _decision("2025-06-01")), rows=(0,)),
    ),
    cases(
        "903-584",
        passing=passes(_decision("2025-08-01"), **reversed_last_year),
        failing=fails(_decision("2023-12-01"), **reversed_last_year),
        boundary=(
            fails(_decision("2024-08-01"), **reversed_last_year),
            passes(_decision("2024-08-02"), **reversed_last_year),
            passes(_decision("2024-07-01"), **standing),
        ),
        null=(fails(_decision(None), **reversed_last_year), passes(_decision(None), **standing)),
    ),
)
