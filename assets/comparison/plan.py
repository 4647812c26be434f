"""What is compared with what: for each kind of return its entities, and for each entity its natural key and fields.

Definitions only. Cutting frames to scope, matching and counting are in the files beside this one.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from quality.schemas.entities import ENTITIES

ReturnKind = Literal["cin", "ssda903"]


@dataclass(frozen=True)
class Subject:
    """How rows of one entity are placed in time and recognised within a child.

    start, ends: the dates between which a row counts; ends are tried in order, none means open.
    by: what must be equal beside the child. date: the part of the key that may be near instead of equal.
    """

    entity: str
    start: str | None = None
    ends: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    date: str | None = None


# Items hang off different parents in feed and return, so the key never holds the episode.
SUBJECTS: dict[str, Subject] = {
    subject.entity: subject
    for subject in (
        Subject("children"),
        Subject("disabilities", by=("disability_code",)),
        Subject("episodes", "referral_date", ("closure_date",), date="referral_date"),
        Subject("assessments", "start_date", ("authorisation_date",), date="start_date"),
        Subject("assessment_factors", by=("factor",)),
        Subject("cin_plans", "start_date", ("end_date",), date="start_date"),
        Subject("s47_enquiries", "start_date", ("icpc_date", "start_date"), date="start_date"),
        Subject("cp_plans", "start_date", ("end_date",), date="start_date"),
        Subject("placements", "start_date", ("end_date",), date="start_date"),
        Subject("adoptions"),
        Subject("care_leavers"),
        Subject("sdq_assessments"),
        Subject("care_workers", "start_date", ("end_date",), by=("worker_id",), date="start_date"),
    )
}

COMPARED: dict[ReturnKind, tuple[str, ...]] = {
    "cin": (
        "children",
        "disabilities",
        "episodes",
        "assessments",
        "assessment_factors",
        "cin_plans",
        "s47_enquiries",
        "cp_plans",
    ),
    "ssda903": ("children", "placements", "adoptions", "care_leavers", "sdq_assessments", "care_workers"),
}

# A child is in scope through its rows of these.
CHILD_THROUGH: dict[ReturnKind, tuple[str, ...]] = {
    "cin": ("episodes",),
    "ssda903": ("placements", "adoptions", "care_leavers"),
}

ADOPTION_DATES = ("initial_decision_date", "matched_date", "placed_date")

# Feed attributes for which the return has no item at all, so that there is nothing to agree with.
_NOT_COLLECTED: dict[ReturnKind, dict[str, tuple[str, ...]]] = {
    "cin": {
        "children": ("home_postcode", "uasc_flag", "uasc_end_date"),
        "s47_enquiries": ("end_date",),
    },
    "ssda903": {
        "children": ("former_unique_pupil_number", "expected_date_of_birth", "home_postcode"),
        "care_leavers": ("contact_date",),
        "sdq_assessments": ("date",),
    },
}
_NOT_DATA = ("has_factors",)  # says that a list was sent, not what the LA holds


def compared_fields(kind: ReturnKind, entity: str) -> tuple[str, ...]:
    """Attributes that feed and return can both hold, without ids and without what is equal by the match itself."""
    absent = _NOT_COLLECTED[kind].get(entity, ()) + _NOT_DATA + SUBJECTS[entity].by
    return tuple(
        column.name
        for column in ENTITIES[entity].columns
        if not column.return_only and not column.name.endswith("_id") and column.name not in absent
    )


@dataclass(frozen=True)
class Period:
    """The year of a return, from 1 April to the reference date, 31 March of `year`."""

    year: int

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year - 1, 4, 1)

    @property
    def end(self) -> date:
        """The reference date."""
        return date(self.year, 3, 31)
