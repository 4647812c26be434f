"""Cases of the rules on ids as the source system hands them out."""

from rule_building import (
    a_child,
    a_cin_plan,
    a_cp_plan,
    a_placement,
    an_assessment,
    an_enquiry,
    an_episode,
)
from rule_cases import cases, fails, passes

_HELD = an_episode(a_cin_plan(child_in_need_plan_id="N-100001", end_date="2025-09-01"))


def _plan(**values):
    return an_episode(a_cin_plan(**({"child_in_need_plan_id": "N-100002", "end_date": "2025-09-01"} | values)))


# Every kind of item under an id of the night before, and under one of today.
_ITEMS = (
    (an_assessment, "child_and_family_assessment_id"),
    (a_cin_plan, "child_in_need_plan_id"),
    (an_enquiry, "section_47_assessment_id"),
    (a_cp_plan, "child_protection_plan_id"),
    (a_placement, "child_looked_after_placement_id"),
)


def _all_items(night: str):
    return [make(**{own_id: f"{night}-{place}"}) for place, (make, own_id) in enumerate(_ITEMS)]


_NEW_IDS_BY_KIND = tuple(
    fails(a_child(an_episode(make(**{own_id: "new"}))), before=(a_child(an_episode(make(**{own_id: "old"}))),))
    for make, own_id in _ITEMS
)


CASES = (
    cases(
        "CSC-340",
        passing=passes(a_child(_HELD), before=(a_child(_HELD),)),
        failing=fails(a_child(_plan()), before=(a_child(_HELD),)),
        boundary=(
            passes(a_child(_plan(start_date="2025-06-02")), before=(a_child(_HELD),)),
            passes(a_child(_plan(end_date=None)), before=(a_child(_HELD),)),
            fails(a_child(an_episode(social_care_episode_id="E2")), before=(a_child(an_episode()),)),
            *_NEW_IDS_BY_KIND,
            # over night every id is another, and the merged state holds both; the new episode is found, not the old
            fails(
                a_child(an_episode(*_all_items("old")), an_episode(*_all_items("new"), social_care_episode_id="E2")),
                rows=(1,),
                before=(a_child(an_episode(*_all_items("old"))),),
            ),
            passes(
                a_child(an_episode(social_care_episode_id="E2")), a_child(), before=(a_child(), a_child(an_episode()))
            ),
        ),
        null=passes(
            a_child(_plan(start_date=None)), before=(a_child(an_episode(a_cin_plan(start_date=None, end_date=None))),)
        ),
    ),
    cases(
        "CSC-341",
        passing=passes(a_child(_HELD), a_child(_plan())),
        failing=fails(a_child(_HELD), a_child(_HELD), rows=(0, 1)),
        boundary=(
            passes(a_child(_plan(child_in_need_plan_id="12345")), a_child(_plan(child_in_need_plan_id="12345"))),
            fails(
                a_child(_plan(child_in_need_plan_id="123456")),
                a_child(_plan(child_in_need_plan_id="123456")),
                rows=(0, 1),
            ),
            passes(
                a_child(an_episode(an_assessment(child_and_family_assessment_id="N-100001"))),
                a_child(an_episode(a_cin_plan(child_in_need_plan_id="N-100001"))),
            ),
            fails(
                a_child(an_episode(social_care_episode_id="E-00001")),
                a_child(an_episode(social_care_episode_id="E-00001")),
                rows=(0, 1),
            ),
        ),
        null=passes(a_child(_plan(child_in_need_plan_id=None)), a_child(_plan(child_in_need_plan_id=None))),
    ),
    cases(
        "CSC-367",
        passing=passes(a_child(_HELD)),
        failing=fails(a_child(_plan(start_date=None, end_date=None))),
        boundary=(
            passes(a_child(_plan(start_date=None))),
            passes(a_child(an_episode(an_assessment(start_date=None, authorisation_date=None, has_factors=True)))),
            fails(a_child(an_episode(an_assessment(start_date=None, authorisation_date=None, has_factors=False)))),
        ),
        null=fails(a_child(an_episode(an_assessment(start_date=None, authorisation_date=None, has_factors=None)))),
    ),
)
