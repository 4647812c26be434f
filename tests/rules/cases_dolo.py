"""Cases of the rules on orders that deprive a child of liberty, collected from 2026/27 on."""

from functools import partial

from rule_building import Drawn, a_child, a_deprivation_of_liberty, placed
from rule_cases import cases, fails, passes

_IN_2027 = {"as_of": "2027-03-31", "period_start": "2026-04-01"}
_passes = partial(passes, kind="ssda903", **_IN_2027)
_fails = partial(fails, kind="ssda903", **_IN_2027)


def _order(start: str | None, end: str | None = None) -> Drawn:
    return a_deprivation_of_liberty(start_date=start, end_date=end)


def _in_care(order: Drawn, *placements: tuple[str | None, str | None]) -> Drawn:
    """A child under an order while placed in these, each of which goes on from the one before."""
    return a_child(order, *(placed(start, end, start_reason="P") for start, end in placements))


def _placed_in(placement_type: str | None, start: str | None, end: str | None, order: Drawn | None = None) -> Drawn:
    """A child in this placement and under an order through September 2026, or another."""
    under = order or _order("2026-09-01", "2026-09-30")
    return a_child(under, placed(start, end, placement_type=placement_type))


CASES = (
    cases(
        "903-700",
        passing=_passes(_order("2026-09-01")),
        failing=_fails(_order(None)),
        boundary=(
            _fails(a_child(_order("2026-09-01"), _order(None)), rows=(1,)),
            passes(_order(None), kind="ssda903"),  # 2025/26
        ),
        null=_fails(_order(None, "2026-09-03")),
    ),
    cases(
        "903-702",
        passing=_passes(_order("2026-09-01", "2026-10-01")),
        failing=_fails(_order("2026-09-01", "2026-08-01")),
        boundary=(_fails(_order("2026-09-01", "2026-09-01")), _passes(_order("2026-09-01", "2026-09-02"))),
        null=(_passes(_order("2026-09-01")), _passes(_order(None, "2026-09-01"))),
    ),
    cases(
        "903-703",
        passing=_passes(_order("2026-09-01")),
        failing=_fails(_order("2027-09-01")),
        boundary=(_passes(_order("2027-03-31")), _fails(_order("2027-04-01"))),
        null=_passes(_order(None)),
    ),
    cases(
        "903-704",
        passing=_passes(_order("2026-03-01", "2026-09-01")),
        failing=_fails(_order("2026-03-01", "2026-03-05")),
        boundary=(
            _passes(_order("2026-03-01", "2026-04-01")),
            _fails(_order("2026-03-01", "2026-03-31")),
            _passes(_order("2026-03-01", "2027-03-31")),
            _fails(_order("2026-03-01", "2027-04-01")),
        ),
        null=_passes(_order("2026-03-01")),
    ),
    cases(
        "903-705",
        passing=_passes(a_child(_order("2026-09-01", "2026-09-03"), _order("2026-10-01"))),
        failing=_fails(a_child(_order("2026-09-01"), _order("2026-10-01", "2026-10-03")), rows=(1,)),
        boundary=(
            _passes(a_child(_order("2026-09-01", "2026-09-03"), _order("2026-09-03"))),
            _fails(a_child(_order("2026-09-01", "2026-09-03"), _order("2026-09-02", "2026-09-04")), rows=(1,)),
            _passes(_order("2026-09-01"), _order("2026-10-01")),
        ),
        null=(
            _passes(a_child(_order(None), _order("2026-10-01", "2026-10-03"))),
            _fails(a_child(_order("2026-09-01"), _order(None)), rows=(1,)),
        ),
    ),
    cases(
        "903-706",
        passing=_passes(_order("2026-03-01", "2026-09-01"), before=(_order("2026-03-01"),)),
        failing=_fails(_order("2026-09-01"), before=(_order("2026-03-01"),)),
        boundary=(
            _fails(_order("2026-03-02"), before=(_order("2026-03-01"),)),
            _passes(_order("2026-09-01"), before=(_order("2026-03-01", "2026-03-05"),)),
            _fails(a_child(), _order("2026-09-01"), before=(_order("2026-03-01"), a_child())),
        ),
        null=(
            _passes(_order("2026-09-01"), before=(_order(None),)),
            _fails(_order(None), before=(_order("2026-03-01"),)),
        ),
    ),
    cases(
        "903-707",
        passing=_passes(_in_care(_order("2026-09-01", "2026-09-03"), ("2026-07-01", None))),
        failing=_fails(_in_care(_order("2026-09-01"), ("2026-07-01", "2026-10-01"))),
        boundary=(
            _passes(_in_care(_order("2026-09-01"), ("2026-07-01", None))),
            _passes(_in_care(_order("2026-09-01", "2026-10-01"), ("2026-07-01", "2026-10-01"))),
            _fails(_in_care(_order("2026-09-01", "2026-10-02"), ("2026-07-01", "2026-10-01"))),
            _passes(_in_care(_order("2026-09-01", "2026-11-01"), ("2026-07-01", "2026-10-01"), ("2026-10-01", None))),
            _passes(_order("2026-09-01"), _in_care(_order("2026-09-01"), ("2026-07-01", None))),
        ),
        null=(
            _passes(_in_care(_order(None, "2026-12-01"), ("2026-07-01", "2026-10-01"))),
            _fails(_in_care(_order("2026-06-01"), ("2026-07-01", None))),
        ),
    ),
    cases(
        "903-708",
        passing=_passes(_order("2026-09-01")),
        failing=_fails(_order("2015-01-01")),
        boundary=(
            _fails(a_child(_order("2015-06-15"), date_of_birth="2015-06-15")),
            _passes(a_child(_order("2015-06-16"), date_of_birth="2015-06-15")),
        ),
        null=(_passes(_order(None)), _passes(a_child(_order("2015-01-01"), date_of_birth=None))),
    ),
    cases(
        "903-709",
        passing=_passes(_placed_in("K2", "2026-07-01", None)),
        failing=_fails(_placed_in("U1", "2026-07-01", None)),
        boundary=(
            _passes(_placed_in("Z13", "2026-07-01", None)),
            _fails(_placed_in("Z11", "2026-07-01", None)),
            _fails(_placed_in("U1", "2026-07-01", "2026-09-01")),
            _passes(_placed_in("U1", "2026-07-01", "2026-08-31")),
            _fails(_placed_in("U1", "2026-09-30", None)),
            _passes(_placed_in("U1", "2026-10-01", None)),
            _fails(_placed_in("U1", "2026-10-01", None, _order("2026-09-01"))),
        ),
        null=(
            _passes(_placed_in(None, "2026-07-01", None)),
            _passes(_placed_in("U1", None, None)),
            _passes(_placed_in("U1", "2026-07-01", None, _order(None, "2026-09-30"))),
        ),
    ),
    cases(
        "903-710",
        passing=_passes(_placed_in("K2", "2026-07-01", None)),
        failing=_fails(_placed_in("K1", "2026-07-01", None)),
        boundary=(
            _fails(_placed_in("K3", "2026-07-01", None)),
            _passes(_placed_in("U1", "2026-07-01", None)),
            _fails(_placed_in("P1", "2026-07-01", "2026-09-01")),
            _passes(_placed_in("P1", "2026-07-01", "2026-08-31")),
            _passes(_placed_in("R5", "2026-10-01", None)),
        ),
        null=(
            _passes(_placed_in(None, "2026-07-01", None)),
            _passes(_placed_in("K1", "2026-07-01", None, _order(None))),
        ),
    ),
)
