"""Cases of the rules on section 47 enquiries and their conferences."""

from rule_building import an_enquiry
from rule_cases import cases, fails, passes

CASES = (
    cases(
        "CSC-158",
        passing=an_enquiry(start_date="2025-05-12", end_date="2025-05-20"),
        failing=an_enquiry(start_date="2025-05-12", end_date="2025-05-01"),
        boundary=(
            passes(an_enquiry(start_date="2025-05-12", end_date="2025-05-12")),
            fails(an_enquiry(start_date="2025-05-12", end_date="2025-05-11")),
            passes(an_enquiry(end_date="2026-03-31")),
            fails(an_enquiry(end_date="2026-04-01")),
        ),
        null=(an_enquiry(end_date=None), an_enquiry(start_date=None, end_date="2025-05-20")),
    ),
    cases(
        "CSC-162",
        passing=an_enquiry(icpc_date="2025-05-21"),
        failing=an_enquiry(icpc_date="2025-05-25"),
        boundary=(
            passes(an_enquiry(icpc_date="2025-05-23")),  # Friday
            fails(an_enquiry(icpc_date="2025-05-24")),
            passes(an_enquiry(icpc_date="2025-05-26")),  # Monday
        ),
        null=an_enquiry(icpc_date=None),
    ),
)
