"""Cases of the rules on the child record as received."""

from rule_building import a_child, a_record, an_episode
from rule_cases import cases, fails, passes

CASES = (
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
        failing=(a_record(has_child_details=False), fails(a_child(a_record(has_child_details=False)))),
        boundary=(
            passes(a_child(a_record(has_child_details=False, is_purge_message=True))),
            passes(a_child(a_record(has_child_details=False), an_episode())),
        ),
        null=(passes(a_child(a_record(has_child_details=None), an_episode())), fails(a_record(has_child_details=None))),
    ),
    cases(
        "CSC-057",
        passing=a_record(is_first_of_child=True),
        failing=a_record(is_first_of_child=True, has_child_details=False),
        boundary=(
            passes(a_record(is_first_of_child=True, has_child_details=False, is_purge_message=True)),
            passes(a_record(is_first_of_child=False, has_child_details=False)),
        ),
        null=(
            passes(a_record(is_first_of_child=None, has_child_details=False)),
            fails(a_record(is_first_of_child=True, has_child_details=None)),
        ),
    ),
    cases(
        "CSC-362",
        passing=a_record(is_purge_message=True, purges_nothing=False),
        failing=a_record(is_purge_message=True, purges_nothing=True),
        boundary=passes(a_record(), a_record()),
        null=a_record(purges_nothing=None),
    ),
    cases(
        "CSC-368",
        passing=a_record(is_purge_message=True, is_held_elsewhere=False),
        failing=a_record(is_purge_message=True, is_held_elsewhere=True),
        boundary=passes(a_record(), a_record()),
        null=a_record(is_held_elsewhere=None),
    ),
    cases(
        "CSC-369",
        passing=a_record(ends_unclear_spell=False),
        failing=a_record(ends_unclear_spell=True),
        boundary=passes(a_record(), a_record()),
        null=a_record(ends_unclear_spell=None),
    ),
)
