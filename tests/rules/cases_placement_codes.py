"""Cases of the rules on the codes of one placement."""

from rule_building import a_placement, placed
from rule_cases import cases, fails, passes

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
        "CSC-130",
        passing=a_placement(change_reason="CARPL", end_date="2025-09-01"),
        failing=a_placement(change_reason="MOVED", end_date="2025-09-01"),
        boundary=(
            passes(a_placement(change_reason="CUSTOD", end_date="2018-03-31")),
            fails(a_placement(change_reason="custod")),
            fails(a_placement(change_reason="MOVED"), kind="ssda903"),
        ),
        null=a_placement(change_reason=None),
    ),
    cases(
        "CSC-219",
        passing=a_placement(placement_type="T1", start_reason="P"),
        failing=(
            a_placement(placement_type="T1", start_reason="S"),
            fails(a_placement(placement_type="T1", start_reason="S"), kind="ssda903"),
        ),
        boundary=(
            passes(a_placement(placement_type="T4", start_reason="B")),
            fails(a_placement(placement_type="T0", start_reason="U")),
            passes(a_placement(placement_type="U4", start_reason="S")),
        ),
        null=(
            passes(a_placement(placement_type=None, start_reason="S")),
            fails(a_placement(placement_type="T1", start_reason=None)),
        ),
    ),
    cases(
        "CSC-220",
        passing=a_placement(placement_type="T1", end_reason="X1", end_date="2025-09-01"),
        failing=a_placement(placement_type="T1", end_reason="E8", end_date="2025-09-01"),
        boundary=(
            passes(a_placement(placement_type="U4", end_reason="E8", end_date="2025-09-01")),
            fails(a_placement(placement_type="T0", end_reason="E3", end_date="2025-09-01"), kind="ssda903"),
        ),
        null=(a_placement(placement_type="T1", end_reason=None), a_placement(placement_type=None, end_reason="E8")),
    ),
    cases(
        "CSC-221",
        passing=a_placement(placement_type="A3", start_reason="T"),
        failing=(
            a_placement(placement_type="A3", start_reason="P"),
            fails(a_placement(placement_type="A5", start_reason="L"), kind="ssda903"),
        ),
        boundary=(
            fails(a_placement(placement_type="A5", start_reason="P", start_date="2015-04-01")),
            passes(a_placement(placement_type="A5", start_reason="P", start_date="2015-03-31")),
            passes(a_placement(placement_type="A4", start_reason="P")),
        ),
        null=(
            passes(a_placement(placement_type=None, start_reason="P")),
            passes(a_placement(placement_type="A3", start_reason="P", start_date=None)),
            fails(a_placement(placement_type="A3", start_reason=None)),
        ),
    ),
    cases(
        "CSC-224",
        passing=a_placement(placement_type="U4"),
        failing=a_placement(placement_type="P2", end_date="2025-09-01"),
        boundary=(
            passes(a_placement(placement_type="P2", end_date="2023-10-28")),
            fails(a_placement(placement_type="P2", end_date="2023-10-29")),
            fails(placed("2023-05-01", "2023-10-29", placement_type="P2"), kind="ssda903", as_of="2024-03-31"),
            passes(a_placement(placement_type="P2"), kind="ssda903", as_of="2025-03-31"),
            passes(a_placement(placement_type="P2"), kind="ssda903", as_of="2023-03-31"),
        ),
        null=(passes(a_placement(placement_type=None)), fails(a_placement(placement_type="P2", end_date=None))),
    ),
    cases(
        "CSC-225",
        passing=a_placement(placement_type="K3"),
        failing=(a_placement(placement_type="H5"), a_placement(placement_type="Z1")),
        boundary=(
            passes(a_placement(placement_type="Z1", end_date="2025-03-31")),
            fails(a_placement(placement_type="H5", end_date="2025-04-01")),
            passes(a_placement(placement_type="Z11")),
        ),
        null=(passes(a_placement(placement_type=None)), fails(a_placement(placement_type="H5", end_date=None))),
    ),
)
