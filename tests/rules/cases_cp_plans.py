"""Cases of the rules on a child protection plan."""

from rule_building import a_cp_plan
from rule_cases import cases, fails, passes

CASES = (
    cases(
        "CSC-165",
        passing=a_cp_plan(start_date="2025-06-02", end_date="2025-12-02"),
        failing=a_cp_plan(start_date="2025-06-02", end_date="2025-01-02"),
        boundary=(
            passes(a_cp_plan(start_date="2025-06-02", end_date="2025-06-02")),
            fails(a_cp_plan(start_date="2025-06-02", end_date="2025-06-01")),
        ),
        null=(a_cp_plan(end_date=None), a_cp_plan(start_date=None, end_date="2025-06-01")),
    ),
)
