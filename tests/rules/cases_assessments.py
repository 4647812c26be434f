"""Cases of the rules on assessments and their factors."""

from rule_building import YEAR_START, a_child, an_assessment, an_episode
from rule_cases import cases, fails, passes

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
)
