"""Children as the CIN census of 2025/26 holds them, complete and plausible, of whom no rule finds anything.

A child is a dict of the census's own elements; what repeats is a list. census_xml() writes it down.
"""

from typing import Any
from xml.sax.saxutils import escape

from planted_people import birthday, child_id, pupil_number
from planted_places import LA

Child = dict[str, Any]
YEAR, REFERENCE_DATE = 2026, "2026-03-31"
# Elements of the census that only hold others.
_LISTED = {
    "Disabilities": "Disability",
    "Reviews": "CPPreviewDate",
    "FactorsIdentifiedAtAssessment": "AssessmentFactors",
}
_CHARACTERISTICS = ("Ethnicity", "Disabilities")
_FORMER = 500_000


def _child(number: int, **said: Any) -> Child:
    details = said.pop("CINdetails")
    return {"LAchildID": child_id(number), **said, "CINdetails": details}


def _numbered(number: int) -> Child:
    return {"UPN": pupil_number(number), "FormerUPN": pupil_number(number + _FORMER)}


def details(referral: str, source: str, need: str | None = "N4", **blocks: Any) -> Child:
    """A CINdetails block, open unless closed in blocks."""
    said = {"CINreferralDate": referral, "ReferralSource": source, "ReferralNFA": "false"}
    return said | ({"PrimaryNeedCode": need} if need else {}) | blocks


def closed(day: str, reason: str) -> Child:
    """What a CINdetails block says of its closure."""
    return {"CINclosureDate": day, "ReasonForClosure": reason}


def assessment(start: str, authorised: str | None = None, factors: tuple[str, ...] = ()) -> Child:
    """An assessment, open where it is not authorised."""
    done = (
        {"AssessmentAuthorisationDate": authorised, "FactorsIdentifiedAtAssessment": [*factors]} if authorised else {}
    )
    return {"AssessmentActualStartDate": start, "AssessmentInternalReviewDate": start} | done


def enquiry(start: str, target: str, conference: str | None = None, *, required: bool | None = None) -> Child:
    """A section 47 enquiry; a conference was required if it was held, unless said otherwise."""
    needed = conference is not None if required is None else required
    said = {"S47ActualStartDate": start, "InitialCPCtarget": target, "ICPCnotRequired": "false" if needed else "true"}
    return said | ({"DateOfInitialCPC": conference} if conference else {})


def cin_plan(start: str, end: str | None = None) -> Child:
    """A child in need plan."""
    return {"CINPlanStartDate": start} | ({"CINPlanEndDate": end} if end else {})


def cp_plan(start: str, end: str | None = None, reviews: tuple[str, ...] = (), earlier: int = 0) -> Child:
    """A child protection plan."""
    said = {"CPPstartDate": start} | ({"CPPendDate": end} if end else {})
    abuse = {"InitialCategoryOfAbuse": "NEG", "LatestCategoryOfAbuse": "EMO", "NumberOfPreviousCPP": str(earlier)}
    return said | abuse | {"Reviews": [*reviews]}


def on_cin_plan(number: int) -> Child:
    """Eleven years old, referred for the second time, on a second plan."""
    first = details(
        "2025-01-20",
        "5B",
        **closed("2025-04-16", "RC3"),
        Assessments=[assessment("2025-01-27", "2025-04-03", ("2A", "4A"))],
    )
    second = details(
        "2025-05-12",
        "1A",
        Assessments=[assessment("2025-05-14", "2025-06-27", ("3A", "16A")), assessment("2026-02-16")],
        CINPlanDates=[cin_plan("2025-07-01", "2025-10-31"), cin_plan("2025-11-03")],
        Section47=[enquiry("2025-05-20", "2025-06-11")],
    )
    return _child(
        number,
        **_numbered(number),
        PersonBirthDate=str(birthday("2014-09-20", number)),
        Sex="M",
        Ethnicity="WBRI",
        Disabilities=["AUT", "LD"],
        CINdetails=[first, second],
    )


def on_cp_plan(number: int) -> Child:
    """Nine years old, protected, in need, and protected again."""
    only = details(
        "2025-04-07",
        "6",
        "N1",
        Assessments=[
            assessment("2025-04-08", "2025-05-20", ("3B", "10A")),
            assessment("2026-01-05", "2026-02-10", ("3B", "4B")),
        ],
        Section47=[
            enquiry("2025-04-14", "2025-05-07", "2025-04-29"),
            enquiry("2026-01-12", "2026-02-02", "2026-01-28"),
        ],
        ChildProtectionPlans=[
            cp_plan("2025-04-29", "2025-09-16", ("2025-07-22", "2025-09-16")),
            cp_plan("2026-01-28", reviews=("2026-03-17",), earlier=1),
        ],
        CINPlanDates=[cin_plan("2025-09-16", "2025-12-05")],
    )
    return _child(
        number,
        **_numbered(number),
        PersonBirthDate=str(birthday("2017-03-14", number)),
        Sex="F",
        Ethnicity="APKN",
        Disabilities=["BEH", "COMM"],
        CINdetails=[only],
    )


def unborn(number: int) -> Child:
    """Expected in the summer, protected after a conference that is recorded with the referral."""
    only = details(
        "2026-01-12",
        "3B",
        "N3",
        DateOfInitialCPC="2026-02-24",
        Assessments=[assessment("2026-01-13", "2026-02-20", ("2B", "3B"))],
        ChildProtectionPlans=[cp_plan("2026-02-24")],
    )
    return _child(
        number,
        UPNunknown="UN1",
        ExpectedPersonBirthDate=str(birthday("2026-07-10", number)),
        Sex="U",
        Ethnicity="NOBT",
        Disabilities=["NONE"],
        CINdetails=[only],
    )


def referred_only(number: int) -> Child:
    """Six years old; the referral went no further."""
    only = details("2025-11-03", "8", None, **closed("2025-11-05", "RC7"), ReferralNFA="true")
    return _child(
        number,
        UPNunknown="UN7",
        PersonBirthDate=str(birthday("2019-06-11", number)),
        Sex="F",
        Ethnicity="WIRI",
        Disabilities=["VIS"],
        CINdetails=[only],
    )


def assessed_and_closed(number: int) -> Child:
    """Ten years old, assessed this year with nothing found that calls for help."""
    only = details(
        "2026-02-09",
        "2A",
        **closed("2026-03-27", "RC8"),
        Assessments=[assessment("2026-02-10", "2026-03-26", ("21",))],
    )
    return _child(
        number,
        **_numbered(number),
        PersonBirthDate=str(birthday("2015-06-24", number)),
        Sex="F",
        Ethnicity="CHNE",
        Disabilities=["DDA", "HAND"],
        CINdetails=[only],
    )


def died(number: int) -> Child:
    """Died at eight, while on a plan."""
    only = details(
        "2025-04-22",
        "3A",
        "N2",
        **closed("2025-10-06", "RC2"),
        Assessments=[assessment("2025-04-23", "2025-06-06", ("5B",))],
        CINPlanDates=[cin_plan("2025-06-09", "2025-10-02")],
    )
    return _child(
        number,
        **_numbered(number),
        PersonBirthDate=str(birthday("2017-01-25", number)),
        PersonDeathDate="2025-10-02",
        Sex="M",
        Ethnicity="BCRB",
        Disabilities=["MOB", "INC"],
        CINdetails=[only],
    )


def in_care(number: int) -> Child:
    """Sixteen years old, looked after since a conference that made no plan; no pupil number is known."""
    only = details(
        "2025-09-15",
        "5A",
        "N8",
        Assessments=[assessment("2025-09-16", "2025-10-24", ("11A", "16A"))],
        Section47=[enquiry("2025-09-22", "2025-10-13", "2025-10-07")],
    )
    return _child(
        number,
        UPNunknown="UN2",
        PersonBirthDate=str(birthday("2009-05-18", number)),
        Sex="M",
        Ethnicity="AOTH",
        Disabilities=["CON", "HEAR"],
        CINdetails=[only],
    )


CHILDREN = (on_cin_plan, on_cp_plan, unborn, referred_only, assessed_and_closed, died, in_care)


def census_xml(children: list[Child], year: str = str(YEAR), reference_date: str = REFERENCE_DATE) -> str:
    """The census of these children."""
    collection = f"<Collection>CIN</Collection><Year>{year}</Year><ReferenceDate>{reference_date}</ReferenceDate>"
    source = f"<SourceLevel>L</SourceLevel><LEA>{LA}</LEA><SoftwareCode>made up</SoftwareCode>"
    return (
        f"<Message><Header><CollectionDetails>{collection}</CollectionDetails><Source>{source}</Source></Header>"
        f"<Children>{''.join(map(_written_child, children))}</Children></Message>"
    )


def _written_child(child: Child) -> str:
    blocks = child.get("CINdetails", [])
    known = {name: value for name, value in child.items() if name not in (*_CHARACTERISTICS, "CINdetails")}
    character = {name: child[name] for name in _CHARACTERISTICS if name in child}
    return (
        f"<Child><ChildIdentifiers>{_written(known)}</ChildIdentifiers>"
        f"<ChildCharacteristics>{_written(character)}</ChildCharacteristics>"
        f"{_written({'CINdetails': blocks})}</Child>"
    )


def _written(said: Child) -> str:
    return "".join(_element(name, value) for name, value in said.items())


def _element(name: str, value: Any) -> str:
    if name in _LISTED:
        return f"<{name}>{''.join(_element(_LISTED[name], each) for each in value)}</{name}>"
    if isinstance(value, list):
        return "".join(f"<{name}>{_written(each)}</{name}>" for each in value)
    return f"<{name}>{escape(value)}</{name}>"
