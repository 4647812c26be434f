"""Cases of the rules on what an LA sends as a whole."""

from rule_building import a_child, a_disability, a_submission
from rule_cases import Verdict, cases, fails, passes


def in_cin(verdict, *drawn) -> Verdict:
    return verdict(*drawn, kind="cin")


def without_sex(number: int, children: int = 100):
    return a_submission(children=children, children_without_sex=number)


def coded(codes: int | None):
    return a_submission(children=100, disability_codes=codes)


def at_most(disabilities: int | None):
    return a_submission(children=100, most_disabilities_of_a_child=disabilities)


def deleted(children: int | None, of: int | None = 1000):
    return a_submission(children_purged=children, children_held_before=of)


CASES = (
    cases(
        "CSC-336",
        passing=(without_sex(0), in_cin(passes, a_child())),
        failing=(without_sex(10), in_cin(fails, a_child(sex="U")), in_cin(fails, a_child(sex=None))),
        boundary=(
            passes(without_sex(2)),
            fails(without_sex(3)),
            in_cin(passes, a_child(sex="U", date_of_birth=None, expected_date_of_birth="2026-06-01")),
        ),
        null=(without_sex(None), without_sex(0, children=0)),
    ),
    cases(
        "CSC-337",
        passing=coded(10),
        failing=(coded(3), in_cin(fails, a_child(a_disability("MOB")))),
        boundary=(passes(coded(8)), fails(coded(7)), fails(coded(0))),
        null=coded(None),
    ),
    cases(
        "CSC-338",
        passing=(at_most(2), in_cin(passes, a_child(a_disability("MOB"), a_disability("AUT")))),
        failing=(at_most(1), in_cin(fails, a_child(a_disability("MOB")))),
        boundary=(passes(at_most(0)), in_cin(passes, a_child(a_disability("NONE")))),
        null=at_most(None),
    ),
    cases(
        "CSC-363",
        passing=deleted(0),
        failing=deleted(400),
        boundary=(passes(deleted(50)), fails(deleted(51)), passes(deleted(0, of=0)), fails(deleted(1, of=0))),
        null=(deleted(None), deleted(400, of=None)),
    ),
)
