"""Cases of the rules on an SSDA903 episode's kind of provider, and on short breaks that say too much of the place."""

from functools import partial

from rule_building import a_placement
from rule_cases import Cases, cases, fails, passes

_passes = partial(passes, kind="ssda903")
_fails = partial(fails, kind="ssda903")
_OF_2025 = {"as_of": "2025-03-31", "period_start": "2024-04-01"}


def _placed(placement_type: str | None, provider: str | None):
    return a_placement(placement_type=placement_type, placement_provider=provider)


def _never_by(rule_id: str, provider: str, *, other: str, first: str, last: str, beside: str) -> Cases:
    """Cases of a rule that a provider of this kind has none of the placement types from first to last."""
    return cases(
        rule_id,
        passing=_passes(_placed("K2" if provider in ("PR1", "PR2") else "R5", provider)),
        failing=_fails(_placed("P1", provider)),
        boundary=(
            _fails(_placed(first, provider)),
            _fails(_placed(last, provider)),
            _passes(_placed(beside, provider)),
            _passes(_placed("P1", other)),
        ),
        null=(_passes(_placed(None, provider)), _passes(_placed("P1", None))),
    )


CASES = (
    cases(
        "903-178",
        passing=_passes(_placed("U4", "PR1")),
        failing=_fails(_placed("U4", "PR6")),
        boundary=(
            _passes(_placed("U4", "PR0")),
            _fails(_placed("T3", "PR1")),
            _passes(_placed("T4", "PR1")),
            _fails(_placed("Z11", "PR1")),
            _passes(_placed("Z1", "PR1")),
            _fails(_placed("T4", "PR1"), **_OF_2025),
            _fails(_placed("Z1", "PR1"), **_OF_2025),
            _passes(_placed("Z11", "PR1"), **_OF_2025),
        ),
        null=(_passes(_placed("T3", None)), _passes(_placed(None, "PR1")), _fails(_placed(None, "PR6"))),
    ),
    cases(
        "903-213",
        passing=_passes(_placed("T1", None)),
        failing=_fails(_placed("T1", "PR1")),
        boundary=(
            _fails(_placed("T4", "PR1")),
            _fails(_placed("Z14", "PR1")),
            _passes(_placed("Z14", "PR1"), **_OF_2025),
            _fails(_placed("T0", "PR1"), **_OF_2025),
            _passes(_placed("U4", "PR1")),
        ),
        null=_passes(_placed(None, "PR1")),
    ),
    cases(
        "903-214",
        passing=_passes(a_placement(legal_status="V3")),
        failing=_fails(a_placement(legal_status="V3", placement_postcode="AB1 2CD")),
        boundary=(
            _fails(a_placement(legal_status="V4", urn="1234567")),
            _passes(a_placement(legal_status="V2", urn="1234567", placement_postcode="AB1 2CD")),
        ),
        null=_passes(a_placement(legal_status=None, urn="1234567")),
    ),
    cases(
        "903-398",
        passing=_passes(a_placement(legal_status="V3")),
        failing=_fails(a_placement(legal_status="V3", home_postcode="AB1 2CD", placement_postcode="AB1 2CE")),
        boundary=(
            _fails(a_placement(legal_status="V4", home_postcode="AB1 2CD")),
            _fails(a_placement(legal_status="V4", placement_postcode="AB1 2CD")),
            _passes(a_placement(legal_status="V2", placement_postcode="AB1 2CD")),
        ),
        null=_passes(a_placement(legal_status=None, home_postcode="AB1 2CD")),
    ),
    cases(
        "903-222",
        passing=_passes(a_placement(placement_type="K2", urn="1234567")),
        failing=_fails(a_placement(placement_type="P1", urn="1234567")),
        boundary=(
            _passes(a_placement(placement_type="P1", urn="XXXXXXX")),
            _fails(a_placement(placement_type="Z11", urn="1234567")),
            _passes(a_placement(placement_type="Z1", urn="1234567")),
            _fails(a_placement(placement_type="Z1", urn="1234567"), **_OF_2025),
            _passes(a_placement(placement_type="P2", urn="1234567"), **_OF_2025),
            _fails(a_placement(placement_type="P2", urn="1234567"), as_of="2024-03-31", period_start="2023-04-01"),
            _passes(a_placement(placement_type="H5", urn="1234567"), as_of="2024-03-31", period_start="2023-04-01"),
            _fails(a_placement(placement_type="H5", urn="1234567"), as_of="2023-03-31", period_start="2022-04-01"),
        ),
        null=(
            _passes(a_placement(placement_type="P1", urn=None)),
            _passes(a_placement(placement_type=None, urn="1234567")),
        ),
    ),
    cases(
        "903-526",
        passing=_passes(_placed("U4", "PR1")),
        failing=_fails(_placed("U4", None)),
        boundary=(
            _passes(_placed("T4", None)),
            _passes(_placed("Z12", None)),
            _fails(_placed("Z1", None)),
            _passes(_placed("Z1", None), **_OF_2025),
            _fails(_placed("Z12", None), **_OF_2025),
        ),
        null=_fails(_placed(None, None)),
    ),
    _never_by("903-527", "PR1", other="PR4", first="R2", last="R5", beside="R1"),
    _never_by("903-528", "PR2", other="PR1", first="R2", last="R5", beside="R1"),
    _never_by("903-529", "PR3", other="PR4", first="A3", last="U6", beside="K3"),
    _never_by("903-530", "PR4", other="PR0", first="P1", last="P1", beside="P3"),
    _never_by("903-531", "PR5", other="PR0", first="P1", last="P1", beside="P3"),
    cases(
        "903-550",
        passing=_passes(_placed("P1", "PR0")),
        failing=_fails(_placed("U4", "PR0")),
        boundary=(_fails(_placed("P3", "PR0")), _passes(_placed("U4", "PR1"))),
        null=(_fails(_placed(None, "PR0")), _passes(_placed("U4", None))),
    ),
)
