"""Cases of the rules on a child's sex, ethnicity and age, and on an unborn child."""

from rule_building import a_child, an_episode
from rule_cases import cases, fails, passes

IN_2024 = {"as_of": "2024-03-31", "period_start": "2023-04-01"}
CLOSED = {"closure_date": "2026-01-01"}
NOT_IN_HEADER = a_child(sex=None, ethnicity=None)
SEEKING_ASYLUM_ONLY = a_child(sex="F", ethnicity=None, uasc_flag=True)


def unborn(expected: str | None = "2026-06-01", *beneath, **values):
    return a_child(*beneath, **({"date_of_birth": None, "expected_date_of_birth": expected, "sex": "U"} | values))


def many(number: int, of_one_day: int):
    """Children of whom so many share a date of birth."""
    shared = [a_child(date_of_birth="2015-06-15") for _ in range(of_one_day)]
    days = [f"20{year:02}-{month:02}-20" for year in range(10, 24) for month in range(1, 13)]
    return (*shared, *(a_child(date_of_birth=day) for day in days[: number - of_one_day]))


CASES = (
    cases(
        "CSC-115",
        passing=(
            a_child(sex="M"),
            passes(a_child(sex="U"), kind="cin"),
            passes(a_child(sex="U"), kind="ssda903"),
        ),
        failing=(
            fails(a_child(sex="X"), severity="error"),
            fails(a_child(sex="X"), kind="cin"),
            fails(a_child(sex="X"), kind="ssda903"),
        ),
        boundary=(
            fails(a_child(sex="f")),
            fails(a_child(sex="U"), kind="ssda903", **IN_2024),
            passes(a_child(sex="F"), kind="ssda903", **IN_2024),
            passes(a_child(sex="U"), kind="cin", **IN_2024),
            passes(NOT_IN_HEADER, kind="ssda903"),
            fails(NOT_IN_HEADER, kind="cin"),
        ),
        null=(
            fails(a_child(sex=None), severity="warning"),
            fails(a_child(sex=None), kind="cin", severity="error"),
            fails(a_child(sex=None), kind="ssda903"),
            fails(a_child(sex=None), kind="ssda903", **IN_2024),
        ),
    ),
    cases(
        "CSC-116",
        passing=(a_child(ethnicity="NOBT"), passes(a_child(ethnicity="wbri"), kind="ssda903")),
        failing=(
            fails(a_child(ethnicity="ABCD"), severity="error"),
            fails(a_child(ethnicity="ABCD"), kind="cin"),
            fails(a_child(ethnicity="ABCD"), kind="ssda903"),
        ),
        boundary=(
            passes(a_child(ethnicity="CHNE")),
            fails(a_child(ethnicity="CNHE")),
            fails(a_child(ethnicity="wbri")),
            passes(NOT_IN_HEADER, kind="ssda903"),
            passes(SEEKING_ASYLUM_ONLY, kind="ssda903"),
        ),
        null=(
            fails(a_child(ethnicity=None), severity="warning"),
            fails(a_child(ethnicity=None), kind="cin", severity="error"),
            fails(a_child(ethnicity=None), kind="ssda903"),
        ),
    ),
    cases(
        "CSC-196",
        passing=unborn("2026-06-01"),
        failing=(unborn("2025-06-01"), fails(unborn("2027-06-01"), kind="cin")),
        boundary=(
            fails(unborn("2026-03-01")),
            passes(unborn("2026-03-02")),
            passes(unborn("2026-12-30")),
            fails(unborn("2026-12-31")),
            passes(a_child(expected_date_of_birth="2015-06-20")),
            fails(a_child(expected_date_of_birth="2015-06-20"), kind="cin"),
        ),
        null=(unborn(None), passes(a_child(), kind="cin")),
    ),
    cases(
        "CSC-197",
        passing=(unborn(), passes(unborn(), kind="cin")),
        failing=(unborn(sex="F"), fails(unborn(sex="M"), kind="cin")),
        boundary=(a_child(sex="F", expected_date_of_birth="2015-06-20"), unborn(None, sex="F")),
        null=fails(unborn(sex=None)),
    ),
    cases(
        "CSC-198",
        passing=(a_child(sex="F"), passes(a_child(sex="F"), kind="ssda903")),
        failing=(a_child(sex="U"), fails(a_child(sex="U"), kind="ssda903")),
        boundary=(
            passes(unborn()),
            fails(unborn(), kind="ssda903"),
            passes(a_child(sex="U"), kind="ssda903", **IN_2024),
        ),
        null=a_child(sex=None),
    ),
    cases(
        "CSC-247",
        passing=(a_child(), passes(a_child(), kind="ssda903")),
        failing=(a_child(date_of_birth="1990-01-01"), fails(a_child(date_of_birth="1990-01-01"), kind="ssda903")),
        boundary=(
            passes(a_child(date_of_birth="2000-04-01"), kind="ssda903"),
            fails(a_child(date_of_birth="2000-03-31"), kind="ssda903"),
            # the window of the feed starts on the 1 April before the day two years ago
            passes(a_child(date_of_birth="1998-04-01")),
            fails(a_child(date_of_birth="1998-03-31")),
            passes(a_child(date_of_birth="1999-04-01"), as_of="2026-04-01"),
            fails(a_child(date_of_birth="1999-03-31"), as_of="2026-04-01"),
        ),
        null=a_child(date_of_birth=None),
    ),
    cases(
        "CSC-248",
        passing=a_child(an_episode()),
        failing=(
            a_child(an_episode(), date_of_birth="1999-01-01"),
            fails(a_child(an_episode(**CLOSED), date_of_birth="2000-01-01"), kind="cin"),
        ),
        boundary=(
            passes(a_child(an_episode(), date_of_birth="2001-03-31")),
            fails(a_child(an_episode(), date_of_birth="2001-03-30")),
            passes(a_child(an_episode(**CLOSED), date_of_birth="2001-01-01")),
            fails(a_child(an_episode(**CLOSED), date_of_birth="2000-12-31")),
            passes(a_child(date_of_birth="1990-01-01")),
        ),
        null=a_child(an_episode(), date_of_birth=None),
    ),
    cases(
        "CSC-249",
        passing=a_child(an_episode()),
        failing=(fails(a_child(), severity="warning"), fails(a_child(), kind="cin", severity="error")),
        boundary=fails(a_child(an_episode()), a_child(), rows=(1,)),
        null=a_child(an_episode(referral_date=None)),
    ),
    cases(
        "CSC-344",
        passing=a_child(date_of_birth="2015-06-15"),
        failing=(a_child(date_of_birth="2015-01-01"), fails(*many(100, of_one_day=6), rows=tuple(range(6)))),
        boundary=(
            passes(a_child(date_of_birth="2015-01-02")),
            passes(*many(100, of_one_day=5)),
            passes(*many(99, of_one_day=6)),
        ),
        null=unborn(),
    ),
    cases(
        "CSC-345",
        passing=unborn("2026-06-01", an_episode()),
        failing=unborn("2025-06-01", an_episode()),
        boundary=(
            passes(unborn("2026-01-30", an_episode())),
            fails(unborn("2026-01-29", an_episode())),
            passes(unborn("2025-06-01", an_episode(**CLOSED))),
            passes(a_child(an_episode(), expected_date_of_birth="2015-06-20")),
        ),
        null=(unborn(None, an_episode()), unborn("2025-06-01")),
    ),
    cases(
        "CIN-8535Q",
        passing=passes(a_child(date_of_death="2025-07-01"), kind="cin"),
        failing=fails(a_child(date_of_death="2015-01-01"), kind="cin"),
        boundary=(
            passes(a_child(date_of_death="2015-06-15"), kind="cin"),
            fails(a_child(date_of_death="2015-06-14"), kind="cin"),
        ),
        null=(
            fails(a_child(date_of_birth=None, date_of_death="2025-07-01"), kind="cin"),
            passes(a_child(date_of_birth=None), kind="cin"),
        ),
    ),
    cases(
        "CIN-8545Q",
        passing=passes(a_child(date_of_death="2025-07-01"), kind="cin"),
        failing=fails(a_child(date_of_death="2024-07-01"), kind="cin"),
        boundary=(
            passes(a_child(date_of_death="2025-04-01"), kind="cin"),
            fails(a_child(date_of_death="2025-03-31"), kind="cin"),
            passes(a_child(date_of_death="2026-03-31"), kind="cin"),
            fails(a_child(date_of_death="2026-04-01"), kind="cin"),
        ),
        null=passes(a_child(date_of_death=None), kind="cin"),
    ),
)
