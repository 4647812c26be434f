"""Cases of the rules on the dates of an adoption."""

from functools import partial

from rule_building import (
    Drawn,
    a_child,
    a_placing_decision,
    an_adoption,
    an_episode,
    placed,
    the_adopters,
)
from rule_cases import cases, fails, passes

in_return = {"kind": "ssda903"}
for_adoption = partial(placed, placement_type="A5")


def _beside(*placements: Drawn, **dates: str | None) -> Drawn:
    """A child with these placements and an adoption with these dates, as a payload gives it."""
    return a_child(an_episode(*placements, an_adoption(**dates)))


def _decided(day: str | None, *placements: Drawn, **more: str | None) -> Drawn:
    """A child in PlacedAdoption, with that decision."""
    return a_child(*placements, a_placing_decision(placed_adoption_decision_date=day, **more))


def _in_ad1(day: str | None, *placements: Drawn) -> Drawn:
    """A child in AD1, with that decision."""
    return a_child(*placements, the_adopters(ad1_decision_date=day))


def _two(first: Drawn, second: Drawn) -> Drawn:
    return a_child(an_episode(first), an_episode(second, social_care_episode_id="E2"))


CASES = (
    cases(
        "CSC-179",
        passing=an_adoption(initial_decision_date="2025-08-01", matched_date="2025-09-01"),
        failing=fails(an_adoption(initial_decision_date="2025-10-01", matched_date="2025-09-01"), severity="error"),
        boundary=(
            passes(an_adoption(initial_decision_date="2025-09-01", matched_date="2025-09-01")),
            fails(an_adoption(initial_decision_date="2025-09-02", matched_date="2025-09-01")),
        ),
        null=(
            passes(an_adoption(matched_date=None)),
            fails(an_adoption(initial_decision_date=None, matched_date="2025-09-01"), severity="warning"),
        ),
    ),
    cases(
        "CSC-180",
        passing=(an_adoption(), passes(_decided("2025-08-01"), **in_return)),
        failing=(an_adoption(initial_decision_date="2014-08-01"), fails(_decided("2014-08-01"), **in_return)),
        boundary=(
            passes(an_adoption(initial_decision_date="2015-06-15")),
            fails(an_adoption(initial_decision_date="2015-06-14")),
            passes(_in_ad1("2015-06-14"), **in_return),
        ),
        null=(an_adoption(initial_decision_date=None), passes(_decided(None), **in_return)),
    ),
    cases(
        "CSC-181",
        passing=an_adoption(matched_date="2025-09-01", placed_date="2025-10-01"),
        failing=an_adoption(matched_date="2025-11-01", placed_date="2025-10-01"),
        boundary=(
            passes(an_adoption(matched_date="2025-10-01", placed_date="2025-10-01")),
            fails(an_adoption(matched_date="2025-10-02", placed_date="2025-10-01")),
        ),
        null=an_adoption(matched_date="2025-09-01", placed_date=None),
    ),
    cases(
        "CSC-182",
        passing=(
            an_adoption(placed_date="2025-10-01"),
            passes(_decided("2025-08-01", for_adoption("2025-10-01")), **in_return),
        ),
        failing=(
            an_adoption(initial_decision_date="2025-11-01", placed_date="2025-10-01"),
            fails(_decided("2025-11-01", for_adoption("2025-10-01"), for_adoption("2025-12-01")), **in_return),
        ),
        boundary=(
            passes(an_adoption(initial_decision_date="2025-10-01", placed_date="2025-10-01")),
            fails(an_adoption(initial_decision_date="2025-10-02", placed_date="2025-10-01")),
            passes(_decided("2025-10-01", for_adoption("2025-10-01")), **in_return),
            passes(_decided("2025-11-01", placed("2025-10-01")), **in_return),
            passes(_in_ad1("2025-11-01", for_adoption("2025-10-01")), **in_return),
        ),
        null=(
            an_adoption(placed_date=None),
            passes(_decided(None, for_adoption("2025-10-01")), **in_return),
            passes(_decided("2025-11-01", for_adoption(None)), **in_return),
        ),
    ),
    cases(
        "CSC-183",
        passing=(
            _beside(for_adoption("2025-10-01")),
            passes(_in_ad1("2025-08-01", for_adoption("2025-10-01")), **in_return),
        ),
        failing=(
            _beside(for_adoption("2025-06-01"), for_adoption("2025-10-01")),
            fails(_in_ad1("2025-08-01", for_adoption("2025-06-01")), **in_return),
        ),
        boundary=(
            passes(_beside(for_adoption("2025-08-01"))),
            fails(_beside(for_adoption("2025-07-31"))),
            passes(_beside(placed("2025-06-01", placement_type="A2"))),
            passes(_decided("2025-08-01", for_adoption("2025-06-01")), **in_return),
        ),
        null=(_beside(for_adoption("2025-06-01"), initial_decision_date=None), _beside(for_adoption(None))),
    ),
    cases(
        "CSC-184",
        passing=an_adoption(matched_date="2025-09-01", placed_date="2025-10-01"),
        failing=an_adoption(placed_date="2027-10-01"),
        boundary=(
            passes(an_adoption(matched_date="2026-03-31")),
            fails(an_adoption(matched_date="2026-04-01")),
        ),
        null=an_adoption(initial_decision_date=None),
    ),
    cases(
        "CSC-185",
        passing=(_beside(placed("2025-07-01")), passes(_decided("2025-08-01", placed("2025-07-01")), **in_return)),
        failing=(
            _beside(placed("2025-09-01"), placed("2025-10-01")),
            fails(_decided("2025-08-01", placed("2025-09-01")), **in_return),
        ),
        boundary=(
            passes(_beside(placed("2025-08-01"))),
            fails(_beside(placed("2025-08-02"))),
            passes(_beside(placed("2025-07-01"), placed("2025-09-01"))),
            passes(_beside(placed("2025-09-01", start_reason="P"))),
            passes(_in_ad1("2025-08-01", placed("2025-09-01")), **in_return),
        ),
        null=(_beside(placed("2025-09-01"), initial_decision_date=None), _beside(placed(None))),
    ),
    cases(
        "CSC-186",
        passing=(_beside(placed("2025-07-01")), passes(_in_ad1("2025-08-01", placed("2025-07-01")), **in_return)),
        failing=(
            fails(_beside(placed("2025-05-01", "2025-06-01"), placed("2025-09-01")), severity="warning"),
            fails(
                _in_ad1("2025-08-01", placed("2025-05-01", "2025-06-01"), placed("2025-09-01")),
                severity="error",
                **in_return,
            ),
        ),
        boundary=(
            passes(_beside(placed("2025-08-01"))),
            fails(_beside(placed("2025-08-02"))),
            passes(_beside(placed("2025-05-01", "2025-09-01"), placed("2025-09-01"))),
            fails(_beside(placed("2025-05-01", "2025-08-31"), placed("2025-09-01", start_reason="P"))),
            passes(_in_ad1("2025-08-01", placed("2025-05-01"), placed("2025-09-01", start_reason="P")), **in_return),
            passes(_decided("2025-08-01", placed("2025-09-01")), **in_return),
        ),
        null=(_beside(placed("2025-09-01"), initial_decision_date=None), _beside(placed(None))),
    ),
    cases(
        "CSC-187",
        passing=(
            _beside(placed("2025-05-01", "2025-09-01", end_reason="E12")),
            passes(_decided("2025-08-01", placed("2025-05-01")), **in_return),
        ),
        failing=(
            _beside(placed("2025-05-01", "2025-07-01", end_reason="E12")),
            an_adoption(initial_decision_date="2026-05-01"),
            fails(
                _decided("2025-06-01", placed("2025-05-01", "2025-07-01"), decision_reversed_date="2025-08-01"),
                **in_return,
            ),
            fails(_decided("2026-04-01", placed("2025-05-01", "2025-06-01", end_reason="X1")), **in_return),
        ),
        boundary=(
            passes(_beside(placed("2025-05-01", "2025-08-01", end_reason="E12"))),
            fails(_beside(placed("2025-05-01", "2025-07-31", end_reason="E12"))),
            passes(_beside(placed("2025-05-01", "2025-07-01", end_reason="X1"))),
            # back in care since
            passes(_beside(placed("2025-05-01", "2025-06-01", end_reason="E4A"), placed("2025-07-01"))),
            passes(an_adoption(initial_decision_date="2026-03-31")),
            fails(an_adoption(initial_decision_date="2026-04-01")),
            passes(_in_ad1("2025-08-01", placed("2025-05-01", "2025-07-01", end_reason="E4A")), **in_return),
        ),
        null=(
            _beside(placed("2025-05-01", "2025-07-01", end_reason="E12"), initial_decision_date=None),
            _beside(placed(None, "2025-07-01", end_reason="E12")),
            passes(_decided(None, placed("2025-05-01", "2025-07-01")), **in_return),
        ),
    ),
    cases(
        "CSC-360",
        passing=_two(an_adoption(), an_adoption()),
        failing=fails(_two(an_adoption(), an_adoption(initial_decision_date="2025-08-02")), rows=(0, 1)),
        boundary=fails(_two(an_adoption(), an_adoption(matched_date="2025-09-01")), rows=(0, 1)),
        null=_two(an_adoption(initial_decision_date=None), an_adoption(initial_decision_date=None)),
    ),
)
