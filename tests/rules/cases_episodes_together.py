"""Cases of the rules on the episodes of one child beside each other."""

from rule_building import Drawn, a_child, an_episode
from rule_cases import cases, fails, passes


def _two(first: dict[str, object], second: dict[str, object]) -> Drawn:
    """A child with two episodes."""
    return a_child(an_episode(**first), an_episode(social_care_episode_id="E2", **second))


CASES = (
    cases(
        "CSC-295",
        passing=_two({"closure_date": "2025-08-01"}, {"referral_date": "2025-09-01"}),
        failing=fails(_two({}, {"referral_date": "2025-09-01"}), rows=(0, 1)),
        boundary=(
            passes(_two({"referral_no_further_action_flag": True}, {})),
            passes(a_child(an_episode()), a_child(an_episode())),
        ),
        null=_two({"referral_no_further_action_flag": None}, {}),
    ),
    cases(
        "CSC-296",
        passing=_two({"closure_date": "2025-08-01"}, {"referral_date": "2025-09-01"}),
        failing=_two({}, {"referral_date": "2025-09-01", "closure_date": "2025-10-01"}),
        boundary=_two({}, {"closure_date": "2025-10-01"}),
        null=(
            _two({"referral_no_further_action_flag": None}, {"referral_date": "2025-09-01"}),
            _two({"referral_date": None}, {"closure_date": "2025-10-01"}),
        ),
    ),
    cases(
        "CSC-297",
        passing=_two({"closure_date": "2025-08-01"}, {"referral_date": "2025-09-01"}),
        failing=fails(_two({"closure_date": "2025-08-01"}, {"referral_date": "2025-07-01"}), rows=(1,)),
        boundary=(
            passes(_two({"closure_date": "2025-08-01"}, {"referral_date": "2025-08-01"})),
            fails(_two({"closure_date": "2025-08-01"}, {"referral_date": "2025-07-31"}), rows=(1,)),
            passes(_two({}, {"referral_date": "2026-03-31"})),
            fails(_two({}, {"referral_date": "2026-03-30"}), rows=(1,)),
            fails(_two({}, {}), rows=(0, 1)),
        ),
        null=(
            _two({"referral_no_further_action_flag": None}, {"referral_date": "2025-09-01"}),
            _two({"referral_date": None}, {"referral_date": None}),
        ),
    ),
    cases(
        "CSC-298",
        passing=_two({"referral_date": "2025-05-01"}, {"referral_date": "2025-06-01"}),
        failing=fails(_two({"referral_date": "2025-05-01"}, {"referral_date": "2025-05-01"}), rows=(0, 1)),
        boundary=(
            passes(_two({"referral_date": "2025-05-01"}, {"referral_date": "2025-05-02"})),
            passes(a_child(an_episode()), a_child(an_episode())),
        ),
        null=_two({"referral_date": None}, {"referral_date": None}),
    ),
)
