"""Cases of the rules on the permanence a child had before."""

from functools import partial

from rule_building import Drawn, a_child, a_placement, a_previous_permanence, placed
from rule_cases import cases, fails, passes

_passes = partial(passes, kind="ssda903")
_fails = partial(fails, kind="ssda903")


def _adopted(**values: str | None) -> Drawn:
    """A child adopted before, by an LA and on a day that are known."""
    known = {"permanence_option": "P1", "permanence_la": "202", "permanence_date": "01/05/2018"}
    return a_previous_permanence(**known | values)


def _started(permanence: Drawn | None, **values: str | None) -> Drawn:
    """A child with this previous permanence who is placed."""
    return a_child(a_placement(**values), *([permanence] if permanence else []))


def _ordered(date: str | None, first_placed: str | None = "2025-07-01") -> Drawn:
    return a_child(_adopted(permanence_date=date), placed("2025-12-01"), placed(first_placed))


_ONE_MORE = _started(a_previous_permanence())

CASES = (
    cases(
        "903-630",
        passing=(_passes(_started(a_previous_permanence())), _passes(_started(_adopted()))),
        failing=(_fails(_started(None), _ONE_MORE), _fails(_started(_adopted(permanence_la=None)))),
        boundary=(
            _fails(_started(None, start_date="2025-04-01"), _ONE_MORE),
            _passes(_started(None, start_date="2025-03-31"), _ONE_MORE),
            _passes(_started(None, start_reason="P"), _ONE_MORE),
            _fails(_started(_adopted(permanence_date=None))),
            # two rows, of which one is complete
            _fails(a_child(a_placement(), a_previous_permanence(), _adopted(permanence_la=None))),
        ),
        null=(
            _fails(_started(a_previous_permanence(permanence_option=None))),
            _passes(_started(None, start_date=None), _ONE_MORE),
            _passes(_started(None, start_reason=None), _ONE_MORE),
        ),
    ),
    cases(
        "903-631",
        passing=_passes(a_previous_permanence(permanence_option="P2")),
        failing=_fails(a_previous_permanence(permanence_option="P9")),
        boundary=(
            _passes(a_previous_permanence(permanence_option="P4")),
            _fails(a_previous_permanence(permanence_option="P5")),
            _passes(a_previous_permanence(permanence_option="Z1")),
        ),
        null=_passes(a_previous_permanence(permanence_option=None)),
    ),
    cases(
        "903-632",
        passing=_passes(_ordered("01/05/2018")),
        failing=(_fails(_ordered("01/05/2026")), _fails(_ordered("31/02/2018")), _fails(_ordered("last May"))),
        boundary=(
            _passes(_ordered("30/06/2025")),
            _fails(_ordered("01/07/2025")),
            _passes(_ordered("ZZ/06/2025")),
            _fails(_ordered("ZZ/07/2025")),
            _passes(_ordered("zz/zz/2024")),
            _fails(_ordered("ZZ/ZZ/2025")),
            _passes(_ordered("ZZ/ZZ/ZZZZ")),
            _fails(_ordered("2018-05-01")),
            _fails(_ordered("01/05/18")),
        ),
        null=(
            _passes(_ordered(None)),
            _passes(a_child(_adopted(), placed(None))),
            _fails(a_child(_adopted(permanence_date="31/02/2018"), placed(None))),
        ),
    ),
    cases(
        "903-633",
        passing=_passes(_adopted(permanence_la="202")),
        failing=_fails(_adopted(permanence_la="Camden")),
        boundary=(
            _passes(_adopted(permanence_la="838")),
            _passes(_adopted(permanence_la="909")),  # Cumbria, until 2023
            _passes(_adopted(permanence_la="999")),
            _passes(_adopted(permanence_la="WAL")),
            _fails(_adopted(permanence_la="998")),
        ),
        null=_passes(_adopted(permanence_la=None)),
    ),
    cases(
        "903-634",
        passing=_passes(_started(_adopted(), start_date="2020-07-01")),
        failing=_fails(_started(_adopted(), start_date="2012-07-01")),
        boundary=(
            _passes(_started(_adopted(), start_date="2016-04-01")),
            _fails(_started(_adopted(), start_date="2016-03-31")),
            _passes(a_child(_adopted(), placed("2012-07-01"), placed("2017-07-01"))),
        ),
        null=(
            _passes(_started(a_previous_permanence(permanence_option=None), start_date="2012-07-01")),
            _passes(_started(_adopted(), start_date=None)),
        ),
    ),
    cases(
        "903-635",
        passing=_passes(_adopted()),
        failing=_fails(_adopted(permanence_option="Z1")),
        boundary=(
            _passes(a_previous_permanence(permanence_option="Z1")),
            _fails(a_previous_permanence(permanence_option="Z1", permanence_la="202")),
            _fails(a_previous_permanence(permanence_option="Z1", permanence_date="ZZ/ZZ/2015")),
        ),
        null=(
            _fails(_adopted(permanence_option=None)),
            _passes(a_previous_permanence(permanence_option=None)),
        ),
    ),
)
