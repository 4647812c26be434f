"""Cases of the rules on plans beside each other."""

from rule_building import Drawn, a_child, a_cin_plan, a_cp_plan, a_cp_review, an_episode
from rule_cases import Cases, cases, fails, passes


def _plans(plan, *spans: tuple[str | None, str | None]) -> Drawn:
    """A child with plans of one sort over these spans, in one episode."""
    ids = "child_in_need_plan_id" if plan is a_cin_plan else "child_protection_plan_id"
    return a_child(
        an_episode(*(plan(**{ids: f"P{n}"}, start_date=start, end_date=end) for n, (start, end) in enumerate(spans)))
    )


def _cin_and_cp(cin: tuple[str | None, str | None], cp: tuple[str | None, str | None]) -> Drawn:
    """A child with one plan of need and one of protection, in one episode."""
    return a_child(
        an_episode(a_cin_plan(start_date=cin[0], end_date=cin[1]), a_cp_plan(start_date=cp[0], end_date=cp[1]))
    )


def _overlaps(rule_id: str, plan) -> Cases:
    """Plans of one sort may not overlap, the last day included."""
    return cases(
        rule_id,
        passing=_plans(plan, ("2025-05-01", "2025-06-01"), ("2025-07-01", None)),
        failing=fails(_plans(plan, ("2025-05-01", "2025-09-01"), ("2025-07-01", None)), rows=(1,)),
        boundary=(
            fails(_plans(plan, ("2025-05-01", "2025-07-01"), ("2025-07-01", None)), rows=(1,)),
            passes(_plans(plan, ("2025-05-01", "2025-06-30"), ("2025-07-01", None))),
            fails(_plans(plan, ("2025-05-01", None), ("2025-05-01", None)), rows=(0, 1)),
            passes(_plans(plan, ("2025-05-01", None), ("2026-04-01", None))),  # starts after as_of
        ),
        null=(
            passes(_plans(plan, ("2025-05-01", None), (None, "2025-06-01"))),
            fails(_plans(plan, ("2025-05-01", None), ("2025-07-01", None)), rows=(1,)),
        ),
    )


def _reviewed(day: str | None, cp_end: str | None = None, cin_end: str | None = "2025-09-01") -> Drawn:
    """A plan of protection reviewed once, and a plan of need from 1 August 2025."""
    protection = (a_cp_plan(start_date="2025-05-01", end_date=cp_end), a_cp_review(review_date=day))
    return an_episode(*protection, a_cin_plan(start_date="2025-08-01", end_date=cin_end))


CASES = (
    cases(
        "CSC-268",
        passing=_cin_and_cp(("2025-10-01", None), ("2025-05-01", "2025-09-01")),
        failing=_cin_and_cp(("2025-08-01", None), ("2025-05-01", "2025-09-01")),
        boundary=(
            passes(_cin_and_cp(("2025-09-01", None), ("2025-05-01", "2025-09-01"))),
            fails(_cin_and_cp(("2025-08-31", None), ("2025-05-01", "2025-09-01"))),
            fails(_cin_and_cp(("2025-05-01", None), ("2025-05-01", None))),
            passes(_cin_and_cp(("2025-04-30", None), ("2025-05-01", None))),
        ),
        null=(
            passes(_cin_and_cp((None, None), ("2025-05-01", None))),
            fails(_cin_and_cp(("2025-08-01", None), ("2025-05-01", None))),
        ),
    ),
    _overlaps("CSC-304", a_cin_plan),
    _overlaps("CSC-306", a_cp_plan),
    cases(
        "CSC-267",
        passing=_cin_and_cp(("2025-05-01", "2025-06-01"), ("2025-06-01", None)),
        failing=_cin_and_cp(("2025-05-01", None), ("2025-06-01", None)),
        boundary=(
            passes(_cin_and_cp(("2025-05-01", None), ("2025-06-01", "2025-07-01"))),
            passes(
                a_child(an_episode(a_cin_plan()), an_episode(a_cp_plan(), social_care_episode_id="E2")),
            ),
            fails(_cin_and_cp(("2025-05-01", None), ("2025-06-01", None)), kind="cin"),
        ),
        null=(
            passes(_cin_and_cp((None, None), ("2025-06-01", None))),
            fails(_cin_and_cp(("2025-05-01", None), (None, None))),
        ),
    ),
    cases(
        "CSC-269",
        passing=_cin_and_cp(("2025-05-01", "2025-09-01"), ("2025-10-01", None)),
        failing=_cin_and_cp(("2025-05-01", "2025-09-01"), ("2025-08-01", None)),
        boundary=(
            passes(_cin_and_cp(("2025-05-01", "2025-09-01"), ("2025-09-01", None))),
            fails(_cin_and_cp(("2025-05-01", "2025-09-01"), ("2025-08-31", None))),
            fails(_cin_and_cp(("2025-05-01", None), ("2025-05-01", None))),
            passes(_cin_and_cp(("2025-05-01", None), ("2025-04-30", None))),
            fails(_cin_and_cp(("2025-05-01", None), ("2026-03-31", None)), kind="cin"),
            passes(_cin_and_cp(("2025-05-01", None), ("2026-04-01", None))),
        ),
        null=(
            passes(_cin_and_cp(("2025-05-01", None), (None, None))),
            passes(_cin_and_cp((None, None), ("2025-05-01", None))),
        ),
    ),
    cases(
        "CSC-303",
        passing=_plans(a_cin_plan, ("2025-05-01", "2025-06-01"), ("2025-07-01", None)),
        failing=fails(_plans(a_cin_plan, ("2025-05-01", None), ("2025-07-01", None)), rows=(0, 1)),
        boundary=passes(
            a_child(an_episode(a_cin_plan()), an_episode(a_cin_plan(), social_care_episode_id="E2")),
        ),
        null=fails(_plans(a_cin_plan, ("2025-05-01", None), (None, None)), rows=(0, 1), kind="cin"),
    ),
    cases(
        "CSC-305",
        passing=_plans(a_cp_plan, ("2025-05-01", "2025-06-01"), ("2025-07-01", None)),
        failing=fails(_plans(a_cp_plan, ("2025-05-01", None), ("2025-07-01", None)), rows=(0, 1)),
        boundary=(
            fails(
                a_child(an_episode(a_cp_plan()), an_episode(a_cp_plan(), social_care_episode_id="E2")),
                rows=(0, 1),
                kind="cin",
            ),
            passes(a_child(an_episode(a_cp_plan())), a_child(an_episode(a_cp_plan()))),
        ),
        null=fails(_plans(a_cp_plan, ("2025-05-01", None), (None, None)), rows=(0, 1)),
    ),
    cases(
        "CIN-4003",
        passing=passes(_reviewed("2025-10-01"), kind="cin"),
        failing=fails(_reviewed("2025-08-15"), kind="cin"),
        boundary=(
            fails(_reviewed("2025-08-01"), kind="cin"),
            passes(_reviewed("2025-07-31"), kind="cin"),
            fails(_reviewed("2025-08-31"), kind="cin"),
            passes(_reviewed("2025-09-01"), kind="cin"),
            passes(_reviewed("2025-08-15", cp_end="2025-08-15"), kind="cin"),
            fails(_reviewed("2025-08-15", cp_end="2025-08-16"), kind="cin"),
        ),
        null=(
            passes(_reviewed(None), kind="cin"),
            passes(_reviewed("2025-08-15", cin_end=None), kind="cin"),
        ),
    ),
)
