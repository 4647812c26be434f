"""Cases of the rules on how old a child is when a placement starts or ends."""

from rule_building import Drawn, a_child, a_placement, an_episode, placed
from rule_cases import cases, fails, passes


def _aged(born: str | None, **values: str | None) -> Drawn:
    """A child born then, in one placement from 1 July 2025 if nothing else is said."""
    return a_child(a_placement(**values), date_of_birth=born)


def _left(born: str | None, reason: str | None, **values: str | None) -> Drawn:
    """A child born then, whose placement ended on 1 December 2025."""
    return a_child(a_placement(**{"end_date": "2025-12-01", "end_reason": reason} | values), date_of_birth=born)


def _moved_to_custody(born: str | None) -> Drawn:
    first = placed("2025-05-01", "2025-07-01", end_reason="X1", change_reason="CUSTOD")
    return a_child(first, placed("2025-07-01", start_reason="P"), date_of_birth=born)


CASES = (
    cases(
        "CSC-234",
        passing=_aged("2007-07-01", placement_type="P2"),
        failing=_aged("2012-07-01", placement_type="P2"),
        boundary=(
            passes(_aged("2009-07-01", placement_type="P2")),
            fails(_aged("2009-07-02", placement_type="P2")),
            fails(
                _aged("2007-07-02", placement_type="P2", start_date="2023-07-01"), kind="ssda903", as_of="2024-03-31"
            ),
            passes(
                _aged("2007-07-01", placement_type="P2", start_date="2023-07-01"), kind="ssda903", as_of="2024-03-31"
            ),
            fails(
                _aged("2007-07-02", placement_type="P2", start_date="2022-07-01"), kind="ssda903", as_of="2023-03-31"
            ),
            passes(
                _aged("2007-07-01", placement_type="P2", start_date="2022-07-01"), kind="ssda903", as_of="2023-03-31"
            ),
            passes(_aged("2012-07-01", placement_type="P2"), kind="ssda903", as_of="2025-03-31"),
        ),
        null=(
            _aged(None, placement_type="P2"),
            _aged("2012-07-01", placement_type=None),
            _aged("2012-07-01", placement_type="P2", start_date=None),
        ),
    ),
    cases(
        "CSC-235",
        passing=_aged("2008-07-01", placement_type="K3"),
        failing=(_aged("2012-07-01", placement_type="K3"), _aged("2012-07-01", placement_type="H5")),
        boundary=(
            passes(_aged("2009-07-01", placement_type="K3")),
            fails(_aged("2009-07-02", placement_type="K3")),
            fails(_aged("2009-07-02", placement_type="K3"), kind="ssda903"),
            passes(_aged("2009-07-02", placement_type="H5"), kind="ssda903"),
            fails(
                _aged("2008-07-02", placement_type="K3", start_date="2024-07-01"), kind="ssda903", as_of="2025-03-31"
            ),
            fails(
                _aged("2007-07-02", placement_type="H5", start_date="2023-07-01"), kind="ssda903", as_of="2024-03-31"
            ),
            passes(
                _aged("2007-07-02", placement_type="K3", start_date="2023-07-01"), kind="ssda903", as_of="2024-03-31"
            ),
            fails(
                _aged("2008-07-02", placement_type="H5", start_date="2022-07-01"), kind="ssda903", as_of="2023-03-31"
            ),
            passes(
                _aged("2008-07-01", placement_type="H5", start_date="2022-07-01"), kind="ssda903", as_of="2023-03-31"
            ),
        ),
        null=(
            _aged(None, placement_type="K3"),
            _aged("2012-07-01", placement_type=None),
            passes(_aged("2012-07-01", placement_type="K3", start_date=None), kind="ssda903"),
        ),
    ),
    cases(
        "CSC-236",
        passing=_aged("2015-07-01", placement_type="U4"),
        failing=(
            _aged("2016-07-01", placement_type="R5"),
            fails(_aged("2016-07-01", placement_type="R5"), kind="ssda903"),
        ),
        boundary=(
            passes(_aged("2015-07-01", placement_type="R5")),
            fails(_aged("2015-07-02", placement_type="R5")),
            passes(_aged("2015-07-01", placement_type="R5", end_date="2025-12-01"), kind="ssda903"),
            fails(_aged("2015-07-02", placement_type="R5", end_date="2025-12-01"), kind="ssda903"),
        ),
        null=(
            _aged(None, placement_type="R5"),
            _aged("2016-07-01", placement_type=None),
            _aged("2016-07-01", placement_type="R5", start_date=None),
        ),
    ),
    cases(
        "CSC-237",
        passing=_aged("2021-07-01", placement_type="U4"),
        failing=(
            _aged("2022-07-01", placement_type="S1"),
            fails(_aged("2022-07-01", placement_type="S1"), kind="ssda903"),
        ),
        boundary=(
            passes(_aged("2021-07-01", placement_type="S1")),
            fails(_aged("2021-07-02", placement_type="S1")),
            passes(_aged("2021-07-01", placement_type="S1", end_date="2025-12-01"), kind="ssda903"),
            fails(_aged("2021-07-02", placement_type="S1", end_date="2025-12-01"), kind="ssda903"),
        ),
        null=(
            _aged(None, placement_type="S1"),
            _aged("2022-07-01", placement_type=None),
            _aged("2022-07-01", placement_type="S1", start_date=None),
        ),
    ),
    cases(
        "CSC-238",
        passing=_aged("2011-07-01", placement_type="U4"),
        failing=(
            _aged("2012-07-01", placement_type="P3"),
            fails(_aged("2012-07-01", placement_type="P3"), kind="ssda903"),
        ),
        boundary=(
            passes(_aged("2011-07-01", placement_type="P3")),
            fails(_aged("2011-07-02", placement_type="P3")),
            passes(_aged("2011-07-01", placement_type="P3", end_date="2025-12-01"), kind="ssda903"),
            fails(_aged("2011-07-02", placement_type="P3", end_date="2025-12-01"), kind="ssda903"),
        ),
        null=(
            _aged(None, placement_type="P3"),
            _aged("2012-07-01", placement_type=None),
            _aged("2012-07-01", placement_type="P3", start_date=None),
        ),
    ),
    cases(
        "CSC-239",
        passing=_aged("2015-07-01", start_reason="S"),
        failing=(_aged("2000-07-01", start_reason="S"), fails(_aged("2000-07-01", start_reason="S"), kind="ssda903")),
        boundary=(
            fails(_aged("2007-07-01", start_reason="S")),
            passes(_aged("2007-07-02", start_reason="S")),
            passes(_aged("2000-07-01", start_reason="P")),
        ),
        null=(
            _aged(None, start_reason="S"),
            _aged("2000-07-01", start_reason=None),
            _aged("2000-07-01", start_reason="S", start_date=None),
        ),
    ),
    cases(
        "CSC-240",
        passing=_left("2007-12-02", "E13"),
        failing=(_left("2007-12-01", "E11"), fails(_left("2007-12-01", "E11"), kind="ssda903")),
        boundary=(
            passes(_left("2007-12-02", "E11")),
            fails(_left("2007-12-01", "E11")),
            passes(_left("2007-12-01", "E13")),
        ),
        null=(
            _left(None, "E11"),
            _left("2007-12-01", None),
            _left("2007-12-01", "E11", end_date=None),
            passes(_left(None, "E11"), kind="ssda903"),
        ),
    ),
    cases(
        "CSC-241",
        passing=_left("2011-12-01", "E8"),
        failing=(_left("2011-12-02", "E5"), fails(_left("2011-12-02", "E5"), kind="ssda903")),
        boundary=(
            passes(_left("2011-12-01", "E5")),
            fails(_left("2011-12-02", "E5")),
            passes(_left("2011-12-02", "E8")),
        ),
        null=(
            _left(None, "E6"),
            _left("2011-12-02", "E6", end_date=None),
            passes(_left("2011-12-02", None), kind="ssda903"),
            fails(_left(None, "E6"), kind="ssda903"),
            passes(_left("2011-12-02", "E6", end_date=None), kind="ssda903"),
        ),
    ),
    cases(
        "CSC-242",
        passing=_left("2009-12-01", "E8"),
        failing=(_left("2009-12-02", "E7"), fails(_left("2009-12-02", "E7"), kind="ssda903")),
        boundary=(
            passes(_left("2009-12-01", "E7")),
            fails(_left("2009-12-02", "E7")),
            passes(_left("2009-12-02", "E8")),
        ),
        null=(
            _left(None, "E7"),
            _left("2009-12-02", "E7", end_date=None),
            passes(_left("2009-12-02", None), kind="ssda903"),
            fails(_left(None, "E7"), kind="ssda903"),
            fails(_left("2009-12-02", "E7", end_date=None), kind="ssda903"),
        ),
    ),
    cases(
        "CSC-243",
        passing=_left("2007-12-01", "E41"),
        failing=(_left("2007-11-30", "E45"), fails(_left("2007-11-30", "E45"), kind="ssda903")),
        boundary=(
            passes(_left("2007-12-01", "E45")),
            fails(_left("2007-11-30", "E45")),
            passes(_left("2007-11-30", "E41")),
        ),
        null=(
            _left(None, "E48"),
            _left("2007-11-30", None),
            _left("2007-11-30", "E48", end_date=None),
            passes(_left(None, "E48"), kind="ssda903"),
        ),
    ),
    cases(
        "CSC-244",
        passing=_left("2007-12-01", "E8"),
        failing=(_left("2007-12-02", "E17"), fails(_left("2007-12-02", "E17"), kind="ssda903")),
        boundary=(
            passes(_left("2007-12-01", "E17")),
            fails(_left("2007-12-02", "E17")),
            passes(_left("2007-12-02", "E8")),
        ),
        null=(
            _left(None, "E17"),
            _left("2007-12-02", None),
            _left("2007-12-02", "E17", end_date=None),
            passes(_left(None, "E17"), kind="ssda903"),
        ),
    ),
    cases(
        "CSC-245",
        passing=_moved_to_custody("2010-07-01"),
        failing=(
            fails(_moved_to_custody("2018-07-01"), rows=(1,)),
            fails(_moved_to_custody("2018-07-01"), rows=(1,), kind="ssda903"),
        ),
        boundary=(
            passes(_moved_to_custody("2015-07-01")),
            fails(_moved_to_custody("2015-07-02"), rows=(1,)),
            passes(_moved_to_custody("2014-07-02"), kind="ssda903", as_of="2025-03-31"),
            passes(_aged("2018-07-01", change_reason="CUSTOD")),
        ),
        null=(
            _moved_to_custody(None),
            a_child(
                placed("2025-05-01", "2025-07-01", change_reason=None), placed("2025-07-01"), date_of_birth="2018-07-01"
            ),
            a_child(placed("2025-05-01", change_reason="CUSTOD"), placed(None), date_of_birth="2018-07-01"),
        ),
    ),
    cases(
        "CSC-246",
        passing=a_child(an_episode(a_placement()), date_of_birth="2015-06-15"),
        failing=a_child(an_episode(a_placement()), date_of_birth="2005-06-15"),
        boundary=(
            passes(a_child(an_episode(a_placement()), date_of_birth="2008-03-31")),
            fails(a_child(an_episode(a_placement()), date_of_birth="2008-03-30")),
            passes(a_child(an_episode(a_placement(placement_type="K2")), date_of_birth="2005-06-15")),
            fails(a_child(a_placement(placement_type="K2"), date_of_birth="2005-06-15"), kind="ssda903"),
            passes(
                a_child(a_placement(placement_type="K2", legal_status="V2"), date_of_birth="2005-06-15"), kind="ssda903"
            ),
        ),
        null=(
            passes(a_child(an_episode(a_placement()), date_of_birth=None)),
            fails(a_child(an_episode(a_placement(placement_type=None)), date_of_birth="2005-06-15")),
        ),
    ),
)
