"""What a rule is, and what comes out of judging: the shared vocabulary of the engine and of the rules' own files.

How rules are run is in engine.py; which exist and what they say is in the catalogue.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

from quality.schemas.entities import ALL_ENTITIES, ENTITIES

Kind = Literal["payload", "cin", "ssda903"]
KINDS: tuple[Kind, ...] = ("payload", "cin", "ssda903")

Severity = Literal["reject", "error", "warning"]
# What weighs instead in a return: in either of them, or by kind; None where nothing does.
SeverityReturn = Severity | Mapping[Kind, Severity] | None
Outcome = Literal["passed", "failed", "not_applicable", "could_not_run"]

# The child record as received, one row each; stands beside the entities when records are judged rather than state.
RECORDS = "records"
# The person behind a record, with names and numbers as sent: known while a record is read, and to nothing after that.
IDENTITIES = "identities"
# What a source sent as a whole, one row for each source and as_of; subject and child_key are null.
SUBMISSION = "submission"
# The table that findings are placed on, where it is not the one judged.
REPORTED_AS = {IDENTITIES: "children"}

_CIN_ENTITIES = (
    *("children", "disabilities", "episodes", "assessments", "assessment_factors", "cin_plans"),
    *("s47_enquiries", "cp_plans", "cp_plan_reviews", "pre_proceedings"),
)
_SSDA903_ENTITIES = (
    *("children", "placements", "adoptions", "care_leavers", "sdq_assessments", "care_workers"),
    *("missing_episodes", "reviews", "cla_health", "previous_permanence", "dolo"),
)

# What a source said of its children before: the return of the year before, or the state when the day began.
BEFORE = "before."
# The providers that Ofsted registers: urn, la_code, provider_codes and placement_types (lists), postcode, deregistered.
PROVIDERS = "providers"


def before(entity: str) -> str:
    """The name of the frame that holds this entity as the source had it before."""
    return BEFORE + entity


# Which tables a source of each kind can hold at all.
HELD: dict[Kind, frozenset[str]] = {
    "payload": frozenset((*ENTITIES, RECORDS, IDENTITIES, SUBMISSION, *map(before, ENTITIES))),
    "cin": frozenset((*_CIN_ENTITIES, RECORDS, IDENTITIES, SUBMISSION)),
    "ssda903": frozenset(
        (*_SSDA903_ENTITIES, RECORDS, IDENTITIES, SUBMISSION, PROVIDERS, *map(before, _SSDA903_ENTITIES))
    ),
}

# The other children of a source, held but not judged this time: source_id, as_of, child_key, unique_pupil_number.
PEERS = "peers"

# Ids that children of the source other than those judged hold: source_id, as_of, table, own_id, child_key.
ID_PEERS = "id_peers"

# People of the LA who share names and date of birth with those judged: la_code, as_of, person_hash, child_key.
IDENTITY_PEERS = "identity_peers"

# Columns that every frame given to the engine carries beside its attributes.
SUBJECT: dict[str, Any] = {
    "subject": pl.UInt32(),  # one child of one source at one as_of
    "as_of": pl.Date(),
    "period_start": pl.Date(),  # null for the feed, which has no period
    "row": pl.UInt32(),  # unique within its frame
    "source_id": pl.String(),
    "la_code": pl.String(),
    "child_key": pl.String(),
}

RECORD_ATTRIBUTES: dict[str, Any] = {
    "batch_id": pl.String(),
    "content_hash": pl.String(),
    "has_child_details": pl.Boolean(),
    "has_disabilities": pl.Boolean(),
    "has_sdq_assessments": pl.Boolean(),
    "is_purge_message": pl.Boolean(),
    "is_first_of_child": pl.Boolean(),  # nothing was known of the child before it
    "purges_nothing": pl.Boolean(),  # a purge flag of it names something that was not held
    "is_held_elsewhere": pl.Boolean(),  # it purges the child, and another stream of the LA still holds it
    "ends_unclear_spell": pl.Boolean(),  # it ends a spell of a worker who has several, without saying which
}

IDENTITY_ATTRIBUTES: dict[str, Any] = {
    "la_child_id": pl.String(),
    "mis_child_id": pl.String(),
    "first_name": pl.String(),
    "surname": pl.String(),
    "date_of_birth": pl.Date(),
    "unique_pupil_number": pl.String(),
    "former_unique_pupil_number": pl.String(),
    "unique_pupil_number_unknown_reason": pl.String(),
    # of first name, surname and date of birth, without regard to case and spaces; null where one of them is not given
    "person_hash": pl.String(),
}

# Counts of a whole source, made from its frames where the stage that judges does not give them.
SUBMISSION_ATTRIBUTES: dict[str, Any] = {
    "children": pl.Int64(),
    "children_without_sex": pl.Int64(),
    "disability_codes": pl.Int64(),
    "most_disabilities_of_a_child": pl.Int64(),
    "protection_plans_started": pl.Int64(),
    "conferences_held": pl.Int64(),
    "children_held_before": pl.Int64(),  # when the day began
    "children_purged": pl.Int64(),  # in the day
}

_HOME: dict[str, Any] = {"home_found": pl.Boolean(), "home_ended": pl.Date(), "home_la": pl.String()}
# What postcodes tell, by entity: see places.py, which adds these columns. Null where nothing is known of a place.
PLACES: dict[str, dict[str, Any]] = {
    "children": _HOME,
    "placements": {
        "home_postcode_of_episode": pl.String(),
        **_HOME,
        "placement_found": pl.Boolean(),
        "placement_ended": pl.Date(),
        "placement_la": pl.String(),
        "placement_in_england": pl.Boolean(),
        "placement_is_in_la": pl.Boolean(),
        "distance_miles": pl.Float64(),
    },
}

# Attributes of a return whose cells may hold something that cannot be read, by entity: the frame then has the column
# `<attribute>_unread`, true where the attribute is null though its cell was not empty. See unread.py.
UNREAD: dict[str, tuple[str, ...]] = {
    "children": ("date_of_birth", "uasc_end_date", "is_mother", "mother_child_date_of_birth"),
    "placements": ("start_date", "end_date"),
    "adoptions": (
        *("ad1_decision_date", "matched_date"),
        *("placed_adoption_decision_date", "decision_reversed_date"),
    ),
    "care_leavers": ("accommodation",),
    "sdq_assessments": ("score",),
    "missing_episodes": ("start_date", "end_date"),
    "reviews": ("review_date",),
    "care_workers": ("start_date", "end_date"),
    "dolo": ("start_date", "end_date"),
}


def unread(attribute: str) -> str:
    """The column that says whether the attribute's cell held something that could not be read."""
    return f"{attribute}_unread"


PROVIDER_COLUMNS: dict[str, Any] = {
    "urn": pl.String(),
    "la_code": pl.String(),
    "provider_codes": pl.List(pl.String()),
    "placement_types": pl.List(pl.String()),
    "postcode": pl.String(),
    "deregistered": pl.Date(),
}

FINDINGS: dict[str, Any] = {
    "rule_id": pl.String(),
    "severity": pl.String(),
    "entity": pl.String(),
    "row": pl.UInt32(),
    "subject": pl.UInt32(),
    "source_id": pl.String(),
    "la_code": pl.String(),
    "child_key": pl.String(),
    "as_of": pl.Date(),
    "fields": pl.String(),
}

OUTCOMES: dict[str, Any] = {
    "rule_id": pl.String(),
    "source_id": pl.String(),
    "la_code": pl.String(),
    "as_of": pl.Date(),
    "severity": pl.String(),
    "entity": pl.String(),
    "rows_checked": pl.Int64(),
    "rows_failed": pl.Int64(),
    "outcome": pl.String(),
    "reason": pl.String(),
}

_BESIDE_ENTITIES: dict[str, dict[str, Any]] = {
    RECORDS: RECORD_ATTRIBUTES,
    IDENTITIES: IDENTITY_ATTRIBUTES,
    SUBMISSION: SUBMISSION_ATTRIBUTES,
}


class Frames(dict[str, pl.LazyFrame]):
    """Every table of a run as the start of a plan, by name; `beside` adds to one what surrounds its rows."""

    def __init__(self, tables: Mapping[str, pl.LazyFrame], beside: "Beside | None" = None) -> None:
        super().__init__(tables)
        self._beside = beside

    def beside(self, table: str, *names: str) -> pl.LazyFrame:
        """The table's rows with these columns of their surroundings, such as `child.date_of_birth` (see context.py)."""
        if self._beside is None:
            raise LookupError(f"nothing surrounds the rows of {table} here; a fact is made from plain tables")
        return self._beside(table, names)


Beside = Callable[[str, Iterable[str]], pl.LazyFrame]
# A rule on one row is an expression, which may read its surroundings (see context.py); one that needs more takes the
# frames and gives the `row`s that fail.
Logic = pl.Expr | Callable[[Frames], pl.LazyFrame]


def severity_in(kind: Kind, severity: Severity, severity_return: SeverityReturn) -> Severity:
    """The weight in a source of this kind, of the one for all and what a return weighs instead."""
    if kind == "payload" or severity_return is None:
        return severity
    return severity_return.get(kind, severity) if isinstance(severity_return, Mapping) else severity_return


def in_years(year: int | None, first: int | None, last: int | None) -> bool:
    """Whether a collection year is one of these; what has no collection year is in all of them."""
    return year is None or ((first is None or year >= first) and (last is None or year <= last))


@dataclass(frozen=True)
class Rule:
    """One rule: its catalogue entry and its logic.

    on: the table whose rows it judges. What an expression may read beside the row's own columns is in context.py.
    fails: true for a row that fails; null means that there was nothing to compare, so the row was not checked.
        A mapping by kind where payload, CIN and SSDA903 ask differently.
    when: rows that count as checked; left out, those on which an expression is not null, or every row.
    softened: failing rows that are only a warning in a payload.
    reads: further tables it needs; if an SSDA903 return came without one, the rule is not applicable. Those of the
        facts that an expression reads count without being named.
    """

    id: str
    on: str
    fails: Logic | Mapping[Kind, Logic]
    fields: tuple[str, ...]
    severity: Severity
    sources: frozenset[Kind]
    severity_return: SeverityReturn = None
    when: pl.Expr | None = None
    softened: pl.Expr | None = None
    reads: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None

    def __post_init__(self) -> None:
        if self.on not in ALL_ENTITIES and self.on not in _BESIDE_ENTITIES:
            raise ValueError(f"rule {self.id}: {self.on!r} is not an entity")

    def logic_for(self, kind: Kind) -> Logic:
        """The condition asked of a source of this kind."""
        return self.fails[kind] if isinstance(self.fails, Mapping) else self.fails

    def severity_for(self, kind: Kind) -> Severity:
        """The weight of a finding in a source of this kind."""
        return severity_in(kind, self.severity, self.severity_return)

    def asked_of(self, kind: Kind, year: int | None) -> bool:
        """Whether the rule is asked of this kind of source, in this collection year where there is one."""
        return kind in self.sources and in_years(year, self.first_year, self.last_year)


@dataclass(frozen=True)
class Judgement:
    """Findings, one row per rule and row that fails; outcomes, one row per rule, source and as_of."""

    findings: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FINDINGS))
    outcomes: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=OUTCOMES))


def schema_of_frame(table: str) -> dict[str, Any]:
    """Columns a table has in front of the engine: the subject's, then its attributes."""
    name = table.removeprefix(BEFORE)
    if name == PROVIDERS:
        return PROVIDER_COLUMNS
    if name in _BESIDE_ENTITIES:
        return SUBJECT | _BESIDE_ENTITIES[name]
    attributes = ALL_ENTITIES[name].polars_schema
    own = {column: attributes[column] for column in ALL_ENTITIES[name].attributes}
    return SUBJECT | own | PLACES.get(name, {}) | {unread(a): pl.Boolean() for a in UNREAD.get(name, ())}
