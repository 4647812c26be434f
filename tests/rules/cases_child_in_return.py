"""Cases of the rules on which tables of an SSDA903 return a child is in."""

from rule_building import (
    Drawn,
    a_care_leaver,
    a_child,
    a_health_check,
    a_missing_episode,
    a_previous_permanence,
    a_review,
    an_adoption,
    placed,
)
from rule_cases import Verdict, cases, fails, passes

# Another child, so that the return came with Episodes.
AND_EPISODES = a_child(placed("2025-07-01"))


def ok(*drawn: Drawn) -> Verdict:
    return passes(*drawn, kind="ssda903")


def bad(*drawn: Drawn) -> Verdict:
    return fails(*drawn, kind="ssda903")


CASES = (
    cases(
        "903-1012",
        passing=ok(a_child(placed("2025-07-01"), a_review(), a_health_check())),
        failing=tuple(
            bad(a_child(a_care_leaver(), drawn()), AND_EPISODES)
            for drawn in (an_adoption, a_missing_episode, a_review, a_previous_permanence, a_health_check)
        ),
        boundary=(
            ok(a_child(a_care_leaver()), AND_EPISODES),
            ok(a_child(placed("2020-07-01", "2020-08-01"), a_review())),
            ok(a_child(a_review())),  # came without Episodes
        ),
        null=bad(a_child(a_review(review_date=None, participation=None)), AND_EPISODES),
    ),
    cases(
        "903-EPI",
        passing=ok(AND_EPISODES),
        failing=bad(a_child(), AND_EPISODES),
        boundary=(
            ok(a_child(a_care_leaver())),
            bad(a_child(a_review())),
            ok(a_child(a_review(), sex=None, ethnicity=None)),  # not in Header
        ),
        null=ok(a_child(a_care_leaver(contact_date=None, activity=None, accommodation=None))),
    ),
)
