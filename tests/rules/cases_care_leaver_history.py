"""Cases of the rules on a care leaver's time in care and on the other tables that the child is in."""

from functools import partial

from rule_building import (
    Drawn,
    a_care_leaver,
    a_child,
    a_health_check,
    an_adoption,
    an_episode,
    an_sdq,
    placed,
    the_adopters,
)
from rule_cases import cases, fails, passes

in_return = {"kind": "ssda903"}
a_leaver = partial(a_child, date_of_birth="2007-06-15")  # 14 in 2021, 16 in 2023, 18 in 2025
says_nothing = {"contact_date": None, "activity": None, "accommodation": None}
all_year = partial(placed, "2024-01-01", legal_status="C2")
# Someone else's, so that the table is among those sent.
another_child = a_child(placed("2025-05-01"))


def _left(*placements: Drawn, **values: str | None) -> Drawn:
    """A care leaver of 18 who had these placements."""
    return a_leaver(an_episode(*placements, a_care_leaver(**values)))


def _left_as_returned(*placements: Drawn, **values: str | None) -> Drawn:
    return a_leaver(*placements, a_care_leaver(contact_date=None, **values))


def _held_before(*placements: Drawn) -> dict[str, object]:
    """What last year's return held of the child, whose row is there too."""
    return {"kind": "ssda903", "before": (a_leaver(*placements), another_child)}


CASES = (
    cases(
        "CSC-277",
        passing=(
            _left(placed("2024-01-01", "2025-06-01", end_reason="E4A")),
            passes(_left_as_returned(placed("2024-01-01", "2025-06-01", end_reason="E4A")), **in_return),
        ),
        failing=(
            _left(placed("2024-01-01", "2025-06-01", end_reason="E2"), placed("2025-07-01")),
            fails(_left_as_returned(placed("2024-01-01", "2025-06-01", end_reason="E2")), **in_return),
        ),
        boundary=(
            fails(
                a_leaver(a_care_leaver()),
                another_child,
                **_held_before(placed("2024-01-01", "2024-06-01", end_reason="E2")),
            ),
            passes(_left(placed("2024-01-01", "2025-06-01", end_reason="E2"), **says_nothing)),
        ),
        null=(
            _left(placed("2024-01-01", "2025-06-01", end_reason=None)),
            fails(_left(placed("2024-01-01", "2025-06-01", end_reason="E2"), activity=None)),
        ),
    ),
    cases(
        "CSC-278",
        passing=(
            _left(placed("2024-01-01", "2025-06-01", end_reason="E4A")),
            passes(_left_as_returned(placed("2024-01-01", "2025-06-01", end_reason="E4A")), **in_return),
        ),
        failing=(
            _left(placed("2024-01-01", "2025-06-01", end_reason="E3")),
            fails(_left_as_returned(placed("2024-01-01", "2025-06-01", end_reason="E3")), **in_return),
        ),
        boundary=(
            passes(_left(placed("2024-01-01", "2025-06-01", end_reason="E3"), placed("2025-06-01"))),
            passes(_left(placed("2025-06-01"), placed("2024-01-01", "2025-06-01", end_reason="E3"))),
            passes(_left(placed("2024-01-01", "2025-06-01", end_reason="E3"), **says_nothing)),
        ),
        null=(
            _left(placed("2024-01-01", "2025-06-01", end_reason=None)),
            fails(_left(placed("2024-01-01", "2025-06-01", end_reason="E3"), accommodation=None)),
        ),
    ),
    cases(
        "CSC-279",
        passing=(
            _left(placed("2023-03-01", "2023-09-01")),
            passes(_left_as_returned(placed("2025-04-01", "2025-09-01")), **_held_before(placed("2025-01-01"))),
        ),
        failing=(
            _left(placed("2023-07-01", "2023-08-01")),
            _left(placed("2023-01-01", "2023-06-01")),
            _left(placed("2023-03-01", "2023-09-01", end_reason="E12")),
            fails(_left_as_returned(placed("2025-05-01", "2025-06-01")), **_held_before(placed("2023-06-01", None))),
            fails(a_leaver(a_care_leaver()), another_child, **_held_before()),
        ),
        boundary=(
            passes(_left(placed("2023-07-01", "2023-09-30"))),
            fails(_left(placed("2023-07-01", "2023-09-29"))),
            passes(_left(placed("2023-03-01", "2023-06-16"))),
            fails(_left(placed("2023-03-01", "2023-06-15"))),
            # the days before the fourteenth birthday do not count
            fails(_left(placed("2021-01-01", "2021-09-12"), placed("2025-06-01", "2025-06-02"))),
            passes(_left(placed("2021-01-01", "2021-09-13"), placed("2025-06-01", "2025-06-02"))),
            # the last placement, without an end, goes on to the day
            passes(_left(placed("2025-12-30"))),
            fails(_left(placed("2025-12-31"))),
            # 20 is too old to ask
            passes(a_child(a_care_leaver(), date_of_birth="2006-03-31")),
            fails(a_child(a_care_leaver(), date_of_birth="2006-04-01")),
            passes(_left(placed("2025-12-31"), **says_nothing)),
            # held in both years, it counts once
            fails(
                _left_as_returned(placed("2024-12-01", "2025-02-15")),
                **_held_before(placed("2024-12-01", "2025-02-15")),
            ),
            passes(
                _left_as_returned(placed("2025-04-01", "2025-05-15")),
                **_held_before(placed("2024-12-01", "2025-02-15")),
            ),
            fails(
                _left_as_returned(placed("2025-01-01", "2025-09-01", legal_status="V4")),
                **_held_before(placed("2024-01-01", "2024-02-01")),
            ),
            # last year's return is not held
            passes(_left_as_returned(placed("2026-01-01")), **in_return),
        ),
        null=(
            a_child(an_episode(placed("2025-12-31"), a_care_leaver()), date_of_birth=None),
            fails(_left(placed(None, "2025-12-31"))),
        ),
    ),
    cases(
        "CSC-280",
        passing=(
            _left(placed("2024-01-01")),
            passes(_left_as_returned(placed("2025-05-01")), **_held_before()),
        ),
        failing=(
            a_care_leaver(),
            fails(a_leaver(a_care_leaver()), another_child, **_held_before()),
        ),
        boundary=(
            passes(a_care_leaver(**says_nothing)),
            passes(a_leaver(a_care_leaver()), another_child, **_held_before(placed("2024-05-01"))),
            passes(a_leaver(a_care_leaver()), another_child, **in_return),
        ),
        null=_left(placed(None)),
    ),
    cases(
        "CSC-285",
        passing=(
            _left(placed("2024-01-01", "2025-06-01")),
            passes(_left_as_returned(placed("2024-01-01", "2025-06-01")), **in_return),
        ),
        failing=(
            fails(_left(placed("2024-01-01", "2025-07-01")), severity="warning"),
            fails(_left_as_returned(placed("2024-01-01", "2025-07-01")), severity="error", **in_return),
            fails(a_child(an_episode(placed("2024-01-01", "2025-07-01"), a_care_leaver()), date_of_birth="2008-06-15")),
        ),
        boundary=(
            fails(_left(placed("2024-01-01", "2025-06-15"))),
            passes(_left(placed("2024-01-01", "2025-06-14"))),
            # 17 or 18 on the day
            passes(
                a_child(an_episode(placed("2024-01-01", "2026-03-31"), a_care_leaver()), date_of_birth="2007-03-31")
            ),
            fails(a_child(an_episode(placed("2024-01-01", "2026-03-31"), a_care_leaver()), date_of_birth="2009-03-31")),
            passes(
                a_child(an_episode(placed("2024-01-01", "2026-03-31"), a_care_leaver()), date_of_birth="2009-04-01")
            ),
            passes(_left(placed("2024-01-01", "2025-07-01"), **says_nothing)),
            passes(
                a_child(placed("2022-01-01", "2022-12-01"), a_care_leaver(), date_of_birth="2004-06-15"),
                kind="ssda903",
                as_of="2023-03-31",
                period_start="2022-04-01",
            ),
        ),
        null=(
            _left(placed("2024-01-01", None)),
            a_child(an_episode(placed("2024-01-01", "2025-07-01"), a_care_leaver()), date_of_birth=None),
        ),
    ),
    cases(
        "CSC-286",
        passing=_left(placed("2024-01-01", "2025-06-01")),
        failing=_left(placed("2024-01-01")),
        boundary=(
            fails(_left(placed("2026-02-01"))),
            passes(_left(placed("2026-02-02"))),
        ),
        null=(_left(placed("2024-01-01"), contact_date=None), _left(placed(None))),
    ),
    cases(
        "CSC-287",
        passing=(a_care_leaver(), passes(a_child(a_care_leaver()), a_child(the_adopters()), **in_return)),
        failing=(
            a_leaver(an_episode(a_care_leaver(), an_adoption())),
            fails(a_leaver(a_care_leaver(contact_date=None), the_adopters()), **in_return),
        ),
        boundary=(
            fails(
                a_leaver(an_episode(a_care_leaver(), an_adoption(initial_decision_date=None, placed_date="2020-01-01")))
            ),
            passes(a_leaver(an_episode(a_care_leaver(**says_nothing), an_adoption()))),
            passes(a_leaver(a_care_leaver(), an_adoption(in_placed_adoption=True)), **in_return),
        ),
        null=a_leaver(an_episode(a_care_leaver(), an_adoption(initial_decision_date=None))),
    ),
    cases(
        "903-1010",
        passing=passes(_left_as_returned(placed("2025-05-01")), **_held_before(placed("2024-05-01"))),
        failing=fails(a_leaver(a_care_leaver()), another_child, **_held_before(placed("2024-05-01"))),
        boundary=(
            passes(a_leaver(a_care_leaver()), another_child, **_held_before(placed("2024-05-01", "2024-06-01"))),
            fails(
                a_leaver(a_care_leaver()),
                another_child,
                **_held_before(placed("2024-07-01"), placed("2024-05-01", "2024-07-01")),
            ),
            passes(
                a_leaver(a_care_leaver()),
                another_child,
                **_held_before(placed("2024-05-01"), placed("2024-07-01", "2024-08-01")),
            ),
            fails(a_leaver(a_care_leaver(**says_nothing)), another_child, **_held_before(placed("2024-05-01"))),
        ),
        null=(
            passes(a_leaver(a_care_leaver()), another_child, **_held_before(placed(None))),
            passes(a_leaver(a_care_leaver()), another_child, **_held_before()),
        ),
    ),
    cases(
        "903-187",
        passing=passes(
            _left_as_returned(placed("2025-05-01", "2025-06-01")),
            a_child(the_adopters(), all_year("2025-05-01")),
            **in_return,
        ),
        failing=(
            fails(a_leaver(all_year(), a_care_leaver()), a_child(the_adopters()), **in_return),
            fails(a_child(all_year(), the_adopters()), a_leaver(a_care_leaver()), **in_return),
        ),
        boundary=(
            passes(a_leaver(all_year(), a_care_leaver(**says_nothing)), a_child(the_adopters()), **in_return),
            fails(
                a_leaver(placed("2025-04-01", legal_status="C2"), a_care_leaver()),
                a_child(the_adopters()),
                **in_return,
            ),
            passes(
                a_leaver(placed("2025-04-02", legal_status="C2"), a_care_leaver()),
                a_child(the_adopters()),
                **in_return,
            ),
            # no table of adoptions came
            passes(a_leaver(all_year(), a_care_leaver()), **in_return),
        ),
        null=passes(a_leaver(placed(None, legal_status="C2"), a_care_leaver()), a_child(the_adopters()), **in_return),
    ),
    cases(
        "903-215",
        passing=passes(a_leaver(a_care_leaver()), a_child(a_health_check()), **in_return),
        failing=fails(a_leaver(a_care_leaver(), a_health_check()), **in_return),
        boundary=(
            fails(
                a_leaver(
                    a_care_leaver(in_touch="YES", activity=None, accommodation=None),
                    Drawn("cla_health", {"intervention_offered": "0"}),
                ),
                **in_return,
            ),
            passes(a_leaver(a_care_leaver(), an_sdq(), Drawn("cla_health", {})), **in_return),
        ),
        null=passes(a_leaver(a_care_leaver(**says_nothing), a_health_check()), **in_return),
    ),
    cases(
        "903-348",
        passing=passes(a_care_leaver(in_touch="YES"), before=(a_care_leaver(in_touch="YES"),), **in_return),
        failing=fails(a_care_leaver(in_touch="YES"), before=(a_care_leaver(in_touch="DIED"),), **in_return),
        boundary=(
            passes(a_care_leaver(in_touch="DIED"), before=(a_care_leaver(in_touch="DIED"),), **in_return),
            passes(
                a_care_leaver(in_touch="YES"),
                before=(a_care_leaver(in_touch="DIED"),),
                kind="ssda903",
                as_of="2025-03-31",
                period_start="2024-04-01",
            ),
        ),
        null=(
            fails(a_care_leaver(in_touch=None), before=(a_care_leaver(in_touch="DIED"),), **in_return),
            passes(a_care_leaver(in_touch="YES"), before=(a_care_leaver(in_touch=None),), **in_return),
        ),
    ),
)
