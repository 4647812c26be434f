"""Cases of the rules on the names and numbers behind a record."""

from rule_building import a_person
from rule_cases import Verdict, cases, fails, passes

CORRECT = "L204000000001"


def numbered(upn: str | None):
    return a_person(unique_pupil_number=upn)


def in_903(verdict, **values) -> Verdict:
    return verdict(a_person(**values), kind="ssda903")


def formerly(upn: str | None):
    return a_person(former_unique_pupil_number=upn)


def called(first_name: str | None, surname: str | None = "Example", **values):
    return a_person(first_name=first_name, surname=surname, **values)


CASES = (
    cases(
        "CSC-102",
        passing=(
            numbered(CORRECT),
            passes(numbered(CORRECT), kind="cin"),
            in_903(passes, unique_pupil_number=CORRECT),
        ),
        failing=(
            numbered("L20400000001"),
            fails(numbered("12345"), kind="cin"),
            in_903(fails, unique_pupil_number="L204000000001A"),
        ),
        boundary=(
            passes(numbered("L20400000000A")),
            fails(numbered("L2040000000AA")),
            fails(numbered("I204000000001")),
            fails(numbered("l204000000001")),
            in_903(passes, unique_pupil_number="l204000000001"),
            in_903(passes, unique_pupil_number="UN5"),
            in_903(fails, unique_pupil_number="UN6"),
            in_903(passes, unique_pupil_number_unknown_reason="UN5"),
            in_903(fails, unique_pupil_number_unknown_reason="UN6"),
            passes(a_person(unique_pupil_number_unknown_reason="UN6")),
        ),
        null=(numbered(None), in_903(passes, unique_pupil_number=None)),
    ),
    cases(
        "CSC-103",
        passing=(numbered(CORRECT), passes(numbered(CORRECT), kind="cin"), in_903(passes, unique_pupil_number=CORRECT)),
        failing=(
            numbered("M204000000001"),
            fails(numbered("M204000000001"), kind="cin", severity="error"),
            in_903(fails, unique_pupil_number="M204000000001", severity="warning"),
        ),
        boundary=(
            fails(numbered("l204000000001")),
            in_903(passes, unique_pupil_number="l204000000001"),
            passes(numbered("M20400000000A")),
            passes(numbered("M20400000001")),
            fails(numbered("S204000000001")),
        ),
        null=numbered(None),
    ),
    cases(
        "CSC-104",
        passing=numbered(CORRECT),
        failing=(numbered("A999000000000"), fails(numbered("A999000000000"), kind="cin")),
        boundary=(
            passes(numbered("A001000000000")),
            passes(numbered("A005000000000")),
            fails(numbered("A006000000000")),
            passes(numbered("A943000000000")),
            fails(numbered("A944000000000")),
            passes(numbered("A99900000000")),
            passes(numbered("A943000000000"), kind="cin", as_of="2024-03-31"),
            fails(numbered("A943000000000"), kind="cin", as_of="2023-03-31"),
            in_903(fails, unique_pupil_number="A999000000000", severity="warning"),
        ),
        null=numbered(None),
    ),
    cases(
        "CSC-105",
        passing=numbered(CORRECT),
        failing=(numbered("L2040000A0001"), fails(numbered("L2040000A0001"), kind="cin")),
        boundary=(
            passes(numbered("L20400000000A")),
            fails(numbered("L2040000000A1")),
            passes(numbered("L20400000")),
            fails(numbered("L204")),
            passes(numbered("LABC00000000")),
        ),
        null=numbered(None),
    ),
    cases(
        "CSC-106",
        passing=(numbered(CORRECT), numbered("L20400000000A")),
        failing=(numbered("L20400000000S"), fails(numbered("L20400000000I"), kind="cin")),
        boundary=(
            passes(numbered("L20400000000Z")),
            fails(numbered("L20400000000a")),
            fails(numbered("L20400000000-")),
            passes(numbered("L2040000000000S")),
        ),
        null=numbered(None),
    ),
    cases(
        "CSC-107",
        passing=(formerly(CORRECT), passes(formerly(CORRECT), kind="cin")),
        failing=(formerly("12"), fails(formerly("12"), kind="cin")),
        boundary=(
            passes(formerly("L20400000000A")),
            fails(formerly("L20400000000A"), kind="cin"),
            fails(formerly("L2040000000AA")),
            fails(formerly("2204000000001")),
        ),
        null=formerly(None),
    ),
    cases(
        "CSC-112",
        passing=called("Ada", "O'Hara"),
        failing=called("Ada", "O''Hara"),
        boundary=(fails(called("D''Arcy")), passes(called("D'Ar'cy"))),
        null=called(None, None),
    ),
    cases(
        "CSC-339",
        passing=passes(a_person(person_hash="h1"), a_person(la_child_id="C2", person_hash="h2")),
        failing=fails(a_person(person_hash="h1"), a_person(la_child_id="C2", person_hash="h1"), rows=(0, 1)),
        boundary=passes(a_person(person_hash="h1"), a_person(person_hash="h1", child_key="k0")),
        null=passes(a_person(person_hash=None), a_person(la_child_id="C2", person_hash=None)),
    ),
    cases(
        "CSC-346",
        passing=called("Ada"),
        failing=(called("unknown"), called("Ada", "TEST"), called("Ada", "12345")),
        boundary=(passes(called("Baby1")), fails(called(" Baby "))),
        null=(fails(called(None)), passes(called(None, date_of_birth=None))),
    ),
)
