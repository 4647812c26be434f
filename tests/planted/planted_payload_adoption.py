"""Faults in adoptions, care leavers and questionnaires of a record."""

from typing import Any

from planted_payload_care import LAST
from planted_payload_children import adopted, care_leaver, looked_after, on_cin_plan, placed_for_adoption
from planted_payload_details import BORN, CLOSED, CLOSED_BECAUSE, EPISODES
from planted_payload_items import episode, placement
from planted_payload_structure import ADOPTION, LEAVER, PLACEMENTS, SCORES, WORKERS
from planted_places import PLACED
from planting import Change, add, drop, plant, put

_DECIDED, _MATCHED = f"{ADOPTION}.initial_decision_date", f"{ADOPTION}.matched_date"
_PLACED_ON = f"{ADOPTION}.placed_date"


def _said(**dates: str) -> Change:
    return put(ADOPTION, dates)


def _placed(start: str, end: tuple[str, str] | None = None, sort: str = "U4") -> Change:
    return put(PLACEMENTS, [placement("l9", start, "S", sort, PLACED, end)])


def _before(earlier: dict[str, Any]) -> Change:
    """The first placement, and the only one of an earlier period of care."""

    def change(record: Any) -> None:
        placements = record["social_care_episodes"][-1]["child_looked_after_placements"]
        placements[0]["start_date"] = "2023-10-02"
        placements.insert(0, dict(earlier))

    return change


def _earlier(**blocks: Any) -> dict[str, Any]:
    """An episode that was closed before the other began."""
    return episode("b4", "2023-04-03", "8", ("2023-04-12", "RC7"), **blocks)


def _closed_yesterday(day: str) -> tuple[Change, ...]:
    return put(CLOSED, day), put(CLOSED_BECAUSE, "RC3"), put(f"{WORKERS}.0.end_date", day)


def _first(earlier: dict[str, Any]) -> Change:
    return lambda record: record["social_care_episodes"].insert(0, dict(earlier))


_TODAY = episode("b5", "2026-03-31", "8", ("2026-03-31", "RC7"), care_leavers={"contact_date": "2025-09-01"})
_EARLIER_PERIOD = placement("l8", "2023-05-15", "S", "U1", PLACED, ("2023-08-01", "E4A"))
_STILL_OPEN = drop(CLOSED, CLOSED_BECAUSE, f"{WORKERS}.0.end_date")

ADOPTIONS = (
    plant("CSC-179", placed_for_adoption, put(_DECIDED, "2024-07-22")),
    plant("CSC-180", on_cin_plan, _said(initial_decision_date="2014-01-06")),
    plant("CSC-181", placed_for_adoption, put(_MATCHED, "2024-09-20")),
    plant(
        "CSC-182",
        placed_for_adoption,
        put(_DECIDED, "2024-09-20"),
        drop(_MATCHED),
        beside=("CSC-183",),
        note="the child is placed on the day on which the placement starts",
    ),
    plant("CSC-183", placed_for_adoption, put(_DECIDED, "2024-09-20"), drop(_MATCHED, _PLACED_ON)),
    plant("CSC-184", on_cin_plan, _said(initial_decision_date="2026-03-02", matched_date="2026-04-10")),
    plant(
        "CSC-185",
        placed_for_adoption,
        put(_DECIDED, "2023-06-01"),
        beside=("CSC-186",),
        note="before the first period of care is before the latest",
    ),
    plant("CSC-186", placed_for_adoption, _before(_EARLIER_PERIOD), put(_DECIDED, "2023-06-01")),
    plant("CSC-187", care_leaver, drop(LEAVER), _said(initial_decision_date="2025-02-03")),
    plant("CSC-270", adopted, drop(_PLACED_ON), put(_MATCHED, "2024-09-20")),
    plant(
        "CSC-271",
        adopted,
        drop(_PLACED_ON),
        put(_MATCHED, "2025-07-08"),
        beside=("CSC-270",),
        note="the day a placement ends is after the day it starts",
    ),
    plant("CSC-272", placed_for_adoption, drop(ADOPTION)),
    plant("CSC-273", adopted, drop(_MATCHED)),
    plant("CSC-274", placed_for_adoption, put(_PLACED_ON, "2024-09-18")),
    plant("CSC-275", adopted, put(CLOSED_BECAUSE, "RC3")),
    plant("CSC-276", adopted, put(f"{LAST}.end_reason", "E2")),
    plant(
        "CSC-323",
        adopted,
        _STILL_OPEN,
        add(PLACEMENTS, placement("l9", "2025-09-01", "S", "U1", PLACED)),
        beside=("CSC-186",),
        note="the decision that led to the adoption is older than the care that followed it",
    ),
    plant("CSC-360", adopted, _first(_earlier(adoption={"initial_decision_date": "2024-02-20"}))),
)

_DIED, _ELSEWHERE = put(f"{LAST}.end_reason", "E2"), put(f"{LAST}.end_reason", "E3")
_TURNED_18_LAST_SUMMER = put(BORN, "2007-07-01")
_LEFT_AT_17 = _placed("2022-01-10", ("2025-03-03", "E9"))

LEAVERS = (
    plant("CSC-131", care_leaver, put(f"{LEAVER}.activity", "Z9")),
    plant("CSC-132", care_leaver, put(f"{LEAVER}.accommodation", "A")),
    plant("CSC-194", care_leaver, put(f"{LEAVER}.contact_date", "2026-04-02")),
    plant("CSC-232", care_leaver, drop(f"{LEAVER}.activity")),
    plant("CSC-233", care_leaver, drop(f"{LEAVER}.contact_date")),
    plant("CSC-277", care_leaver, _DIED),
    plant("CSC-278", care_leaver, _ELSEWHERE),
    plant("CSC-279", care_leaver, _placed("2024-08-01", ("2024-09-02", "E9"))),
    plant("CSC-280", care_leaver, put(BORN, "2005-10-10"), drop(PLACEMENTS)),
    plant("CSC-281", care_leaver, put(BORN, "2009-11-02"), _placed("2023-12-04", ("2025-12-08", "E9"))),
    plant(
        "CSC-282",
        care_leaver,
        _TURNED_18_LAST_SUMMER,
        _LEFT_AT_17,
        put(f"{LEAVER}.contact_date", "2025-06-02"),
        put(f"{LEAVER}.accommodation", "T"),
    ),
    plant(
        "CSC-283",
        care_leaver,
        _TURNED_18_LAST_SUMMER,
        _LEFT_AT_17,
        put(f"{LEAVER}.contact_date", "2025-06-02"),
        put(f"{LEAVER}.accommodation", "Z"),
    ),
    plant(
        "CSC-284",
        care_leaver,
        _TURNED_18_LAST_SUMMER,
        _placed("2025-06-09", sort="K2"),
        put(f"{LEAVER}.contact_date", "2025-06-02"),
    ),
    plant("CSC-285", care_leaver, _TURNED_18_LAST_SUMMER, _placed("2022-01-10", ("2025-07-01", "E9"))),
    plant("CSC-286", care_leaver, _placed("2022-01-10", sort="K2")),
    plant("CSC-287", care_leaver, _said(initial_decision_date="2022-06-06")),
    plant("CSC-358", care_leaver, put(f"{LEAVER}.contact_date", "2025-03-03")),
    plant("CSC-359", care_leaver, *_closed_yesterday("2026-03-30"), add(EPISODES, _TODAY)),
)

QUESTIONNAIRES = (
    plant("CSC-133", looked_after, put(f"{SCORES}.0.score", 41)),
    plant("CSC-193", looked_after, drop(f"{SCORES}.0.date")),
    plant("CSC-289", adopted, add(SCORES, {"date": "2024-07-01", "score": 9})),
    plant("CSC-290", care_leaver, add(SCORES, {"date": "2024-06-03", "score": 9})),
    plant("CSC-291", on_cin_plan, add(SCORES, {"date": "2025-06-02", "score": 9})),
    plant("CSC-292", looked_after, drop(f"{SCORES}.-1")),
    plant("CSC-357", looked_after, add(SCORES, {"date": "2025-06-10", "score": 15})),
)

PLANTS = (*ADOPTIONS, *LEAVERS, *QUESTIONNAIRES)
