"""Cases of the rules on the child record as received."""

from rule_building import a_child, a_cin_plan, a_record, an_episode
from rule_cases import cases, fails, passes

CASES = (
    cases(
        "CSC-053",
        passing=a_child(a_record(), an_episode(a_cin_plan(), a_cin_plan(child_in_need_plan_id="N2"))),
        failing=a_child(a_record(), an_episode(a_cin_plan(), a_cin_plan())),
        boundary=(
            passes(
                a_child(a_record(), an_episode(a_cin_plan()), an_episode(a_cin_plan(), social_care_episode_id="E2"))
            ),
            fails(a_child(a_record(), an_episode(), an_episode())),
        ),
        null=passes(a_child(a_record(), an_episode(a_cin_plan(child_in_need_plan_id=None)))),
    ),
    cases(
        "CSC-055",
        passing=passes(a_child(a_record()), a_child(a_record())),
        failing=fails(a_child(a_record(), child_key="k"), a_child(a_record(child_key="k"), child_key="k"), rows=(0, 1)),
        boundary=passes(a_child(a_record()), a_child(a_record(batch_id="B2"))),
        null=passes(a_child(a_record())),
    ),
    cases(
        "CSC-056",
        passing=a_child(a_record(has_child_details=True)),
        failing=a_record(has_child_details=False),
        boundary=(
            passes(a_child(a_record(has_child_details=False, is_purge_message=True))),
            passes(a_child(a_record(has_child_details=False), an_episode())),
        ),
        null=(passes(a_child(a_record(has_child_details=None), an_episode())), fails(a_record(has_child_details=None))),
    ),
)
