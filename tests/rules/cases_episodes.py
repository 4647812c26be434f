"""Cases of the rules on a social care episode by itself and beside the child."""

from rule_building import a_child, an_episode
from rule_cases import cases, fails, passes

CASES = (
    cases(
        "CSC-121",
        passing=an_episode(referral_source="5D"),
        failing=fails(an_episode(referral_source="ZZ"), severity="error"),
        boundary=(
            passes(an_episode(referral_date="2013-03-31", referral_source="ZZ")),
            fails(an_episode(referral_date="2013-04-01", referral_source="ZZ")),
        ),
        null=(
            fails(an_episode(referral_source=None), severity="warning"),
            fails(an_episode(referral_source=None), kind="cin", severity="error"),
            passes(an_episode(referral_source="ZZ", referral_date=None)),
        ),
    ),
    cases(
        "CSC-122",
        passing=an_episode(referral_no_further_action_flag=True),
        failing=fails(an_episode(referral_no_further_action_flag=None), kind="cin", severity="error"),
        boundary=an_episode(referral_no_further_action_flag=False),
        null=fails(an_episode(referral_no_further_action_flag=None), severity="warning"),
    ),
    cases(
        "CSC-123",
        passing=an_episode(closure_reason="RC1"),
        failing=an_episode(closure_reason="RC10"),
        boundary=(passes(an_episode(closure_reason="RC9")), fails(an_episode(closure_reason="RC0"))),
        null=an_episode(closure_reason=None),
    ),
    cases(
        "CSC-136",
        passing=an_episode(referral_date="2025-05-01"),
        failing=an_episode(referral_date="2030-01-01"),
        boundary=(passes(an_episode(referral_date="2026-03-31")), fails(an_episode(referral_date="2026-04-01"))),
        null=fails(an_episode(referral_date=None)),
    ),
    cases(
        "CSC-137",
        passing=a_child(an_episode(referral_date="2025-05-01"), date_of_birth="2025-06-01"),
        failing=a_child(an_episode(referral_date="2014-01-01"), date_of_birth="2015-06-15"),
        boundary=(
            passes(a_child(an_episode(referral_date="2025-03-27"), date_of_birth="2026-01-01")),  # 280 days
            fails(a_child(an_episode(referral_date="2025-03-26"), date_of_birth="2026-01-01")),
            fails(
                a_child(an_episode(referral_date="2025-03-26"), date_of_birth=None, expected_date_of_birth="2026-01-01")
            ),
        ),
        null=(a_child(an_episode(), date_of_birth=None), a_child(an_episode(referral_date=None))),
    ),
    cases(
        "CSC-138",
        passing=an_episode(referral_date="2025-05-01", closure_date="2025-09-01"),
        failing=an_episode(referral_date="2025-05-01", closure_date="2025-04-01"),
        boundary=(
            passes(an_episode(referral_date="2025-05-01", closure_date="2025-05-01")),
            fails(an_episode(referral_date="2025-05-01", closure_date="2025-04-30")),
        ),
        null=(an_episode(closure_date=None), an_episode(referral_date=None, closure_date="2025-05-01")),
    ),
    cases(
        "CSC-211",
        passing=an_episode(closure_date="2025-09-01", closure_reason="RC7"),
        failing=an_episode(closure_date="2025-09-01"),
        boundary=an_episode(closure_date="2025-09-01", closure_reason="wrong, but given"),
        null=an_episode(closure_date=None, closure_reason=None),
    ),
)
