"""Faults in placements, adoptions, care leavers and questionnaires of a record."""

from typing import Any

from planted_payload_children import adopted, asylum_seeker, care_leaver, looked_after, on_cin_plan, placed_for_adoption
from planted_payload_details import BORN, REASON, UPN
from planted_payload_items import placement
from planted_payload_structure import ADOPTION, LEAVER, PLACEMENTS, SCORES
from planted_people import pupil_number
from planted_places import FAR_AWAY, HOME, PLACED, PLACED_NEXT, RESPITE, UNKNOWN
from planting import Change, add, drop, plant, put

FIRST, LAST = f"{PLACEMENTS}.0", f"{PLACEMENTS}.-1"
_HOLIDAY, _BACK = f"{PLACEMENTS}.2", f"{PLACEMENTS}.3"


def _placed(start: str, end: tuple[str, str] | None = None, sort: str = "U1", **said: Any) -> Change:
    """A placement of its own, in which a new period of care starts."""
    return add(PLACEMENTS, placement("l9", start, "S", sort, PLACED, end, **said))


def _moved(path: str, day: str) -> tuple[Change, Change]:
    """The placement and the one after it meet on another day."""
    *way, number = path.split(".")
    return put(f"{path}.end_date", day), put(".".join([*way, str(int(number) + 1)]) + ".start_date", day)


_SHORT = ("2025-10-20", "E4A")

DATES = (
    plant("CSC-169", adopted, put(BORN, "2023-06-10")),
    plant("CSC-170", on_cin_plan, _placed("2026-04-02")),
    plant("CSC-171", asylum_seeker, put(f"{LAST}.end_date", "2026-04-05"), put(f"{LAST}.end_reason", "E4A")),
    plant("CSC-172", on_cin_plan, _placed("2025-10-27", _SHORT)),
    plant("CSC-173", on_cin_plan, _placed("2025-10-20", _SHORT)),
    plant(
        "CSC-174",
        on_cin_plan,
        _placed("1991-10-11", _SHORT),
        beside=("CSC-169", "CSC-293"),
        note="whoever is a child now was not referred, nor born, by then",
    ),
    plant("CSC-175", on_cin_plan, _placed("2025-10-06", _SHORT), drop(f"{LAST}.start_date")),
    plant("CSC-293", asylum_seeker, put(f"{FIRST}.start_date", "2025-09-12")),
)

CODES = (
    plant("CSC-109", looked_after, put(f"{FIRST}.postcode", UNKNOWN)),
    plant("CSC-127", looked_after, put(f"{PLACEMENTS}.1.start_reason", "Z")),
    plant("CSC-128", looked_after, put(f"{FIRST}.placement_type", "Z9")),
    plant("CSC-129", care_leaver, put(f"{LAST}.end_reason", "E99")),
    plant("CSC-130", looked_after, put(f"{FIRST}.change_reason", "BORED")),
    plant("CSC-219", looked_after, put(f"{_HOLIDAY}.start_reason", "U")),
    plant("CSC-220", looked_after, drop(_BACK), put(f"{_HOLIDAY}.end_reason", "E4A")),
    plant("CSC-221", placed_for_adoption, put(f"{LAST}.placement_type", "A5")),
    plant("CSC-222", adopted, put(f"{LAST}.placement_type", "U4"), drop(f"{ADOPTION}.placed_date")),
    plant("CSC-223", on_cin_plan, _placed("2025-10-06", ("2025-10-20", "E45"), "K2")),
    plant(
        "CSC-224",
        care_leaver,
        put(LAST, placement("l9", "2023-01-10", "S", "P2", PLACED, ("2023-11-01", "E9"))),
        beside=("CSC-128",),
        note="the code list ends the code on that day too",
    ),
    plant(
        "CSC-225",
        asylum_seeker,
        put(f"{FIRST}.placement_type", "H5"),
        beside=("CSC-128",),
        note="the code list ends the code on that day too",
    ),
    plant("CSC-226", looked_after, put(f"{_HOLIDAY}.placement_type", "T1"), *_moved(_HOLIDAY, "2025-09-16")),
    plant("CSC-227", looked_after, *_moved(_HOLIDAY, "2025-08-26")),
    plant("CSC-228", looked_after, put(f"{_HOLIDAY}.placement_type", "T4")),
    plant("CSC-229", looked_after, put(f"{FIRST}.postcode", HOME)),
    plant("CSC-230", looked_after, drop(f"{FIRST}.postcode")),
    plant("CSC-231", looked_after, put(f"{FIRST}.postcode", FAR_AWAY)),
)

AGES = (
    plant(
        "CSC-234",
        looked_after,
        put(PLACEMENTS, [placement("l9", "2023-04-17", "S", "P2", PLACED, ("2023-10-20", "E4A"))]),
        drop(SCORES),
    ),
    plant("CSC-235", adopted, put(f"{FIRST}.placement_type", "K3")),
    plant("CSC-236", adopted, put(f"{FIRST}.placement_type", "R5")),
    plant("CSC-237", adopted, put(f"{FIRST}.placement_type", "S1")),
    plant("CSC-238", adopted, put(f"{FIRST}.placement_type", "P3")),
    plant("CSC-239", care_leaver, _placed("2024-12-02", ("2025-01-10", "E4A"))),
    plant("CSC-240", adopted, put(BORN, "2006-12-01"), drop(REASON), put(UPN, pupil_number(888))),
    plant("CSC-241", on_cin_plan, _placed("2025-10-06", ("2025-10-20", "E5"))),
    plant("CSC-242", on_cin_plan, _placed("2025-10-06", ("2025-10-20", "E7"))),
    plant("CSC-243", care_leaver, put(f"{LAST}.end_date", "2024-12-02"), put(f"{LAST}.end_reason", "E45")),
    plant("CSC-244", on_cin_plan, _placed("2025-10-06", ("2025-10-20", "E17"))),
    plant("CSC-245", adopted, put(f"{FIRST}.change_reason", "CUSTOD")),
    plant("CSC-246", care_leaver, drop(LEAVER, f"{LAST}.end_date", f"{LAST}.end_reason")),
)

_LEFT = (put(f"{FIRST}.end_reason", "E4A"), drop(f"{FIRST}.change_reason"))
_BACK_LATER = put(f"{PLACEMENTS}.1.start_date", "2025-11-24")
_BACK_ANEW = put(f"{PLACEMENTS}.1.start_reason", "S")


def _many(starts: list[str], sorts: tuple[str, ...]) -> list[dict[str, Any]]:
    """Placements from day to day, of these sorts in turn."""
    places = (PLACED, PLACED_NEXT, RESPITE)
    drawn = [
        placement(
            f"l{n}",
            start,
            "S" if n == 0 else "P",
            sorts[n % len(sorts)],
            places[n % len(sorts)],
            (starts[n + 1], "X1") if n + 1 < len(starts) else None,
        )
        for n, start in enumerate(starts)
    ]
    if "T3" not in sorts:
        for each in drawn[:-1]:
            each["change_reason"] = "PLACE"
    return drawn


_FORTNIGHTS = ["2025-09-15", "2025-10-06", "2025-10-13", "2025-11-03", "2025-11-10", "2025-12-01", "2025-12-08"]
_ELEVEN = ["2025-09-15", *(f"2025-{month}-{day}" for month in (10, 11, 12) for day in ("06", "13", "20")), "2026-01-05"]

IN_SEQUENCE = (
    plant("CSC-217", care_leaver, drop(f"{LAST}.end_reason")),
    plant("CSC-218", looked_after, put(f"{LAST}.change_reason", "PLACE")),
    plant(
        "CSC-307",
        asylum_seeker,
        drop(*(f"{FIRST}.{name}" for name in ("end_date", "end_reason", "change_reason"))),
        _BACK_ANEW,
    ),
    plant(
        "CSC-308",
        asylum_seeker,
        *_LEFT,
        _BACK_ANEW,
        put(f"{PLACEMENTS}.1.start_date", "2025-11-10"),
        beside=("CSC-309",),
        note="a period of care that starts in another starts by its end",
    ),
    plant("CSC-309", asylum_seeker, _BACK_ANEW),
    plant("CSC-310", asylum_seeker, *_LEFT, _BACK_LATER, drop(f"{PLACEMENTS}.1.start_reason")),
    plant(
        "CSC-311",
        asylum_seeker,
        _BACK_LATER,
        beside=("CSC-312",),
        note="the gap is seen from both sides of it",
    ),
    plant("CSC-312", care_leaver, put(f"{LAST}.end_reason", "X1")),
    plant("CSC-313", asylum_seeker, *_LEFT, put(f"{FIRST}.end_reason", "E15"), _BACK_ANEW, _BACK_LATER),
    plant("CSC-314", asylum_seeker, put(f"{FIRST}.start_reason", "P")),
    plant(
        "CSC-315",
        placed_for_adoption,
        put(f"{FIRST}.placement_type", "K2"),
        put(f"{LAST}.placement_type", "A3"),
        put(f"{LAST}.start_reason", "T"),
    ),
    plant("CSC-316", looked_after, put(f"{_BACK}.postcode", PLACED)),
    plant("CSC-317", asylum_seeker, put(PLACEMENTS, _many(_FORTNIGHTS, ("U4", "T3")))),
    plant("CSC-318", asylum_seeker, drop(f"{FIRST}.change_reason")),
    plant("CSC-319", looked_after, put(f"{_HOLIDAY}.change_reason", "OTHER")),
    plant("CSC-320", asylum_seeker, put(f"{LAST}.start_reason", "L"), drop(f"{FIRST}.change_reason")),
    plant("CSC-321", asylum_seeker, put(f"{LAST}.placement_type", "K2"), put(f"{LAST}.postcode", PLACED)),
    plant(
        "CSC-322",
        asylum_seeker,
        put(f"{LAST}.placement_type", "K2"),
        put(f"{LAST}.postcode", PLACED),
        put(f"{LAST}.start_reason", "U"),
    ),
    plant("CSC-354", asylum_seeker, put(PLACEMENTS, _many(_ELEVEN, ("U4", "K2")))),
)

PLANTS = (*DATES, *CODES, *AGES, *IN_SEQUENCE)
