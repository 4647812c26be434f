"""Cases of the rules on what changes from one placement of a child to the next."""

from rule_building import Drawn, a_child, placed
from rule_cases import Verdict, cases, fails, passes

_HERE = {"placement_type": "U4", "placement_postcode": "AB1 2CD"}
_IN_RETURN = {"urn": "SC1", "placement_provider": "PR1", "legal_status": "C1"}


def _change(reason: str | None, **to: str | None) -> Drawn:
    """A placement and the next one, the same but for what is named."""
    first = placed("2025-05-01", "2025-07-01", **_HERE)
    return a_child(first, placed("2025-07-01", start_reason=reason, **(_HERE | to)))


def _change_told(reason: str | None, **to: str | None) -> Drawn:
    """The same as a return tells it, with its further columns."""
    first = placed("2025-05-01", "2025-07-01", **_HERE, **_IN_RETURN)
    return a_child(first, placed("2025-07-01", start_reason=reason, **(_HERE | _IN_RETURN | to)))


def _second(drawn: Drawn, **options: str) -> Verdict:
    return fails(drawn, rows=(1,), **options)


def _into(placement_type: str | None, came_from: str | None) -> Drawn:
    return a_child(
        placed("2025-05-01", "2025-07-01", placement_type=came_from),
        placed("2025-07-01", placement_type=placement_type),
    )


def _back(temporary: str | None = "T1", reason: str | None = "P", **to: str | None) -> Drawn:
    """A placement, a temporary one, and the return from it."""
    return a_child(
        placed("2025-05-01", "2025-07-01", **_HERE),
        placed("2025-07-01", "2025-07-05", placement_type=temporary),
        placed("2025-07-05", start_reason=reason, **(_HERE | to)),
    )


def _third(drawn: Drawn, **options: str) -> Verdict:
    return fails(drawn, rows=(2,), **options)


def _unexplained(end: str | None = "X1", why: str | None = None, next_reason: str | None = "P", **types: str) -> Drawn:
    """A placement that ends without a reason for the change, and the next one."""
    return a_child(
        placed("2025-05-01", "2025-07-01", end_reason=end, change_reason=why, placement_type=types.get("type", "U4")),
        placed("2025-07-01", start_reason=next_reason, placement_type=types.get("next_type", "K2")),
    )


def _temporary(*, why: str | None, before: str | None = None, kind: str | None = "T1") -> Drawn:
    return a_child(
        placed("2025-05-01", "2025-07-01", change_reason=before),
        placed("2025-07-01", "2025-07-05", change_reason=why, placement_type=kind),
    )


CASES = (
    cases(
        "CSC-315",
        passing=_into("A3", "U5"),
        failing=(_second(_into("A3", "K2")), _second(_into("A5", "P1"), kind="ssda903")),
        boundary=(
            passes(_into("A5", "A6")),
            passes(placed("2025-05-01", placement_type="A3")),
            passes(_into("A4", "K2")),
        ),
        null=(passes(_into(None, "K2")), _second(_into("A3", None))),
    ),
    cases(
        "CSC-316",
        passing=(_back(), passes(_back(), kind="ssda903")),
        failing=(
            _third(_back(placement_type="K2")),
            _third(_back(placement_type="K2"), kind="ssda903"),
            _third(_back(reason="U"), kind="ssda903"),
        ),
        boundary=(
            passes(_back(reason="U")),
            _third(_back(placement_postcode="AB1 2CE")),
            passes(_back(placement_postcode="ab12cd")),
            _third(_back(placement_postcode="AB1 2CE"), kind="ssda903"),
            passes(_back(placement_postcode="AB1 2CE"), kind="ssda903", as_of="2025-03-31"),
            _third(_back(temporary="T0", placement_type="K2")),
            passes(_back(temporary="U6", placement_type="K2")),
            passes(_into("U4", "T1")),
        ),
        null=(
            passes(_back(temporary=None, placement_type="K2")),
            passes(_back(placement_type=None)),
            _third(_back(placement_type=None), kind="ssda903"),
            passes(_back(placement_postcode=None)),
            _third(_back(placement_postcode=None), kind="ssda903"),
            passes(_back(placement_postcode=None), kind="ssda903", as_of="2025-03-31"),
            _third(_back(reason=None), kind="ssda903"),
        ),
    ),
    cases(
        "CSC-318",
        passing=_unexplained(why="CARPL"),
        failing=(_unexplained(), fails(_unexplained(), kind="ssda903")),
        boundary=(
            fails(_unexplained(next_reason="U")),
            passes(_unexplained(next_reason="L")),
            passes(_unexplained(next_reason="S")),
            passes(_unexplained(end="E8")),
            passes(_unexplained(type="T1")),
            passes(_unexplained(next_type="T4")),
            passes(placed("2025-05-01", "2025-07-01", end_reason="X1")),
        ),
        null=(
            passes(_unexplained(end=None)),
            passes(_unexplained(next_reason=None)),
            fails(_unexplained(type=None, next_type=None)),
        ),
    ),
    cases(
        "CSC-319",
        passing=_temporary(why=None),
        failing=(
            _second(_temporary(why="OTHER")),
            _second(_temporary(why=None, before="OTHER")),
            _second(_temporary(why=None, before="OTHER"), kind="ssda903"),
        ),
        boundary=(
            passes(_temporary(why="OTHER", kind="U4")),
            _second(_temporary(why="OTHER", kind="T0")),
            fails(placed("2025-05-01", placement_type="T4", change_reason="OTHER")),
        ),
        null=(_temporary(why=None, before=None), _temporary(why="OTHER", kind=None)),
    ),
    cases(
        "CSC-320",
        passing=(_change("L"), passes(_change_told("L", legal_status="C2"), kind="ssda903")),
        failing=(
            _second(_change("L", placement_type="K2")),
            _second(_change_told("L", legal_status="C2", placement_type="K2"), kind="ssda903"),
        ),
        boundary=(
            _second(_change("L", placement_postcode="AB1 2CE")),
            passes(_change("L", placement_postcode="AB12CD")),
            passes(_change("P", placement_type="K2")),
            _second(_change_told("L"), kind="ssda903"),
            _second(_change_told("L", legal_status="C2", urn="SC2"), kind="ssda903"),
            _second(_change_told("L", legal_status="C2", placement_provider="PR2"), kind="ssda903"),
            passes(placed("2025-05-01", start_reason="L")),
        ),
        null=(
            passes(_change("L", placement_postcode=None)),
            passes(_change(None, placement_type="K2")),
            passes(_change_told("L", legal_status=None), kind="ssda903"),
            _second(_change_told("L", legal_status="C2", urn=None), kind="ssda903"),
            passes(_change("L"), kind="ssda903"),
        ),
    ),
    cases(
        "CSC-321",
        passing=(_change("P", placement_postcode="AB1 2CE"), passes(_change_told("P", urn="SC2"), kind="ssda903")),
        failing=(_second(_change("P")), _second(_change_told("T"), kind="ssda903")),
        boundary=(
            _second(_change("T", placement_postcode="AB12CD")),
            passes(_change("T", placement_type="K2")),
            passes(_change("L")),
            passes(_change_told("P", placement_provider="PR2"), kind="ssda903"),
            _second(_change_told("P", urn="SC2", legal_status="C2"), kind="ssda903"),
            passes(placed("2025-05-01", start_reason="P")),
        ),
        null=(
            passes(_change("P", placement_postcode=None)),
            passes(_change(None)),
            passes(_change_told("P", urn=None), kind="ssda903"),
            _second(_change_told("P", urn="SC2", legal_status=None), kind="ssda903"),
        ),
    ),
    cases(
        "CSC-322",
        passing=(
            _change("B", placement_postcode="AB1 2CE"),
            passes(_change_told("U", urn="SC2", legal_status="C2"), kind="ssda903"),
        ),
        failing=(_second(_change("B")), _second(_change_told("U", legal_status="C2"), kind="ssda903")),
        boundary=(
            _second(_change("U", placement_postcode="AB12CD")),
            passes(_change("P")),
            _second(_change_told("B", urn="SC2"), kind="ssda903"),
            passes(placed("2025-05-01", start_reason="B")),
        ),
        null=(
            passes(_change("B", placement_postcode=None)),
            passes(_change(None)),
            passes(_change_told("U", placement_postcode=None, legal_status=None), kind="ssda903"),
            _second(_change("U", placement_type="K2"), kind="ssda903"),
        ),
    ),
)
