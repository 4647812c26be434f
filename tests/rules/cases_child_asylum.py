"""Cases of the rules on unaccompanied asylum seekers."""

from rule_building import Drawn, a_care_leaver, a_child, an_episode, placed
from rule_cases import Verdict, cases, fails, passes

BORN = "2008-01-10"
ADULT_ON = "2026-01-10"
IN_2024 = {"as_of": "2024-03-31", "period_start": "2023-04-01"}


def seeking(*beneath: Drawn, **values) -> Drawn:
    """Flagged, and seventeen on the day."""
    return a_child(*beneath, **({"date_of_birth": "2009-01-10", "uasc_flag": True} | values))


def was(**values) -> dict[str, tuple[Drawn, ...]]:
    return {"before": (seeking(**values),)}


def in_903(verdict, now: Drawn, **then) -> Verdict:
    return verdict(now, kind="ssda903", **was(**then))


def adult(**values) -> Drawn:
    return seeking(**({"date_of_birth": BORN, "uasc_end_date": ADULT_ON} | values))


CASES = (
    cases(
        "CSC-177",
        passing=seeking(uasc_end_date="2025-01-01"),
        failing=seeking(uasc_end_date="2027-01-10"),
        boundary=(passes(seeking(uasc_end_date="2026-03-31")), fails(seeking(uasc_end_date="2026-04-01"))),
        null=seeking(uasc_end_date=None),
    ),
    cases(
        "CSC-178",
        passing=seeking(uasc_end_date="2025-01-01"),
        failing=seeking(uasc_end_date="2001-01-01"),
        boundary=(passes(seeking(uasc_end_date="2009-01-10")), fails(seeking(uasc_end_date="2009-01-09"))),
        null=(seeking(uasc_end_date=None), seeking(date_of_birth=None, uasc_end_date="2001-01-01")),
    ),
    cases(
        "CSC-207",
        passing=seeking(uasc_end_date="2025-01-01"),
        failing=(
            fails(seeking(uasc_flag=False, uasc_end_date="2025-01-01"), severity="warning"),
            fails(seeking(uasc_flag=False, uasc_end_date="2025-01-01"), kind="ssda903", severity="error"),
        ),
        boundary=seeking(uasc_flag=False),
        null=(fails(seeking(uasc_flag=None, uasc_end_date="2025-01-01")), passes(seeking(uasc_flag=None))),
    ),
    cases(
        "CSC-208",
        passing=seeking(),
        failing=seeking(uasc_end_date="2025-01-01"),
        boundary=(
            fails(seeking(uasc_end_date="2026-03-31")),
            passes(seeking(uasc_end_date="2026-04-01")),
            passes(seeking(uasc_flag=False, uasc_end_date="2025-01-01")),
        ),
        null=(seeking(uasc_end_date=None), seeking(uasc_flag=None, uasc_end_date="2025-01-01")),
    ),
    cases(
        "CSC-209",
        passing=seeking(),
        failing=(seeking(date_of_birth="2016-01-01"), fails(seeking(date_of_birth="2016-01-01"), kind="ssda903")),
        boundary=(
            passes(seeking(date_of_birth="2015-03-31")),
            fails(seeking(date_of_birth="2015-04-01")),
            passes(seeking(date_of_birth="2016-01-01"), kind="ssda903", **IN_2024),
            passes(a_child(date_of_birth="2016-01-01")),
        ),
        null=(seeking(date_of_birth=None), a_child(uasc_flag=None)),
    ),
    cases(
        "CSC-210",
        passing=seeking(),
        failing=seeking(date_of_birth="2007-01-01"),
        boundary=(
            fails(seeking(date_of_birth="2008-03-31")),
            passes(seeking(date_of_birth="2008-04-01")),
            passes(adult()),
        ),
        null=seeking(date_of_birth=None),
    ),
    cases(
        "CSC-288",
        passing=(
            seeking(an_episode(a_care_leaver(), placed("2025-07-01"))),
            passes(seeking(a_care_leaver(), placed("2025-07-01")), kind="ssda903"),
        ),
        failing=(
            seeking(an_episode(a_care_leaver())),
            fails(seeking(a_care_leaver(), placed("2024-07-01", "2025-01-01")), kind="ssda903"),
        ),
        boundary=(
            passes(seeking(a_care_leaver(), placed("2024-07-01", "2025-04-01")), kind="ssda903"),
            fails(seeking(a_care_leaver(), placed("2024-07-01", "2025-03-31")), kind="ssda903"),
            passes(seeking(an_episode(a_care_leaver(), placed("2024-07-01", "2025-04-01")))),
            fails(seeking(an_episode(a_care_leaver(), placed("2024-07-01", "2025-03-31")))),
            fails(seeking(an_episode(a_care_leaver()), uasc_flag=False, uasc_end_date=ADULT_ON)),
            passes(seeking(an_episode(a_care_leaver()), uasc_flag=False)),
            # a child not in Episodes at all is in care no more than one whose episodes ended before the year
            fails(seeking(a_care_leaver()), a_child(placed("2025-07-01")), kind="ssda903"),
        ),
        null=(
            seeking(an_episode(a_care_leaver(contact_date=None, activity=None, accommodation=None))),
            passes(seeking(an_episode(a_care_leaver()), uasc_flag=None)),
        ),
    ),
    cases(
        "CSC-331",
        passing=(passes(seeking(), **was()), in_903(passes, seeking())),
        failing=(
            fails(seeking(), severity="warning", **was(uasc_flag=False)),
            fails(seeking(), kind="ssda903", severity="error", **was(uasc_flag=False)),
        ),
        boundary=(
            passes(seeking(uasc_flag=False), **was(uasc_flag=False)),
            passes(seeking(), seeking(), **was()),
            passes(seeking(ethnicity=None), kind="ssda903", **was(uasc_flag=False)),  # not in Header
            passes(seeking()),
        ),
        null=(passes(seeking(), **was(uasc_flag=None)), passes(seeking(uasc_flag=None), **was(uasc_flag=False))),
    ),
    cases(
        "CSC-332",
        passing=(
            passes(seeking(uasc_flag=False, uasc_end_date="2026-01-01"), **was()),
            in_903(passes, seeking(uasc_flag=False), uasc_end_date="2024-07-01"),
        ),
        failing=(fails(seeking(uasc_flag=False), **was()), in_903(fails, seeking(uasc_flag=False))),
        boundary=(
            passes(seeking(), **was()),
            in_903(fails, seeking(uasc_flag=False, uasc_end_date="2024-07-01"), uasc_end_date="2024-07-01"),
            in_903(passes, seeking(uasc_flag=False), uasc_end_date="2024-04-01"),
            in_903(fails, seeking(uasc_flag=False), uasc_end_date="2024-03-31"),
            in_903(passes, seeking(uasc_flag=False), uasc_end_date="2025-03-31"),
            in_903(fails, seeking(uasc_flag=False), uasc_end_date="2025-04-01"),
        ),
        null=(
            passes(seeking(uasc_flag=None), **was()),
            passes(seeking(uasc_flag=False), **was(uasc_flag=None)),
            in_903(fails, seeking(uasc_flag=False), uasc_end_date=None),
        ),
    ),
    cases(
        "CSC-333",
        passing=in_903(passes, adult(), date_of_birth=BORN, uasc_end_date=ADULT_ON),
        failing=in_903(fails, adult(), date_of_birth=BORN, uasc_end_date="2025-02-01"),
        boundary=(
            in_903(fails, adult(uasc_end_date="2025-03-31"), date_of_birth=BORN, uasc_end_date=ADULT_ON),
            in_903(passes, adult(uasc_end_date="2025-04-01"), date_of_birth=BORN, uasc_end_date=ADULT_ON),
            in_903(passes, adult(uasc_end_date="2026-03-31"), date_of_birth=BORN, uasc_end_date=ADULT_ON),
            in_903(fails, adult(uasc_end_date="2026-04-01"), date_of_birth=BORN, uasc_end_date=ADULT_ON),
            # outside the year, but as it was said last year
            in_903(passes, seeking(uasc_end_date="2027-01-10"), uasc_end_date="2027-01-10"),
            in_903(passes, adult(uasc_end_date=None), uasc_flag=False),
            in_903(passes, adult(ethnicity=None), date_of_birth=BORN, uasc_end_date="2025-02-01"),  # not in Header
        ),
        null=(
            in_903(fails, adult(uasc_end_date=None), date_of_birth=BORN, uasc_end_date=ADULT_ON),
            in_903(fails, seeking(), uasc_end_date=None),
            in_903(fails, adult(), date_of_birth=None, uasc_end_date=ADULT_ON),
            in_903(passes, seeking(uasc_flag=None)),
        ),
    ),
    cases(
        "CSC-334",
        passing=passes(seeking(uasc_flag=False, uasc_end_date="2026-01-01"), **was()),
        failing=(
            fails(seeking(uasc_flag=False, uasc_end_date="2026-01-01"), **was(uasc_flag=False)),
            in_903(fails, seeking(uasc_flag=False, uasc_end_date="2026-01-01"), uasc_flag=False),
        ),
        boundary=(
            passes(seeking(uasc_end_date="2026-01-01"), **was(uasc_flag=False)),
            passes(seeking(uasc_flag=False), **was(uasc_flag=False)),
            fails(seeking(), seeking(uasc_flag=False, uasc_end_date="2026-01-01"), rows=(1,), **was()),
        ),
        null=fails(seeking(uasc_flag=None, uasc_end_date="2026-01-01"), **was(uasc_flag=None)),
    ),
)
