"""The canonical tables: one shape for a feed record and for a return row.

The only place where an entity's columns, types and keys are written down. Frames, lake files, warehouse tables and
pandera schemas are all made from it. Attribute names are those of the mapping between payload, CIN census and SSDA903.
Reading of files does not belong here, and neither does any rule about what a value may be.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import polars as pl

from quality.schemas.logs import LINEAGE, LOGS

Kind = Literal["text", "date", "flag", "number"]

POLARS_TYPES: dict[Kind, pl.DataType] = {
    "text": pl.String(),
    "date": pl.Date(),
    "flag": pl.Boolean(),
    "number": pl.Int32(),
}


@dataclass(frozen=True)
class Column:
    """One attribute of an entity: its name, its kind, and whether only a return can hold it."""

    name: str
    kind: Kind = "text"
    return_only: bool = False


@dataclass(frozen=True)
class Entity:
    """One canonical table.

    key: the entity's own columns that identify a row within one child of one source.
    columns: every attribute, the key columns included, in table order.
    purgeable: whether the payload has a purge flag at this level.
    return_only: whether the feed can hold it at all.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    purgeable: bool = False
    return_only: bool = False

    @property
    def attributes(self) -> tuple[str, ...]:
        """Names of every column in table order, key columns first."""
        return tuple(column.name for column in self.columns)

    @property
    def polars_schema(self) -> dict[str, pl.DataType]:
        """Lineage columns, then attributes, then `purge`: the exact schema of a frame of this entity."""
        attributes = {column.name: POLARS_TYPES[column.kind] for column in self.columns}
        return LINEAGE | attributes | {"purge": pl.Boolean()}


def _text(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


def _dates(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "date") for name in names)


def _from_return(*names: str, kind: Kind = "text") -> tuple[Column, ...]:
    return tuple(Column(name, kind, return_only=True) for name in names)


def _item(own_id: str, *columns: Column) -> tuple[Column, ...]:
    return _text("social_care_episode_id", own_id) + columns


# SSDA903 repeats the date of birth in most tables: kept where it is not the child's, for rules go by their own table
_STATED_BIRTH = Column("stated_date_of_birth", "date", return_only=True)

_FEED_ENTITIES = (
    Entity(
        "children",
        (),
        (
            *_text("unique_pupil_number", "former_unique_pupil_number", "unique_pupil_number_unknown_reason"),
            *_dates("date_of_birth", "expected_date_of_birth"),
            *_text("sex", "ethnicity", "home_postcode"),
            Column("uasc_flag", "flag"),
            Column("uasc_end_date", "date"),
            *_from_return("date_of_death", kind="date"),
            *_from_return("is_mother", kind="flag"),
            *_from_return("mother_child_date_of_birth", kind="date"),
            # as the table of asylum seekers has it, where that is not the child's
            *_from_return("uasc_date_of_birth", kind="date"),
        ),
        purgeable=True,
    ),
    Entity("disabilities", ("disability_code",), _text("disability_code")),
    Entity(
        "sdq_assessments",
        ("date",),
        (Column("date", "date"), Column("score", "number"), *_from_return("no_score_reason"), _STATED_BIRTH),
    ),
    Entity(
        "episodes",
        ("social_care_episode_id",),
        (
            Column("social_care_episode_id"),
            Column("referral_date", "date"),
            Column("referral_source"),
            Column("referral_no_further_action_flag", "flag"),
            Column("closure_date", "date"),
            Column("closure_reason"),
            *_from_return("primary_need"),
            *_from_return("icpc_date_episode_level", kind="date"),
        ),
        purgeable=True,
    ),
    Entity(
        "care_workers",
        ("social_care_episode_id", "worker_id", "start_date"),
        (*_item("worker_id", *_dates("start_date", "end_date")), *_from_return("change_reason")),
    ),
    Entity(
        "assessments",
        ("social_care_episode_id", "child_and_family_assessment_id"),
        (
            *_item("child_and_family_assessment_id", *_dates("start_date", "authorisation_date")),
            *_from_return("internal_review_date", kind="date"),
            Column("has_factors", "flag"),  # the list was sent, even if empty
        ),
        purgeable=True,
    ),
    Entity(
        "assessment_factors",
        ("social_care_episode_id", "child_and_family_assessment_id", "factor"),
        _item("child_and_family_assessment_id", Column("factor")),
    ),
    Entity(
        "cin_plans",
        ("social_care_episode_id", "child_in_need_plan_id"),
        _item("child_in_need_plan_id", *_dates("start_date", "end_date")),
        purgeable=True,
    ),
    Entity(
        "s47_enquiries",
        ("social_care_episode_id", "section_47_assessment_id"),
        (
            *_item("section_47_assessment_id", *_dates("start_date", "end_date")),
            Column("icpc_required_flag", "flag"),
            Column("icpc_date", "date"),
            *_from_return("icpc_target_date", kind="date"),
        ),
        purgeable=True,
    ),
    Entity(
        "cp_plans",
        ("social_care_episode_id", "child_protection_plan_id"),
        (
            *_item("child_protection_plan_id", *_dates("start_date", "end_date")),
            *_from_return("initial_category_of_abuse", "latest_category_of_abuse"),
            *_from_return("number_of_previous_plans", kind="number"),
        ),
        purgeable=True,
    ),
    Entity(
        "placements",
        ("social_care_episode_id", "child_looked_after_placement_id"),
        (
            *_item("child_looked_after_placement_id", Column("start_date", "date")),
            *_text("start_reason", "placement_type", "placement_postcode"),
            Column("end_date", "date"),
            *_text("end_reason", "change_reason"),
            # home_postcode: SSDA903 holds one an episode, the feed one a child
            *_from_return("legal_status", "placement_provider", "urn", "primary_need", "home_postcode"),
        ),
        purgeable=True,
    ),
    Entity(
        "adoptions",
        ("social_care_episode_id",),
        (
            Column("social_care_episode_id"),
            *_dates("initial_decision_date", "matched_date", "placed_date"),
            # SSDA903 gives the decision in two tables, AD1 and PlacedAdoption: which of them said what
            *_from_return("ad1_decision_date", "placed_adoption_decision_date", kind="date"),
            *_from_return("in_ad1", "in_placed_adoption", kind="flag"),
            *_from_return("decision_reversed_date", kind="date"),
            *_from_return(
                "decision_reversed_reason",
                "foster_carer_adopter",
                "adopter_number",
                "adopter_sex",
                "adopter_legal_status",
            ),
            _STATED_BIRTH,
        ),
        purgeable=True,
    ),
    Entity(
        "care_leavers",
        ("social_care_episode_id",),
        (
            Column("social_care_episode_id"),
            Column("contact_date", "date"),
            *_text("activity", "accommodation"),
            *_from_return("accommodation_suitable", "in_touch"),
            _STATED_BIRTH,
        ),
        purgeable=True,
    ),
)

_RETURN_ENTITIES = (
    Entity(
        "cp_plan_reviews",
        ("social_care_episode_id", "child_protection_plan_id", "review_date"),
        _item("child_protection_plan_id", Column("review_date", "date")),
        return_only=True,
    ),
    Entity(
        "missing_episodes",
        ("start_date", "missing_type"),
        (*_dates("start_date", "end_date"), Column("missing_type"), _STATED_BIRTH),
        return_only=True,
    ),
    Entity(
        "reviews",
        ("review_date",),
        (Column("review_date", "date"), Column("participation"), _STATED_BIRTH),
        return_only=True,
    ),
    Entity(
        "cla_health",
        (),
        (
            *_text(
                "convicted",
                "health_check",
                "immunisations",
                "teeth_check",
                "health_assessment",
                "substance_misuse",
                "intervention_received",
                "intervention_offered",
            ),
            _STATED_BIRTH,
        ),
        return_only=True,
    ),
    # permanence_date stays text: SSDA903 allows ZZ for a day or month that is not known
    Entity(
        "previous_permanence",
        (),
        _text("permanence_option", "permanence_la", "permanence_date"),
        return_only=True,
    ),
    Entity("dolo", ("start_date",), (*_dates("start_date", "end_date"), _STATED_BIRTH), return_only=True),
    Entity(
        "pre_proceedings",
        ("social_care_episode_id", "start_date"),
        (
            Column("social_care_episode_id"),
            *_dates("start_date", "letter_sent_date", "initial_meeting_date", "court_application_date"),
            *_dates("step_decision_date", "initial_care_letter_date"),
            *_text("family_group_meeting_offered", "family_group_meeting_held", "outcome"),
            Column("review_meetings", "number"),
        ),
        return_only=True,
    ),
)

ENTITIES: dict[str, Entity] = {entity.name: entity for entity in _FEED_ENTITIES}
RETURN_ENTITIES: dict[str, Entity] = {entity.name: entity for entity in _RETURN_ENTITIES}
ALL_ENTITIES: dict[str, Entity] = ENTITIES | RETURN_ENTITIES


def schema_of(table: str) -> dict[str, pl.DataType]:
    """The polars schema of any lake table by name. Raises KeyError, naming the table, for one that does not exist."""
    if table in LOGS:
        return LOGS[table]
    if table in ALL_ENTITIES:
        return ALL_ENTITIES[table].polars_schema
    raise KeyError(f"no lake table is called {table!r}; known: {sorted([*LOGS, *ALL_ENTITIES])}")


def empty(table: str) -> pl.DataFrame:
    """A frame of no rows with the exact schema of that lake table."""
    return pl.DataFrame(schema=schema_of(table))


def date_columns(tables: Iterable[str] | None = None) -> dict[str, tuple[str, ...]]:
    """Entity name to its date columns, a repeated date of birth aside, for the entities named (default all)."""
    names = ALL_ENTITIES if tables is None else tables
    dates = {name: [c.name for c in ALL_ENTITIES[name].columns if c.kind == "date"] for name in names}
    return {name: tuple(c for c in columns if c != _STATED_BIRTH.name) for name, columns in dates.items()}
