"""Faults in what an SSDA903 says beside episodes: workers, reviews, health, times missing, permanence, care leavers."""

from typing import Any

from planted_places import PLACED
from planted_return_children import (
    care_leaver,
    episode,
    fostered,
    health,
    in_home,
    mother,
    newly_in_care,
    placed_for_adoption,
    supported,
    went_home,
    worker,
)
from planted_return_details import EPISODES, NO_DAY, born
from planted_return_episodes import FIRST, every
from planting import Change, add, drop, plant, put

WORKERS, HEALTH, LEAVER, PERMANENCE = "now.SWEpisodes", "now.OC2", "now.OC3.0", "now.PrevPerm.0"
MISSING, REVIEWS = "now.Missing", "now.Reviews"


def _adopters(child: Any) -> list[dict[str, str]]:
    """A complete row of AD1."""
    who = {"FOSTER_CARE": "0", "NB_ADOPTR": "2", "SEX_ADOPTR": "MF", "LS_ADOPTR": "L11"}
    return [{"DOB": child["now"]["Header"][0]["DOB"], "DATE_INT": "2024-10-15", "DATE_MATCH": "2024-12-03", **who}]


CARE_WORKERS = (
    plant("CSC-064", in_home, put(f"{WORKERS}.0.SW_DECOM", NO_DAY)),
    plant("CSC-065", went_home, put(f"{WORKERS}.0.SW_DEC", NO_DAY)),
    plant("CSC-111", fostered, put(f"{WORKERS}.0.SW_ID", "AB12345")),
    plant("CSC-188", fostered, put(f"{WORKERS}.0.SW_DEC", "2026-03-31"), put(f"{WORKERS}.1.SW_DECOM", "2026-04-02")),
    plant(
        "CSC-189",
        in_home,
        add(WORKERS, worker("SW900011", "2023-01-09", "2024-02-05")),
        put(f"{WORKERS}.0.SW_REASON", "FCONTA"),
    ),
    plant("CSC-191", fostered, put(f"{WORKERS}.0.SW_DECOM", "2025-08-30")),
    plant("CSC-324", fostered, put(f"{WORKERS}.0.SW_DEC", ""), put(f"{WORKERS}.1.SW_REASON", "FCONTA")),
    plant(
        "CSC-325",
        fostered,
        put(f"{WORKERS}.1.SW_DECOM", "2025-09-15"),
        beside=("903-SW10aSTG2",),
        note="both ask for workers who follow each other",
    ),
    plant(
        "903-SW10aSTG2",
        fostered,
        put(f"{WORKERS}.1.SW_DECOM", "2025-08-20"),
        beside=("CSC-325",),
        note="both ask for workers who follow each other",
    ),
    plant("903-SW10bSTG2", fostered, put(f"{WORKERS}.1.SW_REASON", "FCONTA")),
    plant("CSC-326", fostered, put(f"{WORKERS}.1.SW_DEC", "2026-01-12")),
    plant("903-SW11bSTG2", went_home, put(f"{WORKERS}.0.SW_DEC", "2026-03-30")),
    plant("903-SW12STG2", newly_in_care, put(f"{WORKERS}.0.SW_DECOM", "2025-05-12")),
    plant("903-SW13STG1", fostered, put(f"{WORKERS}.1.SW_REASON", "BORED")),
    plant(
        "903-SW18STG2",
        fostered,
        put(f"{WORKERS}.0.SW_DECOM", "2025-09-02"),
        put(f"{WORKERS}.1.SW_DECOM", "2025-09-03"),
        beside=("CSC-191",),
        note="who ends before the start ends within three days of it",
    ),
    plant(
        "903-SW19STG2",
        fostered,
        put(f"{WORKERS}.0.SW_DECOM", "2025-08-30"),
        put(f"{WORKERS}.0.SW_DEC", "2025-09-02"),
        put(f"{WORKERS}.1.SW_DECOM", "2025-08-30"),
    ),
)

_OF_REVIEWS = (
    plant(
        "903-166",
        fostered,
        put(f"{REVIEWS}.0.REVIEW", ""),
        beside=("903-167",),
        note="a code without a day is one of the two alone",
    ),
    plant("903-167", fostered, put(f"{REVIEWS}.0.REVIEW_CODE", "")),
    plant("903-440", fostered, put(f"{REVIEWS}.0.REVIEW_CODE", "PN0")),
    plant("903-441", placed_for_adoption, put(f"{REVIEWS}.0.REVIEW_CODE", "PN1")),
)

_NOT_COMPLETE = "the other two ask for all of these details too"

OF_HEALTH = (
    plant("903-158", mother, put(f"{HEALTH}.0.INTERVENTION_OFFERED", "0")),
    plant("903-159", supported, put(f"{HEALTH}.0.INTERVENTION_OFFERED", "")),
    plant("903-181", fostered, put(f"{HEALTH}.0.TEETH_CHECK", "2")),
    plant(
        "903-182",
        fostered,
        put(f"{HEALTH}.0.TEETH_CHECK", ""),
        beside=("903-191",),
        note="so does the rule on care all year",
    ),
    plant(
        "903-187",
        fostered,
        put("now.AD1", _adopters),
        beside=("903-602",),
        note="a child in care all year was not adopted",
    ),
    plant("903-190", newly_in_care, put(HEALTH, [health(CONVICTED="")])),
    plant("903-191", fostered, drop(HEALTH)),
    plant("903-192", mother, put(f"{HEALTH}.0.INTERVENTION_RECEIVED", "")),
    plant("903-193", fostered, put(f"{HEALTH}.0.INTERVENTION_RECEIVED", "0")),
    plant("903-542", placed_for_adoption, put(f"{HEALTH}.0.CONVICTED", "0")),
    plant("903-543", fostered, put(f"{HEALTH}.0.CONVICTED", "")),
    plant(
        "903-544",
        fostered,
        put(f"{HEALTH}.0.CONVICTED", "1"),
        put(f"{HEALTH}.0.TEETH_CHECK", ""),
        beside=("903-182", "903-191"),
        note=_NOT_COMPLETE,
    ),
    plant("903-545", placed_for_adoption, put(f"{HEALTH}.0.HEALTH_CHECK", "")),
    plant("903-546", fostered, put(f"{HEALTH}.0.HEALTH_CHECK", "0")),
    plant(
        "903-547",
        placed_for_adoption,
        put(f"{HEALTH}.0.TEETH_CHECK", ""),
        beside=("903-182", "903-191"),
        note=_NOT_COMPLETE,
    ),
    plant("CSC-133", in_home, put(f"{HEALTH}.0.SDQ_SCORE", "41")),
    plant("CSC-289", placed_for_adoption, put(f"{HEALTH}.0.SDQ_SCORE", "9")),
    plant("CSC-290", in_home, born("2008-03-20"), every("LS", "V2")),
    plant("CSC-291", newly_in_care, put(HEALTH, [{"SDQ_SCORE": "9"}])),
    plant("CSC-292", fostered, put(f"{HEALTH}.0.SDQ_SCORE", "")),
    plant("903-157", in_home, put(f"{HEALTH}.0.SDQ_SCORE", ""), put(f"{HEALTH}.0.SDQ_REASON", "SDQ1")),
    plant("903-196", supported, put(f"{HEALTH}.0.SDQ_REASON", "SDQ9")),
    plant("903-197a", in_home, put(f"{HEALTH}.0.SDQ_REASON", "SDQ2")),
    plant("903-197B", supported, put(f"{HEALTH}.0.SDQ_REASON", "")),
    plant("903-198", newly_in_care, put(HEALTH, [{"SDQ_REASON": "SDQ3"}])),
)


def _missing(start: str, end: str = "", sort: str = "M") -> dict[str, str]:
    return {"MISSING": sort, "MIS_START": start, "MIS_END": end}


_IN_NO_EPISODE = "who was not in care was in no placement"

TIMES_MISSING = (
    plant(
        "903-1004",
        fostered,
        put(f"{MISSING}.0.MIS_START", NO_DAY),
        beside=("903-581",),
        note="what cannot be read lies in no episode",
    ),
    plant("903-1005", fostered, put(f"{MISSING}.0.MIS_END", NO_DAY)),
    plant("903-1006", fostered, put(f"{MISSING}.0.MISSING", "X")),
    plant(
        "903-564",
        fostered,
        put(f"{MISSING}.0.MIS_START", ""),
        beside=("903-1004", "903-581"),
        note="both ask for a start too",
    ),
    plant("903-565", fostered, put(f"{MISSING}.0.MISSING", ""), put(f"{MISSING}.0.MIS_END", "")),
    plant(
        "903-566", fostered, put(f"{MISSING}.0.MISSING", ""), beside=("903-565",), note="what has an end has a start"
    ),
    plant("903-567", fostered, put(f"{MISSING}.0.MIS_END", "2025-10-03")),
    plant("903-570", fostered, put(MISSING, [_missing("2026-04-02")])),
    plant("903-571", fostered, put(f"{MISSING}.0.MIS_END", "2026-04-02")),
    plant("903-574", fostered, add(MISSING, _missing("2025-10-05", "2025-10-12"))),
    plant("903-575", fostered, put(MISSING, [_missing("2025-06-10")])),
    plant("903-576", fostered, put("before.Missing", [_missing("2025-03-20")])),
    plant("903-577", went_home, put(MISSING, [_missing("2025-10-15", "2025-10-27")])),
    plant(
        "903-578",
        newly_in_care,
        put(MISSING, [_missing("2025-05-20", "2025-06-10")]),
        beside=("903-581",),
        note=_IN_NO_EPISODE,
    ),
    plant(
        "903-581",
        went_home,
        put(MISSING, [_missing("2024-10-28", "2025-06-10")]),
        beside=("903-578",),
        note=_IN_NO_EPISODE,
    ),
    plant(
        "903-586",
        newly_in_care,
        born("2025-06-02"),
        drop(REVIEWS),
        put(MISSING, [_missing("2025-06-02", "2025-06-04")]),
    ),
    plant(
        "903-580",
        went_home,
        born("2007-10-20"),
        put(f"{FIRST}.REC", "E9"),
        put(MISSING, [_missing("2025-10-10", "2025-10-20")]),
    ),
)

EARLIER_PERMANENCE = (
    plant("903-630", newly_in_care, drop("now.PrevPerm")),
    plant("903-631", newly_in_care, put(f"{PERMANENCE}.PREV_PERM", "P9")),
    plant("903-632", newly_in_care, put(f"{PERMANENCE}.DATE_PERM", "10/06/2025")),
    plant("903-633", newly_in_care, put(f"{PERMANENCE}.LA_PERM", "XYZ")),
    plant(
        "903-634",
        went_home,
        born("2014-05-06"),
        put(f"{FIRST}.DECOM", "2016-03-07"),
        put("before.Episodes.0.DECOM", "2016-03-07"),
        put("now.PrevPerm", [{"PREV_PERM": "Z1"}]),
    ),
    plant("903-635", newly_in_care, put(f"{PERMANENCE}.PREV_PERM", "Z1")),
)


def _left(day: str, reason: str = "E9", birth: str = "2007-06-15") -> tuple[Change, ...]:
    """The care leaver was born later and in care until this day of the year."""
    rows = [episode("2022-01-10", "S", "C2", "U4", PLACED, (day, reason))]
    still = [episode("2022-01-10", "S", "C2", "U4", PLACED)]
    workers = [worker("SW900012", "2023-06-05", day)]
    return (
        put(EPISODES, rows),
        put("before.Episodes", still),
        put(WORKERS, workers),
        put("now.Header.0.MOTHER", "0"),
        born(birth),
    )


_AT_18 = "2025-06-15"

LEAVERS = (
    plant("CSC-131", care_leaver, put(f"{LEAVER}.ACTIV", "Z9")),
    plant("CSC-132", care_leaver, put(f"{LEAVER}.ACCOM", "A1")),
    plant("903-131", care_leaver, put(f"{LEAVER}.IN_TOUCH", "MAYBE")),
    plant(
        "CSC-232", care_leaver, put(f"{LEAVER}.ACTIV", ""), beside=("CSC-131",), note="no activity is none of the codes"
    ),
    plant("903-344", care_leaver, put(f"{LEAVER}.IN_TOUCH", "DIED")),
    plant("903-345", care_leaver, put(f"{LEAVER}.ACTIV", "0")),
    plant("903-348", care_leaver, put("before.OC3", [{"IN_TOUCH": "DIED", "ACTIV": "0", "ACCOM": "0"}])),
    plant("CSC-277", care_leaver, put("before.Episodes.0.REC", "E2")),
    plant("CSC-278", care_leaver, *_left("2025-05-12", "E3")),
    plant("CSC-279", care_leaver, put("before.Episodes.0.DECOM", "2024-08-01")),
    plant("CSC-280", care_leaver, born("2005-10-10"), drop("before")),
    plant("CSC-281", care_leaver, *_left("2025-12-15", birth="2009-11-02")),
    plant("CSC-282", care_leaver, *_left("2025-05-12"), put(f"{LEAVER}.ACCOM", "T1")),
    plant("CSC-283", care_leaver, *_left("2025-05-12", birth="2008-06-15"), put(f"{LEAVER}.ACCOM", "Z1")),
    plant(
        "CSC-284",
        care_leaver,
        *_left("2025-07-07"),
        beside=("CSC-285",),
        note="who was in care over the birthday left after it",
    ),
    plant("CSC-285", care_leaver, *_left(_AT_18)),
    plant(
        "CSC-287",
        care_leaver,
        put("now.AD1", _adopters),
        beside=("903-1012", "903-602"),
        note="who has left care was not adopted from it",
    ),
    plant("903-1010", care_leaver, put("before.Episodes.0.DEC", ""), put("before.Episodes.0.REC", "")),
    plant(
        "903-215",
        care_leaver,
        *_left("2025-05-12"),
        put(HEALTH, [health()]),
        beside=("903-190",),
        note="health is asked of a child in care all year, who is no care leaver",
    ),
)

PLANTS = (*CARE_WORKERS, *_OF_REVIEWS, *OF_HEALTH, *TIMES_MISSING, *EARLIER_PERMANENCE, *LEAVERS)
