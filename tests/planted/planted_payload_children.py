"""Children as the feed sends them, complete and plausible as received on 31 March 2026, of whom no rule finds anything.

Each function draws one sort of child; the number makes ids, names, pupil number and birthday the child's own.
"""

from typing import Any

from planted_payload_items import assessment, cin_plan, cp_plan, enquiry, episode, placement, worker
from planted_people import birthday, child_id, names, on_birthday, pupil_number, temporary_number
from planted_places import HOME, PLACED, PLACED_NEXT, RESPITE, SECOND_HOME

Record = dict[str, Any]
_FORMER = 500_000


def _details(number: int, **said: Any) -> Record:
    first, surname = names(number)
    details = {"first_name": first, "surname": surname, "postcode": HOME, "uasc_flag": False, "purge": False}
    return details | {name: value for name, value in said.items() if value is not None}


def _numbered(number: int) -> Record:
    return {
        "unique_pupil_number": pupil_number(number),
        "former_unique_pupil_number": temporary_number(number + _FORMER),
    }


def _record(number: int, details: Record, episodes: list[Record], scores: list[Record] | None = None) -> Record:
    return {
        "la_child_id": child_id(number),
        "mis_child_id": f"mis-{number}",
        "child_details": details,
        "health_and_wellbeing": {"sdq_assessments": scores or [], "purge": False},
        "social_care_episodes": episodes,
        "purge": False,
    }


def on_cin_plan(number: int) -> Record:
    """Eleven years old, referred for the second time, on a second plan."""
    own, born = child_id(number), birthday("2014-09-20", number)
    first = episode(
        f"{own}-1",
        "2024-02-05",
        "5B",
        ("2024-06-10", "RC3"),
        care_worker_details=[worker(f"SW{number}A", "2024-02-06", "2024-06-10")],
        child_and_family_assessments=[assessment(f"{own}-a1", "2024-02-07", "2024-03-15", ["2A", "4A"])],
    )
    second = episode(
        f"{own}-2",
        "2025-05-12",
        "1A",
        care_worker_details=[
            worker(f"SW{number}B", "2025-05-13", "2025-09-01"),
            worker(f"SW{number}C", "2025-09-01"),
        ],
        child_and_family_assessments=[
            assessment(f"{own}-a2", "2025-05-14", "2025-06-27", ["3A", "16A"]),
            assessment(f"{own}-a3", "2026-02-16"),
        ],
        child_in_need_plans=[
            cin_plan(f"{own}-n1", "2025-07-01", "2025-10-31"),
            cin_plan(f"{own}-n2", "2025-11-03"),
        ],
        section_47_assessments=[enquiry(f"{own}-s1", "2025-05-20", "2025-06-02")],
    )
    details = _details(
        number, **_numbered(number), date_of_birth=str(born), sex="M", ethnicity="WBRI", disabilities=["AUT", "LD"]
    )
    return _record(number, details, [first, second])


def on_cp_plan(number: int) -> Record:
    """Nine years old, protected, in need, and protected again."""
    own, born = child_id(number), birthday("2017-03-14", number)
    only = episode(
        f"{own}-1",
        "2024-09-02",
        "6",
        care_worker_details=[worker(f"SW{number}", "2024-09-03")],
        child_and_family_assessments=[
            assessment(f"{own}-a1", "2024-09-03", "2024-10-15", ["3B", "10A"]),
            assessment(f"{own}-a2", "2025-08-04", "2025-09-12", ["3B", "4B"]),
        ],
        section_47_assessments=[
            enquiry(f"{own}-s1", "2024-09-09", "2024-09-24", "2024-09-24"),
            enquiry(f"{own}-s2", "2025-08-11", "2025-08-27", "2025-08-27"),
        ],
        child_protection_plans=[
            cp_plan(f"{own}-p1", "2024-09-24", "2025-02-11"),
            cp_plan(f"{own}-p2", "2025-08-27"),
        ],
        child_in_need_plans=[cin_plan(f"{own}-n1", "2025-02-11", "2025-06-20")],
    )
    details = _details(
        number, **_numbered(number), date_of_birth=str(born), sex="F", ethnicity="APKN", disabilities=["BEH", "COMM"]
    )
    return _record(number, details, [only])


def looked_after(number: int) -> Record:
    """Thirteen years old, in care for three years, with a stay elsewhere while the carers were on holiday."""
    own, born = child_id(number), birthday("2012-11-05", number)
    only = episode(
        f"{own}-1",
        "2023-02-06",
        "3A",
        care_worker_details=[worker(f"SW{number}", "2023-02-07")],
        child_and_family_assessments=[assessment(f"{own}-a1", "2023-02-07", "2023-03-20", ["16A", "18B"])],
        section_47_assessments=[enquiry(f"{own}-s1", "2023-02-13", "2023-02-24")],
        child_looked_after_placements=[
            placement(f"{own}-l1", "2023-04-17", "S", "U5", PLACED, ("2024-07-22", "X1"), change_reason="PLACE"),
            placement(f"{own}-l2", "2024-07-22", "P", "U4", PLACED_NEXT, ("2025-08-04", "X1")),
            placement(f"{own}-l3", "2025-08-04", "P", "T3", RESPITE, ("2025-08-18", "X1")),
            placement(f"{own}-l4", "2025-08-18", "P", "U4", PLACED_NEXT),
        ],
    )
    details = _details(
        number, **_numbered(number), date_of_birth=str(born), sex="F", ethnicity="MWBC", disabilities=["CON", "HEAR"]
    )
    scores = [{"date": "2024-05-14", "score": 17}, {"date": "2025-06-10", "score": 14}]
    return _record(number, details, [only], scores)


def adopted(number: int) -> Record:
    """Five years old, adopted last July; there is no pupil number yet."""
    own, born = child_id(number), birthday("2021-02-10", number)
    only = episode(
        f"{own}-1",
        "2023-05-02",
        "3C",
        ("2025-07-08", "RC1"),
        care_worker_details=[worker(f"SW{number}", "2023-05-03", "2025-07-08")],
        child_and_family_assessments=[assessment(f"{own}-a1", "2023-05-03", "2023-06-02", ["1B", "4B"])],
        child_looked_after_placements=[
            placement(f"{own}-l1", "2023-06-05", "S", "U1", PLACED, ("2024-09-16", "X1"), change_reason="CARPL"),
            placement(f"{own}-l2", "2024-09-16", "B", "A6", PLACED_NEXT, ("2025-07-08", "E12")),
        ],
        adoption={
            "initial_decision_date": "2024-02-13",
            "matched_date": "2024-07-16",
            "placed_date": "2024-09-16",
            "purge": False,
        },
    )
    details = _details(
        number,
        unique_pupil_number_unknown_reason="UN1",
        date_of_birth=str(born),
        sex="M",
        ethnicity="WBRI",
        disabilities=["NONE"],
    )
    return _record(number, details, [only])


def placed_for_adoption(number: int) -> Record:
    """The same child, still waiting for the order."""
    record = adopted(number)
    (only,) = record["social_care_episodes"]
    for name in ("closure_date", "closure_reason"):
        del only[name]
    for name in ("end_date", "end_reason"):
        del only["child_looked_after_placements"][-1][name]
    del only["care_worker_details"][0]["end_date"]
    record["health_and_wellbeing"]["sdq_assessments"].append({"date": "2025-07-01", "score": 9})
    return record


def care_leaver(number: int) -> Record:
    """Nineteen years old, in foster care until the eighteenth birthday."""
    own, born = child_id(number), birthday("2006-10-09", number)
    only = episode(
        f"{own}-1",
        "2021-11-01",
        "1B",
        care_worker_details=[worker(f"SW{number}", "2021-11-02")],
        child_and_family_assessments=[assessment(f"{own}-a1", "2021-11-02", "2021-12-14", ["5A", "14A"])],
        child_looked_after_placements=[
            placement(f"{own}-l1", "2022-01-10", "S", "U4", PLACED, (on_birthday(born, 18), "E9")),
        ],
        care_leavers={"contact_date": "2025-10-20", "activity": "F2", "accommodation": "U", "purge": False},
    )
    details = _details(
        number, **_numbered(number), date_of_birth=str(born), sex="M", ethnicity="BCRB", disabilities=["MOB", "INC"]
    )
    return _record(number, details, [only])


def unborn(number: int) -> Record:
    """Expected in the summer, and on a protection plan before birth."""
    own, expected = child_id(number), birthday("2026-07-10", number)
    only = episode(
        f"{own}-1",
        "2026-01-12",
        "3B",
        care_worker_details=[worker(f"SW{number}", "2026-01-13")],
        child_and_family_assessments=[assessment(f"{own}-a1", "2026-01-13", "2026-02-20", ["2B", "3B"])],
        section_47_assessments=[enquiry(f"{own}-s1", "2026-02-09", "2026-02-24", "2026-02-24")],
        child_protection_plans=[cp_plan(f"{own}-p1", "2026-02-24")],
    )
    details = _details(
        number,
        unique_pupil_number_unknown_reason="UN1",
        expected_date_of_birth=str(expected),
        sex="U",
        ethnicity="NOBT",
        disabilities=["NONE"],
        postcode=SECOND_HOME,
    )
    return _record(number, details, [only])


def asylum_seeker(number: int) -> Record:
    """Sixteen years old, arrived alone last autumn; no home to name."""
    own, born = child_id(number), birthday("2009-05-18", number)
    only = episode(
        f"{own}-1",
        "2025-09-15",
        "5A",
        care_worker_details=[worker(f"SW{number}", "2025-09-15")],
        child_and_family_assessments=[assessment(f"{own}-a1", "2025-09-16", "2025-10-24", ["11A"])],
        child_looked_after_placements=[
            placement(f"{own}-l1", "2025-09-15", "S", "K2", PLACED, ("2025-11-17", "X1"), change_reason="PLACE"),
            placement(f"{own}-l2", "2025-11-17", "P", "U4", PLACED_NEXT),
        ],
    )
    details = _details(
        number,
        unique_pupil_number_unknown_reason="UN2",
        date_of_birth=str(born),
        sex="M",
        ethnicity="AOTH",
        disabilities=["NONE"],
        uasc_flag=True,
    )
    del details["postcode"]
    return _record(number, details, [only])


def referred_only(number: int) -> Record:
    """Six years old; the referral went no further."""
    born = birthday("2019-06-11", number)
    only = episode(f"{child_id(number)}-1", "2025-11-03", "8", ("2025-11-05", "RC7"))
    only["referral_no_further_action_flag"] = True
    details = _details(
        number,
        unique_pupil_number_unknown_reason="UN7",
        date_of_birth=str(born),
        sex="F",
        ethnicity="WIRI",
        disabilities=["VIS"],
    )
    return _record(number, details, [only])


def assessed_and_closed(number: int) -> Record:
    """Ten years old, assessed this year with nothing found that calls for help."""
    own, born = child_id(number), birthday("2015-06-24", number)
    only = episode(
        f"{own}-1",
        "2026-02-09",
        "2A",
        ("2026-03-27", "RC8"),
        care_worker_details=[worker(f"SW{number}", "2026-02-10", "2026-03-27")],
        child_and_family_assessments=[assessment(f"{own}-a1", "2026-02-10", "2026-03-26", ["21"])],
    )
    details = _details(
        number, **_numbered(number), date_of_birth=str(born), sex="F", ethnicity="CHNE", disabilities=["DDA", "HAND"]
    )
    return _record(number, details, [only])


CHILDREN = (
    on_cin_plan,
    on_cp_plan,
    looked_after,
    adopted,
    placed_for_adoption,
    care_leaver,
    unborn,
    asylum_seeker,
    referred_only,
    assessed_and_closed,
)
