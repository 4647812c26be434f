"""Cases of the rules on UPNs and the reasons why there is none."""

from rule_building import a_child, an_episode, placed
from rule_cases import cases, fails, passes

STOPPED = {"referral_no_further_action_flag": True}
IN_2024 = {"as_of": "2024-03-31", "period_start": "2023-04-01"}
SHORT_BREAK = placed("2025-07-01", legal_status="V4")


def without(reason: str | None = None, *beneath, born: str | None = "2015-06-15"):
    return a_child(*beneath, unique_pupil_number=None, unique_pupil_number_unknown_reason=reason, date_of_birth=born)


CASES = (
    cases(
        "CSC-120",
        passing=without("UN1"),
        failing=without("UN9"),
        boundary=(passes(without("UN7")), fails(without("UN8")), fails(without("UN10"))),
        null=without(None),
    ),
    cases(
        "CSC-199",
        passing=a_child(unique_pupil_number="h1"),
        failing=a_child(unique_pupil_number="h1", unique_pupil_number_unknown_reason="UN1"),
        boundary=without("UN1"),
        null=without(None),
    ),
    cases(
        "CSC-200",
        passing=(
            without("UN2", an_episode(placed("2025-07-01"))),
            passes(a_child(placed("2025-07-01"), unique_pupil_number="h1"), kind="ssda903"),
        ),
        failing=(
            without(None, an_episode(placed("2025-07-01"))),
            fails(without(None, placed("2025-07-01", legal_status="C2")), kind="ssda903"),
        ),
        boundary=(
            passes(without(None, an_episode())),
            passes(without(None, SHORT_BREAK), kind="ssda903"),
            passes(a_child(placed("2025-07-01", legal_status="C2"), sex=None, ethnicity=None), kind="ssda903"),
            fails(without(None, SHORT_BREAK, placed("2025-08-01", legal_status="C2")), kind="ssda903"),
        ),
        null=fails(without(None, placed("2025-07-01", legal_status=None)), kind="ssda903"),
    ),
    cases(
        "CSC-201",
        passing=a_child(unique_pupil_number="h1", former_unique_pupil_number="h2"),
        failing=a_child(unique_pupil_number="h1", former_unique_pupil_number="h1"),
        boundary=a_child(unique_pupil_number="h1", former_unique_pupil_number="H1"),
        null=a_child(unique_pupil_number=None, former_unique_pupil_number=None),
    ),
    cases(
        "CSC-202",
        passing=(a_child(an_episode(), unique_pupil_number="h1"), passes(without("un2", an_episode()), kind="cin")),
        failing=(without(None, an_episode()), fails(without("UN1", an_episode()), kind="cin")),
        boundary=(
            fails(without(None, an_episode(), born="2020-08-31"), kind="cin"),
            passes(without(None, an_episode(), born="2020-09-01"), kind="cin"),
            fails(without(None, an_episode(), born="2018-03-31"), kind="cin", **IN_2024),
            passes(without(None, an_episode(), born="2018-04-01"), kind="cin", **IN_2024),
            # the reference date of the feed is the last 31 March, today included
            fails(without(None, an_episode(), born="2020-08-31"), as_of="2026-03-31"),
            passes(without(None, an_episode(), born="2020-08-31"), as_of="2026-03-30"),
            passes(without("UN8", an_episode())),
            fails(without("UN8", an_episode()), kind="cin"),
            passes(without(None, an_episode(**STOPPED))),
        ),
        null=(
            without(None, an_episode(), born=None),
            without(None, an_episode(referral_no_further_action_flag=None)),
            without(None),
        ),
    ),
    cases(
        "CSC-203",
        passing=(
            without("UN2", an_episode(placed("2025-07-01"))),
            passes(without("UN1", born="2022-01-01"), kind="ssda903"),
        ),
        failing=(
            fails(without("UN1", an_episode(placed("2025-07-01"))), severity="warning"),
            fails(without("UN1"), kind="ssda903", severity="error"),
        ),
        boundary=(
            fails(without("UN1", born="2020-08-31"), kind="ssda903"),
            passes(without("UN1", born="2020-09-01"), kind="ssda903"),
            fails(without("UN1", an_episode(placed("2025-07-01")), born="2020-08-31")),
            passes(without("UN1", an_episode(placed("2025-07-01")), born="2020-09-01")),
            passes(without("UN1", an_episode())),
        ),
        null=(without(None), passes(without("UN1", born=None), kind="ssda903")),
    ),
    cases(
        "CSC-204",
        passing=(
            without("UN4", an_episode(placed("2026-03-30"))),
            passes(without("UN4", placed("2026-03-30")), kind="ssda903"),
        ),
        failing=(
            without("UN4", an_episode(placed("2025-07-01"))),
            fails(without("UN4", placed("2025-07-01")), kind="ssda903"),
        ),
        boundary=(
            passes(without("UN4", an_episode(placed("2026-03-24")))),
            fails(without("UN4", an_episode(placed("2026-03-23")))),
            passes(without("UN4", placed("2025-07-01"), placed("2026-03-24")), kind="ssda903"),
            fails(without("UN4", placed("2026-03-23")), kind="ssda903"),
            fails(without("UN4", an_episode())),
        ),
        null=(without(None), fails(without("UN4", an_episode(placed(None))))),
    ),
    cases(
        "CSC-205",
        passing=without("UN7", an_episode(**STOPPED)),
        failing=(without("UN7", an_episode()), fails(without("UN7", an_episode()), kind="cin")),
        boundary=(
            fails(without("UN7", an_episode(**STOPPED), an_episode(social_care_episode_id="E2"))),
            fails(without("UN7")),
            passes(without("un7", an_episode())),
        ),
        null=(fails(without("UN7", an_episode(referral_no_further_action_flag=None))), without(None, an_episode())),
    ),
)
