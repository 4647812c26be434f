"""Cases of the rules on a child in need plan."""

from rule_building import a_cin_plan
from rule_cases import cases, fails, passes

CASES = (
    cases(
        "CSC-151",
        passing=a_cin_plan(start_date="2025-06-01"),
        failing=a_cin_plan(start_date="2030-06-01"),
        boundary=(passes(a_cin_plan(start_date="2026-03-31")), fails(a_cin_plan(start_date="2026-04-01"))),
        null=fails(a_cin_plan(start_date=None)),
    ),
)
