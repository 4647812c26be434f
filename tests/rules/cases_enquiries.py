"""Cases of the rules on section 47 enquiries and their conferences."""

from typing import Any

from date_cases import in_order, in_the_future, outside_the_year
from rule_building import Drawn, a_child, an_assessment, an_enquiry, an_episode
from rule_cases import cases, fails, passes


def _two(first: dict[str, Any], second: dict[str, Any]) -> Drawn:
    """Two enquiries of one episode."""
    return an_episode(an_enquiry(**first), an_enquiry(section_47_assessment_id="S2", **second))


def _conference(of_enquiry: str | None, of_episode: str | None) -> Drawn:
    return an_episode(an_enquiry(icpc_date=of_enquiry), icpc_date_episode_level=of_episode)


CASES = (
    cases(
        "CSC-158",
        passing=an_enquiry(start_date="2025-05-12", end_date="2025-05-20"),
        failing=an_enquiry(start_date="2025-05-12", end_date="2025-05-01"),
        boundary=(
            passes(an_enquiry(start_date="2025-05-12", end_date="2025-05-12")),
            fails(an_enquiry(start_date="2025-05-12", end_date="2025-05-11")),
            passes(an_enquiry(end_date="2026-03-31")),
            fails(an_enquiry(end_date="2026-04-01")),
        ),
        null=(an_enquiry(end_date=None), an_enquiry(start_date=None, end_date="2025-05-20")),
    ),
    cases(
        "CSC-162",
        passing=an_enquiry(icpc_date="2025-05-21"),
        failing=an_enquiry(icpc_date="2025-05-25"),
        boundary=(
            passes(an_enquiry(icpc_date="2025-05-23")),  # Friday
            fails(an_enquiry(icpc_date="2025-05-24")),
            passes(an_enquiry(icpc_date="2025-05-26")),  # Monday
        ),
        null=an_enquiry(icpc_date=None),
    ),
    in_order("CSC-142", lambda referred, held: an_episode(an_enquiry(icpc_date=held), referral_date=referred)),
    in_order("CSC-144", lambda referred, start: an_episode(an_enquiry(start_date=start), referral_date=referred)),
    cases(
        "CSC-156",
        passing=an_enquiry(start_date="2025-05-12", icpc_date="2025-05-20"),
        failing=an_enquiry(start_date="2025-05-12", icpc_date="2025-05-01"),
        boundary=(
            passes(an_enquiry(start_date="2025-05-12", icpc_date="2025-05-12")),
            fails(an_enquiry(start_date="2025-05-12", icpc_date="2025-05-11"), kind="cin"),
        ),
        null=(
            passes(an_enquiry(start_date=None, icpc_date=None)),
            fails(an_enquiry(start_date=None, icpc_date="2025-05-20")),
        ),
    ),
    in_the_future("CSC-157", lambda start: an_enquiry(start_date=start), null_fails=True),
    in_order("CSC-159", lambda held, end: an_enquiry(icpc_date=held, end_date=end)),
    in_the_future("CSC-160", lambda held: an_enquiry(icpc_date=held)),
    outside_the_year("CSC-161", lambda held: an_enquiry(icpc_date=held)),
    outside_the_year("CSC-163", lambda start: an_enquiry(start_date=start)),
    cases(
        "CSC-215",
        passing=an_enquiry(icpc_required_flag=True, icpc_date="2025-05-20"),
        failing=an_enquiry(icpc_required_flag=False, icpc_date="2025-05-20"),
        boundary=an_enquiry(icpc_required_flag=False, icpc_date=None),
        null=an_enquiry(icpc_required_flag=None, icpc_date="2025-05-20"),
    ),
    cases(
        "CSC-216",
        passing=an_enquiry(icpc_required_flag=True, end_date="2025-05-20"),
        failing=an_enquiry(icpc_required_flag=None, end_date="2025-05-20"),
        boundary=an_enquiry(icpc_required_flag=False, end_date="2025-05-20"),
        null=an_enquiry(icpc_required_flag=None, end_date=None),
    ),
    cases(
        "CSC-264",
        passing=an_episode(an_enquiry(), an_assessment()),
        failing=an_enquiry(),
        boundary=fails(
            a_child(an_episode(an_enquiry()), an_episode(an_assessment(), social_care_episode_id="E2")), kind="cin"
        ),
        null=an_episode(an_enquiry(start_date=None), an_assessment(start_date=None)),
    ),
    cases(
        "CSC-301",
        passing=_two({"icpc_date": "2025-05-20"}, {}),
        failing=fails(_two({}, {}), rows=(0, 1)),
        boundary=(
            passes(_two({}, {"icpc_required_flag": False})),
            passes(_two({}, {"end_date": "2025-06-01"})),
            fails(_two({}, {}), rows=(0, 1), kind="cin"),
            passes(a_child(an_episode(an_enquiry()), an_episode(an_enquiry(), social_care_episode_id="E2"))),
        ),
        null=fails(_two({"icpc_required_flag": None}, {"start_date": None}), rows=(0, 1)),
    ),
    cases(
        "CSC-302",
        passing=_two(
            {"start_date": "2025-05-12", "icpc_date": "2025-05-20"}, {"start_date": "2025-06-02", "icpc_date": None}
        ),
        failing=fails(
            _two({"start_date": "2025-05-12", "icpc_date": "2025-06-20"}, {"start_date": "2025-06-02"}), rows=(1,)
        ),
        boundary=(
            fails(
                _two({"start_date": "2025-05-12", "icpc_date": "2025-06-02"}, {"start_date": "2025-06-02"}), rows=(1,)
            ),
            passes(_two({"start_date": "2025-05-12", "icpc_date": "2025-05-30"}, {"start_date": "2025-06-02"})),
            passes(_two({"start_date": "2025-05-12", "icpc_required_flag": False}, {"start_date": "2025-06-02"})),
            fails(_two({"start_date": "2025-05-12"}, {"start_date": "2026-03-31"}), rows=(1,), kind="cin"),
            passes(_two({"start_date": "2025-05-12"}, {"start_date": "2026-04-01"})),
            passes(_two({"start_date": "2025-05-12"}, {"start_date": "2025-05-12"})),
            fails(
                _two({"start_date": "2025-05-12", "icpc_date": "2025-05-20"}, {"start_date": "2025-05-12"}),
                rows=(0, 1),
            ),
        ),
        null=(
            passes(_two({"start_date": "2025-05-12", "icpc_date": "2025-06-20"}, {"start_date": None})),
            fails(
                _two({"start_date": "2025-05-12", "icpc_required_flag": None}, {"start_date": "2025-06-02"}), rows=(1,)
            ),
        ),
    ),
    cases(
        "CSC-348",
        passing=an_enquiry(start_date="2025-05-12", icpc_date="2025-05-20"),
        failing=an_enquiry(start_date="2025-05-12"),
        # 15 working days before 31 March 2026, in which there is no bank holiday from 10 March
        boundary=(
            passes(an_enquiry(start_date="2026-03-10")),
            fails(an_enquiry(start_date="2026-03-09")),
            fails(an_enquiry(start_date="2026-03-09"), kind="cin"),
            # Good Friday and Easter Monday do not count
            passes(an_enquiry(start_date="2026-03-27"), as_of="2026-04-21"),
            fails(an_enquiry(start_date="2026-03-26"), as_of="2026-04-21"),
            passes(an_enquiry(start_date="2025-05-12", icpc_required_flag=False)),
        ),
        null=(an_enquiry(start_date="2025-05-12", icpc_required_flag=None), an_enquiry(start_date=None)),
    ),
    cases(
        "CSC-353",
        passing=an_enquiry(start_date="2025-05-12", end_date="2025-12-01"),
        failing=an_enquiry(start_date="2025-05-12"),
        boundary=(passes(an_enquiry(start_date="2025-12-31")), fails(an_enquiry(start_date="2025-12-30"))),
        null=an_enquiry(start_date=None),
    ),
    cases(
        "CIN-2884",
        passing=passes(_conference("2025-05-20", "2025-05-21"), kind="cin"),
        failing=fails(_conference("2025-05-20", "2025-05-20"), kind="cin"),
        boundary=(
            fails(
                a_child(
                    an_episode(an_enquiry(icpc_date="2025-05-20")),
                    an_episode(social_care_episode_id="E2", icpc_date_episode_level="2025-05-20"),
                ),
                kind="cin",
            ),
            passes(
                an_episode(an_enquiry(icpc_date="2025-05-20")),
                an_episode(icpc_date_episode_level="2025-05-20"),
                kind="cin",
            ),
        ),
        null=(passes(_conference(None, None), kind="cin"), passes(_conference("2025-05-20", None), kind="cin")),
    ),
    cases(
        "CIN-8870Q",
        passing=passes(an_enquiry(icpc_target_date="2025-05-21"), kind="cin"),
        failing=fails(an_enquiry(icpc_target_date="2025-05-25"), kind="cin"),
        boundary=(
            passes(an_enquiry(icpc_target_date="2025-05-23"), kind="cin"),  # Friday
            fails(an_enquiry(icpc_target_date="2025-05-24"), kind="cin"),
            passes(an_enquiry(icpc_target_date="2025-05-26"), kind="cin"),  # Monday
        ),
        null=passes(an_enquiry(icpc_target_date=None), kind="cin"),
    ),
)
