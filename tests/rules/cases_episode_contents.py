"""Cases of the rules on an episode beside what hangs from it."""

from collections.abc import Callable

from rule_building import (
    Drawn,
    a_child,
    a_cin_plan,
    a_cp_plan,
    a_placement,
    a_worker,
    an_assessment,
    an_enquiry,
    an_episode,
)
from rule_cases import Cases, cases, fails, passes


def _closed(*beneath: Drawn, **values: str | None) -> Drawn:
    """An episode referred on 1 May 2025 and closed on 1 September."""
    return an_episode(*beneath, **({"closure_date": "2025-09-01", "closure_reason": "RC7"} | values))


def _no_further_action(*beneath: Drawn, **values: str | None) -> Drawn:
    return an_episode(*beneath, referral_no_further_action_flag=True, **values)


def _in_two_episodes(first: tuple[Drawn, ...], second: tuple[Drawn, ...]) -> Drawn:
    return a_child(an_episode(*first), an_episode(*second, social_care_episode_id="E2"))


def _without_further_action(rule_id: str, item: Callable[..., Drawn]) -> Cases:
    """A referral that needs nothing more has no such item, whatever its dates."""
    return cases(
        rule_id,
        passing=_no_further_action(),
        failing=_no_further_action(item()),
        boundary=(passes(an_episode(item())), fails(_no_further_action(item(start_date=None)))),
        null=an_episode(item(), referral_no_further_action_flag=None),
    )


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
    cases(
        "CSC-054",
        passing=_in_two_episodes((an_assessment(),), (an_assessment(child_and_family_assessment_id="A2"),)),
        failing=fails(_in_two_episodes((an_assessment(),), (an_assessment(),)), rows=(0, 1)),
        boundary=(
            fails(_in_two_episodes((a_placement(),), (a_placement(),)), rows=(0, 1)),
            # ids of different sorts may be alike, and so may those of two children
            passes(
                _in_two_episodes((a_cin_plan(child_in_need_plan_id="1"),), (a_cp_plan(child_protection_plan_id="1"),))
            ),
            passes(an_episode(an_enquiry()), an_episode(an_enquiry())),
            passes(an_episode(an_enquiry(), an_enquiry())),
        ),
        null=a_child(an_episode()),
    ),
    cases(
        "CSC-252",
        passing=_closed(an_enquiry(icpc_date="2025-06-01")),
        failing=_closed(an_enquiry(icpc_date=None)),
        boundary=(
            passes(_closed(an_enquiry(icpc_date=None, icpc_required_flag=False))),
            fails(_closed(an_enquiry(icpc_date="2025-06-01", icpc_required_flag=False))),
            fails(_closed(an_enquiry(icpc_date=None), an_enquiry(icpc_date="2025-06-01"))),
            passes(an_episode(an_enquiry(icpc_date=None))),
        ),
        null=(
            fails(_closed(an_enquiry(icpc_date=None, icpc_required_flag=None)), kind="cin"),
            passes(_closed(an_enquiry(icpc_date="2025-06-01", icpc_required_flag=None)), kind="cin"),
        ),
    ),
    cases(
        "CSC-253",
        passing=_closed(a_cin_plan(end_date="2025-08-01"), a_cp_plan(end_date="2025-08-01")),
        failing=_closed(a_cin_plan(end_date=None)),
        boundary=(fails(_closed(a_cp_plan(end_date=None))), passes(_closed(a_cp_plan(end_date="2026-01-01")))),
        null=(_closed(a_cin_plan(start_date=None)), an_episode(a_cin_plan())),
    ),
    cases(
        "CSC-254",
        passing=_closed(a_placement(end_date="2025-08-01")),
        failing=_closed(a_placement(end_date="2025-12-01")),
        boundary=(
            passes(_closed(a_placement(end_date="2025-09-01"))),
            fails(_closed(a_placement(end_date="2025-09-02"))),
            passes(_closed()),
        ),
        null=(fails(_closed(a_placement(end_date=None))), passes(an_episode(a_placement()))),
    ),
    cases(
        "CSC-255",
        passing=_closed(a_worker(end_date="2025-08-01")),
        failing=_closed(a_worker(end_date="2025-12-01")),
        boundary=(
            passes(_closed(a_worker(end_date="2025-09-01"))),
            fails(_closed(a_worker(end_date="2025-09-02"))),
            passes(_closed()),
        ),
        null=(fails(_closed(a_worker(end_date=None))), passes(an_episode(a_worker()))),
    ),
    cases(
        "CSC-256",
        passing=_no_further_action(),
        failing=_no_further_action(an_assessment()),
        boundary=(
            fails(_no_further_action(an_enquiry())),
            fails(_no_further_action(an_enquiry(start_date=None, icpc_date="2025-05-20"))),
            fails(_no_further_action(an_assessment(start_date=None, authorisation_date="2025-06-01"))),
            fails(_no_further_action(icpc_date_episode_level="2025-05-20"), kind="cin"),
            passes(an_episode(an_assessment())),
        ),
        null=(
            passes(_no_further_action(an_assessment(start_date=None), an_enquiry(start_date=None))),
            passes(an_episode(an_assessment(), referral_no_further_action_flag=None)),
        ),
    ),
    _without_further_action("CSC-258", a_cin_plan),
    _without_further_action("CSC-259", a_placement),
    cases(
        "CSC-262",
        passing=_closed(an_assessment(), closure_reason="RC8"),
        failing=_closed(an_enquiry(), closure_reason="RC8"),
        boundary=(
            fails(_closed(a_cin_plan(), closure_reason="RC9")),
            fails(_closed(a_cp_plan(), closure_reason="RC9")),
            passes(_closed(a_cp_plan(), closure_reason="RC7")),
            fails(_closed(icpc_date_episode_level="2025-05-20", closure_reason="RC8"), kind="cin"),
        ),
        null=_closed(an_enquiry(), closure_reason=None),
    ),
    cases(
        "CSC-263",
        passing=_closed(an_assessment("21"), closure_reason="RC8"),
        failing=_closed(an_assessment("21"), closure_reason="RC7"),
        boundary=(
            passes(_closed(an_assessment("21"), closure_reason="RC9")),
            passes(_closed(an_assessment("2A"), closure_reason="RC7")),
            passes(
                _closed(an_assessment("21"), an_assessment(child_and_family_assessment_id="A2"), closure_reason="RC7")
            ),
        ),
        null=fails(_closed(an_assessment("21"), closure_reason=None), kind="cin"),
    ),
    cases(
        "CSC-349",
        passing=an_episode(referral_date="2026-03-01"),
        failing=an_episode(referral_date="2025-05-01"),
        # 45 working days before 31 March 2026, in which there is no bank holiday from 27 January
        boundary=(
            passes(an_episode(referral_date="2026-01-27")),
            fails(an_episode(referral_date="2026-01-26")),
            *(passes(an_episode(one)) for one in (an_assessment(), an_enquiry(), a_cin_plan(), a_cp_plan())),
            passes(an_episode(a_placement())),
            passes(an_episode(referral_no_further_action_flag=True)),
            passes(_closed()),
        ),
        null=(fails(an_episode(referral_no_further_action_flag=None)), passes(an_episode(referral_date=None))),
    ),
)
