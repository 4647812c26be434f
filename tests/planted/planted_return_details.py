"""Faults in what an SSDA903 says of a child, of its mother and of asylum, and in how its tables agree."""

from typing import Any

from planted_people import pupil_number
from planted_return_children import (
    adopted,
    asylum_seeker,
    care_leaver,
    fostered,
    in_home,
    mother,
    newly_arrived,
    newly_in_care,
    on_short_breaks,
    went_home,
)
from planting import Change, drop, plant, put

EPISODES = "now.Episodes"
SEX, ETHNIC, UPN = "now.Header.0.SEX", "now.Header.0.ETHNIC", "now.Header.0.UPN"
IS_MOTHER, FIRST_CHILD = "now.Header.0.MOTHER", "now.Header.0.MC_DOB"
WAS_MOTHER, FIRST_CHILD_BEFORE = "before.Header.0.MOTHER", "before.Header.0.MC_DOB"
NO_DAY = "30/02/2025"


def born(day: str, *years: str) -> Change:
    """Another birthday, wherever it is told; in both years unless one is named."""

    def change(child: Any) -> None:
        for year in years or ("now", "before"):
            for row in (row for rows in child.get(year, {}).values() for row in rows):
                row["DOB"] = day

    return change


def only(*tables: str) -> Change:
    """The child is in these tables of this return alone."""

    def change(child: Any) -> None:
        child["now"] = {name: rows for name, rows in child["now"].items() if name in tables}

    return change


def again(table: str) -> Change:
    """The table has its row of the child twice."""
    return lambda child: child["now"][table].append(dict(child["now"][table][0]))


def _number(change: Any) -> Any:
    return lambda child: change(child["now"]["Header"][0]["UPN"])


def _seeking(child: Any) -> list[dict[str, str]]:
    """A row of the table of asylum seekers, of one whose status ended with the eighteenth birthday."""
    day = child["now"]["Header"][0]["DOB"]
    return [{"DOB": day, "SEX": "F", "DUC": str(int(day[:4]) + 18) + day[4:]}]


def _first_child_of_both_years(day: str) -> tuple[Change, ...]:
    return put(WAS_MOTHER, "1"), put(FIRST_CHILD, day), put(FIRST_CHILD_BEFORE, day)


_NOT_IN_CARE = "a child without a Header row is without an episode here too"

TABLES = (
    plant("903-INT01", adopted, only("AD1"), beside=("903-1012", "903-602"), note=_NOT_IN_CARE),
    plant("903-INT02", adopted, only("PlacedAdoption"), beside=("903-1012",), note=_NOT_IN_CARE),
    plant("903-INT03", went_home, only("Episodes", "SWEpisodes")),
    plant("903-INT04", fostered, only("Missing"), beside=("903-1012",), note=_NOT_IN_CARE),
    plant("903-INT05", fostered, only("OC2"), beside=("903-1012", "903-190", "CSC-291"), note=_NOT_IN_CARE),
    plant("903-INT06", care_leaver, only("OC3")),
    plant("903-INT07", newly_in_care, only("PrevPerm"), beside=("903-1012",), note=_NOT_IN_CARE),
    plant("903-INT08", went_home, only("Reviews"), beside=("903-1012",), note=_NOT_IN_CARE),
    plant("903-INT09", asylum_seeker, only("UASC")),
    plant("903-INT11", adopted, put("now.AD1.0.DOB", "2020-02-10")),
    plant("903-INT12", adopted, put("now.PlacedAdoption.0.DOB", "2020-02-10")),
    plant("903-INT13", fostered, put("now.Missing.0.DOB", "2011-11-05")),
    plant("903-INT14", fostered, put("now.OC2.0.DOB", "2011-11-05")),
    plant("903-INT15", care_leaver, put("now.OC3.0.DOB", "2005-10-09")),
    plant("903-INT16", newly_in_care, put("now.PrevPerm.0.DOB", "2018-06-11")),
    plant("903-INT17", went_home, put("now.Reviews.0.DOB", "2015-08-23")),
    plant("903-INT18", asylum_seeker, put("now.UASC.0.DOB", "2010-05-18")),
    plant("903-INT21", asylum_seeker, put("now.UASC.0.SEX", "F")),
    plant("903-INT31", adopted, again("AD1")),
    plant("903-INT33", fostered, again("OC2")),
    plant("903-INT34", care_leaver, again("OC3")),
    plant("903-INT35", newly_in_care, again("PrevPerm")),
    plant("903-INT36", asylum_seeker, again("UASC")),
    plant("CSC-055", went_home, again("Header")),
    plant("903-EPI", went_home, only("Header")),
    plant("903-1012", care_leaver, put("now.Reviews", [{"REVIEW": "2025-05-06", "REVIEW_CODE": "PN1"}])),
)

DETAILS = (
    plant("903-102", newly_in_care, put("now.Header.0.DOB", "")),
    plant("CSC-058", newly_in_care, put("now.Header.0.DOB", NO_DAY)),
    plant(
        "CSC-102",
        newly_in_care,
        put(UPN, _number(lambda n: "I" + n[1:])),
        beside=("CSC-103",),
        note="no check letter is an I",
    ),
    plant("CSC-103", newly_in_care, put(UPN, _number(lambda n: ("A" if n[0] != "A" else "B") + n[1:]))),
    plant("CSC-104", newly_in_care, put(UPN, pupil_number(777, la="999"))),
    plant("CSC-115", newly_in_care, put(SEX, "X")),
    plant("CSC-116", newly_in_care, put(ETHNIC, "WHIT")),
    plant(
        "CSC-135",
        newly_in_care,
        born("2026-04-15"),
        drop("now.Reviews"),
        beside=("CSC-169",),
        note="a child not yet born was placed before birth",
    ),
    plant("CSC-198", newly_in_care, put(SEX, "U")),
    plant("CSC-200", newly_in_care, put(UPN, "")),
    plant("CSC-203", newly_in_care, put(UPN, "UN1")),
    plant("CSC-204", newly_in_care, put(UPN, "UN4")),
    plant("CSC-247", care_leaver, born("1999-10-10")),
    plant("CSC-343", care_leaver, born("1995-10-10"), beside=("CSC-247",), note="over 30 is over 25"),
    plant("CSC-342", in_home, put("now.SWEpisodes.0.SW_DECOM", "1899-01-13")),
    plant("CSC-327", care_leaver, put(SEX, "M")),
    plant("CSC-328", went_home, born("2016-07-01", "now")),
    plant("CSC-329", went_home, put(ETHNIC, "WIRI")),
    plant("CSC-330", went_home, put(UPN, pupil_number(888))),
)

ASYLUM = (
    plant("CSC-060", newly_arrived, put("now.UASC.0.DUC", NO_DAY)),
    plant("903-104", newly_arrived, put("now.UASC.0.DUC", "2025-03-10")),
    plant("CSC-176", newly_arrived, put("now.UASC.0.DUC", "2028-04-01")),
    plant("CSC-209", newly_arrived, born("2015-05-18")),
    plant("CSC-331", asylum_seeker, drop("before.UASC")),
    plant("CSC-332", asylum_seeker, drop("now.UASC")),
    plant("CSC-333", asylum_seeker, put("now.UASC.0.DUC", "2027-02-01")),
    plant(
        "CSC-288",
        care_leaver,
        born("2007-06-15"),
        put("before.Episodes.0.DEC", "2025-03-10"),
        put("now.UASC", _seeking),
        put("before.UASC", _seeking),
    ),
)

MOTHERS = (
    plant("903-165", went_home, put(IS_MOTHER, "0")),
    plant("903-171", mother, put(FIRST_CHILD, NO_DAY)),
    plant("903-174", went_home, put(FIRST_CHILD, "2025-05-01")),
    plant("903-207", fostered, put(WAS_MOTHER, "1")),
    plant("903-393", fostered, put(IS_MOTHER, ""), beside=("903-165",), note="both ask it of a girl in care"),
    plant("903-399", on_short_breaks, put("now.Reviews", [{"REVIEW": "2025-09-02", "REVIEW_CODE": "PN1"}])),
    plant(
        "903-607",
        went_home,
        put(SEX, "F"),
        put("before.Header.0.SEX", "F"),
        beside=("903-165", "903-393"),
        note="all three ask it of a girl who was in care this year",
    ),
    plant("903-611", mother, put(FIRST_CHILD, "")),
    plant("903-612", mother, put(IS_MOTHER, "0")),
    plant("903-620", mother, born("2014-05-11")),
    plant("903-621", mother, *_first_child_of_both_years("2009-01-01")),
    plant("903-624", mother, put(WAS_MOTHER, "1"), put(FIRST_CHILD_BEFORE, "2025-02-01")),
    plant("903-625", mother, put(FIRST_CHILD, "2026-04-10")),
    plant("903-626", mother, put(FIRST_CHILD, "2024-08-12")),
    plant(
        "903-628", care_leaver, put(IS_MOTHER, "0"), beside=("903-165",), note="both ask for nothing of a care leaver"
    ),
)

PLANTS = (*TABLES, *DETAILS, *ASYLUM, *MOTHERS)
