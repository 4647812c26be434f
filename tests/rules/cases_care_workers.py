"""Cases of the rules on care workers."""

from rule_building import Drawn, a_worker, an_episode
from rule_cases import cases, fails, passes


def _workers(many: int) -> Drawn:
    return an_episode(*(a_worker(worker_id=f"SW{n}") for n in range(many)))


CASES = (
    cases(
        "CSC-052",
        passing=a_worker(),
        failing=a_worker(worker_id=None),
        boundary=(
            passes(a_worker(change_reason=None)),
            passes(a_worker(start_date="2023-03-31", change_reason=None), kind="ssda903"),
            fails(a_worker(start_date="2023-04-01", change_reason=None), kind="ssda903"),
        ),
        null=fails(a_worker(start_date=None)),
    ),
    cases(
        "CSC-190",
        passing=a_worker(start_date="2025-05-01", end_date="2025-06-01"),
        failing=a_worker(start_date="2025-05-01", end_date="2025-04-01"),
        boundary=(
            passes(a_worker(start_date="2025-05-01", end_date="2025-05-01")),
            fails(a_worker(start_date="2025-05-01", end_date="2025-04-30")),
        ),
        null=(a_worker(end_date=None), a_worker(start_date=None, end_date="2025-04-30")),
    ),
    cases(
        "CSC-355",
        passing=_workers(3),
        failing=fails(_workers(16), rows=tuple(range(16))),
        boundary=(
            passes(_workers(15)),
            fails(an_episode(a_worker(), a_worker()), rows=(0, 1)),
            passes(an_episode(a_worker(), a_worker(start_date="2025-06-01"))),
        ),
        null=an_episode(a_worker(worker_id=None)),
    ),
)
