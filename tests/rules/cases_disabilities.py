"""Cases of the rules on disability codes."""

from rule_building import a_child, a_disability
from rule_cases import cases, fails, passes

CASES = (
    cases(
        "CSC-118",
        passing=a_disability("MOB"),
        failing=a_disability("OTHER"),
        boundary=(passes(a_disability("NONE")), fails(a_disability("mob"))),
        null=a_disability(None),
    ),
    cases(
        "CSC-206",
        passing=a_child(a_disability("MOB"), a_disability("AUT")),
        failing=a_child(a_disability("NONE"), a_disability("MOB")),
        boundary=(
            passes(a_child(a_disability("NONE")), a_child(a_disability("MOB"))),
            fails(a_child(a_disability("MOB"), a_disability("none")), rows=(1,)),
        ),
        null=a_child(a_disability("NONE"), a_disability(None)),
    ),
)
