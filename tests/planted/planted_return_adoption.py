"""Faults in the adoptions of an SSDA903, and in what this year's return says otherwise than last year's."""

from typing import Any

from planted_places import IN_OTHER_LA, IN_THIRD_LA, PLACED, PLACED_NEXT
from planted_return_children import (
    ANY_PROVIDER,
    adopted,
    asylum_seeker,
    episode,
    fostered,
    newly_in_care,
    placed_for_adoption,
    went_home,
    worker,
)
from planted_return_details import EPISODES, NO_DAY, born
from planted_return_episodes import BEFORE, FIRST, SECOND, both, every
from planting import Change, add, drop, plant, put

AD1, DECISIONS, DECISIONS_BEFORE = "now.AD1.0", "now.PlacedAdoption", "before.PlacedAdoption"


def decided(*decisions: tuple[str, str, str], before: bool = False) -> Change:
    """Other rows of PlacedAdoption: the day of each decision, and the day and reason of its reversal."""
    names = ("DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED")

    def change(child: Any) -> None:
        year = child["before" if before else "now"]
        told = {"DOB": child["now"]["Header"][0]["DOB"]}
        year["PlacedAdoption"] = [told | dict(zip(names, each, strict=True)) for each in decisions]

    return change


def stands(day: str) -> tuple[str, str, str]:
    """A decision that was not reversed."""
    return day, "", ""


def _adopters(child: Any) -> list[dict[str, str]]:
    who = {"FOSTER_CARE": "0", "NB_ADOPTR": "2", "SEX_ADOPTR": "MF", "LS_ADOPTR": "L11"}
    return [{"DOB": child["now"]["Header"][0]["DOB"], "DATE_INT": "2024-12-03", "DATE_MATCH": "2025-01-14", **who}]


def _couple(status: str, sex: str, number: str = "2") -> tuple[Change, ...]:
    return put(f"{AD1}.LS_ADOPTR", status), put(f"{AD1}.SEX_ADOPTR", sex), put(f"{AD1}.NB_ADOPTR", number)


# Under a care order, not a placement order.
_BY_CONSENT = (put(f"{SECOND}.PLACE", "A4"), put(f"{SECOND}.LS", "C2"), put(f"{SECOND}.RNE", "P"))
_TWO_PLACEMENTS = (
    *both("PLACE", "A4"),
    *both("LS", "C2"),
    put(f"{FIRST}.DEC", "2025-05-12"),
    put(f"{FIRST}.REC", "X1"),
    put(f"{FIRST}.REASON_PLACE_CHANGE", "CARPL"),
    add(EPISODES, episode("2025-05-12", "P", "C2", "A4", PLACED, ("2025-07-08", "E12"))),
)
_IN_CARE_ANEW = (
    add(EPISODES, episode("2025-09-01", "S", "C2", "U1", PLACED)),
    add("now.SWEpisodes", worker("SW900014", "2025-09-01", reason="FCONTA")),
    put("now.PrevPerm", [{"PREV_PERM": "Z1"}]),
)
_ADOPTED_LATER = put(
    EPISODES,
    [
        episode("2024-09-16", "P", "C2", "U1", PLACED, ("2025-06-02", "X1"), REASON_PLACE_CHANGE="PLACE"),
        episode("2025-06-02", "B", "E1", "A6", PLACED_NEXT, ("2025-07-08", "E12")),
    ],
)
_ADULT_UNDER_ORDER = (
    born("2005-10-15"),
    *both("DECOM", "2005-11-01"),
    *both("LS", "E1"),
    decided(("2005-10-20", "2025-06-02", "RD1")),
    decided(stands("2005-10-20"), before=True),
)
_BEFORE_CARE = "the decision that led to the adoption is older than the care that followed it"
_REVERSED = ("2025-07-10", "2025-09-01", "RD2")

ADOPTIONS = (
    plant("CSC-077", newly_in_care, decided((NO_DAY, "", ""))),
    plant("903-116", newly_in_care, decided(("2025-07-10", NO_DAY, "RD1"))),
    plant("CSC-078", adopted, put(f"{AD1}.DATE_MATCH", NO_DAY)),
    plant("CSC-179", adopted, put(f"{AD1}.DATE_MATCH", "2024-02-01")),
    plant("CSC-180", placed_for_adoption, decided(stands("2023-04-03")), decided(stands("2023-04-03"), before=True)),
    plant("CSC-182", placed_for_adoption, *_BY_CONSENT, decided(stands("2025-09-22"))),
    plant(
        "CSC-183",
        adopted,
        *_TWO_PLACEMENTS,
        put(f"{AD1}.DATE_INT", "2024-10-01"),
        put(f"{AD1}.DATE_MATCH", "2025-03-04"),
        decided(stands("2024-10-01")),
        decided(stands("2024-10-01"), before=True),
        beside=("CSC-182",),
        note="AD1 and PlacedAdoption give the same decision",
    ),
    plant("CSC-185", newly_in_care, decided(stands("2025-05-20"))),
    plant("CSC-186", adopted, *_IN_CARE_ANEW, beside=("CSC-185", "CSC-323"), note=_BEFORE_CARE),
    plant("CSC-323", adopted, *_IN_CARE_ANEW, beside=("CSC-185", "CSC-186"), note=_BEFORE_CARE),
    plant("CSC-187", newly_in_care, decided(stands("2026-04-02"))),
    plant("CSC-270", adopted, put(f"{AD1}.DATE_MATCH", "2024-09-20")),
    plant(
        "CSC-271",
        adopted,
        put(f"{AD1}.DATE_MATCH", "2025-07-08"),
        beside=("CSC-270",),
        note="the day a placement ends is after the day it starts",
    ),
    plant("CSC-272", placed_for_adoption, *_BY_CONSENT, drop(DECISIONS)),
    plant("CSC-273", adopted, put("now.AD1", [{}])),
    plant("903-114", adopted, put(f"{AD1}.FOSTER_CARE", "2")),
    plant("903-151", adopted, put(f"{AD1}.NB_ADOPTR", ""), beside=("CSC-273",), note="both ask for all six"),
    plant("903-175", adopted, put(f"{AD1}.NB_ADOPTR", "3")),
    plant(
        "903-176",
        adopted,
        put(f"{AD1}.SEX_ADOPTR", "XX"),
        beside=("903-520",),
        note="every legal status goes with some of the codes",
    ),
    plant("903-177", adopted, put(f"{AD1}.LS_ADOPTR", "L9")),
    plant("903-335", adopted, put(f"{AD1}.FOSTER_CARE", "1")),
    plant("903-511", adopted, *_couple("L0", "M1")),
    plant("903-514", adopted, *_couple("L0", "MF")),
    plant("903-517", adopted, *_couple("L3", "MM")),
    plant("903-518", adopted, *_couple("L4", "MF")),
    plant("903-519", adopted, *_couple("L2", "M1", "1")),
    plant("903-520", adopted, *_couple("L11", "MM")),
    plant("903-524", adopted, *_couple("L12", "MF")),
    plant("903-602", went_home, put("now.AD1", _adopters)),
)

DECIDED = (
    plant(
        "903-118", went_home, decided(("2024-12-02", "2025-03-03", "RD1")), decided(stands("2024-12-02"), before=True)
    ),
    plant("903-119", newly_in_care, decided(("2025-07-10", "2025-09-01", ""))),
    plant("903-120", newly_in_care, decided(("2025-07-10", "2025-09-01", "RD9"))),
    plant("903-522", newly_in_care, decided(("2025-07-10", "2025-07-01", "RD2"))),
    plant("903-523", adopted, put(f"{AD1}.DATE_INT", "2024-02-20")),
    plant("903-525", adopted, decided(("2024-02-13", "2025-05-01", "RD1"))),
    plant("903-553", fostered, every("LS", "E1")),
    plant("903-554", placed_for_adoption, *both("LS", "E1"), put(f"{SECOND}.RNE", "P")),
    plant("903-557", adopted, drop("now.AD1"), put(f"{FIRST}.REC", "E4A")),
    plant(
        "903-558",
        adopted,
        drop("now.AD1", DECISIONS_BEFORE),
        _ADOPTED_LATER,
        put("before.Episodes", [episode("2024-09-16", "P", "C2", "U1", PLACED)]),
        decided(("2025-04-03", "2025-04-10", "RD1"), ("2025-04-22", "2025-05-20", "RD1")),
    ),
    plant("903-559", placed_for_adoption, decided(stands("2025-02-10"))),
    plant("903-560", placed_for_adoption, decided(stands("2025-03-03"), before=True)),
    plant(
        "903-561",
        placed_for_adoption,
        decided(stands("2025-02-10")),
        decided(("2025-02-10", "2025-03-03", "RD1"), before=True),
        beside=("903-584",),
        note="the same decision is no later one",
    ),
    plant(
        "903-584",
        placed_for_adoption,
        decided(stands("2025-01-14")),
        decided(("2025-02-10", "2025-03-03", "RD1"), before=True),
    ),
    plant("903-563", newly_in_care, decided(("", "2025-09-01", "RD1"))),
    plant("903-579", newly_in_care, decided(_REVERSED, stands("2025-08-12"))),
    plant(
        "903-583",
        newly_in_care,
        decided(stands("2025-07-10"), stands("2025-08-12")),
        beside=("903-579",),
        note="what was never reversed still stood",
    ),
    plant("903-446", went_home, *_ADULT_UNDER_ORDER),
)

_SAME_START = "it is the same episode, begun for the same reason"
_OTHER_REASON = put(f"{BEFORE}.RNE", "B")
_ELSEWHERE = (every("URN", ANY_PROVIDER), put(f"{FIRST}.PL_POST", IN_OTHER_LA), put(f"{BEFORE}.PL_POST", IN_THIRD_LA))
_IN_LA_NOW = (every("URN", ANY_PROVIDER), put(f"{BEFORE}.PL_POST", IN_OTHER_LA))

_OPEN_EARLIER = episode("2024-05-06", "S", "V2", "U4", PLACED)
_ENDED_EARLIER = episode("2024-05-06", "S", "V2", "U4", PLACED, ("2024-10-28", "E4A"))
_STILL_OPEN = episode("2024-11-04", "P", "V2", "U4", PLACED)

LAST_YEAR = (
    plant("903-452", asylum_seeker, *_ELSEWHERE, beside=("903-503H",), note=_SAME_START),
    plant("903-453", went_home, put(f"{BEFORE}.PL_POST", PLACED_NEXT), beside=("903-503G",), note=_SAME_START),
    plant("903-502", went_home, put("before.Episodes", [_OPEN_EARLIER, _STILL_OPEN])),
    plant("903-562", went_home, put("before.Episodes", [_ENDED_EARLIER])),
    plant("903-503A", went_home, put(f"{BEFORE}.RNE", "S")),
    plant("903-503B", went_home, put(f"{BEFORE}.LS", "C2")),
    plant("903-503C", went_home, put(f"{BEFORE}.CIN", "N2")),
    plant("903-503D", went_home, put(f"{BEFORE}.PLACE", "U5")),
    plant("903-503E", went_home, put(f"{BEFORE}.PLACE_PROVIDER", "PR2")),
    plant("903-503F", went_home, put(f"{BEFORE}.URN", ANY_PROVIDER)),
    plant(
        "903-503G",
        went_home,
        put(f"{BEFORE}.PL_POST", PLACED_NEXT),
        _OTHER_REASON,
        beside=("903-503A",),
        note="with the same reason 903-453 would ask too",
    ),
    plant(
        "903-503H",
        asylum_seeker,
        *_ELSEWHERE,
        _OTHER_REASON,
        beside=("903-503A",),
        note="with the same reason 903-452 would ask too",
    ),
    plant(
        "903-503J",
        asylum_seeker,
        *_IN_LA_NOW,
        beside=("903-452", "903-503H"),
        note="who is no longer outside the LA is in another",
    ),
    plant("903-NoE", went_home, drop("before"), beside=("903-562",), note="nor is there one that started then"),
)

PLANTS = (*ADOPTIONS, *DECIDED, *LAST_YEAR)
