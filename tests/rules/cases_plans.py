"""Cases of the rules on plans beside each other."""

from rule_building import Drawn, a_child, a_cin_plan, a_cp_plan, an_episode
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
)
