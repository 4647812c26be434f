"""Cases of the rules on a social care episode by itself and beside the child."""

from date_cases import in_order, in_the_future, outside_the_year
from rule_building import Drawn, a_child, an_episode
from rule_cases import cases, fails, passes


def _referred(day: str | None, no_further_action: bool | None) -> Drawn:
    return an_episode(referral_date=day, referral_no_further_action_flag=no_further_action)


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
    in_the_future("CSC-139", lambda closed: an_episode(closure_date=closed)),
    outside_the_year("CSC-140", lambda closed: an_episode(closure_date=closed)),
    cases(
        "CSC-212",
        passing=an_episode(closure_date="2025-09-01", closure_reason="RC7"),
        failing=an_episode(closure_date=None, closure_reason="RC7"),
        boundary=fails(an_episode(closure_date=None, closure_reason="not a code"), kind="cin"),
        null=an_episode(closure_date=None, closure_reason=None),
    ),
    cases(
        "CSC-260",
        passing=passes(_referred("2024-05-01", False), kind="cin"),
        failing=fails(_referred("2024-05-01", True), kind="cin"),
        boundary=(
            fails(_referred("2025-03-31", True), kind="cin"),
            passes(_referred("2025-04-01", True), kind="cin"),
        ),
        null=(
            fails(_referred("2024-05-01", None), kind="cin"),
            passes(_referred(None, True), kind="cin"),
        ),
    ),
    cases(
        "CSC-350",
        passing=an_episode(referral_date="2015-01-01"),
        failing=an_episode(referral_date="2005-01-01"),
        boundary=(
            passes(an_episode(referral_date="2008-03-31")),
            fails(an_episode(referral_date="2008-03-30")),
            passes(an_episode(referral_date="2005-01-01", closure_date="2024-01-01")),
        ),
        null=an_episode(referral_date=None),
    ),
    cases(
        "CSC-365",
        passing=an_episode(referral_date="2020-01-01", closure_date="2025-05-01"),
        failing=an_episode(referral_date="2020-01-01", closure_date="2021-05-01"),
        # 31 March 2026 less two years is 31 March 2024, whose year began on 1 April 2023
        boundary=(
            passes(an_episode(referral_date="2020-01-01", closure_date="2023-04-01")),
            fails(an_episode(referral_date="2020-01-01", closure_date="2023-03-31")),
            fails(an_episode(referral_date="2020-01-01", closure_date="2024-03-31"), as_of="2026-04-01"),
            passes(an_episode(referral_date="2020-01-01", closure_date="2024-04-01"), as_of="2026-04-01"),
        ),
        null=(an_episode(referral_date="2020-01-01"), fails(an_episode(referral_date=None, closure_date="2021-05-01"))),
    ),
    in_order(
        "CIN-8555Q", lambda referred, died: a_child(an_episode(referral_date=referred), date_of_death=died), kind="cin"
    ),
    cases(
        "CIN-8585Q",
        passing=passes(a_child(an_episode(closure_reason="RC2"), date_of_death="2025-08-01"), kind="cin"),
        failing=fails(an_episode(closure_reason="RC2"), kind="cin"),
        boundary=passes(an_episode(closure_reason="RC3"), kind="cin"),
        null=passes(an_episode(closure_reason=None), kind="cin"),
    ),
    cases(
        "CIN-8610",
        passing=passes(an_episode(primary_need="N4"), kind="cin"),
        failing=fails(an_episode(primary_need=None), kind="cin"),
        boundary=passes(an_episode(primary_need=None, referral_no_further_action_flag=True), kind="cin"),
        null=passes(an_episode(primary_need=None, referral_no_further_action_flag=None), kind="cin"),
    ),
    cases(
        "CIN-8650",
        passing=passes(an_episode(primary_need="N4"), kind="cin"),
        failing=fails(an_episode(primary_need="X1"), kind="cin"),
        boundary=(
            passes(an_episode(primary_need="N0"), kind="cin"),
            passes(an_episode(primary_need="N9"), kind="cin"),
            fails(an_episode(primary_need="N10"), kind="cin"),
        ),
        null=passes(an_episode(primary_need=None), kind="cin"),
    ),
)
