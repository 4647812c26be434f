"""What was wrong while a source was read, as findings: which rule each fault breaks.

Reading itself, and the verdict on payloads, belong to the stages that read.
"""

import polars as pl

from quality.rules.catalogue import Entry, catalogue
from quality.rules.model import FINDINGS, OUTCOMES, SUBMISSION, Judgement, Kind
from quality.rules.reading import identity_rules
from quality.rules.return_faults import (
    ENTITY_OF_TABLE,
    FOUND_IN_FRAMES,
    PARTLY_KNOWN_UNTIL,
    rule_of_return_fault,
    table_of_rule,
)
from quality.rules.return_header import IN_HEADER
from quality.rules.tables import GROUP, Tables
from quality.schemas.entities import ALL_ENTITIES

ANY_OTHER = "RET-000"
_IS_NO_DATE = "not_a_date"
_AS_BAD_AS = {"written_otherwise": (_IS_NO_DATE, "not_a_flag")}
_NOT_A_DATE = "is not a valid date"
_BY_FAULT = {
    ("sdq_assessments", "score", "not_a_number"): "CSC-133",
    ("children", "uasc_flag", "not_a_flag"): "CSC-134",
    ("children", "is_mother", "not_a_flag"): "903-165",
    ("sdq_assessments", "date", "repeated"): "CSC-357",
    ("care_workers", "start_date", "repeated"): "CSC-355",
    # an own id may be blank without breaking the payload's shape
    ("episodes", "social_care_episode_id", "blank"): "CSC-035",
    ("assessments", "child_and_family_assessment_id", "blank"): "CSC-038",
    ("cin_plans", "child_in_need_plan_id", "blank"): "CSC-041",
    ("s47_enquiries", "section_47_assessment_id", "blank"): "CSC-044",
    ("cp_plans", "child_protection_plan_id", "blank"): "CSC-047",
    ("placements", "child_looked_after_placement_id", "blank"): "CSC-050",
}
# What a reader calls a fault of the return as a whole.
_WHOLE_RETURN = "return"
# Whatever is wrong with them.
_BY_FIELD_OF_HEADER = {"reference_date": "CIN-100", "year": "CIN-100"}
# What these are does not depend on where they are.
_BY_KIND_OF_FAULT = {
    "blank": "CSC-114",
    "repeated": "CSC-053",
    "like_hex": "CSC-113",
    "delete_with_data": "CSC-361",
}


def rule_of_fault(kind: Kind, entity: str, field: str, fault: str, year: int | None = None) -> str:
    """The id of the rule that this fault breaks in a source of this kind, of those asked in this collection year."""
    if fault == "partly_known" and (entity != "care_workers" or year is None or year > PARTLY_KNOWN_UNTIL):
        fault = _IS_NO_DATE
    rule_id = _rule_of_fault(kind, entity, field, fault)
    for as_bad in _AS_BAD_AS.get(fault, ()):
        rule_id = _rule_of_fault(kind, entity, field, as_bad) if rule_id == ANY_OTHER else rule_id
    return rule_id if catalogue()[rule_id].asked_in(year) else ANY_OTHER


def _rule_of_fault(kind: Kind, entity: str, field: str, fault: str) -> str:
    if fault in catalogue():  # a rule that was asked while reading
        return fault
    named = _BY_FAULT.get((entity, field, fault))
    if named is None and kind != "payload":
        named = rule_of_return_fault(entity, field, fault)
    if named:
        return named
    if entity == _WHOLE_RETURN and kind == "cin":  # SSDA903 has no header
        return _BY_FIELD_OF_HEADER.get(field, ANY_OTHER)
    if fault == _IS_NO_DATE:
        for entry in _date_rules(kind):
            if entry.entity == entity and entry.fields == (field,):
                return entry.rule_id
    return _BY_KIND_OF_FAULT.get(fault, ANY_OTHER) if kind == "payload" else ANY_OTHER


def rules_on_reading(kind: Kind) -> list[Entry]:
    """The catalogue's rules that are answered while a source of this kind is read, faults saying where they fail."""
    asked = {rule.id for rule in identity_rules(kind)}
    if kind == "payload":
        asked |= {*_BY_KIND_OF_FAULT.values(), *(rule for (*_, fault), rule in _BY_FAULT.items() if fault == "blank")}
    else:
        asked |= {entry.rule_id for entry in catalogue().values() if entry.judged_by == "structure"}
    return [entry for entry in catalogue().values() if entry.rule_id in asked and kind in entry.applies_to]


def _date_rules(kind: Kind) -> list[Entry]:
    return [
        entry
        for entry in catalogue().values()
        if entry.category == "format" and entry.message.endswith(_NOT_A_DATE) and kind in entry.applies_to
    ]


def judged(faults: pl.DataFrame, tables: Tables, year: int | None = None) -> Judgement:
    """A finding for each fault, and an outcome for each rule that is answered on reading or that a fault breaks."""
    groups = tables.groups()
    place = [name for name in GROUP if name in faults.columns]  # a return is of one day; a feed's faults say of which
    found_there = pl.col("rule_id").is_in(FOUND_IN_FRAMES) & (pl.col("fault") != "written_otherwise")
    new = _with_rules(faults, tables.kind, year).filter(~found_there)
    located = new.join(groups, on=place, how="inner")
    severities = {entry.rule_id: entry.severity_for(tables.kind) for entry in catalogue().values()}
    findings = located.select(
        "rule_id",
        pl.col("rule_id").replace_strict(severities, return_dtype=pl.String).alias("severity"),
        pl.col("entity").replace(_WHOLE_RETURN, SUBMISSION),
        pl.col("row_index").cast(pl.UInt32).alias("row"),
        pl.lit(None, dtype=pl.UInt32).alias("subject"),
        *("source_id", "la_code", "child_key", "as_of"),
        pl.col("field").alias("fields"),
    )
    named = {entry.rule_id: entry for entry in rules_on_reading(tables.kind)}
    named |= {rule_id: catalogue()[rule_id] for rule_id in findings["rule_id"].unique()}
    asked = [entry for entry in named.values() if entry.asked_in(year)]
    return Judgement(findings.match_to_schema(FINDINGS), _outcomes(asked, findings, groups, tables))


def _with_rules(faults: pl.DataFrame, kind: Kind, year: int | None) -> pl.DataFrame:
    kinds_of_fault = faults.select("entity", "field", "fault").unique()
    rules = [rule_of_fault(kind, entity, field, fault, year) for entity, field, fault in kinds_of_fault.iter_rows()]
    return faults.join(
        kinds_of_fault.with_columns(pl.Series("rule_id", rules, dtype=pl.String)), on=["entity", "field", "fault"]
    )


def _outcomes(entries: list[Entry], findings: pl.DataFrame, groups: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """One row for each of these rules and each source and as_of."""
    header_came = tables.kind == "ssda903" and bool(tables.frames["children"].select(IN_HEADER.any()).item())
    asked = [(e.rule_id, e.severity_for(tables.kind), e.entity, _counts_every_row(e, tables.kind)) for e in entries]
    rules = pl.DataFrame(asked, ["rule_id", "severity", "entity", "every_row"], orient="row").with_columns(
        pl.Series("looked_at", [_looked_at(entry, header_came) for entry in entries], dtype=pl.String)
    )
    # a return is one row, however much is wrong with its header
    of_header = (pl.col("entity") == SUBMISSION).all()
    rows_failed = pl.when(of_header).then(1).otherwise(pl.len()).cast(pl.Int64).alias("rows_failed")
    failed = findings.group_by("rule_id", *GROUP).agg(rows_failed)
    rows = _rows(tables, set(rules["entity"])).rename({"entity": "looked_at"})
    counted = (
        rules.join(groups, how="cross")
        .join(rows, on=["looked_at", *GROUP], how="left")
        .join(failed, on=["rule_id", *GROUP], how="left", maintain_order="left")
        .with_columns(pl.col("rows_failed").fill_null(0))
        .with_columns(
            pl.when("every_row").then(pl.col("rows").fill_null(0)).otherwise("rows_failed").alias("rows_checked")
        )
    )
    outcome = (
        pl.when(pl.col("rows_failed") > 0)
        .then(pl.lit("failed"))
        .when(pl.col("rows_checked") > 0)
        .then(pl.lit("passed"))
        .otherwise(pl.lit("not_applicable"))
    )
    reason = pl.when(pl.col("rows_checked") == 0).then(pl.lit("no rows to check"))
    return counted.with_columns(outcome.alias("outcome"), reason.alias("reason")).select(list(OUTCOMES))


def _looked_at(entry: Entry, header_came: bool) -> str | None:
    """The entity whose rows were looked at; none where they were to be held against a table that did not come."""
    table = table_of_rule(entry.rule_id)
    if table is None:
        return entry.entity
    return ENTITY_OF_TABLE[table] if header_came else None


def _counts_every_row(entry: Entry, kind: Kind) -> bool:
    """Whether every row was looked at; where logic on frames counts the rest, only the faulty ones are added."""
    return entry.judged_by != "rule" or entry.rule_id in {rule.id for rule in identity_rules(kind)}


def _rows(tables: Tables, entities: set[str]) -> pl.DataFrame:
    """Rows by entity and group; of `any` entity, all together."""
    counted = [
        frame.group_by(GROUP).agg(pl.len().cast(pl.Int64).alias("rows")).with_columns(pl.lit(name).alias("entity"))
        for name, frame in tables.frames.items()
        if name in ALL_ENTITIES or name in entities
    ]
    rows = pl.concat(counted)
    every = rows.group_by(GROUP).agg(pl.col("rows").sum()).with_columns(pl.lit("any").alias("entity"))
    return pl.concat([rows, every.select(rows.columns)])
