"""Cases of the rules on placements."""

from rule_building import Drawn, a_child, a_placement, an_episode
from rule_cases import cases, fails, passes


def _placed(*spans: tuple[str | None, str | None]) -> Drawn:
    return a_child(
        an_episode(
            *(
                a_placement(child_looked_after_placement_id=f"L{n}", start_date=start, end_date=end)
                for n, (start, end) in enumerate(spans)
            )
        )
    )


CASES = (
    cases(
        "CSC-127",
        passing=a_placement(start_reason="S"),
        failing=a_placement(start_reason="X"),
        boundary=(passes(a_placement(start_reason="U")), fails(a_placement(start_reason="s"))),
        null=a_placement(start_reason=None),
    ),
    cases(
        "CSC-128",
        passing=a_placement(placement_type="U4"),
        failing=fails(a_placement(placement_type="Q9"), severity="error"),
        boundary=(
            passes(a_placement(placement_type="H5", end_date="2025-03-31")),
            fails(a_placement(placement_type="H5", end_date="2025-04-01"), severity="warning"),
            fails(a_placement(placement_type="H5", end_date="2025-04-01"), kind="ssda903", severity="error"),
            fails(a_placement(placement_type="K3", end_date="2024-03-31")),
            passes(a_placement(placement_type="K3", end_date="2024-04-01")),
        ),
        null=(passes(a_placement(placement_type=None)), passes(a_placement(placement_type="K3", end_date=None))),
    ),
    cases(
        "CSC-129",
        passing=a_placement(end_reason="E8", end_date="2025-09-01"),
        failing=a_placement(end_reason="E99", end_date="2025-09-01"),
        boundary=(passes(a_placement(end_reason="E17")), fails(a_placement(end_reason="E18"))),
        null=a_placement(end_reason=None),
    ),
    cases(
        "CSC-170",
        passing=a_placement(start_date="2025-07-01"),
        failing=a_placement(start_date="2030-07-01"),
        boundary=(passes(a_placement(start_date="2026-03-31")), fails(a_placement(start_date="2026-04-01"))),
        null=a_placement(start_date=None),
    ),
    cases(
        "CSC-172",
        passing=a_placement(start_date="2025-07-01", end_date="2025-09-01"),
        failing=a_placement(start_date="2025-07-01", end_date="2025-01-01"),
        boundary=(
            passes(a_placement(start_date="2025-07-01", end_date="2025-07-01")),
            fails(a_placement(start_date="2025-07-01", end_date="2025-06-30")),
        ),
        null=(a_placement(end_date=None), a_placement(start_date=None, end_date="2025-06-30")),
    ),
    cases(
        "CSC-217",
        passing=a_placement(end_date="2025-09-01", end_reason="E8"),
        failing=a_placement(end_date="2025-09-01", end_reason=None),
        boundary=fails(a_placement(end_date=None, end_reason="X1")),
        null=a_placement(end_date=None, end_reason=None),
    ),
    cases(
        "CSC-246",
        passing=a_child(an_episode(a_placement()), date_of_birth="2015-06-15"),
        failing=a_child(an_episode(a_placement()), date_of_birth="2005-06-15"),
        boundary=(
            passes(a_child(an_episode(a_placement()), date_of_birth="2008-03-31")),
            fails(a_child(an_episode(a_placement()), date_of_birth="2008-03-30")),
            passes(a_child(an_episode(a_placement(placement_type="K2")), date_of_birth="2005-06-15")),
            fails(a_child(a_placement(placement_type="K2"), date_of_birth="2005-06-15"), kind="ssda903"),
            passes(
                a_child(a_placement(placement_type="K2", legal_status="V2"), date_of_birth="2005-06-15"), kind="ssda903"
            ),
        ),
        null=(
            passes(a_child(an_episode(a_placement()), date_of_birth=None)),
            fails(a_child(an_episode(a_placement(placement_type=None)), date_of_birth="2005-06-15")),
        ),
    ),
    cases(
        "CSC-308",
        passing=_placed(("2025-05-01", "2025-06-01"), ("2025-07-01", None)),
        failing=fails(_placed(("2025-05-01", "2025-08-01"), ("2025-07-01", None)), rows=(1,)),
        boundary=(
            passes(_placed(("2025-05-01", "2025-07-01"), ("2025-07-01", None))),
            fails(_placed(("2025-07-01", None), ("2025-05-01", "2025-07-02")), rows=(0,)),
            passes(_placed(("2025-05-01", "2025-08-01")), _placed(("2025-07-01", None))),
        ),
        null=(
            _placed(("2025-05-01", None), ("2025-07-01", None)),
            _placed((None, "2025-08-01"), (None, None)),
        ),
    ),
)
