"""The findings tables of the warehouse: written by source and day, read as counts. No rule is judged here.

A finding says which rule, which child, and which row by its position; never what the row holds.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import polars as pl

from assets.warehouse.engine import Warehouse
from assets.warehouse.tables import FINDINGS, JUDGED_CHILDREN, RULE_OUTCOMES
from quality.rules.model import Judgement
from quality.schemas.entities import ALL_ENTITIES

Scope = Literal["record", "state", "return"]

FINDING_TABLE = "findings.finding"
OUTCOME_TABLE = "findings.rule_outcome"
JUDGED_TABLE = "findings.judged_child"

_OF_THE_DAYS = """
    exists (
        select 1 from judged_days as days
        where days.source_id = {table}.source_id and days.submission_day = {table}.submission_day
    )
"""


def ensure(warehouse: Warehouse) -> None:
    """Make the findings tables unless they are there."""
    warehouse.create(FINDING_TABLE, FINDINGS)
    warehouse.create(OUTCOME_TABLE, RULE_OUTCOMES)
    warehouse.create(JUDGED_TABLE, JUDGED_CHILDREN)


def clear_days(warehouse: Warehouse, scope: Scope) -> None:
    """Take away what was found before on the noted days (table judged_days)."""
    ensure(warehouse)
    for table in (FINDING_TABLE, OUTCOME_TABLE):
        warehouse.execute(f"delete from {table} where scope = ? and {_OF_THE_DAYS.format(table=table)}", (scope,))


def note_judged(warehouse: Warehouse, children: pl.DataFrame) -> None:
    """Put down who is judged on the noted days (source_id, child_key, as_of), in the place of who was before."""
    warehouse.execute(f"delete from {JUDGED_TABLE} where {_OF_THE_DAYS.format(table=JUDGED_TABLE)}")
    warehouse.insert(JUDGED_TABLE, children.select("source_id", "child_key", pl.col("as_of").alias("submission_day")))


def clear_source(warehouse: Warehouse, scope: Scope, source_id: str) -> None:
    """Take away everything found before in one source."""
    ensure(warehouse)
    for table in (FINDING_TABLE, OUTCOME_TABLE):
        warehouse.execute(f"delete from {table} where scope = ? and source_id = ?", (scope, source_id))


def add_findings(warehouse: Warehouse, findings: pl.DataFrame, scope: Scope, day: pl.Expr) -> int:
    """Append findings; day: the submission day they count for."""
    return warehouse.insert(FINDING_TABLE, _dated(findings, scope, day).select(list(FINDINGS)))


def add_outcomes(warehouse: Warehouse, outcomes: pl.DataFrame, scope: Scope, day: pl.Expr) -> int:
    """Append outcomes; day: the submission day they count for."""
    return warehouse.insert(OUTCOME_TABLE, _dated(outcomes, scope, day).select(list(RULE_OUTCOMES)))


def _dated(frame: pl.DataFrame, scope: Scope, day: pl.Expr) -> pl.DataFrame:
    return frame.with_columns(day.cast(pl.Date).alias("submission_day"), pl.lit(scope).alias("scope"))


def with_positions(judgement: Judgement, frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Findings whose `row` is the row's place among the child's rows of that entity, in the order of its key.

    The engine numbers rows of one run; that number would mean nothing in the next.
    """
    parts = []
    for (entity,), found in judgement.findings.group_by(["entity"], maintain_order=True):
        if entity in ALL_ENTITIES:
            found = found.drop("row").with_columns(_places(found, frames[str(entity)], ALL_ENTITIES[str(entity)].key))
        parts.append(found.select(judgement.findings.columns))
    return pl.concat(parts) if parts else judgement.findings


def _places(found: pl.DataFrame, frame: pl.DataFrame, key: tuple[str, ...]) -> pl.Series:
    children = frame.join(found.select("subject").unique(), on="subject", how="semi").sort("subject", *key, "row")
    places = children.select("row", pl.int_range(pl.len(), dtype=pl.UInt32).over("subject").alias("place"))
    return found.select("row").join(places, on="row", how="left", maintain_order="left")["place"].alias("row")


def findings_by_severity(warehouse: Warehouse, days: Sequence[date]) -> pl.DataFrame:
    """Findings of these submission days by severity and rule: severity, rule_id, scope, rows_failed, sources."""
    schema: dict[str, pl.DataType] = {name: pl.String() for name in ("severity", "rule_id", "scope")}
    schema |= {"rows_failed": pl.Int64(), "sources": pl.Int64()}
    if not days or not warehouse.exists(FINDING_TABLE):
        return pl.DataFrame(schema=schema)
    found = warehouse.query(
        "select severity, rule_id, scope, count(*) as rows_failed, count(distinct source_id) as sources"
        f" from {FINDING_TABLE} where submission_day in ({_marks(days)})"
        " group by severity, rule_id, scope order by severity, rule_id, scope",
        list(days),
    )
    return found.select(pl.col(name).cast(dtype) for name, dtype in schema.items())


def rules_that_could_not_run(warehouse: Warehouse, days: Sequence[date]) -> pl.DataFrame:
    """Rules that broke on these submission days: rule_id, scope, reason, sources."""
    schema: dict[str, pl.DataType] = {name: pl.String() for name in ("rule_id", "scope", "reason")}
    schema |= {"sources": pl.Int64()}
    if not days or not warehouse.exists(OUTCOME_TABLE):
        return pl.DataFrame(schema=schema)
    found = warehouse.query(
        "select rule_id, scope, reason, count(distinct source_id) as sources"
        f" from {OUTCOME_TABLE} where outcome = 'could_not_run' and submission_day in ({_marks(days)})"
        " group by rule_id, scope, reason order by rule_id, scope, reason",
        list(days),
    )
    return found.select(pl.col(name).cast(dtype) for name, dtype in schema.items())


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" for _ in values)
