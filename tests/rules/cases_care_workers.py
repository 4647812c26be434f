"""Cases of the rules on care workers. Those that only SSDA903 asks are in cases_return_care_workers.py."""

from functools import partial

from rule_building import Drawn, a_child, a_placement, a_worker, an_episode
from rule_cases import cases, fails, passes

_passes = partial(passes, kind="ssda903")
_fails = partial(fails, kind="ssda903")
_IN_2024 = {"as_of": "2024-03-31", "period_start": "2023-04-01"}
_IN_2025 = {"as_of": "2025-03-31", "period_start": "2024-04-01"}
_TEAM = 100


def _workers(many: int) -> Drawn:
    return an_episode(*(a_worker(worker_id=f"SW{n}") for n in range(many)))


def _spells(*spells: tuple[str | None, str | None], **values: str | None) -> Drawn:
    """An episode with a worker for each (start, end)."""
    return an_episode(*(a_worker(start_date=start, end_date=end) for start, end in spells), **values)


def _in_two_episodes(first: Drawn, second: Drawn) -> Drawn:
    return a_child(an_episode(first), an_episode(second, social_care_episode_id="E2"))


def _of_one_worker(many: int, **values: str | None) -> tuple[Drawn, ...]:
    """So many children with an open episode each, all with the same worker."""
    return tuple(a_child(an_episode(a_worker(), **values)) for _ in range(many))


def _looked_after(*spells: tuple[str | None, str | None], **placement: str | None) -> Drawn:
    """The same spells of a child who is placed."""
    return a_child(an_episode(a_placement(**placement), *_spells(*spells).beneath))


CASES = (
    cases(
        "CSC-052",
        passing=a_worker(),
        failing=a_worker(worker_id=None),
        boundary=(
            passes(a_worker(change_reason=None)),
            _passes(a_worker(start_date="2023-03-31", change_reason=None), **_IN_2025),
            _fails(a_worker(start_date="2023-04-01", change_reason=None), **_IN_2025),
            _passes(a_worker(worker_id=None)),
        ),
        null=fails(a_worker(start_date=None)),
    ),
    cases(
        "CSC-111",
        passing=(passes(a_worker()), passes(a_worker(worker_id="XX12"))),
        failing=(
            fails(a_worker(worker_id="TEAM7"), severity="warning"),
            _fails(a_worker(worker_id="TEAM7"), severity="error"),
        ),
        boundary=(
            passes(a_worker(worker_id="SW")),
            fails(a_worker(worker_id="1SW2")),
            _fails(a_worker(worker_id="SW1")),
            _passes(a_worker(worker_id="SW12")),
            _passes(a_worker(worker_id="SW1"), **_IN_2025),
        ),
        null=(passes(a_worker(worker_id=None)), _fails(a_worker(worker_id=None))),
    ),
    cases(
        "CSC-188",
        passing=a_worker(start_date="2026-01-01"),
        failing=a_worker(start_date="2026-05-01"),
        boundary=(
            passes(a_worker(start_date="2026-03-31")),
            fails(a_worker(start_date="2026-04-01")),
            _fails(a_worker(start_date="2026-04-01")),
        ),
        null=a_worker(start_date=None),
    ),
    cases(
        "CSC-189",
        passing=(passes(a_worker(end_date="2020-01-01")), _passes(a_worker(end_date="2026-01-01"))),
        failing=(fails(a_worker(end_date="2026-05-01")), _fails(a_worker(end_date="2020-01-01"))),
        boundary=(
            passes(a_worker(end_date="2026-03-31")),
            fails(a_worker(end_date="2026-04-01")),
            _fails(a_worker(end_date="2026-04-01")),
            _passes(a_worker(end_date="2024-04-01")),
            _fails(a_worker(end_date="2024-03-31")),
            _passes(a_worker(end_date="2023-04-01"), **_IN_2025),
            _passes(a_worker(end_date="2023-04-01"), **_IN_2024),
            _fails(a_worker(end_date="2023-03-31"), **_IN_2024),
        ),
        null=(passes(a_worker(end_date=None)), _passes(a_worker(end_date=None))),
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
        "CSC-191",
        passing=a_worker(end_date="2025-06-01"),
        failing=(
            fails(a_worker(end_date="2025-05-01"), severity="warning"),
            _fails(a_worker(end_date="2025-05-01"), severity="error"),
        ),
        boundary=(
            passes(a_worker(end_date="2025-05-02")),
            passes(a_worker(end_date="2025-04-30")),
            _fails(a_worker(end_date="2025-05-03")),
            _passes(a_worker(end_date="2025-05-04")),
            _fails(a_worker(end_date="2025-04-30")),
            _fails(a_worker(start_date="2024-05-01", end_date="2024-05-01"), **_IN_2025),
            _passes(a_worker(start_date="2024-05-01", end_date="2024-05-02"), **_IN_2025),
        ),
        null=(passes(a_worker(end_date=None)), _passes(a_worker(start_date=None, end_date="2025-05-01"))),
    ),
    cases(
        "CSC-192",
        passing=_spells(("2025-05-01", "2025-06-01"), closure_date="2025-09-01"),
        failing=(
            fails(_spells(("2025-01-01", "2025-02-01"))),
            fails(_spells(("2025-10-01", None), closure_date="2025-09-01")),
        ),
        boundary=(
            passes(_spells(("2025-01-01", "2025-05-01"))),
            fails(_spells(("2025-01-01", "2025-04-30"))),
            passes(_spells(("2025-09-01", None), closure_date="2025-09-01")),
            fails(_spells(("2025-09-02", None), closure_date="2025-09-01")),
        ),
        null=(
            passes(_spells((None, None), closure_date="2025-09-01")),
            passes(_spells(("2025-01-01", "2025-02-01"), referral_date=None)),
        ),
    ),
    cases(
        "CSC-324",
        passing=(
            passes(_spells(("2025-05-01", "2025-06-01"), ("2025-06-01", None))),
            _passes(_spells(("2025-05-01", "2025-06-01"), ("2025-06-01", None))),
        ),
        failing=(
            fails(_spells(("2025-05-01", None), ("2025-06-01", None)), severity="warning"),
            _fails(_spells(("2025-06-01", None), ("2025-05-01", None)), rows=(1,), severity="error"),
        ),
        boundary=(
            passes(_spells(("2025-05-01", None), ("2025-05-01", None))),
            _fails(_spells(("2025-05-01", None), ("2025-05-01", None))),
            passes(_in_two_episodes(a_worker(start_date="2025-05-01"), a_worker(start_date="2025-06-01"))),
            _passes(_spells(("2025-05-01", None)), _spells(("2025-06-01", None))),
        ),
        null=(
            passes(_spells((None, None), ("2025-06-01", None))),
            _fails(_spells((None, None), ("2025-06-01", None)), rows=(1,)),
            _passes(_spells((None, None), (None, None))),
        ),
    ),
    cases(
        "CSC-325",
        passing=(
            passes(_spells(("2025-05-01", "2025-06-01"), ("2025-06-01", None))),
            _passes(_spells(("2025-05-01", "2025-06-01"), ("2025-06-01", None))),
        ),
        failing=(
            fails(_spells(("2025-05-01", "2025-06-01"), ("2025-07-01", None)), rows=(1,)),
            _fails(_spells(("2025-05-01", "2025-07-01"), ("2025-06-01", None)), rows=(1,)),
        ),
        boundary=(
            passes(_spells(("2025-05-01", "2025-06-01"), ("2025-06-08", None))),
            fails(_spells(("2025-05-01", "2025-06-01"), ("2025-06-09", None)), rows=(1,)),
            _passes(_spells(("2025-05-01", "2025-06-08"), ("2025-06-01", None))),
            _fails(_spells(("2025-05-01", "2025-06-09"), ("2025-06-01", None)), rows=(1,)),
            passes(_in_two_episodes(a_worker(end_date="2025-05-10"), a_worker(start_date="2025-12-01"))),
            _passes(
                an_episode(
                    a_worker(end_date="2025-06-01"),
                    a_worker(worker_id="SW2", start_date="2025-12-01", change_reason="FCONTA"),
                )
            ),
            _fails(
                an_episode(
                    a_worker(start_date="2023-05-01", end_date="2023-06-01"),
                    a_worker(start_date="2023-12-01", change_reason="FCONTA"),
                ),
                rows=(1,),
                **_IN_2024,
            ),
            # two that start on one day follow each other by their ends, an open one last
            _passes(_spells(("2025-05-01", None), ("2025-05-01", "2025-05-02"))),
        ),
        null=(
            passes(_spells(("2025-05-01", None), ("2025-12-01", None))),
            _fails(_spells(("2025-05-01", None), ("2025-12-01", None)), rows=(1,)),
            _fails(_spells((None, None), ("2025-12-01", "2025-12-02"))),
            _passes(_spells((None, None))),
        ),
    ),
    cases(
        "CSC-326",
        passing=(passes(_spells(("2025-05-01", None))), _passes(_looked_after(("2025-05-01", None)))),
        failing=(
            fails(_spells(("2025-05-01", "2025-06-01"))),
            _fails(_looked_after(("2025-05-01", "2025-06-01"))),
        ),
        boundary=(
            passes(_spells(("2025-05-01", "2025-06-01"), closure_date="2025-09-01")),
            passes(_spells(("2025-05-01", "2025-06-01"), ("2025-06-01", None))),
            fails(_spells(("2025-05-01", None), ("2025-06-01", "2025-07-01")), rows=(1,)),
            _fails(_looked_after(("2025-05-01", None), ("2025-06-01", "2025-07-01")), rows=(1,)),
            passes(_spells(("2025-05-01", "2025-06-01"), ("2025-05-01", None))),
            _passes(_looked_after(("2025-05-01", "2025-06-01"), ("2025-05-01", None))),
            _passes(_looked_after(("2025-05-01", "2025-06-01"), end_date="2025-09-01")),
            _passes(_looked_after(("2025-05-01", "2025-06-01"), legal_status="V3")),
            _fails(_looked_after(("2025-05-01", "2025-06-01"), legal_status="C2")),
        ),
        null=(passes(_spells((None, "2025-06-01"))), _passes(_looked_after((None, "2025-06-01")))),
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
    cases(
        "CSC-356",
        passing=passes(*_of_one_worker(3)),
        failing=fails(*_of_one_worker(_TEAM + 5), rows=tuple(range(_TEAM + 5))),
        boundary=(
            passes(*_of_one_worker(_TEAM)),
            fails(*_of_one_worker(_TEAM + 1), rows=tuple(range(_TEAM + 1))),
            # one more that is closed, one that has ended, and one twice in an episode make no difference
            passes(*_of_one_worker(_TEAM), *_of_one_worker(1, closure_date="2025-09-01")),
            passes(*_of_one_worker(_TEAM), an_episode(a_worker(end_date="2025-06-01"))),
            passes(*_of_one_worker(_TEAM - 1), an_episode(a_worker(), a_worker(start_date="2025-06-01"))),
        ),
        null=passes(*(an_episode(a_worker(worker_id=None)) for _ in range(_TEAM + 1))),
    ),
)
