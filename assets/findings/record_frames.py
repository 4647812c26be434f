"""Child records as received, as frames for the rules: the log, the ids in their content, and what was set aside.

State after merging is the warehouse's business; judging is in judge.py.
"""

import polars as pl

from assets.warehouse.engine import Warehouse
from quality.rules.catalogue import Entry, catalogue
from quality.rules.faults import rules_on_reading
from quality.rules.model import FINDINGS, OUTCOMES, RECORDS, Judgement
from quality.schemas.entities import ENTITIES

_RECORDS = """
    select
        records.source_id, records.la_code, records.child_key, records.submission_day as as_of, records.batch_id,
        records.batch_index, records.content_hash, records.has_child_details, records.has_disabilities,
        records.has_sdq_assessments, records.is_purge_message,
        not exists (
            select 1 from history.children as held
            where held.source_id = records.source_id and held.child_key = records.child_key
                and held.known_from < records.received_at
        ) as is_first_of_child,
        exists (
            select 1 from control.purges_of_nothing as purges
            where purges.source_id = records.source_id and purges.batch_id = records.batch_id
                and purges.batch_index = records.batch_index and purges.received_at = records.received_at
        ) as purges_nothing,
        exists (
            select 1 from raw.purges as purges
            join history.children as held
                on held.child_key = purges.child_key and held.la_code = purges.la_code
                and held.source_type = 'timely' and held.source_id <> purges.source_id
                and held.known_from <= purges.received_at
                and (held.known_to is null or held.known_to > purges.received_at)
            where purges.level = 'child'
                and purges.source_id = records.source_id and purges.batch_id = records.batch_id
                and purges.batch_index = records.batch_index and purges.received_at = records.received_at
        ) as is_held_elsewhere,
        exists (
            select 1 from raw.care_workers as said
            join history.care_workers as held
                on held.source_id = said.source_id and held.child_key = said.child_key
                and held.social_care_episode_id = said.social_care_episode_id and held.worker_id = said.worker_id
            where records.payload_mode = 'delta' and said.start_date is null and said.end_date is not null
                and said.source_id = records.source_id and said.child_key = records.child_key
                and said.content_hash = records.content_hash
                and held.known_from < records.received_at
                and (held.known_to is null or held.known_to >= records.received_at)
            group by held.social_care_episode_id, held.worker_id
            having count(*) > 1
        ) as ends_unclear_spell
    from raw.records as records
    join judged_days as days
        on days.source_id = records.source_id and days.submission_day = records.submission_day
    order by records.source_id, records.submission_day, records.received_at, records.batch_id, records.batch_index
"""
_REJECTED = """
    select
        rejected.source_id, rejected.la_code, rejected.submission_day as as_of, rejected.batch_id,
        rejected.batch_index, rejected.rule_id, rejected.path
    from raw.rejected as rejected
    join judged_days as days
        on days.source_id = rejected.source_id and days.submission_day = rejected.submission_day
    order by rejected.source_id, rejected.submission_day, rejected.received_at, rejected.batch_id, rejected.batch_index
"""
_FAULTS = """
    select faults.source_id, faults.la_code, faults.child_key, faults.submission_day as as_of, faults.batch_index,
        faults.row_index, faults.entity, faults.field, faults.fault
    from raw.faults as faults
    join judged_days as days
        on days.source_id = faults.source_id and days.submission_day = faults.submission_day
    order by 1, 4, faults.batch_id, faults.batch_index, faults.entity, faults.row_index, faults.field
"""
_GROUP = ["source_id", "la_code", "as_of"]
_CONTENT = {name: pl.String() for name in ("source_id", "child_key", "content_hash")}


def frames_of_records(warehouse: Warehouse) -> dict[str, pl.DataFrame]:
    """The records of the noted days, and per entity the ids of the rows in their content; a subject is one record."""
    records = warehouse.query(_RECORDS).with_columns(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("subject"),
        pl.col("as_of").cast(pl.Date),
        pl.lit(None, dtype=pl.Date).alias("period_start"),
    )
    content = records.select(list(_CONTENT)).unique()
    warehouse.create_temporary("judged_content", dict(_CONTENT))
    warehouse.insert("judged_content", content)
    lineage = records.select("subject", "as_of", "period_start", "la_code", *_CONTENT)
    faults = warehouse.query(_FAULTS).with_columns(pl.col("as_of").cast(pl.Date))
    return {RECORDS: records, "faults": faults} | {entity: _ids(warehouse, entity, lineage) for entity in ENTITIES}


def _ids(warehouse: Warehouse, entity: str, lineage: pl.DataFrame) -> pl.DataFrame:
    ids = [name for name in ENTITIES[entity].key if name.endswith("_id")]
    columns = ", ".join(f"held.{name}" for name in (*_CONTENT, *ids))
    held = warehouse.query(
        f"select {columns} from raw.{entity} as held join judged_content as content"
        " on content.source_id = held.source_id and content.child_key = held.child_key"
        " and content.content_hash = held.content_hash"
    )
    rows = lineage.join(held, on=list(_CONTENT), how="inner").drop("content_hash")
    return rows.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"))


def positioned(judgement: Judgement, records: pl.DataFrame) -> pl.DataFrame:
    """Findings whose `row` is the record's position in its batch."""
    places = records.select("row", pl.col("batch_index").cast(pl.UInt32).alias("place"))
    found = judgement.findings.join(places, on="row", how="left", maintain_order="left")
    return found.with_columns(pl.col("place").alias("row")).select(list(FINDINGS))


def structure_verdicts(warehouse: Warehouse, records: pl.DataFrame) -> Judgement:
    """What reading the payload said: a finding per fault set aside, an outcome per structure rule of the payload."""
    rejected = warehouse.query(_REJECTED).with_columns(
        pl.col("as_of").cast(pl.Date), pl.coalesce("la_code", pl.col("source_id").str.head(3)).alias("la_code")
    )
    told_apart = {entry.rule_id for entry in rules_on_reading("payload")}
    entries = {
        entry.rule_id: entry
        for entry in catalogue().values()
        if entry.judged_by == "structure" and "payload" in entry.applies_to and entry.rule_id not in told_apart
    }
    checked = _received(records, rejected)
    return Judgement(_structure_findings(rejected, entries), _structure_outcomes(rejected, checked, entries))


def _received(records: pl.DataFrame, rejected: pl.DataFrame) -> pl.DataFrame:
    """Records received by source and day: those kept, and those set aside."""
    record = [*_GROUP, "batch_id", "batch_index"]
    every = pl.concat([records.select(record), rejected.select(record)], how="vertical_relaxed")
    return every.unique().group_by(_GROUP).agg(pl.len().cast(pl.Int64).alias("rows_checked"))


def _said(column: str, entries: dict[str, Entry], otherwise: str) -> pl.Expr:
    known = {rule_id: getattr(entry, column) for rule_id, entry in entries.items()}
    return pl.col("rule_id").replace_strict(known, default=otherwise, return_dtype=pl.String).alias(column)


def _structure_findings(rejected: pl.DataFrame, entries: dict[str, Entry]) -> pl.DataFrame:
    return rejected.select(
        "rule_id",
        _said("severity", entries, "reject"),
        _said("entity", entries, RECORDS),
        pl.col("batch_index").cast(pl.UInt32).alias("row"),
        pl.lit(None, dtype=pl.UInt32).alias("subject"),
        "source_id",
        "la_code",
        pl.lit(None, dtype=pl.String).alias("child_key"),
        "as_of",
        pl.col("path").alias("fields"),
    )


def _structure_outcomes(rejected: pl.DataFrame, checked: pl.DataFrame, entries: dict[str, Entry]) -> pl.DataFrame:
    """One row for each rule and each source and day, counting records; a rule not in the catalogue is counted too."""
    rules = pl.concat([pl.Series("rule_id", list(entries), dtype=pl.String), rejected["rule_id"]]).unique()
    failed = (
        rejected.select(*_GROUP, "rule_id", "batch_id", "batch_index")
        .unique()
        .group_by(*_GROUP, "rule_id")
        .agg(pl.len().cast(pl.Int64).alias("rows_failed"))
    )
    asked = checked.join(rules.to_frame(), how="cross")
    counted = asked.join(failed, on=[*_GROUP, "rule_id"], how="left").with_columns(pl.col("rows_failed").fill_null(0))
    return (
        counted.select(
            "rule_id",
            *_GROUP,
            _said("severity", entries, "reject"),
            _said("entity", entries, RECORDS),
            "rows_checked",
            "rows_failed",
            pl.when(pl.col("rows_failed") > 0).then(pl.lit("failed")).otherwise(pl.lit("passed")).alias("outcome"),
            pl.lit(None, dtype=pl.String).alias("reason"),
        )
        .select(list(OUTCOMES))
        .sort("rule_id", *_GROUP)
    )
