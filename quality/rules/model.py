"""What a rule is, and what comes out of judging: the shared vocabulary of the engine and of the rules' own files.

How rules are run is in engine.py; which exist and what they say is in the catalogue.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl

from quality.schemas.entities import ALL_ENTITIES, ENTITIES

Kind = Literal["payload", "cin", "ssda903"]
KINDS: tuple[Kind, ...] = ("payload", "cin", "ssda903")

Severity = Literal["reject", "error", "warning"]
Outcome = Literal["passed", "failed", "not_applicable", "could_not_run"]

# The child record as received, one row each; stands beside the entities when records are judged rather than state.
RECORDS = "records"

_CIN_ENTITIES = (
    *("children", "disabilities", "episodes", "assessments", "assessment_factors", "cin_plans"),
    *("s47_enquiries", "cp_plans", "cp_plan_reviews", "pre_proceedings"),
)
_SSDA903_ENTITIES = (
    *("children", "placements", "adoptions", "care_leavers", "sdq_assessments", "care_workers"),
    *("missing_episodes", "reviews", "cla_health", "previous_permanence", "dolo"),
)

# Which entities a source of each kind can hold at all.
HELD: dict[Kind, frozenset[str]] = {
    "payload": frozenset((*ENTITIES, RECORDS)),
    "cin": frozenset((*_CIN_ENTITIES, RECORDS)),
    "ssda903": frozenset((*_SSDA903_ENTITIES, RECORDS)),
}

# The other children of a source, held but not judged this time: source_id, as_of, child_key, unique_pupil_number.
PEERS = "peers"

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

Frames = Mapping[str, pl.LazyFrame]
# A rule on one row is an expression; a rule across rows or tables takes the frames and gives the `row`s that fail.
Logic = pl.Expr | Callable[[Frames], pl.LazyFrame]


@dataclass(frozen=True)
class Rule:
    """One rule: its catalogue entry and its logic.

    on: the entity whose rows it judges. An expression may also read `child.<attribute>` and `episode.<attribute>`.
    fails: true for a row that fails; null means that there was nothing to compare, so the row was not checked.
        A mapping by kind where payload, CIN and SSDA903 ask differently.
    when: rows that count as checked; left out, those on which an expression is not null, or every row.
    softened: failing rows that are only a warning in a payload.
    reads: further entities a function reads; if an SSDA903 return came without one, the rule is not applicable.
    """

    id: str
    on: str
    fails: Logic | Mapping[Kind, Logic]
    fields: tuple[str, ...]
    severity: Severity
    sources: frozenset[Kind]
    severity_return: Severity | None = None
    when: pl.Expr | None = None
    softened: pl.Expr | None = None
    reads: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None

    def __post_init__(self) -> None:
        if self.on not in ALL_ENTITIES and self.on != RECORDS:
            raise ValueError(f"rule {self.id}: {self.on!r} is not an entity")

    def logic_for(self, kind: Kind) -> Logic:
        """The condition asked of a source of this kind."""
        return self.fails[kind] if isinstance(self.fails, Mapping) else self.fails

    def severity_for(self, kind: Kind) -> Severity:
        """The weight of a finding in a source of this kind."""
        return self.severity_return or self.severity if kind != "payload" else self.severity

    def asked_of(self, kind: Kind, year: int | None) -> bool:
        """Whether the rule is asked of this kind of source, in this collection year where there is one."""
        if kind not in self.sources:
            return False
        started = year is None or self.first_year is None or year >= self.first_year
        ended = year is not None and self.last_year is not None and year > self.last_year
        return started and not ended


@dataclass(frozen=True)
class Judgement:
    """Findings, one row per rule and row that fails; outcomes, one row per rule, source and as_of."""

    findings: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FINDINGS))
    outcomes: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=OUTCOMES))


def schema_of_frame(entity: str) -> dict[str, Any]:
    """Columns a frame of this entity has in front of the engine: the subject's, then the attributes."""
    if entity == RECORDS:
        return SUBJECT | RECORD_ATTRIBUTES
    attributes = ALL_ENTITIES[entity].polars_schema
    return SUBJECT | {name: attributes[name] for name in ALL_ENTITIES[entity].attributes}
