"""Cases of the rules on an episode beside what hangs from it."""

from rule_building import Drawn, a_child, a_cin_plan, a_cp_plan, an_assessment, an_enquiry, an_episode
from rule_cases import cases, fails, passes


def _closed(*beneath: Drawn, **values: str | None) -> Drawn:
    """An episode referred on 1 May 2025 and closed on 1 September."""
    return an_episode(*beneath, **({"closure_date": "2025-09-01", "closure_reason": "RC7"} | values))


CASES = (
    cases(
        "CSC-250",
        passing=_closed(an_assessment(authorisation_date="2025-08-01")),
        failing=_closed(an_assessment(authorisation_date="2025-10-01")),
        boundary=(
            passes(_closed(an_enquiry(icpc_date="2025-09-01"))),
            fails(_closed(an_enquiry(icpc_date="2025-09-02"))),
            fails(_closed(a_cp_plan(end_date="2025-09-02"))),
            passes(_closed(a_cp_plan(start_date="2025-09-02"))),
            fails(_closed(icpc_date_episode_level="2025-09-02"), kind="cin"),
            passes(_closed(icpc_date_episode_level="2025-09-02")),
            passes(
                a_child(
                    _closed(),
                    an_episode(
                        a_cin_plan(start_date="2025-12-01"),
                        social_care_episode_id="E2",
                        referral_date="2025-11-01",
                    ),
                )
            ),
        ),
        null=(an_episode(a_cin_plan(start_date="2025-12-01")), _closed(a_cin_plan(start_date=None))),
    ),
    cases(
        "CSC-251",
        passing=_closed(an_assessment(authorisation_date="2025-08-01")),
        failing=_closed(an_assessment(authorisation_date=None)),
        boundary=_closed(),
        null=an_episode(an_assessment(authorisation_date=None)),
    ),
    cases(
        "CSC-257",
        passing=an_episode(referral_no_further_action_flag=True),
        failing=an_episode(a_cp_plan(), referral_no_further_action_flag=True),
        boundary=(
            passes(an_episode(a_cp_plan(), referral_no_further_action_flag=False)),
            fails(an_episode(a_cp_plan(start_date=None), referral_no_further_action_flag=True)),
        ),
        null=an_episode(a_cp_plan(), referral_no_further_action_flag=None),
    ),
    cases(
        "CSC-261",
        passing=_closed(an_assessment(), closure_reason="RC8"),
        failing=_closed(closure_reason="RC8"),
        boundary=(fails(_closed(closure_reason="RC9")), passes(_closed(closure_reason="RC7"))),
        null=_closed(closure_reason=None),
    ),
)
