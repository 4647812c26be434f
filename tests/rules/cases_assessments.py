"""Cases of the rules on assessments and their factors."""

from date_cases import in_the_future, outside_the_year
from rule_building import YEAR_START, Drawn, a_child, an_assessment, an_episode
from rule_cases import cases, fails, passes


def _assessment(own_id: str, start: str | None, authorised: str | None, *factors: str) -> Drawn:
    return an_assessment(
        *factors, child_and_family_assessment_id=own_id, start_date=start, authorisation_date=authorised
    )


def _two(first: tuple[str | None, str | None], second: tuple[str | None, str | None]) -> Drawn:
    """Two assessments of one episode, each from its start to its authorisation."""
    return an_episode(_assessment("A1", *first), _assessment("A2", *second))


CASES = (
    cases(
        "CSC-124",
        passing=an_assessment("1A", "18B", authorisation_date="2025-08-01"),
        failing=fails(an_assessment("1A", "ZZ", authorisation_date="2025-08-01"), severity="error"),
        boundary=(
            passes(an_assessment("18A", authorisation_date="2025-08-01")),
            fails(an_assessment(authorisation_date="2025-08-01"), severity="warning"),
            fails(an_assessment(authorisation_date=YEAR_START), kind="cin", period_start=YEAR_START),
            passes(an_assessment(authorisation_date="2025-03-31"), kind="cin", period_start=YEAR_START),
        ),
        null=an_assessment(authorisation_date=None),
    ),
    cases(
        "CSC-141",
        passing=an_episode(an_assessment(start_date="2025-05-02"), referral_date="2025-05-01"),
        failing=an_episode(an_assessment(start_date="2025-01-02"), referral_date="2025-05-01"),
        boundary=(
            passes(an_episode(an_assessment(start_date="2025-05-01"), referral_date="2025-05-01")),
            fails(an_episode(an_assessment(start_date="2025-04-30"), referral_date="2025-05-01")),
            passes(
                a_child(
                    an_episode(an_assessment(start_date="2024-05-01"), referral_date="2024-05-01"),
                    an_episode(social_care_episode_id="E2", referral_date="2025-05-01"),
                )
            ),
        ),
        null=(an_episode(an_assessment(start_date=None)), an_episode(an_assessment(), referral_date=None)),
    ),
    cases(
        "CSC-146",
        passing=an_assessment(start_date="2025-05-02", authorisation_date="2025-06-02"),
        failing=an_assessment(start_date="2025-05-02", authorisation_date="2025-04-02"),
        boundary=(
            passes(an_assessment(start_date="2025-05-02", authorisation_date="2025-05-02")),
            fails(an_assessment(start_date="2025-05-02", authorisation_date="2025-05-01")),
        ),
        null=(an_assessment(authorisation_date=None), an_assessment(start_date=None, authorisation_date="2025-05-01")),
    ),
    cases(
        "CSC-214",
        passing=an_assessment("1A", "2B"),
        failing=fails(an_assessment("1A", "21"), rows=(1,)),
        boundary=(
            passes(an_assessment("21")),
            passes(an_episode(an_assessment("21"), an_assessment("1A", child_and_family_assessment_id="A2"))),
        ),
        null=an_assessment(),
    ),
    cases(
        "CSC-347",
        passing=an_assessment(start_date="2026-03-01"),
        failing=an_assessment(start_date="2025-05-02"),
        # 45 working days before 31 March 2026, in which there is no bank holiday from 27 January
        boundary=(passes(an_assessment(start_date="2026-01-27")), fails(an_assessment(start_date="2026-01-26"))),
        null=(an_assessment(start_date=None), an_assessment(start_date="2025-05-02", authorisation_date="2025-12-01")),
    ),
    cases(
        "CSC-125",
        passing=an_assessment("18B"),
        failing=fails(an_assessment("18B", "18A"), rows=(1,)),
        boundary=(fails(an_assessment("18a"), kind="cin"), passes(an_assessment("18"))),
        null=an_assessment(),
    ),
    cases(
        "CSC-126",
        passing=an_assessment("19B"),
        failing=fails(an_assessment("19B", "19A"), rows=(1,)),
        boundary=(fails(an_assessment("19a"), kind="cin"), passes(an_assessment("19"))),
        null=an_assessment(),
    ),
    cases(
        "CSC-147",
        passing=an_assessment(start_date="2025-05-02", authorisation_date="2025-08-01"),
        failing=an_assessment(start_date=None, authorisation_date="2025-08-01"),
        boundary=(
            passes(an_assessment(start_date=None)),
            fails(an_assessment(start_date=None, has_factors=True)),
            passes(an_assessment(start_date=None, has_factors=False)),
        ),
        null=an_assessment(start_date="2025-05-02", has_factors=None),
    ),
    in_the_future("CSC-148", lambda authorised: an_assessment(start_date=None, authorisation_date=authorised)),
    outside_the_year("CSC-149", lambda authorised: an_assessment(authorisation_date=authorised)),
    outside_the_year("CSC-150", lambda started: an_assessment(start_date=started), null_fails=True),
    cases(
        "CSC-213",
        passing=an_assessment("2A", authorisation_date="2025-08-01"),
        failing=an_assessment("2A"),
        boundary=(
            passes(an_assessment(has_factors=True)),
            fails(an_assessment("2A"), kind="cin"),
            passes(an_episode(an_assessment(), _assessment("A2", None, "2025-08-01", "2A"))),
        ),
        null=an_assessment(authorisation_date=None),
    ),
    cases(
        "CSC-299",
        passing=_two(("2025-05-01", "2025-06-01"), ("2025-07-01", None)),
        failing=fails(_two(("2025-05-01", "2025-08-01"), ("2025-07-01", None)), rows=(1,)),
        boundary=(
            fails(_two(("2025-05-01", "2025-07-01"), ("2025-07-01", None)), rows=(1,)),
            passes(_two(("2025-05-01", "2025-06-30"), ("2025-07-01", None))),
            fails(_two(("2025-05-01", None), ("2026-03-31", None)), rows=(1,), kind="cin"),
            passes(_two(("2025-05-01", None), ("2026-04-01", None))),
            passes(_two(("2025-05-01", "2025-08-01"), ("2025-05-01", "2025-08-01"))),
            passes(_two(("2025-05-01", None), ("2025-05-01", None))),
            fails(_two(("2025-05-01", "2025-08-01"), ("2025-05-01", None)), rows=(0, 1)),
            passes(
                a_child(
                    an_episode(_assessment("A1", "2025-05-01", "2025-08-01")),
                    an_episode(_assessment("A2", "2025-07-01", None), social_care_episode_id="E2"),
                )
            ),
        ),
        null=_two(("2025-05-01", "2025-08-01"), (None, None)),
    ),
    cases(
        "CSC-300",
        passing=_two(("2025-05-01", "2025-06-01"), ("2025-07-01", None)),
        failing=fails(_two(("2025-05-01", None), ("2025-07-01", None)), rows=(0, 1)),
        boundary=(
            passes(
                a_child(an_episode(an_assessment()), an_episode(an_assessment(), social_care_episode_id="E2")),
            ),
            fails(
                an_episode(an_assessment(), an_assessment(), an_assessment(authorisation_date="2025-08-01")),
                rows=(0, 1),
                kind="cin",
            ),
        ),
        null=fails(_two((None, None), (None, None)), rows=(0, 1)),
    ),
)
