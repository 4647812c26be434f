"""Cases of the rules on the child's own details."""

from rule_building import a_child, a_disability, a_placement, an_episode, an_sdq
from rule_cases import cases, fails, passes

CASES = (
    cases(
        "CSC-117",
        passing=a_child(a_disability("NONE"), an_episode()),
        failing=a_child(an_episode()),
        boundary=(
            fails(a_child(a_disability("MOB"), a_disability("OTHER"), an_episode())),
            passes(a_child(an_episode(referral_no_further_action_flag=True))),
            passes(a_child()),
        ),
        null=(
            passes(a_child(an_episode(referral_no_further_action_flag=None))),
            passes(a_child(an_episode(), date_of_birth=None)),
        ),
    ),
    cases(
        "CSC-119",
        passing=a_child(unique_pupil_number_unknown_reason="UN1"),
        failing=a_child(unique_pupil_number_unknown_reason="UN11"),
        boundary=(
            passes(a_child(unique_pupil_number_unknown_reason="UN10")),
            fails(a_child(unique_pupil_number_unknown_reason="UN0")),
        ),
        null=a_child(unique_pupil_number_unknown_reason=None),
    ),
    cases(
        "CSC-135",
        passing=a_child(date_of_birth="2015-06-15"),
        failing=a_child(date_of_birth="2027-01-01"),
        boundary=(passes(a_child(date_of_birth="2026-03-31")), fails(a_child(date_of_birth="2026-04-01"))),
        null=a_child(date_of_birth=None),
    ),
    cases(
        "CSC-176",
        passing=a_child(date_of_birth="2005-01-10", uasc_end_date="2020-01-01"),
        failing=a_child(date_of_birth="2005-01-10", uasc_end_date="2024-01-01"),
        boundary=(
            passes(a_child(date_of_birth="2004-02-29", uasc_end_date="2022-02-28")),
            fails(a_child(date_of_birth="2004-02-29", uasc_end_date="2022-03-01")),
        ),
        null=(a_child(date_of_birth=None, uasc_end_date="2024-01-01"), a_child(uasc_end_date=None)),
    ),
    cases(
        "CSC-195",
        passing=a_child(date_of_birth="2015-06-15"),
        failing=a_child(date_of_birth="2015-06-15", expected_date_of_birth="2015-06-20"),
        boundary=a_child(date_of_birth=None, expected_date_of_birth="2026-06-20"),
        null=fails(a_child(date_of_birth=None, expected_date_of_birth=None)),
    ),
    cases(
        "CSC-294",
        passing=(passes(a_child(unique_pupil_number="h1"), a_child(unique_pupil_number="h2"))),
        failing=fails(a_child(unique_pupil_number="h1"), a_child(unique_pupil_number="h1"), rows=(0, 1)),
        boundary=passes(a_child(unique_pupil_number="h1")),
        null=passes(a_child(unique_pupil_number=None), a_child(unique_pupil_number=None)),
    ),
    cases(
        "CSC-342",
        passing=a_child(an_episode()),
        failing=a_child(an_episode(a_placement(end_date="1753-01-01"))),
        boundary=(
            fails(a_child(date_of_birth="1899-12-31")),
            passes(a_child(date_of_birth="1900-01-01")),
            fails(a_child(an_sdq(date="1899-12-30")), kind="ssda903"),
        ),
        null=a_child(an_episode(referral_date=None), date_of_birth=None),
    ),
    cases(
        "CSC-343",
        passing=a_child(an_episode(referral_date="2025-05-01"), date_of_birth="2015-06-15"),
        failing=a_child(an_episode(referral_date="2025-05-01"), date_of_birth="1999-01-01"),
        boundary=(
            passes(a_child(an_episode(referral_date="2025-05-01"), date_of_birth="1999-05-02")),
            fails(a_child(an_episode(referral_date="2025-05-01"), date_of_birth="1999-05-01")),
            passes(a_child(date_of_birth="1996-03-31")),
            fails(a_child(date_of_birth="1996-03-30")),
        ),
        null=(a_child(an_episode(), date_of_birth=None), a_child(an_episode(referral_date=None))),
    ),
)
