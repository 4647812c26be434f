"""Cases of the rules on SSDA903 episodes that go on from the one before, or from last year's return."""

from functools import partial
from typing import Any

from rule_building import Drawn, a_child, a_placement
from rule_cases import Cases, Verdict, cases, fails, passes

_passes = partial(passes, kind="ssda903")
_fails = partial(fails, kind="ssda903")
_SINCE = "2025-01-10"
_ALIKE: dict[str, Any] = {"start_date": _SINCE, "start_reason": "S", "placement_postcode": "AB1 2CE"}
_FOUND = {"placement_found": True}


def _child(*rows: dict[str, Any]) -> Drawn:
    """A child with these episodes; what is not said is as in every other."""
    return a_child(*(a_placement(**(_ALIKE | row)) for row in rows))


def _changed(judge: Any, then: dict[str, Any], now: dict[str, Any], **options: Any) -> Verdict:
    """A child with one episode, open at the end of last year, as it was told then and as it is now."""
    return judge(_child(now), before=(_child(then),), **options)


_LATER = {"start_date": "2025-09-01", "start_reason": "P"}


def _same(
    rule_id: str, column: str, one: Any, another: Any, *more: Verdict, always: dict[str, Any] | None = None
) -> Cases:
    """Cases of a rule that a column is what it was in the episode that goes on. always: on every row."""
    was, now = {**(always or {}), column: one}, {**(always or {}), column: another}
    return cases(
        rule_id,
        passing=_changed(_passes, was, was),
        failing=_changed(_fails, was, now),
        boundary=(
            # one that had ended is another episode
            _changed(_passes, was | {"end_date": "2025-02-01"}, now),
            # the latest of last year is compared with the first of this one, whatever their order in the files
            _fails(
                _child(_LATER | was, now),
                rows=(1,),
                before=(_child(was, now | {"start_date": "2024-06-01", "end_date": _SINCE}),),
            ),
            _passes(
                _child(_LATER | now, was),
                before=(_child(now | {"start_date": "2024-06-01", "end_date": _SINCE}, was),),
            ),
            # children whom last year's return did not have
            _passes(_child(now), _child(now), before=(_child(now),)),
            *more,
        ),
        null=(
            _changed(_fails, was, now | {column: None}),
            _changed(_fails, was | {column: None}, now),
            _changed(_passes, was | {column: None}, now | {column: None}),
            _changed(_passes, was, now | {"start_date": None}),
            _changed(_passes, was | {"start_date": None}, now),
            _passes(_child(now)),
        ),
    )


def _measured(rule_id: str, *more: Verdict) -> Cases:
    """Cases of a rule that the distance is what it was."""
    return cases(
        rule_id,
        passing=_changed(_passes, {"distance_miles": 3.2}, {"distance_miles": 3.2}),
        failing=_changed(_fails, {"distance_miles": 3.2}, {"distance_miles": 30.0}),
        boundary=(
            _changed(_passes, {"distance_miles": 3.2}, {"distance_miles": 3.3}),
            _changed(_fails, {"distance_miles": 3.2}, {"distance_miles": 3.4}),
            _changed(_fails, {"distance_miles": 3.2}, {"distance_miles": 3.0}),
            _changed(_passes, {"distance_miles": 3.2, "end_date": "2025-02-01"}, {"distance_miles": 9.0}),
            *more,
        ),
        null=(
            _changed(_fails, {"distance_miles": None}, {"distance_miles": 3.2}),
            _changed(_passes, {"distance_miles": 3.2}, {"distance_miles": None}),
            _changed(_passes, {"distance_miles": None}, {"distance_miles": None}),
            _passes(_child({"distance_miles": 3.2})),
        ),
    )


_PLACES = {"placement_la": ("204", "205"), "distance_miles": (3.2, 9.0)}


def _started_otherwise(column: str) -> tuple[Verdict, ...]:
    """That the episodes started for different reasons, or for none said, is another rule's business."""
    one, another = _PLACES[column]
    was, now = _FOUND | {column: one}, _FOUND | {column: another}
    return (
        _changed(_passes, was, now | {"start_reason": "P"}),
        _changed(_passes, was | {"start_reason": None}, now | {"start_reason": None}),
    )


def _of(year: int) -> dict[str, str]:
    return {"as_of": f"{year}-03-31", "period_start": f"{year - 1}-04-01"}


def _recoded(judge: Any, then: str, now: str, year: int) -> Verdict:
    return _changed(judge, {"placement_type": then}, {"placement_type": now}, **_of(year))


_NOT_LOOKED_UP = _changed(_passes, {"placement_la": "204"}, {"placement_la": "205", "placement_found": None})

CASES = (
    _same("903-452", "placement_la", "204", "205", *_started_otherwise("placement_la"), _NOT_LOOKED_UP, always=_FOUND),
    _measured("903-453", *_started_otherwise("distance_miles")),
    cases(
        "903-502",
        passing=_changed(_passes, {}, {}),
        failing=_changed(_fails, {}, {"start_date": "2025-04-02"}),
        boundary=(
            _changed(_fails, {}, {"start_date": "2025-01-09"}),
            _changed(_passes, {"end_date": "2025-02-01"}, {"start_date": "2025-04-02"}),
            _fails(_child(_LATER, {}), rows=(1,), before=(_child({}, {"start_date": "2024-06-01"}),)),
            _passes(_child(_LATER, {}), before=(_child({"start_date": "2024-06-01", "end_date": _SINCE}, {}),)),
        ),
        null=(
            _changed(_passes, {}, {"start_date": None}),
            _changed(_passes, {"start_date": None}, {}),
            _passes(_child({})),
        ),
    ),
    _same("903-503A", "start_reason", "S", "P"),
    _same("903-503B", "legal_status", "C1", "C2"),
    _same("903-503C", "primary_need", "N1", "N4"),
    _same(
        "903-503D",
        "placement_type",
        "U4",
        "U6",
        _recoded(_passes, "H5", "K3", 2024),
        _recoded(_passes, "H5", "K3", 2025),
        _recoded(_fails, "H5", "K3", 2026),
        _recoded(_fails, "H5", "K3", 2023),
        _recoded(_fails, "K3", "H5", 2025),
        _recoded(_passes, "Z1", "Z11", 2026),
        _recoded(_passes, "Z1", "Z14", 2026),
        _recoded(_fails, "Z1", "Z14", 2027),
        _recoded(_fails, "Z1", "K3", 2026),
    ),
    _same("903-503E", "placement_provider", "PR1", "PR4"),
    _same("903-503F", "urn", "1234567", "7654321"),
    _measured("903-503G", _changed(_fails, {"distance_miles": 1.0}, {"distance_miles": 9.0, "start_reason": "P"})),
    _same("903-503H", "placement_la", "204", "205", _NOT_LOOKED_UP, always=_FOUND),
    _same(
        "903-503J",
        "placement_is_in_la",
        True,
        False,
        _changed(_passes, {"placement_is_in_la": True}, {"placement_is_in_la": False}),
        always=_FOUND,
    ),
    cases(
        "903-504",
        passing=_passes(
            _child(
                {"primary_need": "N1", "end_date": "2025-09-01", "end_reason": "X1"}, _LATER | {"primary_need": "N1"}
            )
        ),
        failing=_fails(
            _child(
                {"primary_need": "N1", "end_date": "2025-09-01", "end_reason": "X1"}, _LATER | {"primary_need": "N4"}
            ),
            rows=(1,),
        ),
        boundary=(
            _passes(
                _child(
                    {"primary_need": "N1", "end_date": "2025-08-31", "end_reason": "X1"},
                    _LATER | {"primary_need": "N4"},
                )
            ),
            _passes(
                _child(
                    {"primary_need": "N1", "end_date": "2025-09-01", "end_reason": "E8"},
                    _LATER | {"primary_need": "N4"},
                )
            ),
            _passes(
                _child({"primary_need": "N1", "end_date": "2025-09-01", "end_reason": "X1"}),
                _child(_LATER | {"primary_need": "N4"}),
            ),
        ),
        null=(
            _fails(_child({"primary_need": "N1", "end_date": "2025-09-01", "end_reason": "X1"}, _LATER), rows=(1,)),
            _passes(_child({"end_date": "2025-09-01", "end_reason": "X1"}, _LATER)),
            _passes(_child({"primary_need": "N1", "end_reason": "X1"}, _LATER | {"primary_need": "N4"})),
        ),
    ),
    cases(
        "903-562",
        passing=_changed(_passes, {}, {}),
        failing=_changed(_fails, {"start_date": "2024-12-01"}, {}),
        boundary=(
            _passes(_child({"start_date": "2025-04-01"}), before=(_child({}),)),
            _fails(_child({"start_date": "2025-03-31"}), before=(_child({}),)),
            _fails(_child({}, _LATER), before=(_child({}, {"start_date": "2025-02-01"}),)),
            _fails(_child({}), _child({}), rows=(1,), before=(_child({}),)),
        ),
        null=(
            _changed(_passes, {}, {"start_date": None}),
            _fails(_child({}), _child({}), before=(_child({"start_date": None}), _child({}))),
            _passes(_child({})),
        ),
    ),
    cases(
        "903-NoE",
        passing=_changed(_passes, {}, {}),
        failing=_fails(_child({}), _child({}, {"start_date": "2025-02-01"}), rows=(1, 2), before=(_child({}),)),
        boundary=(
            _fails(_child({}), _child({"start_date": "2025-03-31"}), rows=(1,), before=(_child({}),)),
            _passes(_child({}), _child({"start_date": "2025-04-01"}), before=(_child({}),)),
        ),
        null=(
            _passes(_child({}), _child({"start_date": None}), before=(_child({}),)),
            _passes(_child({}), before=(_child({"start_date": None}),)),
            _passes(_child({})),
        ),
    ),
)
