"""Cases of the rules on the health of children looked after for a year."""

from functools import partial

from rule_building import Drawn, a_child, a_health_check, placed
from rule_cases import Cases, cases
from rule_cases import fails as fails_in
from rule_cases import passes as passes_in

passes, fails = partial(passes_in, kind="ssda903"), partial(fails_in, kind="ssda903")
all_year, part_of_year = placed("2024-01-01"), placed("2025-06-01")
nothing = partial(Drawn, "cla_health")


def _health(*placements: Drawn, born: str | None = "2015-06-15", **values: str | None) -> Drawn:
    """A child in OC2 with these details changed."""
    return a_child(*placements, a_health_check(**values), date_of_birth=born)


def _only(**values: str | None) -> Drawn:
    """A child in OC2 with these details only."""
    return nothing(values)


def _substance(misuse: str | None, received: str | None, offered: str | None) -> Drawn:
    return a_health_check(substance_misuse=misuse, intervention_received=received, intervention_offered=offered)


def _needs_the_four(rule_id: str, item: str) -> Cases:
    """A detail that asks for immunisations, teeth, health assessment and substance misuse when it is 1."""
    return cases(
        rule_id,
        passing=passes(a_health_check(**{item: "1"})),
        failing=fails(a_health_check(**{item: "1", "teeth_check": None})),
        boundary=(
            fails(_only(**{item: "1"})),
            passes(a_health_check(**{item: "0", "teeth_check": None})),
            fails(a_health_check(**{item: "1", "substance_misuse": None})),
        ),
        null=passes(a_health_check(**{item: None, "teeth_check": None})),
    )


CASES = (
    cases(
        "903-158",
        passing=passes(_substance("1", "1", None)),
        failing=fails(_substance("1", "1", "1")),
        boundary=(fails(_substance("1", "1", "0")), passes(_substance("1", "0", "1"))),
        null=passes(_substance("1", None, "1")),
    ),
    cases(
        "903-159",
        passing=passes(_substance("1", "0", "1")),
        failing=fails(_substance("1", "0", None)),
        boundary=(passes(_substance("0", "0", None)), passes(_substance("1", "1", None))),
        null=(passes(_substance(None, "0", None)), passes(_substance("1", None, None))),
    ),
    cases(
        "903-181",
        passing=passes(a_health_check()),
        failing=fails(a_health_check(convicted="2")),
        boundary=(
            passes(a_health_check(health_check="1", intervention_received="0", intervention_offered="0")),
            fails(a_health_check(intervention_offered="Y")),
            fails(a_health_check(teeth_check="01")),
        ),
        null=(passes(_only()), passes(_only(convicted="0"))),
    ),
    cases(
        "903-182",
        passing=passes(a_health_check()),
        failing=fails(a_health_check(immunisations=None)),
        boundary=(
            fails(_only(intervention_offered="0")),
            passes(a_health_check(convicted=None, teeth_check=None)),
            fails(a_health_check(convicted=None, health_check="1", substance_misuse=None)),
        ),
        null=passes(_only()),
    ),
    cases(
        "903-190",
        passing=passes(_health(all_year)),
        failing=fails(_health(part_of_year)),
        boundary=(
            passes(_health(placed("2025-04-01"))),
            fails(_health(placed("2025-04-02"))),
            fails(_health(), a_child(all_year)),
            fails(a_child(part_of_year, _only(intervention_offered="0"))),
            passes(_health(placed("2024-01-01", "2026-03-31", end_reason="E4A"))),
            fails(_health(placed("2024-01-01", "2026-03-30", end_reason="E4A"))),
        ),
        null=passes(a_child(part_of_year, _only())),
    ),
    cases(
        "903-191",
        passing=passes(_health(all_year)),
        failing=(fails(_health(all_year, teeth_check=None)), fails(a_child(all_year), _health())),
        boundary=(
            fails(_health(all_year, immunisations=None, health_assessment=None)),
            passes(_health(all_year, convicted=None)),
            passes(_health(part_of_year, teeth_check=None)),
            passes(a_child(all_year)),
        ),
        null=(fails(a_child(all_year, _only())), passes(a_child(part_of_year), _health())),
    ),
    cases(
        "903-192",
        passing=passes(_substance("1", "0", "1")),
        failing=fails(_substance("1", None, "1")),
        boundary=passes(_substance("0", None, None)),
        null=passes(_substance(None, None, "1")),
    ),
    cases(
        "903-193",
        passing=passes(_substance("0", None, None)),
        failing=(fails(_substance("0", "1", None)), fails(_substance("0", None, "0"))),
        boundary=passes(_substance("1", "1", None)),
        null=(fails(_substance(None, "1", None)), passes(_substance(None, None, None))),
    ),
    cases(
        "903-542",
        passing=passes(_health()),
        failing=fails(_health(born="2020-06-15")),
        boundary=(passes(_health(born="2016-03-31")), fails(_health(born="2016-04-01"))),
        null=(passes(_health(born=None)), passes(_health(born="2020-06-15", convicted=None))),
    ),
    cases(
        "903-543",
        passing=passes(_health(all_year)),
        failing=fails(_health(all_year, convicted=None)),
        boundary=(
            fails(_health(all_year, born="2016-03-31", convicted=None)),
            passes(_health(all_year, born="2016-04-01", convicted=None)),
            passes(_health(part_of_year, convicted=None)),
        ),
        null=passes(_health(all_year, born=None, convicted=None)),
    ),
    _needs_the_four("903-544", "convicted"),
    cases(
        "903-545",
        passing=passes(_health(all_year, born="2022-06-15", health_check="1")),
        failing=fails(_health(all_year, born="2022-06-15")),
        boundary=(
            fails(_health(all_year, born="2021-04-01")),
            passes(_health(all_year, born="2021-03-31")),
            passes(_health(part_of_year, born="2022-06-15")),
        ),
        null=passes(_health(all_year, born=None)),
    ),
    cases(
        "903-546",
        passing=passes(_health(all_year)),
        failing=fails(_health(all_year, health_check="0")),
        boundary=(
            fails(_health(all_year, born="2021-03-31", health_check="1")),
            passes(_health(all_year, born="2021-04-01", health_check="1")),
            passes(_health(part_of_year, health_check="1")),
        ),
        null=(passes(_health(all_year, born=None, health_check="1")), passes(_health(all_year, health_check=None))),
    ),
    _needs_the_four("903-547", "health_check"),
)
