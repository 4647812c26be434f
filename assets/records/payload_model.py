"""The feed's payload as typed structs: one child record and all that it may hold.

Only shape belongs here: names, types, lengths, what must be there. What the structure verdict adds (duplicate keys,
text that is no text) is in structure.py; whether a value is a plausible one is a matter for the rules.
The shape is the one DfE published as version 1.0.1; absent is UNSET, and null is never allowed.
"""

from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

SCHEMA_VERSION = "1.0.1"
MAX_RECORDS_PER_BATCH = 100

_UNIQUE = {"uniqueItems": True}

ChildId = Annotated[str, Meta(pattern="^[A-Za-z0-9]+$", max_length=20)]
ItemId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]*$", max_length=36)]
WorkerId = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]*$", max_length=12)]
# The published shape allows a year 0000, which no calendar and no database has.
Day = Annotated[date, Meta(extra_json_schema={"pattern": "^0*[1-9]"})]
PupilNumber = Annotated[str, Meta(min_length=13, max_length=13)]
Postcode = Annotated[str, Meta(max_length=8)]
Code1 = Annotated[str, Meta(max_length=1)]
Code2 = Annotated[str, Meta(max_length=2)]
Code3 = Annotated[str, Meta(max_length=3)]
Code4 = Annotated[str, Meta(max_length=4)]
Code6 = Annotated[str, Meta(max_length=6)]
DisabilityCodes = Annotated[list[Code4], Meta(max_length=12, extra_json_schema=_UNIQUE)]
FactorCodes = Annotated[list[Code3], Meta(max_length=41, extra_json_schema=_UNIQUE)]


class Shape(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """What every object of the payload has in common: nothing that is not named in it may be there."""


class SdqAssessment(Shape):
    """One strengths and difficulties questionnaire."""

    date: Day | UnsetType = UNSET
    score: int | UnsetType = UNSET


class HealthAndWellbeing(Shape):
    """Questionnaires of one child."""

    sdq_assessments: list[SdqAssessment] | UnsetType = UNSET
    purge: bool | UnsetType = UNSET


class ChildDetails(Shape):
    """Who the child is."""

    unique_pupil_number: PupilNumber | UnsetType = UNSET
    former_unique_pupil_number: PupilNumber | UnsetType = UNSET
    unique_pupil_number_unknown_reason: Code4 | UnsetType = UNSET
    first_name: str | UnsetType = UNSET
    surname: str | UnsetType = UNSET
    date_of_birth: Day | UnsetType = UNSET
    expected_date_of_birth: Day | UnsetType = UNSET
    sex: Code1 | UnsetType = UNSET
    ethnicity: Code4 | UnsetType = UNSET
    disabilities: DisabilityCodes | UnsetType = UNSET
    postcode: Postcode | UnsetType = UNSET
    uasc_flag: bool | UnsetType = UNSET
    uasc_end_date: Day | UnsetType = UNSET
    purge: bool | UnsetType = UNSET


class CareWorker(Shape):
    """One spell of one worker on an episode; the payload gives it no id of its own."""

    worker_id: WorkerId | UnsetType = UNSET
    start_date: Day | UnsetType = UNSET
    end_date: Day | UnsetType = UNSET


class Assessment(Shape):
    """One child and family assessment with the factors found at its end."""

    child_and_family_assessment_id: ItemId
    start_date: Day | UnsetType = UNSET
    authorisation_date: Day | UnsetType = UNSET
    factors: FactorCodes | UnsetType = UNSET
    purge: bool | UnsetType = UNSET


class CinPlan(Shape):
    """One child in need plan."""

    child_in_need_plan_id: ItemId
    start_date: Day | UnsetType = UNSET
    end_date: Day | UnsetType = UNSET
    purge: bool | UnsetType = UNSET


class Section47(Shape):
    """One section 47 enquiry and the conference that may follow it."""

    section_47_assessment_id: ItemId
    start_date: Day | UnsetType = UNSET
    icpc_required_flag: bool | UnsetType = UNSET
    icpc_date: Day | UnsetType = UNSET
    end_date: Day | UnsetType = UNSET
    purge: bool | UnsetType = UNSET


class ProtectionPlan(Shape):
    """One child protection plan."""

    child_protection_plan_id: ItemId
    start_date: Day | UnsetType = UNSET
    end_date: Day | UnsetType = UNSET
    purge: bool | UnsetType = UNSET


class Placement(Shape):
    """One placement of a looked after child."""

    child_looked_after_placement_id: ItemId
    start_date: Day | UnsetType = UNSET
    start_reason: Code1 | UnsetType = UNSET
    placement_type: Code3 | UnsetType = UNSET
    postcode: Postcode | UnsetType = UNSET
    end_date: Day | UnsetType = UNSET
    end_reason: Code3 | UnsetType = UNSET
    change_reason: Code6 | UnsetType = UNSET
    purge: bool | UnsetType = UNSET


class Adoption(Shape):
    """The dates of an adoption decision, once an episode."""

    initial_decision_date: Day | UnsetType = UNSET
    matched_date: Day | UnsetType = UNSET
    placed_date: Day | UnsetType = UNSET
    purge: bool | UnsetType = UNSET


class CareLeaver(Shape):
    """The latest contact with a care leaver, once an episode."""

    contact_date: Day | UnsetType = UNSET
    activity: Code2 | UnsetType = UNSET
    accommodation: Code1 | UnsetType = UNSET
    purge: bool | UnsetType = UNSET


class Episode(Shape):
    """One social care episode, from referral to closure, with everything inside it."""

    social_care_episode_id: ItemId
    referral_date: Day | UnsetType = UNSET
    referral_source: Code2 | UnsetType = UNSET
    referral_no_further_action_flag: bool | UnsetType = UNSET
    closure_date: Day | UnsetType = UNSET
    closure_reason: Code3 | UnsetType = UNSET
    care_worker_details: list[CareWorker] | UnsetType = UNSET
    child_and_family_assessments: list[Assessment] | UnsetType = UNSET
    child_in_need_plans: list[CinPlan] | UnsetType = UNSET
    section_47_assessments: list[Section47] | UnsetType = UNSET
    child_protection_plans: list[ProtectionPlan] | UnsetType = UNSET
    child_looked_after_placements: list[Placement] | UnsetType = UNSET
    adoption: Adoption | UnsetType = UNSET
    care_leavers: CareLeaver | UnsetType = UNSET
    purge: bool | UnsetType = UNSET


class ChildRecord(Shape):
    """One child of a batch."""

    la_child_id: ChildId
    mis_child_id: ItemId | UnsetType = UNSET
    child_details: ChildDetails | UnsetType = UNSET
    health_and_wellbeing: HealthAndWellbeing | UnsetType = UNSET
    social_care_episodes: list[Episode] | UnsetType = UNSET
    purge: bool | UnsetType = UNSET


def record_schema() -> dict[str, Any]:
    """The JSON Schema of one child record, made from the structs above."""
    return msgspec.json.schema(ChildRecord)
