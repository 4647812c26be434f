"""Cases of the rules on the dates of one placement."""

from rule_building import a_child, a_placement, an_episode, placed
from rule_cases import cases, fails, passes

CASES = (
    cases(
        "CSC-169",
        passing=a_child(placed("2015-07-01")),
        failing=(
            a_child(placed("2015-05-01")),
            fails(a_child(placed("2015-05-01")), kind="ssda903"),
        ),
        boundary=(
            passes(a_child(placed("2015-06-15"))),
            fails(a_child(placed("2015-06-14"))),
            fails(a_child(placed("2015-06-01"), placed("2015-05-01")), rows=(1,)),
            fails(a_child(placed("2015-05-01"), placed("2015-05-01"))),
            fails(a_child(placed(None), placed("2015-05-01")), rows=(1,)),
        ),
        null=(a_child(placed("2015-05-01"), date_of_birth=None), a_child(placed(None))),
    ),
    cases(
        "CSC-170",
        passing=a_placement(start_date="2025-07-01"),
        failing=a_placement(start_date="2030-07-01"),
        boundary=(passes(a_placement(start_date="2026-03-31")), fails(a_placement(start_date="2026-04-01"))),
        null=a_placement(start_date=None),
    ),
    cases(
        "CSC-171",
        passing=placed("2025-07-01", "2025-09-01"),
        failing=placed("2025-07-01", "2027-09-01"),
        boundary=(
            passes(placed("2025-07-01", "2026-03-31")),
            fails(placed("2025-07-01", "2026-04-01")),
            fails(placed("2025-07-01", "2026-04-01"), kind="ssda903"),
        ),
        null=placed("2025-07-01", None),
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
        "CSC-173",
        passing=placed("2025-07-01", "2025-09-01"),
        failing=(placed("2025-07-01", "2025-07-01"), fails(placed("2025-07-01", "2025-07-01"), kind="ssda903")),
        boundary=(passes(placed("2025-07-01", "2025-07-02")), passes(placed("2025-07-01", "2025-06-30"))),
        null=(placed("2025-07-01", None), placed(None, "2025-07-01"), placed(None, None)),
    ),
    cases(
        "CSC-174",
        passing=placed("2025-07-01"),
        failing=(placed("1980-07-01"), fails(placed("1980-07-01"), kind="ssda903")),
        boundary=(passes(placed("1991-10-14")), fails(placed("1991-10-13"))),
        null=placed(None),
    ),
    cases(
        "CSC-175",
        passing=placed("2025-07-01"),
        failing=placed(None),
        boundary=fails(placed(None, "2025-07-01")),
        null=fails(placed(None)),
    ),
    cases(
        "CSC-226",
        passing=placed("2025-07-01", "2025-07-05", placement_type="T1"),
        failing=(
            fails(placed("2025-07-01", "2025-10-01", placement_type="T1"), severity="error"),
            fails(placed("2025-07-01", "2025-10-01", placement_type="T1"), kind="ssda903", severity="error"),
        ),
        boundary=(
            passes(placed("2025-07-01", "2025-08-12", placement_type="T1")),
            fails(placed("2025-07-01", "2025-08-13", placement_type="T1")),
            passes(placed("2025-07-01", placement_type="T1"), as_of="2025-08-12"),
            fails(placed("2025-07-01", placement_type="T1"), as_of="2025-08-13", severity="warning"),
            fails(placed("2025-07-01", placement_type="T1"), kind="ssda903", severity="error"),
            passes(placed("2025-07-01", "2025-10-01", placement_type="T2")),
        ),
        null=(placed(None, "2025-10-01", placement_type="T1"), placed("2025-07-01", placement_type=None)),
    ),
    cases(
        "CSC-227",
        passing=placed("2025-07-01", "2025-07-05", placement_type="T3"),
        failing=(
            fails(placed("2025-07-01", "2025-10-01", placement_type="T3"), severity="error"),
            fails(placed("2025-07-01", "2025-10-01", placement_type="T3"), kind="ssda903", severity="error"),
        ),
        boundary=(
            passes(placed("2025-07-01", "2025-07-22", placement_type="T3")),
            fails(placed("2025-07-01", "2025-07-23", placement_type="T3")),
            passes(placed("2025-07-01", placement_type="T3"), as_of="2025-07-22"),
            fails(placed("2025-07-01", placement_type="T3"), as_of="2025-07-23", severity="warning"),
            fails(placed("2025-07-01", placement_type="T3"), kind="ssda903", severity="error"),
            passes(placed("2025-07-01", "2025-10-01", placement_type="T2")),
        ),
        null=(placed(None, "2025-10-01", placement_type="T3"), placed("2025-07-01", placement_type=None)),
    ),
    cases(
        "CSC-228",
        passing=placed("2025-07-01", "2025-07-05", placement_type="T4"),
        failing=(
            fails(placed("2025-07-01", "2025-10-01", placement_type="T4"), severity="error"),
            fails(placed("2025-07-01", "2025-10-01", placement_type="T4"), kind="ssda903", severity="error"),
        ),
        boundary=(
            passes(placed("2025-07-01", "2025-07-08", placement_type="T4")),
            fails(placed("2025-07-01", "2025-07-09", placement_type="T4")),
            passes(placed("2025-07-01", placement_type="T4"), as_of="2025-07-08"),
            fails(placed("2025-07-01", placement_type="T4"), as_of="2025-07-09", severity="warning"),
            fails(placed("2025-07-01", placement_type="T4"), kind="ssda903", severity="error"),
            passes(placed("2025-07-01", "2025-10-01", placement_type="T2")),
        ),
        null=(placed(None, "2025-10-01", placement_type="T4"), placed("2025-07-01", placement_type=None)),
    ),
    cases(
        "CSC-293",
        passing=an_episode(placed("2025-07-01"), referral_date="2025-05-01", closure_date="2025-12-01"),
        failing=(
            an_episode(placed("2025-04-01"), referral_date="2025-05-01"),
            an_episode(placed("2025-12-24"), referral_date="2025-05-01", closure_date="2025-12-01"),
        ),
        boundary=(
            passes(an_episode(placed("2025-05-01"), referral_date="2025-05-01")),
            fails(an_episode(placed("2025-04-30"), referral_date="2025-05-01")),
            passes(an_episode(placed("2025-12-01"), referral_date="2025-05-01", closure_date="2025-12-01")),
            fails(an_episode(placed("2025-12-02"), referral_date="2025-05-01", closure_date="2025-12-01")),
        ),
        null=(
            passes(an_episode(placed(None), referral_date="2025-05-01")),
            passes(an_episode(placed("2025-07-01"), referral_date=None)),
            fails(an_episode(placed("2025-12-24"), referral_date=None, closure_date="2025-12-01")),
        ),
    ),
)
