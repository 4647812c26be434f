"""Cases of the rules on care workers that only SSDA903 asks."""

from functools import partial

from rule_building import Drawn, a_child, a_placement, a_worker, an_episode
from rule_cases import Cases, cases, fails, passes

_IN_2024 = {"as_of": "2024-03-31", "period_start": "2023-04-01"}
_IN_2025 = {"as_of": "2025-03-31", "period_start": "2024-04-01"}
_passes = partial(passes, kind="ssda903")
_fails = partial(fails, kind="ssda903")
_passes_2024 = partial(_passes, **_IN_2024)
_fails_2024 = partial(_fails, **_IN_2024)
_passes_2025 = partial(_passes, **_IN_2025)
_fails_2025 = partial(_fails, **_IN_2025)


def _spells(*spells: tuple[str | None, str | None]) -> Drawn:
    """An episode with a worker for each (start, end)."""
    return an_episode(*(a_worker(start_date=start, end_date=end) for start, end in spells))


def _placed(placement: dict[str, str | None], *starts: str | None, **worker: str | None) -> Drawn:
    """A child with this placement, and a worker for each start."""
    return a_child(an_episode(a_placement(**placement), *(a_worker(start_date=start, **worker) for start in starts)))


_OPEN = {"start_date": "2023-07-01", "legal_status": "C2"}
_LEFT = {"start_date": "2025-07-01", "start_reason": "P", "end_date": "2025-09-01", "end_reason": "E4A"}


def _as_last_year(rule_id: str, column: str, value: str, other: str) -> Cases:
    """The first worker of the year is, in this column, the one that last year's return left open."""

    def first(said: str | None, **values: str | None) -> Drawn:
        return a_worker(**{"start_date": "2023-05-01", column: said} | values)

    later = a_worker(worker_id="SW9", start_date="2024-11-01", change_reason="OTHERS")
    left_open = an_episode(first(value))
    return cases(
        rule_id,
        passing=_passes_2025(an_episode(first(value), later), before=(left_open,)),
        failing=_fails_2025(an_episode(first(other)), before=(left_open,), severity="warning"),
        boundary=(
            _passes_2025(an_episode(first(other)), before=(an_episode(first(value, end_date="2024-03-01")),)),
            _fails_2025(an_episode(later, first(other)), rows=(1,), before=(left_open,)),
            # a child of whom there was no worker last year
            _passes_2025(an_episode(first(other)), an_episode(first(value)), before=(a_child(), left_open)),
        ),
        null=_fails_2025(an_episode(first(None)), before=(left_open,)),
    )


CASES = (
    cases(
        "903-SW01STG1",
        passing=_passes_2024(_placed(_OPEN, "2023-07-01")),
        failing=_fails_2024(_placed(_OPEN, "2023-07-01", change_reason=None)),
        boundary=(
            _passes_2024(_placed(_OPEN | {"legal_status": "V3"}, "2023-07-01", change_reason=None)),
            _passes_2024(_placed(_OPEN | {"end_date": "2024-03-31"}, "2023-07-01", change_reason=None)),
            # of two children one has no worker
            _fails_2024(_placed(_OPEN, "2023-07-01"), _placed(_OPEN), rows=(1,)),
            _passes(_placed(_OPEN, "2023-07-01", change_reason=None)),
        ),
        null=(
            _fails_2024(_placed(_OPEN, None)),
            _fails_2024(_placed(_OPEN | {"legal_status": None}, "2023-07-01", worker_id=None)),
        ),
    ),
    cases(
        "903-SW03STG1",
        passing=_passes_2024(a_worker()),
        failing=_fails_2024(a_worker(worker_id=None)),
        boundary=(_passes_2024(a_worker(end_date=None)), _passes(a_worker(worker_id=None))),
        null=(_fails_2024(a_worker(start_date=None)), _fails_2024(a_worker(change_reason=None))),
    ),
    cases(
        "903-SW11aSTG2",
        passing=_passes_2024(_spells(("2023-05-01", "2023-06-01"), ("2023-06-01", None))),
        failing=_fails_2024(_spells(("2023-05-01", "2023-06-01"), ("2023-12-01", None)), rows=(1,)),
        boundary=(
            _passes_2024(_spells(("2023-05-01", "2023-06-01"), ("2023-06-06", None))),
            _fails_2024(_spells(("2023-05-01", "2023-06-01"), ("2023-06-07", None)), rows=(1,)),
            _passes_2024(_spells(("2023-05-01", "2023-06-06"), ("2023-06-01", None))),
            _fails_2024(_spells(("2023-05-01", "2023-06-07"), ("2023-06-01", None)), rows=(1,)),
            _fails_2024(_spells(("2023-05-01", "2024-03-26"), ("2023-06-01", None)), rows=(1,)),
            _passes_2024(_spells(("2023-05-01", "2024-03-27"), ("2023-06-01", None))),
        ),
        null=(
            _fails_2024(_spells(("2023-05-01", "2023-06-01"), (None, None)), rows=(1,)),
            _passes_2024(_spells(("2023-05-01", None), ("2023-12-01", None))),
        ),
    ),
    cases(
        "903-SW11bSTG2",
        passing=_passes(_spells(("2025-05-01", None))),
        failing=_fails(_spells(("2025-05-01", "2026-03-30"))),
        boundary=(
            _fails(_spells(("2025-05-01", "2026-03-26"))),
            _passes(_spells(("2025-05-01", "2026-03-25"))),
            _fails(_spells(("2025-05-01", "2026-03-31"))),
            _passes(_spells(("2025-05-01", "2026-04-01"))),
            _passes(_spells(("2025-05-01", "2026-03-30"), ("2026-03-30", None))),
            _fails(_spells(("2025-05-01", None), ("2025-06-01", "2026-03-30")), rows=(1,)),
        ),
        null=(
            _passes(_spells(("2025-05-01", None))),
            _fails(_spells(("2025-05-01", "2026-03-30"), (None, None))),
        ),
    ),
    cases(
        "903-SW12STG2",
        passing=(
            _passes(_placed({"start_date": "2025-07-01"}, "2025-07-01")),
            _passes(_placed(_LEFT, "2025-05-01")),
        ),
        failing=(
            _fails(_placed({"start_date": "2025-07-01"}, "2025-05-01")),
            _fails(_placed(_LEFT, "2025-10-01")),
        ),
        boundary=(
            _fails(_placed({"start_date": "2025-07-01"}, "2025-06-30")),
            _passes(_placed(_LEFT, "2025-09-01")),
            _fails(_placed(_LEFT, "2025-09-02")),
            # one worker that fits is enough
            _passes(_placed({"start_date": "2025-07-01"}, "2025-05-01", "2025-08-01")),
            _passes(_placed({"start_date": "2025-07-01", "legal_status": "V4"}, "2025-05-01")),
            _passes(_placed({"start_date": "2025-07-01", "start_reason": "P"}, "2025-05-01")),
            _passes(_placed(_LEFT | {"end_reason": "X1"}, "2025-10-01")),
            _fails(_placed(_LEFT | {"start_date": "2024-01-01", "end_date": "2024-04-01"}, "2025-10-01")),
            _passes(_placed(_LEFT | {"start_date": "2024-01-01", "end_date": "2024-03-31"}, "2025-10-01")),
            _fails_2024(_placed(_LEFT | {"start_date": "2020-01-01", "end_date": "2020-03-31"}, "2025-10-01")),
            # of two children one has no worker
            _fails(_placed({}, "2025-07-01"), _placed({}), rows=(1,)),
        ),
        null=(
            _fails(_placed({}, None)),
            _fails(_placed({"start_date": None}, "2025-07-01")),
            _passes(_placed(_LEFT | {"end_date": None, "end_reason": None}, "2025-10-01")),
        ),
    ),
    cases(
        "903-SW13STG1",
        passing=_passes(a_worker(change_reason="MANAGE")),
        failing=_fails(a_worker(change_reason="BORED")),
        boundary=(
            _passes(a_worker(change_reason=None, start_date="2023-03-31")),
            _fails(a_worker(change_reason=None, start_date="2023-04-01")),
            _fails_2024(a_worker(change_reason=None, start_date="2023-03-31")),
        ),
        null=(
            _passes(a_worker(change_reason=None, start_date=None)),
            _fails(a_worker(change_reason="BORED", start_date=None)),
        ),
    ),
    cases(
        "903-SW14STG2",
        passing=_passes_2024(_spells(("2023-05-01", "2023-06-01"), ("2023-06-01", None))),
        failing=_fails_2024(_spells(("2023-05-01", None), ("2023-06-01", None))),
        boundary=(
            _passes_2024(_spells(("2023-05-01", None)), _spells(("2023-06-01", None))),
            _fails_2024(_spells(("2023-05-01", None), ("2023-05-01", None))),
        ),
        null=_fails_2024(_spells((None, None), ("2023-06-01", None)), rows=(1,)),
    ),
    cases(
        "903-SW15STG2",
        passing=_passes_2025(a_worker()),
        failing=_fails_2025(a_worker(change_reason=None), severity="warning"),
        boundary=(
            _fails_2025(a_worker(change_reason=None, start_date="2023-04-01")),
            _passes_2025(a_worker(change_reason=None, start_date="2023-03-31")),
        ),
        null=_fails_2025(a_worker(change_reason=None, start_date=None)),
    ),
    _as_last_year("903-SW16aSTG2", "worker_id", "SW1234567", "SW7654321"),
    _as_last_year("903-SW16bSTG2", "start_date", "2023-05-01", "2023-05-02"),
    _as_last_year("903-SW16cSTG2", "change_reason", "PCCHAN", "MANAGE"),
)
