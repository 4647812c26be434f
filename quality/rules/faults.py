"""Cells of a return that could not be read, as findings: which rule each fault breaks.

Reading itself, and the verdict on payloads, belong to the stages that read.
"""

import polars as pl

from quality.rules.catalogue import Entry, catalogue
from quality.rules.model import FINDINGS, OUTCOMES, Judgement, Kind
from quality.rules.tables import GROUP, Tables
from quality.schemas.entities import ALL_ENTITIES

ANY_OTHER = "RET-000"
_NOT_A_DATE = "is not a valid date"
_BY_FAULT = {
    ("sdq_assessments", "score", "not_a_number"): "CSC-133",
    ("children", "uasc_flag", "not_a_flag"): "CSC-134",
}


def rule_of_fault(kind: Kind, entity: str, field: str, fault: str) -> str:
    """The id of the rule that this fault breaks in a return of this kind."""
    named = _BY_FAULT.get((entity, field, fault))
    if named:
        return named
    if fault == "not_a_date":
        for entry in _date_rules(kind):
            if entry.entity == entity and entry.fields == (field,):
                return entry.rule_id
    return ANY_OTHER


def _date_rules(kind: Kind) -> list[Entry]:
    return [
        entry
        for entry in catalogue().values()
        if entry.category == "format" and entry.message.endswith(_NOT_A_DATE) and kind in entry.applies_to
    ]


def judged(faults: pl.DataFrame, tables: Tables) -> Judgement:
    """A finding for each fault, and an outcome for each date rule of the kind and each other rule a fault breaks."""
    groups = tables.groups()
    located = _with_rules(faults, tables.kind).join(groups, on=["source_id", "la_code"], how="inner")
    severities = {entry.rule_id: entry.severity_for(tables.kind) for entry in catalogue().values()}
    findings = located.select(
        "rule_id",
        pl.col("rule_id").replace_strict(severities, return_dtype=pl.String).alias("severity"),
        "entity",
        pl.col("row_index").cast(pl.UInt32).alias("row"),
        pl.lit(None, dtype=pl.UInt32).alias("subject"),
        *("source_id", "la_code", "child_key", "as_of"),
        pl.col("field").alias("fields"),
    )
    named = {entry.rule_id: entry for entry in (*_date_rules(tables.kind), catalogue()[ANY_OTHER])}
    named |= {rule_id: catalogue()[rule_id] for rule_id in findings["rule_id"].unique()}
    outcomes = [_outcomes(entry, findings, groups, tables) for entry in named.values()]
    return Judgement(findings.match_to_schema(FINDINGS), pl.concat(outcomes))


def _with_rules(faults: pl.DataFrame, kind: Kind) -> pl.DataFrame:
    kinds_of_fault = faults.select("entity", "field", "fault").unique()
    rules = [rule_of_fault(kind, *row) for row in kinds_of_fault.iter_rows()]
    return faults.join(
        kinds_of_fault.with_columns(pl.Series("rule_id", rules, dtype=pl.String)), on=["entity", "field", "fault"]
    )


def _outcomes(entry: Entry, findings: pl.DataFrame, groups: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    failed = (
        findings.filter(pl.col("rule_id") == entry.rule_id)
        .group_by(GROUP)
        .agg(pl.len().cast(pl.Int64).alias("rows_failed"))
    )
    counted = (
        groups.join(_checked(entry, failed, tables), on=GROUP, how="left")
        .join(failed, on=GROUP, how="left")
        .with_columns(pl.col("rows_checked", "rows_failed").fill_null(0))
    )
    outcome = (
        pl.when(pl.col("rows_failed") > 0)
        .then(pl.lit("failed"))
        .when(pl.col("rows_checked") > 0)
        .then(pl.lit("passed"))
        .otherwise(pl.lit("not_applicable"))
    )
    return counted.select(
        pl.lit(entry.rule_id).alias("rule_id"),
        *GROUP,
        pl.lit(entry.severity_for(tables.kind)).alias("severity"),
        pl.lit(entry.entity).alias("entity"),
        *("rows_checked", "rows_failed"),
        outcome.alias("outcome"),
        pl.when(pl.col("rows_checked") == 0).then(pl.lit("no rows to check")).alias("reason"),
    ).select(list(OUTCOMES))


def _checked(entry: Entry, failed: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """Rows looked at: every row of the entity, but only the unread cells where the rule itself counts the rest."""
    if entry.judged_by == "rule":
        return failed.rename({"rows_failed": "rows_checked"})
    entities = [frame for name, frame in tables.frames.items() if name in ALL_ENTITIES]
    frames = entities if entry.entity == "any" else [tables.frames[entry.entity]]
    rows = pl.concat([frame.select(GROUP) for frame in frames])
    return rows.group_by(GROUP).agg(pl.len().cast(pl.Int64).alias("rows_checked"))
