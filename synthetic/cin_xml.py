"""Writes the CIN census: one XML file an LA and year, children in order, episodes within them.

What it says is decided in returned.py.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from synthetic.returned import Tables
from synthetic.scenario import Authority, Scenario

_CONFERENCE_DUE = timedelta(days=21)  # 15 working days
_REVIEW_AFTER = timedelta(days=84)

Row = Mapping[str, Any]


def write_census(tables: Tables, authority: Authority, scenario: Scenario, path: Path) -> None:
    """Write the file, folder included."""
    path.parent.mkdir(parents=True, exist_ok=True)
    by_episode = {
        entity: _grouped(tables[entity], "episode")
        for entity in ("assessments", "cin_plans", "s47_enquiries", "cp_plans")
    }
    factors = _grouped(tables["assessment_factors"], "assessment")
    episodes = _grouped(tables["episodes"], "child")
    disabilities = _grouped(tables["disabilities"], "child")
    reference = scenario.year_end
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write(_header(authority, reference))
        for child in tables["children"].iter_rows(named=True):
            handle.write("<Child>")
            handle.write(_identifiers(child))
            codes = [row["disability_code"] for row in disabilities[child["child"]]]
            handle.write(_characteristics(child, codes))
            for episode in episodes[child["child"]]:
                parts = {entity: rows[episode["truth_row"]] for entity, rows in by_episode.items()}
                handle.write(_episode(episode, parts, factors, reference))
            handle.write("</Child>\n")
        handle.write("</Children></Message>\n")


def _grouped(frame: pl.DataFrame, key: str) -> dict[int, list[Row]]:
    groups: dict[int, list[Row]] = defaultdict(list)
    for row in frame.iter_rows(named=True):
        groups[row[key]].append(row)
    return groups


def _element(name: str, value: object) -> str:
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"<{name}>{text}</{name}>"


def _elements(row: Row, names: Iterable[tuple[str, str]]) -> str:
    return "".join(_element(name, row[column]) for name, column in names)


def _header(authority: Authority, reference: date) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<Message><Header><CollectionDetails><Collection>CIN</Collection>'
        f"<Year>{reference.year}</Year><ReferenceDate>{reference.isoformat()}</ReferenceDate></CollectionDetails>"
        f"<Source><SourceLevel>L</SourceLevel><LEA>{authority.code}</LEA><SoftwareCode>{authority.cms_supplier}"
        f"</SoftwareCode><Release>1</Release><SerialNo>001</SerialNo><DateTime>{reference.year}-07-15T10:00:00</DateTime>"
        "</Source></Header><Children>\n"
    )


def _identifiers(child: Row) -> str:
    names = (
        ("LAchildID", "la_child_id"),
        ("UPN", "unique_pupil_number"),
        ("FormerUPN", "former_unique_pupil_number"),
        ("UPNunknown", "unique_pupil_number_unknown_reason"),
        ("PersonBirthDate", "date_of_birth"),
        ("ExpectedPersonBirthDate", "expected_date_of_birth"),
        ("Sex", "sex"),
    )
    return f"<ChildIdentifiers>{_elements(child, names)}</ChildIdentifiers>"


def _characteristics(child: Row, codes: list[str]) -> str:
    disabilities = "".join(_element("Disability", code) for code in codes)
    ethnicity = _element("Ethnicity", child["ethnicity"])
    return f"<ChildCharacteristics>{ethnicity}<Disabilities>{disabilities}</Disabilities></ChildCharacteristics>"


def _episode(episode: Row, parts: dict[str, list[Row]], factors: dict[int, list[Row]], reference: date) -> str:
    own = _elements(
        episode,
        (
            ("CINreferralDate", "referral_date"),
            ("ReferralSource", "referral_source"),
            ("PrimaryNeedCode", "primary_need"),
            ("CINclosureDate", "closure_date"),
            ("ReasonForClosure", "closure_reason"),
        ),
    )
    nested = (
        "".join(_assessment(row, factors[row["truth_row"]]) for row in parts["assessments"])
        + "".join(_plan(row) for row in parts["cin_plans"])
        + "".join(_enquiry(row) for row in parts["s47_enquiries"])
        + _element("ReferralNFA", int(episode["referral_no_further_action_flag"]))
        + "".join(_protection(row, reference) for row in parts["cp_plans"])
    )
    return f"<CINdetails>{own}{nested}</CINdetails>"


def _assessment(row: Row, factors: list[Row]) -> str:
    found = "".join(_element("AssessmentFactors", factor["factor"]) for factor in factors)
    own = _elements(
        row, (("AssessmentActualStartDate", "start_date"), ("AssessmentAuthorisationDate", "authorisation_date"))
    )
    held = f"<FactorsIdentifiedAtAssessment>{found}</FactorsIdentifiedAtAssessment>" if found else ""
    return f"<Assessments>{own}{held}</Assessments>"


def _plan(row: Row) -> str:
    own = _elements(row, (("CINPlanStartDate", "start_date"), ("CINPlanEndDate", "end_date")))
    return f"<CINPlanDates>{own}</CINPlanDates>"


def _enquiry(row: Row) -> str:
    target = row["start_date"] + _CONFERENCE_DUE
    needed = row["icpc_required_flag"]
    return (
        f"<Section47>{_element('S47ActualStartDate', row['start_date'])}{_element('InitialCPCtarget', target)}"
        f"{_element('DateOfInitialCPC', row['icpc_date'])}"
        f"{_element('ICPCnotRequired', None if needed is None else not needed)}</Section47>"
    )


def _protection(row: Row, reference: date) -> str:
    last = row["end_date"] or reference
    reviews = []
    review = row["start_date"] + _REVIEW_AFTER
    while review < last:
        if review > reference.replace(year=reference.year - 1):
            reviews.append(_element("CPPreviewDate", review))
        review += 2 * _REVIEW_AFTER
    held = f"<Reviews>{''.join(reviews)}</Reviews>" if reviews else ""
    own = _elements(
        row,
        (
            ("CPPstartDate", "start_date"),
            ("CPPendDate", "end_date"),
            ("InitialCategoryOfAbuse", "category_of_abuse"),
            ("LatestCategoryOfAbuse", "category_of_abuse"),
            ("NumberOfPreviousCPP", "number_of_previous_plans"),
        ),
    )
    return f"<ChildProtectionPlans>{own}{held}</ChildProtectionPlans>"
