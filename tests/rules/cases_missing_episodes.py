"""Cases of the rules on episodes of being missing."""

from functools import partial

from rule_building import Drawn, a_child, a_missing_episode, a_placement, placed
from rule_cases import Cases, cases, fails, passes

_passes = partial(passes, kind="ssda903")
_fails = partial(fails, kind="ssda903")
_ADULT = {"date_of_birth": "2007-09-10"}  # 18 on 10 September 2025


def _missing(start: str | None, end: str | None = None, **values: str | None) -> Drawn:
    return a_missing_episode(start_date=start, end_date=end, **values)


def _in_care(missing: Drawn, *placements: tuple[str | None, str | None], **values: str | None) -> Drawn:
    """A child missing while placed in these, each of which goes on from the one before."""
    return a_child(missing, *(placed(start, end, **{"start_reason": "P"} | values) for start, end in placements))


def _together(rule_id: str, *, missing: Drawn, without: Drawn, no_type: Drawn) -> Cases:
    """A date needs the type of the time missing."""
    return cases(
        rule_id, passing=_passes(missing), failing=_fails(no_type), boundary=_passes(without), null=_fails(no_type)
    )


CASES = (
    cases(
        "903-1004",
        passing=_passes(_missing("2025-09-01")),
        failing=_fails(_missing(None)),
        boundary=_fails(a_child(_missing("2025-09-01"), _missing(None)), rows=(1,)),
        null=_fails(_missing(None, "2025-09-03")),
    ),
    cases(
        "903-1006",
        passing=_passes(a_missing_episode(missing_type="A")),
        failing=_fails(a_missing_episode(missing_type="X")),
        boundary=(_passes(a_missing_episode(missing_type="M")), _fails(a_missing_episode(missing_type="m"))),
        null=_passes(a_missing_episode(missing_type=None)),
    ),
    cases(
        "903-564",
        passing=_passes(_missing("2025-09-01")),
        failing=_fails(_missing(None)),
        boundary=(_fails(_missing(None, missing_type="A")), _passes(_missing(None, missing_type="X"))),
        null=_passes(_missing(None, missing_type=None)),
    ),
    _together(
        "903-565",
        missing=_missing("2025-09-01"),
        without=_missing(None, "2025-09-03", missing_type=None),
        no_type=_missing("2025-09-01", missing_type=None),
    ),
    _together(
        "903-566",
        missing=_missing("2025-09-01", "2025-09-03"),
        without=_missing("2025-09-01", None, missing_type=None),
        no_type=_missing("2025-09-01", "2025-09-03", missing_type=None),
    ),
    cases(
        "903-567",
        passing=_passes(_missing("2025-09-01", "2025-09-03")),
        failing=_fails(_missing("2025-09-01", "2025-08-01")),
        boundary=(
            _passes(_missing("2025-09-01", "2025-09-01")),
            _fails(_missing("2025-09-01", "2025-08-31")),
        ),
        null=(_passes(_missing("2025-09-01", None)), _passes(_missing(None, "2025-09-01"))),
    ),
    cases(
        "903-570",
        passing=_passes(_missing("2025-09-01")),
        failing=_fails(_missing("2026-09-01")),
        boundary=(_passes(_missing("2026-03-31")), _fails(_missing("2026-04-01"))),
        null=_passes(_missing(None)),
    ),
    cases(
        "903-571",
        passing=_passes(_missing("2025-03-01", "2025-09-01")),
        failing=_fails(_missing("2025-03-01", "2025-03-05")),
        boundary=(
            _passes(_missing("2025-03-01", "2025-04-01")),
            _fails(_missing("2025-03-01", "2025-03-31")),
            _passes(_missing("2025-03-01", "2026-03-31")),
            _fails(_missing("2025-03-01", "2026-04-01")),
        ),
        null=_passes(_missing("2025-03-01", None)),
    ),
    cases(
        "903-574",
        passing=_passes(a_child(_missing("2025-09-01", "2025-09-03"), _missing("2025-10-01"))),
        failing=_fails(a_child(_missing("2025-09-01", None), _missing("2025-10-01", "2025-10-03")), rows=(1,)),
        boundary=(
            _passes(a_child(_missing("2025-09-01", "2025-09-03"), _missing("2025-09-03"))),
            _fails(a_child(_missing("2025-09-01", "2025-09-03"), _missing("2025-09-02", "2025-09-04")), rows=(1,)),
            _passes(a_child(_missing("2025-10-01", "2025-10-03"), _missing("2025-09-01", "2025-09-03"))),
            _passes(_missing("2025-09-01"), _missing("2025-10-01")),
            # one that ends later is the later one, even if it began first
            _fails(a_child(_missing("2025-09-01", "2025-09-09"), _missing("2025-09-02", "2025-09-03"))),
        ),
        null=(
            _passes(a_child(_missing(None, None), _missing("2025-10-01", "2025-10-03"))),
            _fails(a_child(_missing("2025-09-01", None), _missing(None, None)), rows=(1,)),
        ),
    ),
    cases(
        "903-575",
        passing=_passes(_in_care(_missing("2025-09-01", "2025-09-03"), ("2025-07-01", "2025-12-01"))),
        failing=_fails(_in_care(_missing("2025-09-01"), ("2025-07-01", "2025-12-01"))),
        boundary=(
            _fails(_in_care(_missing("2025-07-01"), ("2025-07-01", "2025-12-01"))),
            _passes(_in_care(_missing("2025-06-30"), ("2025-07-01", "2025-12-01"))),
            _fails(_in_care(_missing("2025-12-01"), ("2025-07-01", "2025-12-01"))),
            _passes(_in_care(_missing("2025-12-02"), ("2025-07-01", "2025-12-01"))),
        ),
        null=(
            _passes(_in_care(_missing("2025-09-01"), ("2025-07-01", None))),
            _passes(_in_care(_missing(None), ("2025-07-01", "2025-12-01"))),
            _passes(_in_care(_missing("2025-09-01"), (None, "2025-12-01"))),
        ),
    ),
    cases(
        "903-576",
        passing=_passes(_missing("2025-03-01"), before=(_missing("2025-03-01"),)),
        failing=_fails(_missing("2025-09-01"), before=(_missing("2025-03-01"),)),
        boundary=(
            _passes(_missing("2025-09-01"), before=(_missing("2025-03-01", "2025-03-05"),)),
            _passes(a_child(_missing("2025-09-01"), _missing("2025-03-01")), before=(_missing("2025-03-01"),)),
            _fails(
                a_child(_missing("2025-09-01"), _missing("2025-06-01")), rows=(1,), before=(_missing("2025-03-01"),)
            ),
            # of two left open, one cannot be the first
            _fails(_missing("2025-03-01"), before=(a_child(_missing("2025-03-01"), _missing("2025-03-05")),)),
        ),
        null=(
            _fails(_missing(None), before=(_missing("2025-03-01"),)),
            _passes(_missing("2025-09-01"), before=(_missing(None),)),
        ),
    ),
    cases(
        "903-577",
        passing=_passes(_in_care(_missing("2025-09-01", "2025-09-03"), ("2025-07-01", None))),
        failing=_fails(_in_care(_missing("2025-09-01"), ("2025-07-01", "2025-10-01"))),
        boundary=(
            _passes(_in_care(_missing("2025-09-01"), ("2025-07-01", None))),
            _passes(_in_care(_missing("2025-09-01", "2025-10-01"), ("2025-07-01", "2025-10-01"))),
            _fails(_in_care(_missing("2025-09-01", "2025-10-02"), ("2025-07-01", "2025-10-01"))),
            _passes(_in_care(_missing("2025-06-01", "2025-07-01"), ("2025-07-01", None))),
            _fails(_in_care(_missing("2025-06-01", "2025-06-30"), ("2025-07-01", None))),
            # two placements without a day between are one period; a day between, or a new start, makes two
            _passes(_in_care(_missing("2025-09-01", "2025-11-01"), ("2025-07-01", "2025-10-01"), ("2025-10-01", None))),
            _fails(_in_care(_missing("2025-09-01", "2025-10-02"), ("2025-07-01", "2025-10-01"), ("2025-10-03", None))),
            _passes(_in_care(_missing("2025-10-02", "2025-11-01"), ("2025-07-01", "2025-10-01"), ("2025-10-02", None))),
            _passes(_missing("2025-09-01"), _in_care(_missing("2025-09-01"), ("2025-07-01", None))),
        ),
        null=(
            _passes(_in_care(_missing(None, "2025-12-01"), ("2025-07-01", "2025-10-01"))),
            _fails(_in_care(_missing("2025-06-01"), ("2025-07-01", None))),
            _passes(_in_care(_missing("2025-09-01"), (None, "2025-10-01"))),
        ),
    ),
    cases(
        "903-578",
        passing=_passes(_in_care(_missing("2025-09-01"), ("2025-07-01", None))),
        failing=_fails(_in_care(_missing("2025-12-01"), ("2025-07-01", "2025-10-01"))),
        boundary=(
            _passes(_in_care(_missing("2025-07-01"), ("2025-07-01", None))),
            _fails(_in_care(_missing("2025-06-30"), ("2025-07-01", None))),
            _passes(_in_care(_missing("2025-10-01"), ("2025-07-01", "2025-10-01"))),
            _fails(_in_care(_missing("2025-10-02"), ("2025-07-01", "2025-10-01"))),
            _passes(_in_care(_missing("2025-11-01"), ("2025-07-01", "2025-10-01"), ("2025-11-01", None))),
            # the last placement of a period says when it ended; one that starts with S begins another
            _passes(_in_care(_missing("2025-11-01"), ("2025-07-01", "2025-10-01"), ("2025-08-01", None))),
            _fails(
                _in_care(_missing("2025-09-15"), ("2025-07-01", "2025-09-01"), ("2025-10-01", None), start_reason="S")
            ),
        ),
        null=(
            _passes(_in_care(_missing(None), ("2025-07-01", "2025-10-01"))),
            _passes(_missing("2025-09-01"), _in_care(_missing("2025-09-01"), ("2025-07-01", None))),
        ),
    ),
    cases(
        "903-580",
        passing=_passes(
            a_child(_missing("2025-09-01", "2025-09-10"), placed("2025-07-01", "2025-09-10", end_reason="E8"), **_ADULT)
        ),
        failing=_fails(
            a_child(_missing("2025-09-01", "2025-09-10"), placed("2025-07-01", "2025-09-10", end_reason="E3"), **_ADULT)
        ),
        boundary=(
            _passes(
                a_child(
                    _missing("2025-09-01", "2025-09-09"), placed("2025-07-01", "2025-09-09", end_reason="E3"), **_ADULT
                )
            ),
            _passes(
                a_child(
                    _missing("2025-09-01", "2025-09-10"), placed("2025-07-01", "2025-09-11", end_reason="E3"), **_ADULT
                )
            ),
        ),
        null=(
            _fails(a_child(_missing("2025-09-01", "2025-09-10"), placed("2025-07-01", "2025-09-10"), **_ADULT)),
            _passes(a_child(_missing("2025-09-01"), placed("2025-07-01"), **_ADULT)),
            _passes(
                a_child(_missing("2025-09-01", "2025-09-10"), placed("2025-07-01", "2025-09-10"), date_of_birth=None)
            ),
        ),
    ),
    cases(
        "903-581",
        passing=_passes(_in_care(_missing("2025-09-01"), ("2025-07-01", "2025-10-01"))),
        failing=_fails(_in_care(_missing("2025-06-01"), ("2025-07-01", "2025-10-01"))),
        boundary=(
            _passes(_in_care(_missing("2025-07-01"), ("2025-07-01", "2025-10-01"))),
            _fails(_in_care(_missing("2025-06-30"), ("2025-07-01", "2025-10-01"))),
            _passes(_in_care(_missing("2025-10-01"), ("2025-07-01", "2025-10-01"))),
            _fails(_in_care(_missing("2025-10-02"), ("2025-07-01", "2025-10-01"))),
            _passes(_in_care(_missing("2025-11-01"), ("2025-07-01", "2025-10-01"), ("2025-11-01", None))),
            _passes(_missing("2025-06-01"), _in_care(_missing("2025-09-01"), ("2025-07-01", None))),
        ),
        null=(
            _fails(_in_care(_missing(None), ("2025-07-01", None))),
            _fails(_in_care(_missing("2025-09-01"), (None, "2025-10-01"))),
        ),
    ),
    cases(
        "903-586",
        passing=_passes(a_child(_missing("2025-09-01"), a_placement())),
        failing=_fails(a_child(_missing("2015-01-01"))),
        boundary=(
            _fails(a_child(_missing("2015-06-15"), date_of_birth="2015-06-15")),
            _passes(a_child(_missing("2015-06-16"), date_of_birth="2015-06-15")),
        ),
        null=(_passes(_missing(None)), _passes(a_child(_missing("2015-01-01"), date_of_birth=None))),
    ),
)
