"""Cases of the rules on a child's home postcode, and on postcodes that are out of use."""

from rule_building import a_child, an_episode, placed
from rule_cases import cases, fails, passes


def home(postcode: str | None, found: bool | None = None):
    return a_child(home_postcode=postcode, home_found=found)


def in_episode(postcode: str | None, found: bool | None = None):
    return placed("2025-07-01", home_postcode=postcode, home_found=found)


def closed_down(day: str | None, *beneath):
    return a_child(*beneath, home_postcode="E8 1EA", home_found=True, home_ended=day)


def in_la(code: str | None, *beneath):
    return a_child(*beneath, home_postcode="E8 1EA", home_found=True, home_la=code)


CASES = (
    cases(
        "CSC-108",
        passing=(
            home("E8 1EA", found=True),
            passes(a_child(in_episode("E8 1EA", found=True)), kind="ssda903"),
        ),
        failing=(
            home("E8 9ZZ", found=False),
            fails(a_child(in_episode("E8 1EA", True), in_episode("E8 9ZZ", False)), kind="ssda903"),
        ),
        boundary=(
            # with no directory at hand, what it looks like must do
            passes(home("e81ea")),
            passes(home("EC1A 1BB")),
            fails(home("E8 1E")),
            fails(home("HACKNEY")),
            fails(a_child(in_episode("E8 1E")), kind="ssda903"),
        ),
        null=(home(None), passes(a_child(in_episode(None)), kind="ssda903")),
    ),
    cases(
        "CSC-110",
        passing=closed_down("2027-01-01"),
        failing=(
            closed_down("2025-01-01"),
            a_child(an_episode(placed("2025-07-01", placement_ended="2025-01-01"))),
            fails(a_child(placed("2025-07-01", placement_ended="2025-01-01")), kind="ssda903"),
        ),
        boundary=(
            passes(closed_down("2026-03-31")),
            fails(closed_down("2026-03-30")),
            passes(a_child(an_episode(placed("2025-07-01", placement_ended="2025-07-01")))),
            fails(a_child(an_episode(placed("2025-07-01", placement_ended="2025-06-30")))),
            passes(a_child(an_episode(placed("2025-07-01", placement_ended="2025-08-01")))),
        ),
        null=(closed_down(None), a_child(an_episode(placed(None, placement_ended="2025-06-30")))),
    ),
    cases(
        "CSC-366",
        passing=in_la("204"),
        failing=in_la("205"),
        boundary=(passes(in_la("205", an_episode(placed("2025-07-01")))), fails(in_la("WAL", an_episode()))),
        null=in_la(None),
    ),
)
