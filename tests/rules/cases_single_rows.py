"""Cases of the rules that look at one row, and at the child and episode it belongs to."""

from rule_building import (
    a_care_leaver,
    a_child,
    a_cin_plan,
    a_cp_plan,
    a_disability,
    a_placement,
    a_worker,
    an_adoption,
    an_assessment,
    an_enquiry,
    an_episode,
    an_sdq,
)
from rule_cases import cases, fails, passes

CHILDREN = (
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
)

EPISODES = (
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

ASSESSMENTS = (
    cases(
        "CSC-141",
        passing=an_episode(an_assessment(start_date="2025-05-02"), referral_date="2025-05-01"),
        failing=an_episode(an_assessment(start_date="2025-01-02"), referral_date="2025-05-01"),
        boundary=(
            passes(an_episode(an_assessment(start_date="2025-05-01"), referral_date="2025-05-01")),
            fails(an_episode(an_assessment(start_date="2025-04-30"), referral_date="2025-05-01")),
            passes(
                a_child(
                    an_episode(an_assessment(start_date="2024-05-01"), referral_date="2024-05-01"),
                    an_episode(social_care_episode_id="E2", referral_date="2025-05-01"),
                )
            ),
        ),
        null=(an_episode(an_assessment(start_date=None)), an_episode(an_assessment(), referral_date=None)),
    ),
    cases(
        "CSC-146",
        passing=an_assessment(start_date="2025-05-02", authorisation_date="2025-06-02"),
        failing=an_assessment(start_date="2025-05-02", authorisation_date="2025-04-02"),
        boundary=(
            passes(an_assessment(start_date="2025-05-02", authorisation_date="2025-05-02")),
            fails(an_assessment(start_date="2025-05-02", authorisation_date="2025-05-01")),
        ),
        null=(an_assessment(authorisation_date=None), an_assessment(start_date=None, authorisation_date="2025-05-01")),
    ),
    cases(
        "CSC-347",
        passing=an_assessment(start_date="2026-03-01"),
        failing=an_assessment(start_date="2025-05-02"),
        # 45 working days before 31 March 2026, in which there is no bank holiday from 27 January
        boundary=(passes(an_assessment(start_date="2026-01-27")), fails(an_assessment(start_date="2026-01-26"))),
        null=(an_assessment(start_date=None), an_assessment(start_date="2025-05-02", authorisation_date="2025-12-01")),
    ),
)

PLANS_AND_ENQUIRIES = (
    cases(
        "CSC-151",
        passing=a_cin_plan(start_date="2025-06-01"),
        failing=a_cin_plan(start_date="2030-06-01"),
        boundary=(passes(a_cin_plan(start_date="2026-03-31")), fails(a_cin_plan(start_date="2026-04-01"))),
        null=fails(a_cin_plan(start_date=None)),
    ),
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

PLACEMENTS = (
    cases(
        "CSC-127",
        passing=a_placement(start_reason="S"),
        failing=a_placement(start_reason="X"),
        boundary=(passes(a_placement(start_reason="U")), fails(a_placement(start_reason="s"))),
        null=a_placement(start_reason=None),
    ),
    cases(
        "CSC-128",
        passing=a_placement(placement_type="U4"),
        failing=fails(a_placement(placement_type="Q9"), severity="error"),
        boundary=(
            passes(a_placement(placement_type="H5", end_date="2025-03-31")),
            fails(a_placement(placement_type="H5", end_date="2025-04-01"), severity="warning"),
            fails(a_placement(placement_type="H5", end_date="2025-04-01"), kind="ssda903", severity="error"),
            fails(a_placement(placement_type="K3", end_date="2024-03-31")),
            passes(a_placement(placement_type="K3", end_date="2024-04-01")),
        ),
        null=(passes(a_placement(placement_type=None)), passes(a_placement(placement_type="K3", end_date=None))),
    ),
    cases(
        "CSC-129",
        passing=a_placement(end_reason="E8", end_date="2025-09-01"),
        failing=a_placement(end_reason="E99", end_date="2025-09-01"),
        boundary=(passes(a_placement(end_reason="E17")), fails(a_placement(end_reason="E18"))),
        null=a_placement(end_reason=None),
    ),
    cases(
        "CSC-170",
        passing=a_placement(start_date="2025-07-01"),
        failing=a_placement(start_date="2030-07-01"),
        boundary=(passes(a_placement(start_date="2026-03-31")), fails(a_placement(start_date="2026-04-01"))),
        null=a_placement(start_date=None),
    ),
    cases(
        "CSC-172",
        passing=a_placement(start_date="2025-07-01", end_date="2025-09-01"),
        failing=a_placement(start_date="2025-07-01", end_date="2025-01-01"),
        boundary=(
            passes(a_placement(start_date="2025-07-01", end_date="2025-07-01")),
            fails(a_placement(start_date="2025-07-01", end_date="2025-06-30")),
        ),
        null=(a_placement(end_date=None), a_placement(start_date=None, end_date="2025-06-30")),
    ),
    cases(
        "CSC-217",
        passing=a_placement(end_date="2025-09-01", end_reason="E8"),
        failing=a_placement(end_date="2025-09-01", end_reason=None),
        boundary=fails(a_placement(end_date=None, end_reason="X1")),
        null=a_placement(end_date=None, end_reason=None),
    ),
    cases(
        "CSC-246",
        passing=a_child(an_episode(a_placement()), date_of_birth="2015-06-15"),
        failing=a_child(an_episode(a_placement()), date_of_birth="2005-06-15"),
        boundary=(
            passes(a_child(an_episode(a_placement()), date_of_birth="2008-03-31")),
            fails(a_child(an_episode(a_placement()), date_of_birth="2008-03-30")),
            passes(a_child(an_episode(a_placement(placement_type="K2")), date_of_birth="2005-06-15")),
            fails(a_child(a_placement(placement_type="K2"), date_of_birth="2005-06-15"), kind="ssda903"),
            passes(
                a_child(a_placement(placement_type="K2", legal_status="V2"), date_of_birth="2005-06-15"), kind="ssda903"
            ),
        ),
        null=(
            passes(a_child(an_episode(a_placement()), date_of_birth=None)),
            fails(a_child(an_episode(a_placement(placement_type=None)), date_of_birth="2005-06-15")),
        ),
    ),
)

OTHERS = (
    cases(
        "CSC-118",
        passing=a_disability("MOB"),
        failing=a_disability("OTHER"),
        boundary=(passes(a_disability("NONE")), fails(a_disability("mob"))),
        null=a_disability(None),
    ),
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
    cases(
        "CSC-052",
        passing=a_worker(),
        failing=a_worker(worker_id=None),
        boundary=(
            passes(a_worker(change_reason=None)),
            passes(a_worker(start_date="2023-03-31", change_reason=None), kind="ssda903"),
            fails(a_worker(start_date="2023-04-01", change_reason=None), kind="ssda903"),
        ),
        null=fails(a_worker(start_date=None)),
    ),
    cases(
        "CSC-190",
        passing=a_worker(start_date="2025-05-01", end_date="2025-06-01"),
        failing=a_worker(start_date="2025-05-01", end_date="2025-04-01"),
        boundary=(
            passes(a_worker(start_date="2025-05-01", end_date="2025-05-01")),
            fails(a_worker(start_date="2025-05-01", end_date="2025-04-30")),
        ),
        null=(a_worker(end_date=None), a_worker(start_date=None, end_date="2025-04-30")),
    ),
    cases(
        "CSC-132",
        passing=a_care_leaver(accommodation="U"),
        failing=a_care_leaver(accommodation="A"),
        boundary=(
            passes(a_care_leaver(accommodation="Z")),
            passes(a_care_leaver(accommodation="S", accommodation_suitable="2"), kind="ssda903"),
            fails(a_care_leaver(accommodation="S", accommodation_suitable="1"), kind="ssda903"),
            passes(a_care_leaver(accommodation="0"), kind="ssda903"),
        ),
        null=(passes(a_care_leaver(accommodation=None)), fails(a_care_leaver(accommodation=None), kind="ssda903")),
    ),
    cases(
        "CSC-194",
        passing=a_care_leaver(contact_date="2026-02-01"),
        failing=a_care_leaver(contact_date="2014-02-01"),
        boundary=(
            passes(a_care_leaver(contact_date="2026-03-31")),
            fails(a_care_leaver(contact_date="2026-04-01")),
            passes(a_care_leaver(contact_date="2015-06-15")),
            fails(a_care_leaver(contact_date="2015-06-14")),
        ),
        null=a_care_leaver(contact_date=None),
    ),
    cases(
        "CSC-232",
        passing=a_care_leaver(activity="F2", accommodation="U"),
        failing=a_care_leaver(activity="F2", accommodation=None),
        boundary=(
            passes(a_care_leaver(in_touch="YES"), kind="ssda903"),
            fails(a_care_leaver(in_touch=None), kind="ssda903"),
        ),
        null=a_care_leaver(activity=None, accommodation=None),
    ),
    cases(
        "CSC-281",
        passing=a_child(an_episode(a_care_leaver()), date_of_birth="2007-01-01"),
        failing=fails(a_child(an_episode(a_care_leaver()), date_of_birth="2011-01-01"), severity="error"),
        boundary=(
            passes(a_child(an_episode(a_care_leaver()), date_of_birth="2009-03-31")),
            fails(a_child(an_episode(a_care_leaver()), date_of_birth="2009-04-01"), severity="warning"),
            fails(a_child(a_care_leaver(), date_of_birth="2009-04-01"), kind="ssda903", severity="error"),
            fails(a_child(an_episode(a_care_leaver()), date_of_birth="2010-04-01"), severity="error"),
        ),
        null=(
            a_child(an_episode(a_care_leaver()), date_of_birth=None),
            a_child(an_episode(a_care_leaver(contact_date=None, activity=None, accommodation=None))),
        ),
    ),
    cases(
        "CSC-133",
        passing=an_sdq(score=12),
        failing=an_sdq(score=99),
        boundary=(
            passes(an_sdq(score=0)),
            passes(an_sdq(score=40)),
            fails(an_sdq(score=41)),
            fails(an_sdq(score=-1)),
        ),
        null=an_sdq(score=None),
    ),
    cases(
        "CSC-193",
        passing=an_sdq(date="2025-11-01"),
        failing=an_sdq(date="2000-11-01"),
        boundary=(
            passes(an_sdq(date="2026-03-31")),
            fails(an_sdq(date="2026-04-01")),
            passes(an_sdq(date="2015-06-15")),
            fails(an_sdq(date="2015-06-14")),
        ),
        null=(fails(an_sdq(date=None)), passes(a_child(an_sdq(), date_of_birth=None))),
    ),
)

CASES = (*CHILDREN, *EPISODES, *ASSESSMENTS, *PLANS_AND_ENQUIRIES, *PLACEMENTS, *OTHERS)
