"""Cases of the rules that SSDA903 has asked since 2025/26, and of missing and early dates in Header and UASC."""

from functools import partial

from rule_building import Drawn, a_child, a_placement, a_worker, an_episode
from rule_cases import Cases, cases, fails, passes

_passes = partial(passes, kind="ssda903")
_fails = partial(fails, kind="ssda903")
_IN_2025 = {"as_of": "2025-03-31", "period_start": "2024-04-01"}
_passes_2025 = partial(_passes, **_IN_2025)

_SUPPORTED = {"placement_type": "K3", "urn": "1234567", "placement_postcode": "AB1 2CD", "placement_found": True}
_IN_LA, _IN_OTHER_LA = {"placement_la": "204"}, {"placement_la": "205"}
_FIRST, _SECOND = (
    {"start_date": "2025-05-01", "end_date": "2025-06-10"},
    {"worker_id": "SW2", "start_date": "2025-06-17"},
)


def _workers(**second: str | None) -> Drawn:
    """A worker up to 10 June, and a second one."""
    return an_episode(a_worker(**_FIRST), a_worker(**(_SECOND | second)))


def _shared_upn(*pupils: str | None) -> tuple[Drawn, ...]:
    return tuple(a_child(unique_pupil_number=upn) for upn in pupils)


def _handover(rule_id: str) -> Cases:
    return cases(
        rule_id,
        passing=_passes(_workers()),
        failing=_fails(_workers(start_date="2025-06-18"), rows=(1,), severity="error"),
        boundary=(
            _passes(_workers(start_date="2025-06-03")),
            _fails(_workers(start_date="2025-06-02"), rows=(1,)),
            _passes(_workers(start_date="2025-06-18", change_reason="FCONTA")),
            _fails(_workers(start_date="2025-06-18", change_reason=None), rows=(1,)),
            _passes_2025(_workers(start_date="2025-06-18")),
        ),
        null=(
            _fails(_workers(start_date=None), rows=(1,)),
            _fails(an_episode(a_worker(start_date="2025-05-01"), a_worker(**_SECOND)), rows=(1,)),
        ),
    )


CASES = (
    cases(
        "903-102",
        passing=_passes(a_child()),
        failing=_fails(a_child(date_of_birth=None), severity="error"),
        boundary=(
            _passes(a_child(date_of_birth=None, date_of_birth_unread=True)),
            # who is in no row of Header
            _passes(a_child(date_of_birth=None, sex=None, ethnicity=None)),
        ),
        null=_fails(a_child(date_of_birth=None)),
    ),
    cases(
        "903-104",
        passing=_passes(a_child(uasc_end_date="2025-09-01")),
        failing=_fails(a_child(uasc_end_date="2024-09-01"), severity="error"),
        boundary=(_passes(a_child(uasc_end_date="2025-04-01")), _fails(a_child(uasc_end_date="2025-03-31"))),
        null=_passes(a_child(uasc_end_date=None)),
    ),
    cases(
        "903-241",
        passing=_passes(a_placement(**_SUPPORTED, **_IN_LA)),
        failing=_fails(a_placement(**_SUPPORTED, **_IN_OTHER_LA), severity="warning"),
        boundary=(
            _passes(a_placement(**(_SUPPORTED | {"urn": "XXXXXXX"}), **_IN_OTHER_LA)),
            _passes(a_placement(**(_SUPPORTED | {"placement_type": "K2"}), **_IN_OTHER_LA)),
            _fails(a_placement(**(_SUPPORTED | {"placement_found": False}))),
            _passes(a_placement(**(_SUPPORTED | {"placement_found": None}))),  # nothing was looked up
            _passes_2025(a_placement(**_SUPPORTED, **_IN_OTHER_LA)),
        ),
        null=(
            _passes(a_placement(**(_SUPPORTED | {"urn": None}), **_IN_OTHER_LA)),
            _fails(a_placement(**(_SUPPORTED | {"placement_postcode": None, "placement_found": None}))),
        ),
    ),
    cases(
        "903-242",
        passing=_passes(a_placement(placement_type="U4", urn="XXXXXXX")),
        failing=_fails(a_placement(placement_type="K2", urn="XXXXXXX"), severity="error"),
        boundary=(
            _passes(a_placement(placement_type="A3", urn="XXXXXXX")),
            _passes(a_placement(placement_type="K2", urn="1234567")),
            _passes_2025(a_placement(placement_type="K2", urn="XXXXXXX")),
        ),
        null=(
            _fails(a_placement(placement_type=None, urn="XXXXXXX")),
            _passes(a_placement(placement_type="K2", urn=None)),
        ),
    ),
    cases(
        "903-243",
        passing=_passes(a_placement(urn="1234567", placement_la="205")),
        failing=_fails(a_placement(urn="1234567", placement_la="WAL"), severity="error"),
        boundary=(
            _fails(a_placement(urn="XXXXXXX", placement_la="NUK")),
            _passes_2025(a_placement(urn="1234567", placement_la="WAL")),
        ),
        null=(
            _passes(a_placement(urn=None, placement_la="WAL")),
            _passes(a_placement(urn="1234567", placement_la=None)),
        ),
    ),
    cases(
        "903-444",
        passing=_passes(*_shared_upn("h1", "h2")),
        failing=_fails(*_shared_upn("h1", "h1"), rows=(0, 1), severity="error"),
        boundary=(_passes(*_shared_upn("h1")), _passes_2025(*_shared_upn("h1", "h1"))),
        null=_passes(*_shared_upn(None, None)),
    ),
    _handover("903-SW10aSTG2"),
    cases(
        "903-SW10bSTG2",
        passing=_passes(_workers(change_reason="FCONTA")),
        failing=_fails(_workers(start_date="2025-06-01", change_reason="FCONTA"), rows=(1,), severity="error"),
        boundary=(
            _fails(_workers(start_date="2025-06-10", change_reason="FCONTA"), rows=(1,)),
            _passes(_workers(start_date="2025-06-11", change_reason="FCONTA")),
            _passes(_workers(start_date="2025-06-01")),
            _passes_2025(_workers(start_date="2025-06-01", change_reason="FCONTA")),
        ),
        null=(
            _passes(_workers(start_date="2025-06-01", change_reason=None)),
            _passes(_workers(start_date=None, change_reason="FCONTA")),
        ),
    ),
    cases(
        "903-SW18STG2",
        passing=_passes(a_worker(**_FIRST)),
        failing=_fails(a_worker(start_date="2025-05-01", end_date="2025-04-30"), severity="error"),
        boundary=(
            _fails(a_worker(start_date="2025-05-01", end_date="2025-05-01")),
            _passes(a_worker(start_date="2025-05-01", end_date="2025-05-02")),
            _passes_2025(a_worker(start_date="2025-05-01", end_date="2025-04-30")),
        ),
        null=(_passes(a_worker(start_date=None, end_date="2025-05-01")), _passes(a_worker(end_date=None))),
    ),
    cases(
        "903-SW19STG2",
        passing=_passes(_workers()),
        failing=_fails(_workers(start_date="2025-05-01"), rows=(1,), severity="error"),
        boundary=(
            _passes(an_episode(a_worker()), an_episode(a_worker())),  # of two children
            _fails(an_episode(a_worker(), a_worker(), a_worker()), rows=(1, 2)),
            _passes_2025(_workers(start_date="2025-05-01")),
        ),
        null=_fails(an_episode(a_worker(start_date=None), a_worker(start_date=None)), rows=(1,)),
    ),
)
