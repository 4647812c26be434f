"""Cases of the rules on the codes of one SSDA903 episode: legal status, need, placement type, start."""

from functools import partial

from rule_building import a_child, a_placement
from rule_cases import cases, fails, passes

_passes = partial(passes, kind="ssda903")
_fails = partial(fails, kind="ssda903")


def _in(year: int) -> dict[str, str]:
    return {"as_of": f"{year}-03-31", "period_start": f"{year - 1}-04-01"}


CASES = (
    cases(
        "903-144",
        passing=_passes(a_placement(legal_status="C2")),
        failing=_fails(a_placement(legal_status="C3")),
        boundary=(_passes(a_placement(legal_status="D1")), _fails(a_placement(legal_status="V1"))),
        null=_passes(a_placement(legal_status=None)),
    ),
    cases(
        "903-145",
        passing=_passes(a_placement(primary_need="N1")),
        failing=_fails(a_placement(primary_need="X")),
        boundary=(
            _passes(a_placement(primary_need="N8")),
            _fails(a_placement(primary_need="N9")),
            _fails(a_placement(primary_need="N0")),
        ),
        null=_passes(a_placement(primary_need=None)),
    ),
    cases(
        "903-358",
        passing=_passes(a_child(a_placement(legal_status="J1"), date_of_birth="2010-01-01")),
        failing=_fails(a_child(a_placement(legal_status="J2"), date_of_birth="2019-01-01")),
        boundary=(
            _fails(a_child(a_placement(legal_status="J3", start_date="2025-07-01"), date_of_birth="2015-07-01")),
            _passes(a_child(a_placement(legal_status="J3", start_date="2025-07-02"), date_of_birth="2015-07-01")),
            _passes(a_child(a_placement(legal_status="C2", start_date="2025-07-01"), date_of_birth="2019-07-01")),
        ),
        null=(
            _passes(a_child(a_placement(legal_status="J1"), date_of_birth=None)),
            _passes(a_child(a_placement(legal_status="J1", start_date=None), date_of_birth="2019-01-01")),
            _passes(a_child(a_placement(legal_status=None), date_of_birth="2019-01-01")),
        ),
    ),
    cases(
        "903-366",
        passing=_passes(a_placement(legal_status="V3", start_reason="S")),
        failing=_fails(a_placement(legal_status="V3", start_reason="P")),
        boundary=_passes(a_placement(legal_status="V4", start_reason="P")),
        null=(
            _fails(a_placement(legal_status="V3", start_reason=None)),
            _passes(a_placement(legal_status=None, start_reason="P")),
        ),
    ),
    cases(
        "903-378",
        passing=_passes(a_placement(placement_type="P1", legal_status="C2")),
        failing=_fails(a_placement(placement_type="P1", legal_status="V2")),
        boundary=(
            _passes(a_placement(placement_type="P1", legal_status="V3")),
            _passes(a_placement(placement_type="P3", legal_status="V2")),
        ),
        null=(
            _passes(a_placement(placement_type=None, legal_status="V2")),
            _passes(a_placement(placement_type="P1", legal_status=None)),
        ),
    ),
    cases(
        "903-382",
        passing=_passes(a_placement(placement_type="U6", legal_status="V3")),
        failing=_fails(a_placement(placement_type="T1", legal_status="V3")),
        boundary=(
            _fails(a_placement(placement_type="T0", legal_status="V4")),
            _fails(a_placement(placement_type="T4", legal_status="V4")),
            _passes(a_placement(placement_type="T4", legal_status="V2")),
        ),
        null=(
            _passes(a_placement(placement_type=None, legal_status="V3")),
            _passes(a_placement(placement_type="T1", legal_status=None)),
        ),
    ),
    cases(
        "903-384",
        passing=_passes(a_placement(placement_type="U6", legal_status="V3")),
        failing=_fails(a_placement(placement_type="U1", legal_status="V3")),
        boundary=(
            _fails(a_placement(placement_type="U4", legal_status="V4")),
            _passes(a_placement(placement_type="U3", legal_status="V4")),
            _passes(a_placement(placement_type="U1", legal_status="V2")),
        ),
        null=(
            _passes(a_placement(placement_type=None, legal_status="V3")),
            _passes(a_placement(placement_type="U1", legal_status=None)),
        ),
    ),
    cases(
        "903-408",
        passing=_passes(a_placement(placement_type="A5", legal_status="E1")),
        failing=_fails(a_placement(placement_type="A5", legal_status="C2")),
        boundary=(
            _fails(a_placement(placement_type="A6", legal_status="C2")),
            _passes(a_placement(placement_type="A4", legal_status="C2")),
        ),
        null=(
            _fails(a_placement(placement_type="A5", legal_status=None)),
            _passes(a_placement(placement_type=None, legal_status="C2")),
        ),
    ),
    cases(
        "903-426",
        passing=_passes(
            a_child(a_placement(legal_status="V3"), a_placement(legal_status="V3")),
            a_child(a_placement(legal_status="V4")),
        ),
        failing=_fails(
            a_child(a_placement(legal_status="V3"), a_placement(legal_status="C2"), a_placement(legal_status="V4")),
            rows=(0, 2),
        ),
        boundary=_passes(a_child(a_placement(legal_status="V3"), a_placement(legal_status="V2"))),
        null=_passes(a_child(a_placement(legal_status="V3"), a_placement(legal_status=None))),
    ),
    cases(
        "903-445",
        passing=_passes(a_placement(legal_status="D1", start_date="2005-06-01"), **_in(2024)),
        failing=_fails(a_placement(legal_status="D1", start_date="2023-06-01"), **_in(2024)),
        boundary=(
            _passes(a_placement(legal_status="D1", start_date="2005-12-31"), **_in(2024)),
            _fails(a_placement(legal_status="D1", start_date="2006-01-01"), **_in(2024)),
            _passes(a_placement(legal_status="D1", start_date="2006-01-01"), **_in(2025)),
        ),
        null=(
            _passes(a_placement(legal_status="D1", start_date=None), **_in(2024)),
            _passes(a_placement(legal_status=None, start_date="2023-06-01"), **_in(2024)),
        ),
    ),
    cases(
        "903-446",
        passing=_passes(a_placement(legal_status="E1")),
        failing=_fails(a_placement(legal_status="E1", start_date="2004-01-01")),
        boundary=(
            _passes(a_placement(legal_status="E1", start_date="2005-12-01")),
            _fails(a_placement(legal_status="E1", start_date="2005-11-30")),
        ),
        null=(
            _passes(a_placement(legal_status="E1", start_date=None)),
            _passes(a_placement(legal_status=None, start_date="2004-01-01")),
        ),
    ),
    cases(
        "903-451",
        passing=_passes(a_placement(legal_status="D1", end_date="2023-09-01", end_reason="E11"), **_in(2024)),
        failing=_fails(a_placement(legal_status="D1", start_date="2003-06-01"), **_in(2024)),
        boundary=(
            _passes(a_placement(legal_status="D1", end_date="2023-09-01"), **_in(2024)),
            _passes(a_placement(legal_status="D1", end_reason="X1"), **_in(2024)),
            _passes(a_placement(legal_status="D1"), **_in(2025)),
        ),
        null=_passes(a_placement(legal_status=None), **_in(2024)),
    ),
)
