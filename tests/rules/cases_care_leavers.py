"""Cases of the rules on care leavers."""

from rule_building import a_care_leaver, a_child, a_placement, an_episode
from rule_cases import cases, fails, passes

CASES = (
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
        "CSC-284",
        # 17 on 1 January 2026
        passing=a_child(an_episode(a_care_leaver(), a_placement(end_date="2025-12-01")), date_of_birth="2009-01-01"),
        failing=a_child(an_episode(a_care_leaver(), a_placement(end_date="2026-02-01")), date_of_birth="2009-01-01"),
        boundary=(
            passes(
                a_child(an_episode(a_care_leaver(), a_placement(end_date="2026-01-01")), date_of_birth="2009-01-01")
            ),
            fails(a_child(an_episode(a_care_leaver(), a_placement(end_date="2026-01-02")), date_of_birth="2009-01-01")),
            fails(
                a_child(an_episode(a_care_leaver(), a_placement(start_date="2026-01-01")), date_of_birth="2009-01-01")
            ),
            passes(
                a_child(an_episode(a_care_leaver(), a_placement(start_date="2024-07-01")), date_of_birth="2007-03-31")
            ),
            fails(
                a_child(an_episode(a_care_leaver(), a_placement(start_date="2024-07-01")), date_of_birth="2007-04-01")
            ),
        ),
        null=(
            passes(a_child(an_episode(a_care_leaver(), a_placement()), date_of_birth=None)),
            fails(a_child(an_episode(a_care_leaver(), a_placement(end_date=None)), date_of_birth="2009-01-01")),
        ),
    ),
    cases(
        "CSC-359",
        passing=a_child(
            an_episode(a_care_leaver()),
            an_episode(a_care_leaver(), social_care_episode_id="E2"),
        ),
        failing=fails(
            a_child(
                an_episode(a_care_leaver()),
                an_episode(a_care_leaver(activity="G4"), social_care_episode_id="E2"),
            ),
            rows=(0, 1),
        ),
        boundary=passes(a_child(an_episode(a_care_leaver())), a_child(an_episode(a_care_leaver(activity="G4")))),
        null=fails(
            a_child(
                an_episode(a_care_leaver()),
                an_episode(a_care_leaver(activity=None), social_care_episode_id="E2"),
            ),
            rows=(0, 1),
        ),
    ),
)
