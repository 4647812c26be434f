"""Cases of the rules on adoptions."""

from rule_building import an_adoption
from rule_cases import cases, fails, passes

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
)
