"""Children as the SSDA903 of 2025/26 holds them, complete and plausible, of whom no rule finds anything.

A child is its rows by table, in this return (`now`) and in that of the year before; days are written as ISO dates here,
and as the return writes them when it is.
"""

from datetime import date
from typing import Any

from planted_people import birthday, child_id, on_birthday, pupil_number
from planted_places import HOME, PLACED, PLACED_NEXT, RESPITE

Child = dict[str, Any]
Row = dict[str, str]
YEAR = 2026
# Providers that Ofsted registers: an agency of foster carers and adopters, a home, and supported accommodation.
AGENCY, CHILDRENS_HOME, SUPPORTED = "SC100001", "SC200001", "SC300001"
# One of another LA, one that has closed, and one of which nothing is known but the number.
AGENCY_ELSEWHERE, CLOSED_AGENCY, ANY_PROVIDER = "SC400001", "SC900001", "SC500001"


def _child(number: int, born: date, head: Row, now: dict[str, list[Row]], before: dict[str, list[Row]]) -> Child:
    said = {"DOB": str(born)}
    years = {"now": {"Header": [head], **now}}
    if before:
        years["before"] = {"Header": [dict(head)], **before}
    told = {year: {name: [said | row for row in rows] for name, rows in held.items()} for year, held in years.items()}
    return {"id": child_id(number), **told}


def head(sex: str, ethnicity: str, upn: str, mother: str = "", first_child: str = "") -> Row:
    """A row of Header."""
    return {"SEX": sex, "ETHNIC": ethnicity, "UPN": upn, "MOTHER": mother, "MC_DOB": first_child}


def episode(
    start: str,
    reason: str,
    status: str,
    sort: str,
    where: str,
    end: tuple[str, str] | None = None,
    **said: str,
) -> Row:
    """An episode with a foster carer of the LA's own, unless said otherwise."""
    ended = {"DEC": end[0], "REC": end[1]} if end else {}
    provided = {"PLACE_PROVIDER": "PR1", "URN": AGENCY} if sort not in ("T3",) else {}
    row = {"DECOM": start, "RNE": reason, "LS": status, "CIN": "N1", "PLACE": sort, "HOME_POST": HOME, "PL_POST": where}
    return row | provided | ended | said


_IN_HOME = {"PLACE_PROVIDER": "PR4", "URN": CHILDRENS_HOME}


def _reviews(code: str, *days: str) -> list[Row]:
    return [{"REVIEW": day, "REVIEW_CODE": code} for day in days]


def health(**said: str) -> Row:
    """A row of OC2 of a child over ten who was looked after all year."""
    always = {"IMMUNISATIONS": "1", "TEETH_CHECK": "1", "HEALTH_ASSESSMENT": "1", "SUBSTANCE_MISUSE": "0"}
    return {"CONVICTED": "0", **always, **said}


def worker(worker_id: str, start: str, end: str = "", reason: str = "MANAGE") -> Row:
    """A spell of a social worker."""
    return {"SW_ID": worker_id, "SW_DECOM": start, "SW_DEC": end, "SW_REASON": reason}


def _open(row: Row) -> Row:
    """The episode as last year's return had it."""
    return {name: value for name, value in row.items() if name not in ("DEC", "REC", "REASON_PLACE_CHANGE")}


def fostered(number: int) -> Child:
    """Thirteen years old, fostered all year but for two weeks, and missing for two days."""
    first = episode("2024-09-02", "P", "C2", "U4", PLACED_NEXT, ("2025-08-04", "X1"))
    away = episode("2025-08-04", "P", "C2", "T3", RESPITE, ("2025-08-18", "X1"))
    now = {
        "Episodes": [first, away, episode("2025-08-18", "P", "C2", "U4", PLACED_NEXT)],
        "Reviews": _reviews("PN1", "2025-05-20", "2025-11-11"),
        "OC2": [health(SDQ_SCORE="14")],
        "Missing": [{"MISSING": "M", "MIS_START": "2025-10-04", "MIS_END": "2025-10-06"}],
        "SWEpisodes": [
            worker(f"SW{number:05}A", "2024-08-01", "2025-09-01"),
            worker(f"SW{number:05}B", "2025-09-01", reason="LEFTRL"),
        ],
    }
    before = {"Episodes": [_open(first)], "SWEpisodes": [worker(f"SW{number:05}A", "2024-08-01")]}
    about = head("F", "MWBC", pupil_number(number), mother="0")
    return _child(number, birthday("2012-11-05", number), about, now, before)


def newly_in_care(number: int) -> Child:
    """Six years old, in care since last summer; a special guardianship has broken down."""
    now = {
        "Episodes": [
            episode("2025-06-02", "S", "V2", "U1", PLACED, ("2025-12-15", "X1"), REASON_PLACE_CHANGE="CARPL"),
            episode("2025-12-15", "P", "V2", "U4", PLACED_NEXT),
        ],
        "Reviews": _reviews("PN3", "2025-06-24", "2025-09-16"),
        "PrevPerm": [{"PREV_PERM": "P2", "LA_PERM": "383", "DATE_PERM": "ZZ/05/2021"}],
        "SWEpisodes": [worker(f"SW{number:05}", "2025-06-02", reason="FCONTA")],
    }
    about = head("M", "WIRI", pupil_number(number))
    return _child(number, birthday("2019-06-11", number), about, now, {})


def went_home(number: int) -> Child:
    """Nine years old, back with the parents since last autumn."""
    only = episode("2024-11-04", "P", "V2", "U4", PLACED, ("2025-10-20", "E4A"))
    now = {
        "Episodes": [only],
        "Reviews": _reviews("PN2", "2025-06-10"),
        "SWEpisodes": [worker(f"SW{number:05}", "2024-10-14", "2025-10-20")],
    }
    before = {"Episodes": [_open(only)], "SWEpisodes": [worker(f"SW{number:05}", "2024-10-14")]}
    return _child(number, birthday("2016-08-23", number), head("M", "WBRI", pupil_number(number)), now, before)


def adopted(number: int) -> Child:
    """Five years old, adopted last July."""
    only = episode("2024-09-16", "B", "E1", "A6", PLACED_NEXT, ("2025-07-08", "E12"))
    decided = {"DATE_PLACED": "2024-02-13"}
    adopters = {"FOSTER_CARE": "0", "NB_ADOPTR": "2", "SEX_ADOPTR": "MF", "LS_ADOPTR": "L11"}
    now = {
        "Episodes": [only],
        "Reviews": _reviews("PN3", "2025-05-06"),
        "AD1": [{"DATE_INT": "2024-02-13", "DATE_MATCH": "2024-07-16", **adopters}],
        "PlacedAdoption": [decided],
        "SWEpisodes": [worker(f"SW{number:05}", "2024-06-03", "2025-07-08")],
    }
    before = {
        "Episodes": [_open(only)],
        "PlacedAdoption": [decided],
        "SWEpisodes": [worker(f"SW{number:05}", "2024-06-03")],
    }
    return _child(number, birthday("2021-02-10", number), head("M", "WBRI", "UN1"), now, before)


def placed_for_adoption(number: int) -> Child:
    """Two years old, with adopters since September."""
    first = episode("2024-03-04", "U", "C2", "U1", PLACED, ("2025-09-15", "X1"), REASON_PLACE_CHANGE="PLACE")
    now = {
        "Episodes": [first, episode("2025-09-15", "B", "E1", "A6", PLACED_NEXT)],
        "Reviews": _reviews("PN0", "2025-05-06", "2025-10-21"),
        "OC2": [health(HEALTH_CHECK="1", CONVICTED="")],
        "PlacedAdoption": [{"DATE_PLACED": "2025-06-10"}],
        "SWEpisodes": [worker(f"SW{number:05}", "2024-02-05")],
    }
    before = {"Episodes": [_open(first)], "SWEpisodes": [worker(f"SW{number:05}", "2024-02-05")]}
    return _child(number, birthday("2023-05-20", number), head("F", "MWBC", "UN1", mother="0"), now, before)


def care_leaver(number: int) -> Child:
    """Nineteen years old; left care on the eighteenth birthday."""
    born = birthday("2006-10-09", number)
    only = episode("2022-01-10", "S", "C2", "U4", PLACED, (on_birthday(born, 18), "E9"))
    now = {"OC3": [{"IN_TOUCH": "YES", "ACTIV": "F2", "ACCOM": "U1"}]}
    before = {"Episodes": [only], "SWEpisodes": [worker(f"SW{number:05}", "2023-06-05", on_birthday(born, 18))]}
    child = _child(number, born, head("F", "BCRB", pupil_number(number)), now, before)
    child["before"]["Header"][0]["MOTHER"] = "0"
    return child


def asylum_seeker(number: int) -> Child:
    """Sixteen years old, arrived alone the year before; no home to measure from."""
    born = birthday("2009-05-18", number)
    only = episode("2024-09-16", "S", "V2", "K2", PLACED, HOME_POST="", **_IN_HOME)
    status = {"SEX": "M", "DUC": on_birthday(born, 18)}
    now = {
        "Episodes": [only],
        "Reviews": _reviews("PN1", "2025-07-15"),
        "UASC": [status],
        "OC2": [health(SDQ_SCORE="19")],
        "SWEpisodes": [worker(f"SW{number:05}", "2024-09-16")],
    }
    before = {"Episodes": [only], "UASC": [status], "SWEpisodes": [worker(f"SW{number:05}", "2024-09-16")]}
    return _child(number, born, head("M", "AOTH", "UN2"), now, before)


def newly_arrived(number: int) -> Child:
    """Fifteen years old, arrived alone in the autumn."""
    now = {
        "Episodes": [episode("2025-09-15", "S", "V2", "U4", PLACED, HOME_POST="")],
        "Reviews": _reviews("PN1", "2025-10-07"),
        "UASC": [{"SEX": "M"}],
        "PrevPerm": [{"PREV_PERM": "Z1"}],
        "SWEpisodes": [worker(f"SW{number:05}", "2025-09-15", reason="FCONTA")],
    }
    return _child(number, birthday("2010-03-03", number), head("M", "BAFR", "UN2"), now, {})


def on_short_breaks(number: int) -> Child:
    """Eleven years old, with the parents but for agreed short breaks."""
    now = {
        "Episodes": [
            episode("2025-07-07", "S", "V4", "R1", "", HOME_POST="", URN="", PLACE_PROVIDER="PR4", CIN="N2"),
        ],
        "PrevPerm": [{"PREV_PERM": "Z1"}],
    }
    return _child(number, birthday("2014-12-15", number), head("M", "CHNE", pupil_number(number)), now, {})


def mother(number: int) -> Child:
    """Sixteen years old, with a baby of her own since last August."""
    only = episode("2024-06-10", "P", "C2", "U5", PLACED)
    now = {
        "Episodes": [only],
        "Reviews": _reviews("PN1", "2025-05-13"),
        "OC2": [health(SDQ_SCORE="11", SUBSTANCE_MISUSE="1", INTERVENTION_RECEIVED="1")],
        "SWEpisodes": [worker(f"SW{number:05}", "2024-05-13")],
    }
    before = {"Episodes": [only], "SWEpisodes": [worker(f"SW{number:05}", "2024-05-13")]}
    about = head("F", "WBRI", pupil_number(number), mother="1", first_child="2025-08-12")
    child = _child(number, birthday("2009-07-22", number), about, now, before)
    child["before"]["Header"][0] |= {"MOTHER": "0", "MC_DOB": ""}
    return child


def supported(number: int) -> Child:
    """Seventeen years old since last year, in supported accommodation; too old for a questionnaire."""
    only = episode("2024-10-07", "P", "C2", "K3", PLACED_NEXT, PLACE_PROVIDER="PR4", URN=SUPPORTED)
    now = {
        "Episodes": [only],
        "Reviews": _reviews("PN1", "2025-09-09"),
        "OC2": [health(SDQ_REASON="SDQ1", SUBSTANCE_MISUSE="1", INTERVENTION_RECEIVED="0", INTERVENTION_OFFERED="1")],
        "SWEpisodes": [worker(f"SW{number:05}", "2024-09-09")],
    }
    before = {"Episodes": [only], "SWEpisodes": [worker(f"SW{number:05}", "2024-09-09")]}
    return _child(number, birthday("2008-09-12", number), head("M", "WROM", pupil_number(number)), now, before)


def in_home(number: int) -> Child:
    """Fifteen years old, in a children's home all year, and deprived of liberty for some weeks of it."""
    only = episode("2025-02-03", "P", "C2", "K2", PLACED, **_IN_HOME)
    now = {
        "Episodes": [only],
        "Reviews": _reviews("PN4", "2025-08-05"),
        "OC2": [health(SDQ_SCORE="22")],
        "SWEpisodes": [worker(f"SW{number:05}", "2025-01-13")],
        "DoLo": [{"DOLO_START": "2025-11-10", "DOLO_END": "2026-01-05"}],
    }
    before = {"Episodes": [only], "SWEpisodes": [worker(f"SW{number:05}", "2025-01-13")]}
    return _child(number, birthday("2011-03-02", number), head("M", "BCRB", pupil_number(number)), now, before)


CHILDREN = (
    fostered,
    newly_in_care,
    went_home,
    adopted,
    placed_for_adoption,
    care_leaver,
    asylum_seeker,
    newly_arrived,
    on_short_breaks,
    mother,
    supported,
    in_home,
)
# The year in which supported accommodation began, and the years before: K3 was no code.
WITHOUT_SUPPORTED = tuple(draw for draw in CHILDREN if draw is not supported)
