"""Cases of the rules on a child in need plan."""

from date_cases import in_order, in_the_future, not_on_one_day, outside_the_year
from rule_building import a_child, a_cin_plan, an_episode
from rule_cases import cases, fails, passes

CASES = (
    cases(
        "CSC-151",
        passing=a_cin_plan(start_date="2025-06-01"),
        failing=a_cin_plan(start_date="2030-06-01"),
        boundary=(passes(a_cin_plan(start_date="2026-03-31")), fails(a_cin_plan(start_date="2026-04-01"))),
        null=fails(a_cin_plan(start_date=None)),
    ),
    in_order("CSC-145", lambda referred, start: an_episode(a_cin_plan(start_date=start), referral_date=referred)),
    in_order("CSC-152", lambda start, end: a_cin_plan(start_date=start, end_date=end)),
    not_on_one_day("CSC-153", lambda start, end: a_cin_plan(start_date=start, end_date=end)),
    in_the_future("CSC-154", lambda end: a_cin_plan(end_date=end)),
    outside_the_year("CSC-155", lambda end: a_cin_plan(end_date=end)),
    cases(
        "CSC-352",
        passing=a_cin_plan(start_date="2021-06-01", end_date="2025-06-01"),
        failing=a_cin_plan(start_date="2015-06-01", end_date="2025-06-01"),
        boundary=(
            passes(a_cin_plan(start_date="2020-06-01", end_date="2025-06-01")),
            fails(a_cin_plan(start_date="2020-06-01", end_date="2025-06-02")),
            passes(a_cin_plan(start_date="2021-03-31")),
            fails(a_cin_plan(start_date="2021-03-30")),
        ),
        null=a_cin_plan(start_date=None, end_date="2025-06-01"),
    ),
    in_order(
        "CIN-4008",
        lambda start, died: a_child(an_episode(a_cin_plan(start_date=start)), date_of_death=died),
        kind="cin",
    ),
    in_order(
        "CIN-4009Q", lambda end, died: a_child(an_episode(a_cin_plan(end_date=end)), date_of_death=died), kind="cin"
    ),
)
