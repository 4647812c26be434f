"""Faults in the dates, codes and places of SSDA903 episodes, and in how one follows another."""

from typing import Any

from planted_people import pupil_number
from planted_places import (
    FAR_AWAY,
    HOME,
    IN_OTHER_LA,
    IN_WALES,
    OFF_THE_MAP,
    RESPITE,
    UNKNOWN,
    WITHOUT_PLACE,
)
from planted_return_children import (
    AGENCY_ELSEWHERE,
    ANY_PROVIDER,
    CHILDRENS_HOME,
    CLOSED_AGENCY,
    adopted,
    fostered,
    in_home,
    newly_arrived,
    newly_in_care,
    on_short_breaks,
    placed_for_adoption,
    supported,
    went_home,
)
from planted_return_details import EPISODES, NO_DAY, UPN, born
from planting import Change, drop, plant, put

FIRST, SECOND, THIRD = (f"{EPISODES}.{number}" for number in range(3))
BEFORE = "before.Episodes.0"


def both(name: str, value: str) -> tuple[Change, Change]:
    """The same in the episode that last year's return left open."""
    return put(f"{FIRST}.{name}", value), put(f"{BEFORE}.{name}", value)


def every(name: str, value: str) -> Change:
    """The same in every episode of this year, and of the last."""

    def change(child: Any) -> None:
        for row in [*child["now"]["Episodes"], *child.get("before", {}).get("Episodes", [])]:
            row[name] = value

    return change


def _moved(end_of: str, day: str) -> tuple[Change, Change]:
    """The episode and the one after it meet on another day."""
    way, number = end_of.rsplit(".", 1)
    return put(f"{end_of}.DEC", day), put(f"{way}.{int(number) + 1}.DECOM", day)


_ENDED_IN_YEAR = (
    put(f"{FIRST}.DEC", "2025-10-20"),
    drop("now.OC2", "now.DoLo"),
    put("now.SWEpisodes.0.SW_DEC", "2025-10-20"),
)

DATES = (
    plant("CSC-075", went_home, put(f"{FIRST}.DECOM", NO_DAY)),
    plant("CSC-076", on_short_breaks, put(f"{FIRST}.DEC", NO_DAY), put(f"{FIRST}.REC", "E4A")),
    plant("CSC-169", newly_in_care, born("2025-06-20"), drop("now.Reviews")),
    plant("CSC-170", on_short_breaks, put(f"{FIRST}.DECOM", "2026-04-02")),
    plant("CSC-171", on_short_breaks, put(f"{FIRST}.DEC", "2026-04-02"), put(f"{FIRST}.REC", "E4A")),
    plant("CSC-172", on_short_breaks, put(f"{FIRST}.DEC", "2025-07-04"), put(f"{FIRST}.REC", "E4A")),
    plant("CSC-173", on_short_breaks, put(f"{FIRST}.DEC", "2025-07-07"), put(f"{FIRST}.REC", "E4A")),
    plant(
        "CSC-174",
        on_short_breaks,
        put(f"{FIRST}.DECOM", "1991-10-11"),
        drop("now.PrevPerm"),
        put("before", lambda child: child["now"]),
        beside=("CSC-169",),
        note="whoever is a child now was not born by then",
    ),
    plant("CSC-217", went_home, drop(f"{FIRST}.REC")),
    plant("CSC-226", fostered, put(f"{SECOND}.PLACE", "T1"), *_moved(SECOND, "2025-09-22")),
    plant("CSC-227", fostered, *_moved(SECOND, "2025-08-26")),
    plant("CSC-228", fostered, put(f"{SECOND}.PLACE", "T4")),
)

_R5 = (put(f"{FIRST}.PLACE", "R5"), put(f"{FIRST}.URN", ""), put(f"{FIRST}.PLACE_PROVIDER", "PR4"))

CODES = (
    plant("CSC-127", newly_in_care, put(f"{SECOND}.RNE", "Z")),
    plant("CSC-128", newly_in_care, put(f"{FIRST}.PLACE", "Z9"), put(f"{FIRST}.URN", ANY_PROVIDER)),
    plant("CSC-129", went_home, put(f"{FIRST}.REC", "E99")),
    plant("CSC-130", newly_in_care, put(f"{FIRST}.REASON_PLACE_CHANGE", "BORED")),
    plant("903-144", newly_arrived, put(f"{FIRST}.LS", "Q1")),
    plant("903-145", newly_arrived, put(f"{FIRST}.CIN", "N9")),
    plant("CSC-218", fostered, put(f"{THIRD}.REASON_PLACE_CHANGE", "PLACE")),
    plant("CSC-219", fostered, put(f"{SECOND}.RNE", "T")),
    plant("CSC-220", fostered, drop(THIRD, "now.OC2", "now.Missing"), put(f"{SECOND}.REC", "E4A")),
    plant("CSC-221", placed_for_adoption, put(f"{SECOND}.PLACE", "A5")),
    plant("CSC-222", adopted, *both("PLACE", "U4")),
    plant("CSC-223", in_home, *_ENDED_IN_YEAR, put(f"{FIRST}.REC", "E45")),
    plant("CSC-235", newly_in_care, put(f"{FIRST}.PLACE", "K3"), put(f"{FIRST}.URN", ANY_PROVIDER)),
    plant("CSC-236", newly_in_care, *_R5),
    plant(
        "CSC-237",
        newly_in_care,
        born("2022-06-11"),
        every("URN", ANY_PROVIDER),
        put(f"{FIRST}.PLACE", "S1"),
        put("now.Reviews.0.REVIEW_CODE", "PN0"),
        put("now.Reviews.1.REVIEW_CODE", "PN0"),
    ),
    plant("CSC-238", newly_in_care, *_R5[1:], put(f"{FIRST}.PLACE", "P3")),
    plant(
        "CSC-239", on_short_breaks, born("2007-01-10"), put(f"{FIRST}.DEC", "2025-07-21"), put(f"{FIRST}.REC", "E4A")
    ),
    plant(
        "CSC-240",
        adopted,
        born("2006-12-01"),
        put(UPN, pupil_number(889)),
        put("before.Header.0.UPN", pupil_number(889)),
    ),
    plant("CSC-241", went_home, put(f"{FIRST}.REC", "E5")),
    plant("CSC-242", went_home, put(f"{FIRST}.REC", "E7")),
    plant("CSC-243", went_home, born("2007-05-01"), put(f"{FIRST}.REC", "E45")),
    plant("CSC-244", went_home, put(f"{FIRST}.REC", "E17")),
    plant("CSC-245", newly_in_care, put(f"{FIRST}.REASON_PLACE_CHANGE", "CUSTOD")),
    plant("CSC-246", fostered, born("2008-01-10"), put("now.OC2.0.SDQ_SCORE", "")),
    plant("903-358", newly_in_care, every("LS", "J1")),
    plant(
        "903-378",
        newly_in_care,
        put(f"{FIRST}.PLACE", "P1"),
        put(f"{FIRST}.URN", ""),
        put(f"{FIRST}.PLACE_PROVIDER", "PR0"),
    ),
    plant("903-408", placed_for_adoption, put(f"{SECOND}.LS", "C2"), put(f"{SECOND}.RNE", "P")),
    plant("903-504", newly_in_care, put(f"{SECOND}.CIN", "N2")),
)

_NO_LA = ("903-169", "903-179", "903-392a")

PLACES = (
    plant(
        "CSC-108",
        newly_in_care,
        every("HOME_POST", UNKNOWN),
        beside=("903-392a",),
        note="to an unknown home there is no distance",
    ),
    plant(
        "CSC-109",
        newly_in_care,
        put(f"{FIRST}.PL_POST", UNKNOWN),
        beside=_NO_LA,
        note="an unknown place is in no LA, and at no distance",
    ),
    plant("CSC-229", newly_in_care, put(f"{FIRST}.PL_POST", HOME)),
    plant(
        "CSC-230",
        newly_in_care,
        put(f"{FIRST}.HOME_POST", ""),
        beside=("903-392a",),
        note="without a home there is no distance",
    ),
    plant("CSC-231", newly_in_care, put(f"{FIRST}.PL_POST", FAR_AWAY), put(f"{FIRST}.URN", "")),
    plant(
        "903-164",
        newly_in_care,
        put(f"{FIRST}.PL_POST", OFF_THE_MAP),
        beside=("CSC-231",),
        note="over 999.9 miles is over 350",
    ),
    plant(
        "903-169",
        newly_in_care,
        put(f"{FIRST}.PL_POST", ""),
        beside=("903-179", "903-392a", "CSC-230"),
        note="a place that is not told is in no LA, and at no distance",
    ),
    plant(
        "903-179",
        newly_in_care,
        put(f"{SECOND}.PL_POST", ""),
        beside=("903-169", "903-392a", "CSC-230"),
        note="a place that is not told is in no LA, and at no distance",
    ),
    plant("903-392a", newly_in_care, put(f"{FIRST}.PL_POST", WITHOUT_PLACE), put(f"{FIRST}.URN", "")),
    plant("903-241", supported, every("URN", ANY_PROVIDER), *both("PL_POST", IN_OTHER_LA)),
    plant("903-243", newly_in_care, put(f"{FIRST}.PL_POST", IN_WALES)),
    plant("903-406", newly_arrived, put(f"{FIRST}.HOME_POST", HOME)),
    plant("903-218", newly_in_care, put(f"{FIRST}.URN", "")),
    plant(
        "903-1015",
        newly_in_care,
        put(f"{FIRST}.PLACE", "K2"),
        put(f"{FIRST}.URN", ANY_PROVIDER),
        put(f"{FIRST}.PL_POST", IN_OTHER_LA),
    ),
)

_HOME = (put(f"{FIRST}.PLACE", "K2"), put(f"{FIRST}.PLACE_PROVIDER", "PR4"))
_WITH_PARENTS = (put(f"{FIRST}.PLACE", "P1"), put(f"{FIRST}.URN", ""), every("LS", "C2"))


def _by(provider: str) -> Change:
    return put(f"{FIRST}.PLACE_PROVIDER", provider)


PROVIDERS = (
    plant("903-1008", newly_in_care, put(f"{FIRST}.URN", "SC777777")),
    plant("903-178", newly_in_care, put(f"{FIRST}.URN", ANY_PROVIDER), _by("PR9")),
    plant("903-213", fostered, put(f"{SECOND}.PLACE_PROVIDER", "PR1"), beside=("903-178",), note="both ask it of T3"),
    plant("903-219", newly_in_care, put(f"{FIRST}.URN", CHILDRENS_HOME), _by("PR4")),
    plant("903-221", newly_in_care, *_HOME, put(f"{FIRST}.URN", CHILDRENS_HOME), put(f"{FIRST}.PL_POST", RESPITE)),
    plant("903-222", newly_in_care, put(f"{FIRST}.PLACE", "R1"), put(f"{FIRST}.URN", ANY_PROVIDER), _by("PR4")),
    plant("903-224", newly_in_care, _by("PR5")),
    plant(
        "903-227",
        newly_in_care,
        put(f"{SECOND}.URN", CLOSED_AGENCY),
        beside=("903-228",),
        note="an episode that starts after closure ends after it",
    ),
    plant("903-228", newly_in_care, put(f"{FIRST}.URN", CLOSED_AGENCY)),
    plant("903-229", newly_in_care, put(f"{FIRST}.URN", AGENCY_ELSEWHERE)),
    plant("903-242", newly_in_care, *_HOME, put(f"{FIRST}.URN", "XXXXXXX")),
    plant("903-526", newly_in_care, put(f"{FIRST}.URN", ANY_PROVIDER), _by("")),
    plant("903-527", newly_in_care, *_WITH_PARENTS, _by("PR1")),
    plant("903-528", newly_in_care, *_WITH_PARENTS, _by("PR2")),
    plant("903-529", newly_in_care, *_WITH_PARENTS, _by("PR3")),
    plant("903-530", newly_in_care, *_WITH_PARENTS, _by("PR4")),
    plant("903-531", newly_in_care, *_WITH_PARENTS, _by("PR5")),
    plant("903-550", newly_in_care, put(f"{FIRST}.URN", ANY_PROVIDER), _by("PR0")),
)

PLANTS = (*DATES, *CODES, *PLACES, *PROVIDERS)
