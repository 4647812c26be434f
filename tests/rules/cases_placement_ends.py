"""Cases of the rules on how a placement ended."""

from rule_building import a_placement, an_episode, placed
from rule_cases import cases, fails, passes

CASES = (
    cases(
        "CSC-217",
        passing=a_placement(end_date="2025-09-01", end_reason="E8"),
        failing=a_placement(end_date="2025-09-01", end_reason=None),
        boundary=fails(a_placement(end_date=None, end_reason="X1")),
        null=a_placement(end_date=None, end_reason=None),
    ),
    cases(
        "CSC-218",
        passing=placed("2025-07-01", "2025-09-01", change_reason="CARPL"),
        failing=placed("2025-07-01", change_reason="CARPL"),
        boundary=(
            fails(placed("2025-07-01", change_reason="CARPL"), kind="ssda903"),
            passes(placed("2024-07-01", change_reason="CARPL"), kind="ssda903", as_of="2025-03-31"),
        ),
        null=placed("2025-07-01", change_reason=None),
    ),
    cases(
        "CSC-222",
        passing=placed("2025-07-01", "2025-09-01", end_reason="E11", placement_type="A5"),
        failing=placed("2025-07-01", "2025-09-01", end_reason="E11", placement_type="U4"),
        boundary=(
            passes(placed("2025-07-01", "2025-09-01", end_reason="E12", placement_type="A3")),
            fails(placed("2025-07-01", "2025-09-01", end_reason="E12", placement_type="K2"), kind="ssda903"),
            passes(placed("2025-07-01", "2025-09-01", end_reason="E13", placement_type="U4")),
        ),
        null=(
            passes(placed("2025-07-01", end_reason=None)),
            fails(placed("2025-07-01", "2025-09-01", end_reason="E11", placement_type=None)),
        ),
    ),
    cases(
        "CSC-223",
        passing=placed("2025-07-01", "2025-09-01", end_reason="E45", placement_type="U1"),
        failing=placed("2025-07-01", "2025-09-01", end_reason="E45", placement_type="P1"),
        boundary=(
            passes(placed("2025-07-01", "2025-09-01", end_reason="E46", placement_type="U6")),
            fails(placed("2025-07-01", "2025-09-01", end_reason="E46", placement_type="A3"), kind="ssda903"),
            passes(placed("2025-07-01", "2025-09-01", end_reason="E47", placement_type="P1")),
        ),
        null=(
            passes(placed("2025-07-01", end_reason=None, placement_type="P1")),
            fails(placed("2025-07-01", "2025-09-01", end_reason="E46", placement_type=None)),
        ),
    ),
    cases(
        "CSC-276",
        passing=an_episode(
            placed("2025-07-01", "2025-09-01", end_reason="E2"), closure_date="2025-09-01", closure_reason="RC2"
        ),
        failing=(
            an_episode(
                placed("2025-07-01", "2025-09-01", end_reason="E2"), closure_date="2025-09-01", closure_reason="RC1"
            ),
            an_episode(
                placed("2025-07-01", "2025-09-01", end_reason="E8"), closure_date="2025-09-01", closure_reason="RC2"
            ),
        ),
        boundary=(
            passes(
                an_episode(
                    placed("2025-07-01", "2025-08-01", end_reason="X1"),
                    placed("2025-08-01", "2025-09-01", end_reason="E2"),
                    closure_reason="RC2",
                )
            ),
            fails(
                an_episode(
                    placed("2025-08-01", "2025-09-01", end_reason="X1"),
                    placed("2025-07-01", "2025-08-01", end_reason="X1"),
                    closure_reason="RC2",
                )
            ),
        ),
        null=(
            an_episode(placed("2025-07-01", "2025-09-01", end_reason="E2"), closure_reason=None),
            an_episode(placed("2025-07-01", end_reason=None), closure_reason="RC2"),
        ),
    ),
)
