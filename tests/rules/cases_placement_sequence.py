"""Cases of the rules on the dates and reasons of a child's placements one after another."""

from rule_building import Drawn, a_child, an_episode, placed
from rule_cases import cases, fails, passes


def _in_turn(*spans: tuple[str | None, str | None]) -> Drawn:
    return a_child(*(placed(start, end) for start, end in spans))


def _then(start: str | None, reason: str | None, *, after: str | None = "2025-07-01", left: str | None = None) -> Drawn:
    """A placement that ends on that day, for the reason `left`, and the next one."""
    return a_child(placed("2025-05-01", after, end_reason=left), placed(start, start_reason=reason))


def _ended(reason: str | None, *, on: str | None = "2025-07-01", then: str | None = "2025-07-01") -> Drawn:
    """A placement that ended, and the next one."""
    return a_child(placed("2025-05-01", on, end_reason=reason), placed(then))


def _on_holiday(*starts: str | None) -> Drawn:
    """Placements while the carer is on holiday, with another before each."""
    each = [(placed("2024-01-01"), placed(start, placement_type="T3")) for start in starts]
    return a_child(*(one for pair in each for one in pair))


_ADOPTED = {"end_reason": "E11", "placement_type": "A5"}
_ADOPTION = placed("2024-05-01", "2024-12-01", **_ADOPTED)
_EVERY_MONTH = [f"2025-{month:02}-01" for month in range(1, 11)]

CASES = (
    cases(
        "CSC-307",
        passing=a_child(placed("2025-05-01", "2025-06-01", end_reason="X1"), placed("2025-06-01")),
        failing=(
            _in_turn(("2025-05-01", None), ("2025-06-01", None)),
            fails(_in_turn(("2025-05-01", None), ("2025-06-01", None)), kind="ssda903"),
        ),
        boundary=(
            passes(_in_turn(("2025-05-01", None))),
            fails(_in_turn(("2025-05-01", None), ("2025-05-01", None))),
            fails(a_child(placed("2025-06-01"), placed("2025-05-01", end_reason="X1")), rows=(1,)),
        ),
        null=(
            fails(_in_turn(("2025-05-01", "2025-06-01"), ("2025-06-01", None))),
            fails(_in_turn(("2025-05-01", None), (None, None))),
            passes(_in_turn((None, None), (None, None))),
        ),
    ),
    cases(
        "CSC-308",
        passing=_in_turn(("2025-05-01", "2025-06-01"), ("2025-07-01", None)),
        failing=fails(_in_turn(("2025-05-01", "2025-08-01"), ("2025-07-01", None)), rows=(1,)),
        boundary=(
            passes(_in_turn(("2025-05-01", "2025-07-01"), ("2025-07-01", None))),
            fails(_in_turn(("2025-07-01", None), ("2025-05-01", "2025-07-02")), rows=(0,)),
            passes(_in_turn(("2025-05-01", "2025-08-01")), _in_turn(("2025-07-01", None))),
        ),
        null=(
            _in_turn(("2025-05-01", None), ("2025-07-01", None)),
            _in_turn((None, "2025-08-01"), (None, None)),
        ),
    ),
    cases(
        "CSC-309",
        passing=_then("2025-09-01", "S"),
        failing=(
            fails(_then("2025-06-15", "S"), rows=(1,), severity="warning"),
            fails(_then("2025-06-15", "S"), rows=(1,), kind="ssda903", severity="error"),
        ),
        boundary=(
            fails(_then("2025-07-01", "S"), rows=(1,)),
            passes(_then("2025-07-02", "S")),
            passes(_then("2025-06-15", "P")),
        ),
        null=(_then(None, "S"), _then("2025-06-15", None), _then("2025-06-15", "S", after=None)),
    ),
    cases(
        "CSC-310",
        passing=_then("2025-07-01", "P", left="X1"),
        failing=(
            fails(_then("2025-07-01", "P", left="E8"), rows=(1,), severity="warning"),
            fails(_then("2025-07-01", "P", left="E8"), rows=(1,), kind="ssda903", severity="error"),
        ),
        boundary=(
            passes(_then("2025-07-01", "S", left="E48")),
            fails(_then("2025-07-01", "U", left="E4A"), rows=(1,)),
            passes(_then("2025-07-01", "P", left="E99")),
        ),
        null=(passes(_then("2025-07-01", "P", left=None)), fails(_then("2025-07-01", None, left="E8"), rows=(1,))),
    ),
    cases(
        "CSC-311",
        passing=_then("2025-07-01", "P"),
        failing=(
            fails(_then("2025-09-01", "L"), rows=(1,), severity="warning"),
            fails(_then("2025-09-01", "L"), rows=(1,), kind="ssda903", severity="error"),
        ),
        boundary=(
            passes(_then("2025-07-01", "B")),
            fails(_then("2025-07-02", "U"), rows=(1,)),
            fails(_then("2025-06-30", "T"), rows=(1,)),
            passes(_then("2025-09-01", "S")),
            passes(placed("2025-09-01", start_reason="P")),
            # of two that start on one day, the one that ended came first
            passes(
                a_child(
                    an_episode(
                        placed("2025-05-01", None, child_looked_after_placement_id="L1"),
                        placed("2025-05-01", "2025-07-01", child_looked_after_placement_id="L2", start_reason="P"),
                    )
                )
            ),
        ),
        null=(
            fails(_then("2025-07-01", "P", after=None), rows=(1,)),
            fails(_then(None, "P"), rows=(1,)),
            passes(_then("2025-09-01", None)),
        ),
    ),
    cases(
        "CSC-312",
        passing=(_ended("X1"), _ended("E8", then="2025-09-01")),
        failing=(
            fails(_ended("X1", then="2025-09-01"), severity="warning"),
            fails(_ended("E8"), severity="warning"),
            fails(placed("2025-05-01", "2025-07-01", end_reason="X1"), kind="ssda903", severity="error"),
        ),
        boundary=(
            passes(placed("2025-05-01", "2025-07-01", end_reason="E8")),
            fails(_ended("X1", then="2025-07-02")),
            fails(_ended("X1", then="2025-06-30")),
            passes(_ended("E8", then="2025-07-02")),
        ),
        null=(
            passes(_ended(None)),
            passes(_ended("X1", on=None)),
            passes(a_child(placed(None, "2025-07-01", end_reason="X1"))),
            fails(_ended("X1", then=None)),
            passes(_ended("E8", then=None)),
        ),
    ),
    cases(
        "CSC-313",
        passing=placed("2025-05-01", "2025-07-01", end_reason="E2"),
        failing=(_ended("E2"), fails(_ended("E15"), kind="ssda903")),
        boundary=(
            passes(_ended("E3")),
            fails(a_child(placed("2025-07-01"), placed("2025-05-01", "2025-07-01", end_reason="E2")), rows=(1,)),
        ),
        null=(
            passes(_ended(None)),
            fails(_ended("E2", then=None)),
            passes(a_child(placed(None, "2025-07-01", end_reason="E2"), placed(None))),
        ),
    ),
    cases(
        "CSC-314",
        passing=placed("2025-05-01", start_reason="S"),
        failing=(
            fails(placed("2025-05-01", start_reason="P"), severity="warning"),
            fails(placed("2025-05-01", start_reason="P"), kind="ssda903", severity="error"),
        ),
        boundary=(
            fails(placed("2023-04-01", start_reason="P")),
            passes(placed("2023-03-31", start_reason="P")),
            fails(placed("2024-04-01", start_reason="P"), as_of="2026-04-01"),
            passes(placed("2024-03-31", start_reason="P"), as_of="2026-04-01"),
            fails(placed("2025-04-01", start_reason="P"), kind="ssda903"),
            passes(placed("2025-03-31", start_reason="P"), kind="ssda903"),
            passes(_then("2025-07-01", "P")),
        ),
        null=(
            passes(placed(None, start_reason="P")),
            fails(placed("2025-05-01", start_reason=None)),
            fails(placed("2025-05-01", start_reason=None), kind="ssda903"),
        ),
    ),
    cases(
        "CSC-317",
        passing=_on_holiday("2025-05-01", "2025-08-01"),
        failing=(
            fails(_on_holiday("2025-05-01", "2025-08-01", "2025-11-01"), rows=(5,)),
            fails(_on_holiday("2024-05-01", "2025-08-01", "2025-11-01"), rows=(1, 3, 5), kind="ssda903"),
        ),
        boundary=(
            fails(_on_holiday("2025-04-30", "2024-05-01", "2025-02-01"), rows=(1,)),
            passes(_on_holiday("2025-05-01", "2024-05-01", "2025-02-01")),
            passes(_on_holiday("2024-05-01", "2025-08-01"), kind="ssda903"),
        ),
        null=(
            passes(_on_holiday("2025-05-01", "2025-08-01", None)),
            fails(_on_holiday("2025-05-01", "2025-08-01", None), rows=(1, 3, 5), kind="ssda903"),
            passes(a_child(*(placed("2025-05-01", placement_type=None) for _ in range(3)))),
        ),
    ),
    cases(
        "CSC-323",
        passing=a_child(placed("2025-05-01", "2025-07-01"), placed("2025-07-01", "2025-12-01", **_ADOPTED)),
        failing=(
            fails(a_child(placed("2025-05-01", "2025-07-01", **_ADOPTED), placed("2025-09-01")), rows=(1,)),
            fails(
                a_child(placed("2025-05-01", "2025-07-01", **_ADOPTED), placed("2025-09-01")),
                rows=(1,),
                kind="ssda903",
            ),
            fails(a_child(placed("2025-05-01")), kind="ssda903", before=(a_child(_ADOPTION),)),
        ),
        boundary=(
            fails(
                a_child(placed("2025-09-01"), *(placed("2025-05-01", "2025-07-01", **_ADOPTED) for _ in range(2))),
                rows=(0, 2),
            ),
            passes(a_child(_ADOPTION), before=(a_child(_ADOPTION),)),
            passes(a_child(_ADOPTION), kind="ssda903", before=(a_child(_ADOPTION),)),
            fails(a_child(placed("2024-05-01")), kind="ssda903", before=(a_child(_ADOPTION),)),
            passes(a_child(placed("2024-04-30")), kind="ssda903", before=(a_child(_ADOPTION),)),
            passes(a_child(placed("2025-05-01")), kind="ssda903", before=(a_child(placed("2024-05-01")),)),
        ),
        null=(
            a_child(placed("2025-05-01", "2025-07-01", end_reason=None), placed("2025-09-01")),
            a_child(placed(None, "2025-07-01", **_ADOPTED), placed("2025-09-01")),
            a_child(placed("2025-05-01", "2025-07-01", **_ADOPTED), placed(None)),
        ),
    ),
    cases(
        "CSC-354",
        passing=a_child(*(placed(f"{year}-01-01") for year in range(2010, 2022))),
        failing=fails(a_child(*map(placed, _EVERY_MONTH), placed("2025-11-01")), rows=(10,)),
        boundary=(
            passes(a_child(*map(placed, _EVERY_MONTH))),
            fails(a_child(*map(placed, _EVERY_MONTH), placed("2025-12-31")), rows=(10,)),
            passes(a_child(*map(placed, _EVERY_MONTH), placed("2026-01-01"))),
            fails(a_child(placed("2025-11-01"), *map(placed, _EVERY_MONTH)), rows=(0,)),
        ),
        null=(
            passes(a_child(*map(placed, _EVERY_MONTH), placed(None))),
            fails(a_child(*map(placed, _EVERY_MONTH), placed(None), placed("2025-11-01")), rows=(11,)),
        ),
    ),
)
