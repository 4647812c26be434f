"""Cases of the rules on where an SSDA903 episode takes place.

What the postcode directory tells is drawn, not looked up: where it is not drawn, nothing was looked up.
"""

from functools import partial
from typing import Any

from rule_building import Drawn, a_child, a_placement
from rule_cases import cases, fails, passes

_passes = partial(passes, kind="ssda903")
_fails = partial(fails, kind="ssda903")
_OF_2025 = {"as_of": "2025-03-31", "period_start": "2024-04-01"}
_OF_2024 = {"as_of": "2024-03-31", "period_start": "2023-04-01"}
_OF_2023 = {"as_of": "2023-03-31", "period_start": "2022-04-01"}


def _postcodes(home: str | None = "AB1 2CD", placement: str | None = "AB1 2CE") -> dict[str, Any]:
    return {"home_postcode": home, "home_postcode_of_episode": home, "placement_postcode": placement}


_HOME: dict[str, Any] = {"home_found": True, "home_la": "204"}
_IN_LA = (
    _postcodes()
    | _HOME
    | {
        "placement_found": True,
        "placement_la": "204",
        "placement_in_england": True,
        "placement_is_in_la": True,
        "distance_miles": 3.2,
    }
)
_IN_OTHER_LA = _IN_LA | {"placement_la": "205", "placement_is_in_la": False}
_IN_WALES = _IN_LA | {"placement_la": "WAL", "placement_in_england": False, "placement_is_in_la": False}
_IN_NORTHERN_IRELAND = _IN_WALES | {"placement_la": "NIR", "distance_miles": None}
_NOT_FOUND = _postcodes() | _HOME | {"placement_found": False}
_NO_POSTCODE = _postcodes(placement=None) | _HOME
_HOME_NOT_FOUND = _IN_LA | {"home_found": False, "home_la": None, "distance_miles": None}
_NOT_LOOKED_UP = _postcodes()


def _row(place: dict[str, Any], **values: Any) -> Drawn:
    default = {"legal_status": "C2", "placement_type": "K2", "placement_provider": "PR1", "urn": "1234567"}
    return a_placement(**(default | place | values))


def _of_uasc(place: dict[str, Any], said: bool | None = True, **values: Any) -> Drawn:
    return a_child(_row(place, **values), uasc_flag=said)


_SAID_LAST_YEAR = {"before": (a_child(uasc_flag=True),)}
_DENIED_LAST_YEAR = {"before": (a_child(uasc_flag=False),)}

CASES = (
    cases(
        "903-1015",
        passing=_passes(_row(_IN_LA)),
        failing=_fails(_row(_IN_OTHER_LA)),
        boundary=(
            _fails(_row(_IN_WALES)),
            _passes(_row(_IN_OTHER_LA, placement_provider="PR2")),
            _passes(_row(_IN_OTHER_LA, placement_type="A3")),
            _passes(_row(_IN_OTHER_LA, placement_type="U6")),
            _passes(_row(_IN_OTHER_LA, placement_type="K3")),
            _fails(_row(_IN_OTHER_LA, placement_type="K3"), **_OF_2025),
            _passes(_row(_IN_OTHER_LA, legal_status="V4")),
        ),
        null=(
            _fails(_row(_NO_POSTCODE)),
            _fails(_row(_NOT_FOUND)),
            _passes(_row(_NOT_LOOKED_UP)),
            _passes(_row(_IN_OTHER_LA, legal_status=None)),
            _passes(_row(_IN_OTHER_LA, placement_type=None)),
            _passes(_row(_IN_OTHER_LA, placement_provider=None)),
        ),
    ),
    cases(
        "903-164",
        passing=_passes(_row(_IN_LA)),
        failing=_fails(_row(_IN_LA, distance_miles=2000.0)),
        boundary=(
            _passes(_row(_IN_LA, distance_miles=0.0)),
            _passes(_row(_IN_LA, distance_miles=999.9)),
            _fails(_row(_IN_LA, distance_miles=1000.0)),
            _passes(_of_uasc(_IN_LA, distance_miles=1000.0)),
            _passes(_row(_IN_LA, distance_miles=1000.0), **_SAID_LAST_YEAR),
            _fails(_row(_IN_LA, distance_miles=1000.0), **_DENIED_LAST_YEAR),
        ),
        null=(_passes(_row(_NOT_LOOKED_UP)), _passes(_of_uasc(_IN_LA, None, distance_miles=1000.0))),
    ),
    cases(
        "903-169",
        passing=(_passes(_row(_IN_LA)), _passes(_row(_IN_WALES))),
        failing=_fails(_row(_NOT_FOUND)),
        boundary=(_passes(_row(_NOT_FOUND, legal_status="V3")), _fails(_row(_NO_POSTCODE))),
        null=(_fails(_row(_NO_POSTCODE, legal_status=None)), _passes(_row(_NOT_LOOKED_UP))),
    ),
    cases(
        "903-179",
        passing=(_passes(_row(_IN_LA)), _passes(_row(_IN_OTHER_LA))),
        failing=_fails(_row(_NOT_FOUND)),
        boundary=(_passes(_row(_NOT_FOUND, legal_status="V4")), _fails(_row(_NO_POSTCODE))),
        null=(_fails(_row(_NO_POSTCODE, legal_status=None)), _passes(_row(_NOT_LOOKED_UP))),
    ),
    cases(
        "903-218",
        passing=(_passes(_row(_IN_LA)), _passes(_row(_IN_LA, urn="XXXXXXX"))),
        failing=_fails(_row(_IN_LA, urn=None)),
        boundary=(
            _passes(_row(_IN_WALES, urn=None)),
            _fails(_row(_IN_LA, urn=None, start_date="2025-01-01", end_date="2025-04-01")),
            _passes(_row(_IN_LA, urn=None, start_date="2025-01-01", end_date="2025-03-31")),
            _passes(_row(_IN_LA, urn=None, placement_type="T4")),
            _passes(_row(_IN_LA, urn=None, placement_type="Z11")),
            _fails(_row(_IN_LA, urn=None, placement_type="Z1")),
            _passes(_row(_IN_LA, urn=None, placement_type="Z1"), **_OF_2025),
            _fails(_row(_IN_LA, urn=None, placement_type="H5"), **_OF_2025),
            _passes(_row(_IN_LA, urn=None, placement_type="H5"), **_OF_2024),
            _passes(_row(_IN_LA, urn=None, placement_type="P2"), **_OF_2024),
            _fails(_row(_IN_LA, urn=None, placement_type="P2"), **_OF_2025),
        ),
        null=(
            _fails(_row(_IN_LA, urn=None, placement_type=None)),
            _fails(_row(_NO_POSTCODE, urn=None)),
            _passes(_row(_NO_POSTCODE, urn=None), **_OF_2025),
            _passes(_row(_NOT_LOOKED_UP, urn=None)),
        ),
    ),
    cases(
        "903-230",
        passing=_passes(_row(_IN_LA, placement_type="H5"), **_OF_2024),
        failing=_fails(_row(_IN_LA, placement_type="H5", urn=None), **_OF_2024),
        boundary=(
            _fails(_row(_IN_LA, placement_type="H5", urn="XXXXXXX"), **_OF_2024),
            _fails(_row(_IN_LA, placement_type="H5", urn=None, end_date="2023-10-29"), **_OF_2024),
            _passes(_row(_IN_LA, placement_type="H5", urn=None, end_date="2023-10-28"), **_OF_2024),
            _passes(_row(_IN_WALES, placement_type="H5", urn=None), **_OF_2024),
            _passes(_row(_IN_LA, placement_type="K2", urn=None), **_OF_2024),
            _passes(_row(_IN_LA, placement_type="H5", urn=None), **_OF_2023),
            _passes(_row(_IN_LA, placement_type="H5", urn=None), **_OF_2025),
        ),
        null=(
            _passes(_row(_NO_POSTCODE, placement_type="H5", urn=None), **_OF_2024),
            _passes(_row(_IN_LA, placement_type=None, urn=None), **_OF_2024),
        ),
    ),
    cases(
        "903-392a",
        passing=_passes(_row(_IN_LA)),
        failing=_fails(_row(_NOT_FOUND)),
        boundary=(
            _fails(_row(_HOME_NOT_FOUND)),
            _fails(_row(_NO_POSTCODE)),
            _passes(_row(_IN_NORTHERN_IRELAND)),
            _passes(_row(_NOT_FOUND, legal_status="V3")),
            _passes(_of_uasc(_NOT_FOUND)),
            _passes(_row(_NOT_FOUND), **_SAID_LAST_YEAR),
            _fails(_row(_NOT_FOUND), **_DENIED_LAST_YEAR),
        ),
        null=(
            _fails(_row(_NOT_FOUND, legal_status=None)),
            _passes(_row(_NOT_LOOKED_UP)),
            _passes(_of_uasc(_NOT_FOUND, None)),
        ),
    ),
    cases(
        "903-406",
        passing=_passes(_of_uasc(_NO_POSTCODE)),
        failing=_fails(_of_uasc(_IN_LA)),
        boundary=(
            _passes(_row(_IN_LA)),
            _fails(_row(_IN_LA), **_SAID_LAST_YEAR),
            _passes(_row(_IN_LA), **_DENIED_LAST_YEAR),
            _fails(_of_uasc(_IN_LA, distance_miles=0.0)),
        ),
        null=(_passes(_of_uasc(_NOT_LOOKED_UP)), _passes(_of_uasc(_IN_LA, None))),
    ),
    cases(
        "903-411",
        passing=_passes(_row(_IN_LA)),
        failing=_fails(_row(_IN_LA, placement_la="205")),
        boundary=_passes(_row(_IN_OTHER_LA)),
        null=(_fails(_row(_IN_LA, placement_la=None)), _passes(_row(_NOT_FOUND))),
    ),
    cases(
        "903-420",
        passing=_passes(_row(_NO_POSTCODE, legal_status="V3")),
        failing=_fails(_row(_IN_LA, legal_status="V3")),
        boundary=(
            _fails(_row(_IN_WALES, legal_status="V4")),
            _passes(_row(_NOT_FOUND, legal_status="V4")),
            _passes(_row(_IN_LA, legal_status="V2")),
        ),
        null=(_passes(_row(_IN_LA, legal_status=None)), _passes(_row(_NOT_LOOKED_UP, legal_status="V3"))),
    ),
)
