"""Children drawn small: every field has a valid default, so that a case names only what matters.

Children, episodes and items nest as they do in a payload. `frames_of` lays them out as the engine wants them, numbering
the rows of each entity in the order in which they were drawn.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from quality.rules.model import BEFORE, IDENTITIES, PROVIDERS, RECORDS, SUBMISSION, schema_of_frame
from quality.schemas.entities import ALL_ENTITIES

TODAY = "2026-03-31"
YEAR_START = "2025-04-01"
_IN_EPISODE = "social_care_episode_id"


@dataclass(frozen=True)
class Drawn:
    """One row of an entity, with the rows drawn beneath it."""

    entity: str
    values: dict[str, Any]
    beneath: tuple["Drawn", ...] = field(default_factory=tuple)


def a_child(*beneath: Drawn, **values: Any) -> Drawn:
    """A child of ten with nothing known but what is drawn beneath."""
    default = {"date_of_birth": "2015-06-15", "sex": "F", "ethnicity": "WBRI", "uasc_flag": False}
    return Drawn("children", default | values, beneath)


def an_episode(*beneath: Drawn, **values: Any) -> Drawn:
    """An open episode after a referral by the police."""
    default = {
        "social_care_episode_id": "E1",
        "referral_date": "2025-05-01",
        "referral_source": "6",
        "referral_no_further_action_flag": False,
    }
    return Drawn("episodes", default | values, beneath)


def an_assessment(*factors: str, **values: Any) -> Drawn:
    """An assessment, open unless authorised, with these factors."""
    default = {"child_and_family_assessment_id": "A1", "start_date": "2025-05-02"}
    drawn = default | values
    of_it = {"child_and_family_assessment_id": drawn["child_and_family_assessment_id"]}
    return Drawn("assessments", drawn, tuple(Drawn("assessment_factors", of_it | {"factor": f}) for f in factors))


def _item(entity: str, **default: Any) -> Any:
    return lambda **values: Drawn(entity, default | values)


a_cin_plan = _item("cin_plans", child_in_need_plan_id="N1", start_date="2025-06-01")
an_enquiry = _item("s47_enquiries", section_47_assessment_id="S1", start_date="2025-05-12", icpc_required_flag=True)
a_cp_plan = _item("cp_plans", child_protection_plan_id="P1", start_date="2025-06-02")
a_placement = _item(
    "placements",
    child_looked_after_placement_id="L1",
    start_date="2025-07-01",
    start_reason="S",
    placement_type="U4",
)
an_adoption = _item("adoptions", initial_decision_date="2025-08-01")
a_placing_decision = _item(
    "adoptions", in_ad1=False, in_placed_adoption=True, placed_adoption_decision_date="2025-08-01"
)
the_adopters = _item(
    "adoptions",
    in_ad1=True,
    in_placed_adoption=False,
    ad1_decision_date="2025-08-01",
    matched_date="2025-09-01",
    foster_carer_adopter="0",
    adopter_number="2",
    adopter_sex="MF",
    adopter_legal_status="L11",
)
a_care_leaver = _item("care_leavers", contact_date="2026-02-01", activity="F2", accommodation="U")
a_worker = _item("care_workers", worker_id="SW1234567", start_date="2025-05-01", change_reason="PCCHAN")
an_sdq = _item("sdq_assessments", date="2025-11-01", score=12)
a_person = _item(IDENTITIES, la_child_id="C1", first_name="Ada", surname="Example", date_of_birth="2015-06-15")
a_submission = _item(SUBMISSION)
a_missing_episode = _item("missing_episodes", start_date="2025-09-01", end_date="2025-09-03", missing_type="M")
a_review = _item("reviews", review_date="2025-10-01", participation="PN1")
a_health_check = _item(
    "cla_health", immunisations="1", teeth_check="1", health_assessment="1", substance_misuse="0", convicted="0"
)
a_previous_permanence = _item("previous_permanence", permanence_option="Z1")
a_deprivation_of_liberty = _item("dolo", start_date="2025-09-01", end_date="2025-10-01")
a_cp_review = _item("cp_plan_reviews", child_protection_plan_id="P1", review_date="2025-09-01")
a_provider = _item(
    PROVIDERS, urn="1234567", la_code="204", provider_codes=["PR1"], placement_types=["K2"], postcode="AB12CD"
)
a_record = _item(RECORDS, batch_id="B1", has_child_details=True, is_purge_message=False)


def placed(start: str | None, end: str | None = None, **values: Any) -> Drawn:
    """A placement between these days, open without the second."""
    return a_placement(start_date=start, end_date=end, **values)


def a_disability(code: str | None) -> Drawn:
    """One disability code."""
    return Drawn("disabilities", {"disability_code": code})


def frames_of(
    *drawn: Drawn, as_of: str = TODAY, period_start: str | None = None, before: tuple[Drawn, ...] = ()
) -> dict[str, pl.DataFrame]:
    """The frames of these children; an episode or item drawn alone gets a child, and an episode, around it.

    before: the same children, in the same order, as the source had them a year before.
    """
    earlier = _frames_of(before, _a_year_before(as_of), period_start and _a_year_before(period_start))
    return _frames_of(drawn, as_of, period_start) | {BEFORE + name: frame for name, frame in earlier.items()}


def _a_year_before(day: str) -> str:
    return f"{int(day[:4]) - 1}{day[4:]}"


def _frames_of(drawn: tuple[Drawn, ...], as_of: str, period_start: str | None) -> dict[str, pl.DataFrame]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for subject, child in enumerate(_around(one) for one in drawn):
        base = {
            "subject": subject,
            "as_of": as_of,
            "period_start": period_start,
            "source_id": "204-d2i",
            "la_code": "204",
            "child_key": child.values.get("child_key", f"k{subject}"),
        }
        _lay_out(child, base, rows)
    return {entity: _frame(entity, of_it) for entity, of_it in rows.items()}


def _around(one: Drawn) -> Drawn:
    if one.entity in ("children", RECORDS, IDENTITIES, SUBMISSION, PROVIDERS):
        return one
    keyed = one.entity in ALL_ENTITIES and _IN_EPISODE in ALL_ENTITIES[one.entity].attributes
    return a_child(an_episode(one) if keyed and one.entity != "episodes" else one)


def _lay_out(one: Drawn, base: dict[str, Any], rows: dict[str, list[dict[str, Any]]]) -> None:
    known = schema_of_frame(one.entity)
    values = {name: value for name, value in (base | one.values).items() if name in known}
    of_it = rows.setdefault(one.entity, [])
    of_it.append(values | {"row": len(of_it)})
    inherited = {name: one.values[name] for name in (_IN_EPISODE,) if name in one.values}
    for below in one.beneath:
        _lay_out(below, base | inherited, rows)


def _frame(entity: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = schema_of_frame(entity)
    dated = {name for name, dtype in schema.items() if dtype == pl.Date()}
    typed = [{k: date.fromisoformat(v) if k in dated and v is not None else v for k, v in row.items()} for row in rows]
    return pl.DataFrame(typed, schema=schema)
