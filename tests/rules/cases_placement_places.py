"""Cases of the rules on where a placement is."""

from rule_building import Drawn, a_child, a_placement
from rule_cases import cases, fails, passes


def _between(home: str | None, placement: str | None, **values: str | None) -> Drawn:
    """A placement of a child whose home is there; the home's postcode as it stands after a look-up, without spaces."""
    return a_placement(home_postcode_of_episode=home, placement_postcode=placement, **values)


CASES = (
    cases(
        "CSC-109",
        passing=a_placement(placement_postcode="AB1 2CD", placement_found=True),
        failing=(
            a_placement(placement_postcode="AB1 2CD", placement_found=False),
            fails(a_placement(placement_postcode="AB1 2CD", placement_found=False), kind="ssda903"),
        ),
        boundary=(
            passes(a_placement(placement_postcode="ab12cd")),
            fails(a_placement(placement_postcode="AB1 2C")),
        ),
        null=a_placement(placement_postcode=None),
    ),
    cases(
        "CSC-229",
        passing=_between("AB12CD", "AB1 2CE"),
        failing=(
            fails(_between("AB12CD", "AB1 2CD"), severity="warning"),
            fails(_between("AB12CD", "AB1 2CD"), kind="ssda903", severity="error"),
        ),
        boundary=(
            fails(_between("AB12CD", "ab12 cd")),
            passes(_between("AB12CD", "AB1 2CD", placement_type="P1")),
        ),
        null=(
            passes(_between(None, "AB1 2CD")),
            passes(_between("AB12CD", None)),
            passes(_between(None, None)),
            fails(_between("AB12CD", "AB1 2CD", placement_type=None)),
        ),
    ),
    cases(
        "CSC-230",
        passing=_between("AB12CD", "AB1 2CE"),
        failing=(_between(None, "AB1 2CE"), _between("AB12CD", None), fails(_between("AB12CD", None), kind="ssda903")),
        boundary=(
            passes(a_child(_between(None, None), uasc_flag=True)),
            passes(a_child(_between(None, None), uasc_flag=True), kind="ssda903"),
            passes(_between(None, None, legal_status="V3"), kind="ssda903"),
            fails(_between(None, None, legal_status="V2"), kind="ssda903"),
            passes(a_child(_between(None, None)), kind="ssda903", before=(a_child(uasc_flag=True),)),
            fails(a_child(_between(None, None)), kind="ssda903", before=(a_child(),)),
        ),
        null=(
            fails(a_child(_between(None, None), uasc_flag=None)),
            fails(a_child(_between(None, None), uasc_flag=None), kind="ssda903"),
            fails(_between(None, None, legal_status=None), kind="ssda903"),
        ),
    ),
    cases(
        "CSC-231",
        passing=a_placement(distance_miles=12.0),
        failing=(a_placement(distance_miles=400.0), fails(a_placement(distance_miles=400.0), kind="ssda903")),
        boundary=(
            passes(a_placement(distance_miles=350.0)),
            fails(a_placement(distance_miles=350.1)),
            passes(a_placement(distance_miles=999.9)),
            passes(a_placement(distance_miles=400.0), kind="ssda903", as_of="2025-03-31"),
        ),
        null=a_placement(distance_miles=None),
    ),
)
