"""Cases of the rules on what is said of a care leaver."""

from rule_building import Drawn, a_care_leaver, a_child, a_placement, an_episode
from rule_cases import cases, fails, passes

in_return = {"kind": "ssda903"}


def _aged(born: str | None, **values: str | None) -> Drawn:
    """A care leaver born on that day."""
    return a_child(a_care_leaver(**values), date_of_birth=born)


CASES = (
    cases(
        "CSC-131",
        passing=(a_care_leaver(activity="F2"), passes(a_care_leaver(activity="0"), **in_return)),
        failing=(a_care_leaver(activity="A1"), fails(a_care_leaver(activity="A1"), **in_return)),
        boundary=(
            passes(a_care_leaver(activity="G6")),
            fails(a_care_leaver(activity="0")),
            fails(a_care_leaver(activity="F3")),
            fails(a_care_leaver(activity="P3"), **in_return),
        ),
        null=(passes(a_care_leaver(activity=None)), fails(a_care_leaver(activity=None), **in_return)),
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
    cases(
        "CSC-233",
        passing=a_care_leaver(),
        failing=a_care_leaver(contact_date=None),
        boundary=(
            fails(a_care_leaver(contact_date=None, activity=None)),
            fails(a_care_leaver(contact_date=None, accommodation=None)),
        ),
        null=a_care_leaver(contact_date=None, activity=None, accommodation=None),
    ),
    cases(
        "CSC-282",
        passing=(_aged("2005-06-15", accommodation="T"), passes(_aged("2005-06-15", accommodation="T"), **in_return)),
        failing=(
            _aged("2008-06-15", accommodation="T"),
            fails(_aged("2008-06-15", accommodation="T", accommodation_suitable="1"), **in_return),
        ),
        boundary=(
            passes(_aged("2008-02-01", accommodation="T")),
            fails(_aged("2008-02-02", accommodation="T")),
            passes(_aged("2007-04-01", accommodation="T"), **in_return),
            fails(_aged("2007-04-02", accommodation="T"), **in_return),
            passes(_aged("2008-06-15", accommodation="U")),
        ),
        null=(
            _aged("2008-06-15", accommodation=None),
            _aged("2008-06-15", accommodation="T", contact_date=None),
            _aged(None, accommodation="T"),
        ),
    ),
    cases(
        "CSC-283",
        passing=(_aged("2007-06-15", accommodation="Z"), passes(_aged("2007-06-15", accommodation="Z"), **in_return)),
        failing=(_aged("2008-06-15", accommodation="Z"), fails(_aged("2008-06-15", accommodation="Z"), **in_return)),
        boundary=(
            passes(_aged("2008-02-01", accommodation="Z")),
            fails(_aged("2008-02-02", accommodation="Z")),
            fails(_aged("2009-02-01", accommodation="Z")),
            passes(_aged("2009-02-02", accommodation="Z")),
            fails(_aged("2008-04-01", accommodation="Z"), **in_return),
            passes(_aged("2008-03-31", accommodation="Z"), **in_return),
            fails(_aged("2009-03-31", accommodation="Z"), **in_return),
            passes(_aged("2009-04-01", accommodation="Z"), **in_return),
        ),
        null=(
            _aged("2008-06-15", accommodation=None),
            _aged("2008-06-15", accommodation="Z", contact_date=None),
            passes(_aged(None, accommodation="Z"), **in_return),
        ),
    ),
    cases(
        "CSC-358",
        passing=a_care_leaver(contact_date="2026-02-01"),
        failing=a_care_leaver(contact_date="2024-02-01"),
        boundary=(
            passes(a_care_leaver(contact_date="2025-03-31")),
            fails(a_care_leaver(contact_date="2025-03-30")),
        ),
        null=a_care_leaver(contact_date=None),
    ),
    cases(
        "903-131",
        passing=passes(a_care_leaver(in_touch="YES"), **in_return),
        failing=fails(a_care_leaver(in_touch="MAYBE"), **in_return),
        boundary=(
            *(passes(a_care_leaver(in_touch=code), **in_return) for code in ("NO", "DIED", "REFU", "NREQ", "RHOM")),
            fails(a_care_leaver(in_touch="Y"), **in_return),
        ),
        null=fails(a_care_leaver(in_touch=None), **in_return),
    ),
    cases(
        "903-344",
        passing=passes(a_care_leaver(in_touch="DIED", activity="0", accommodation="0"), **in_return),
        failing=fails(a_care_leaver(in_touch="DIED", activity="F2", accommodation="U"), **in_return),
        boundary=(
            fails(a_care_leaver(in_touch="RHOM", activity="0", accommodation="U"), **in_return),
            fails(a_care_leaver(in_touch="RHOM", activity="F2", accommodation="0"), **in_return),
            passes(a_care_leaver(in_touch="REFU", activity="F2", accommodation="0"), **in_return),
        ),
        null=(
            fails(a_care_leaver(in_touch="DIED", activity=None, accommodation="0"), **in_return),
            fails(a_care_leaver(in_touch="DIED", activity="0", accommodation=None), **in_return),
            passes(a_care_leaver(in_touch=None), **in_return),
        ),
    ),
    cases(
        "903-345",
        passing=passes(a_care_leaver(in_touch="YES", activity="F2", accommodation="U"), **in_return),
        failing=fails(a_care_leaver(in_touch="YES", activity="0", accommodation="0"), **in_return),
        boundary=(
            fails(a_care_leaver(in_touch="YES", activity="0", accommodation="U"), **in_return),
            fails(a_care_leaver(in_touch="YES", activity="F2", accommodation="0"), **in_return),
            passes(a_care_leaver(in_touch="NO", activity="0", accommodation="0"), **in_return),
        ),
        null=(
            passes(a_care_leaver(in_touch="YES", activity=None, accommodation=None), **in_return),
            passes(a_care_leaver(in_touch=None, activity="0", accommodation="0"), **in_return),
        ),
    ),
)
