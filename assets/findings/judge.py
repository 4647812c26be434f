"""Judging what the warehouse holds: records as received, the merged state of children, and annual returns.

Each function replaces what it found before for the same sources and days, so that running it again changes nothing.
What is asked is in quality/rules; which days need it is in subjects.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from assets.findings import record_frames, store, subjects
from assets.warehouse.engine import Warehouse
from assets.warehouse.state import state_of_subjects
from quality.rules.engine import run
from quality.rules.model import PEERS, RECORDS, Judgement, Kind, Rule
from quality.rules.registry import all_rules, record_rules, state_rules
from quality.rules.tally import combined

# Subjects in memory at a time; 50,000 with everything known of them stay within about half a gigabyte.
CHUNK_SUBJECTS = 50_000
# Records in memory at a time, with the ids in their content.
CHUNK_RECORDS = 100_000

_UPNS = {"source_id": pl.String(), "as_of": pl.Date(), "unique_pupil_number": pl.String()}
_PEERS = """
    select distinct judged.source_id, judged.as_of, held.child_key, held.unique_pupil_number
    from judged_upns as judged
    join history.children as held
        on held.source_id = judged.source_id and held.unique_pupil_number = judged.unique_pupil_number
        and held.known_from <= judged.known_at and (held.known_to is null or held.known_to > judged.known_at)
"""
_RETURN_RECORDS = """
    select source_id, la_code, child_key, batch_id, batch_index, content_hash, has_child_details, has_disabilities,
        has_sdq_assessments, is_purge_message
    from raw.records where source_id = ? order by batch_index
"""


@dataclass(frozen=True)
class Judged:
    """How much was judged and found."""

    subjects: int = 0
    findings: int = 0
    outcomes: int = 0

    def __add__(self, other: "Judged") -> "Judged":
        return Judged(self.subjects + other.subjects, self.findings + other.findings, self.outcomes + other.outcomes)


def judge_state(warehouse: Warehouse, source_days: pl.DataFrame, chunk_subjects: int = CHUNK_SUBJECTS) -> Judged:
    """Judge the children whose content changed on these days (source_id, submission_day), as known at the day's end."""
    rules = _asked(state_rules(), "payload")
    with warehouse.transaction():
        subjects.note_days(warehouse, source_days)
        store.clear_days(warehouse, "state")
        children = subjects.changed_children(warehouse)
        found, outcomes = 0, []
        for chunk in subjects.in_chunks(children, chunk_subjects):
            frames = state_of_subjects(warehouse, chunk)
            judgement = run({**frames, PEERS: _peers(warehouse, frames["children"])}, "payload", rules)
            placed = store.with_positions(judgement, frames)
            found += store.add_findings(warehouse, placed, "state", pl.col("as_of"))
            outcomes.append(judgement.outcomes)
        # a source and day may lie in two chunks
        said = store.add_outcomes(warehouse, combined(outcomes), "state", pl.col("as_of")) if outcomes else 0
    return Judged(children.height, found, said)


def judge_records(warehouse: Warehouse, source_days: pl.DataFrame, chunk_records: int = CHUNK_RECORDS) -> Judged:
    """Judge the records received on these days (source_id, submission_day), and count those that were set aside."""
    total = Judged()
    rules = _asked(record_rules(), "payload")
    with warehouse.transaction():
        for days in list(subjects.days_in_chunks(warehouse, source_days, chunk_records)):
            subjects.note_days(warehouse, days)
            store.clear_days(warehouse, "record")
            frames = record_frames.frames_of_records(warehouse)
            judgement = run(frames, "payload", rules)
            verdicts = record_frames.structure_verdicts(warehouse, frames[RECORDS])
            findings = pl.concat([record_frames.positioned(judgement, frames[RECORDS]), verdicts.findings])
            outcomes = pl.concat([judgement.outcomes, verdicts.outcomes])
            total += Judged(
                frames[RECORDS].height,
                store.add_findings(warehouse, findings, "record", pl.col("as_of")),
                store.add_outcomes(warehouse, outcomes, "record", pl.col("as_of")),
            )
    return total


def judge_returns(warehouse: Warehouse, return_ids: Sequence[str]) -> Judged:
    """Judge whole returns, as of their reference date, together with the cells that could not be read."""
    total = Judged()
    for return_id in return_ids:
        total += _judge_return(warehouse, return_id)
    return total


def _judge_return(warehouse: Warehouse, return_id: str) -> Judged:
    known = warehouse.query("select * from raw.returns where return_id = ?", (return_id,))
    if known.height != 1:
        raise LookupError(f"return {return_id} is not loaded; load it before judging it")
    about = known.row(0, named=True)
    kind: Kind = about["kind"]
    records = warehouse.query(_RETURN_RECORDS, (return_id,))
    children = (
        records.select("source_id", "child_key")
        .unique(maintain_order=True)
        .select(
            pl.int_range(pl.len(), dtype=pl.UInt32).alias("subject"),
            "source_id",
            "child_key",
            pl.lit(about["reference_date"], dtype=pl.Date).alias("as_of"),
            pl.lit(about["period_start"], dtype=pl.Date).alias("period_start"),
            pl.lit(about["received_at"], dtype=pl.Datetime("us", "UTC")).alias("known_at"),
        )
    )
    frames = state_of_subjects(warehouse, children)
    given = frames | {
        RECORDS: record_frames.records_of_return(records, children),
        "faults": warehouse.query("select * from raw.faults where source_id = ?", (return_id,)),
    }
    judgement = run(given, kind, _asked(all_rules(), kind), about["year"])
    received = pl.lit(about["received_at"], dtype=pl.Datetime("us", "UTC"))
    day = subjects.london_day(received)
    with warehouse.transaction():
        store.clear_source(warehouse, "return", return_id)
        found = store.add_findings(warehouse, _placed_in_return(judgement, given), "return", day)
        said = store.add_outcomes(warehouse, judgement.outcomes, "return", day)
    return Judged(children.height, found, said)


def _placed_in_return(judgement: Judgement, frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """A fault knows its own row; every other finding gets the row's place among the child's rows."""
    unread = pl.col("subject").is_null()
    on_records = pl.col("entity") == RECORDS
    on_rows = Judgement(judgement.findings.filter(~unread & ~on_records))
    of_records = Judgement(judgement.findings.filter(~unread & on_records))
    return pl.concat(
        [
            store.with_positions(on_rows, frames),
            record_frames.positioned(of_records, frames[RECORDS]),
            judgement.findings.filter(unread),
        ]
    )


def _asked(rules: Sequence[Rule], kind: Kind) -> list[Rule]:
    """Without the rules that this kind of source is never asked, which would fill the table with rows saying so."""
    return [rule for rule in rules if kind in rule.sources]


def _peers(warehouse: Warehouse, children: pl.DataFrame) -> pl.DataFrame:
    """Every child of the same source that holds a UPN of the children being judged, at the same moment."""
    upns = children.select(list(_UPNS)).drop_nulls().unique()
    upns = upns.with_columns(subjects.end_of_day(pl.col("as_of")).alias("known_at"))
    warehouse.create_temporary("judged_upns", dict(upns.schema))
    warehouse.insert("judged_upns", upns)
    return warehouse.query(_PEERS).with_columns(pl.col("as_of").cast(pl.Date))
