"""Judging the feed: records as received, and the merged state of the children that a day changed.

Each function replaces what it found before for the same sources and days, so that running it again changes nothing.
What is asked is in quality/rules; which days need it is in subjects.py; annual returns are judged in judge_returns.py.
"""

import polars as pl

from assets.findings import record_frames, store, subjects, whole_feed
from assets.findings.judged import Judged
from assets.findings.peers import peers_of
from assets.warehouse.engine import Warehouse
from assets.warehouse.state import state_of_subjects
from quality.reference.postcodes import PostcodeDirectory
from quality.rules.engine import run
from quality.rules.logic.held_ids import OWN_IDS
from quality.rules.model import RECORDS, SUBMISSION, Judgement, before
from quality.rules.places import with_places
from quality.rules.registry import record_rules, state_rules
from quality.rules.tally import combined

# Subjects in memory at a time; 50,000 with everything known of them stay within about half a gigabyte.
CHUNK_SUBJECTS = 50_000
# Records in memory at a time, with the ids in their content.
CHUNK_RECORDS = 100_000
# What rules compare with the state when the day began.
_LOOKED_BACK_AT = ("children", *OWN_IDS)


def judge_state(
    warehouse: Warehouse,
    source_days: pl.DataFrame,
    postcodes: PostcodeDirectory | None = None,
    chunk_subjects: int = CHUNK_SUBJECTS,
) -> Judged:
    """Judge the children whose content changed on these days (source_id, submission_day), as known at the day's end."""
    rules = [rule for rule in state_rules() if rule.on != SUBMISSION]
    with warehouse.transaction():
        subjects.note_days(warehouse, source_days)
        store.clear_days(warehouse, "state")
        children = subjects.changed_children(warehouse)
        store.note_judged(warehouse, children)
        found, outcomes = _judge_streams(warehouse)
        for chunk in subjects.in_chunks(children, chunk_subjects):
            frames = _frames_of_state(warehouse, chunk, postcodes)
            judgement = run(frames, "payload", rules)
            placed = store.with_positions(judgement, frames)
            found += store.add_findings(warehouse, placed, "state", pl.col("as_of"))
            outcomes.append(judgement.outcomes)
        # a source and day may lie in two chunks
        said = store.add_outcomes(warehouse, _telling(combined(outcomes)), "state", pl.col("as_of"))
    return Judged(children.height, found, said)


def _judge_streams(warehouse: Warehouse) -> tuple[int, list[pl.DataFrame]]:
    """Judge each stream as a whole on each of the noted days: how much was found, and the outcomes."""
    rules = [rule for rule in state_rules() if rule.on == SUBMISSION]
    judgement = run({SUBMISSION: whole_feed.submissions(warehouse)}, "payload", rules)
    return store.add_findings(warehouse, judgement.findings, "state", pl.col("as_of")), [judgement.outcomes]


def _frames_of_state(
    warehouse: Warehouse, chunk: pl.DataFrame, postcodes: PostcodeDirectory | None
) -> dict[str, pl.DataFrame]:
    """What is known of these subjects, what was known when the day began, and others who share an id with them."""
    frames = state_of_subjects(warehouse, chunk)
    day_began = subjects.end_of_day(pl.col("as_of") - pl.duration(days=1))
    earlier = state_of_subjects(warehouse, chunk.with_columns(day_began.alias("known_at")), _LOOKED_BACK_AT)
    frames |= {before(name): frame for name, frame in earlier.items()}
    return with_places(frames, postcodes) | peers_of(warehouse, frames)


def judge_records(warehouse: Warehouse, source_days: pl.DataFrame, chunk_records: int = CHUNK_RECORDS) -> Judged:
    """Judge the records received on these days (source_id, submission_day), and count those that were set aside."""
    total = Judged()
    rules = record_rules()
    with warehouse.transaction():
        for days in list(subjects.days_in_chunks(warehouse, source_days, chunk_records)):
            subjects.note_days(warehouse, days)
            store.clear_days(warehouse, "record")
            frames = record_frames.frames_of_records(warehouse)
            judgement = run(frames, "payload", rules)
            verdicts = record_frames.structure_verdicts(warehouse, frames[RECORDS])
            findings = pl.concat([_placed(judgement, frames[RECORDS]), verdicts.findings])
            outcomes = _telling(combined([judgement.outcomes, verdicts.outcomes]))
            total += Judged(
                frames[RECORDS].height,
                store.add_findings(warehouse, findings, "record", pl.col("as_of")),
                store.add_outcomes(warehouse, outcomes, "record", pl.col("as_of")),
            )
    return total


def _telling(outcomes: pl.DataFrame) -> pl.DataFrame:
    """Without the rules that had no row to look at: each day touches few tables, and a row saying so is noise."""
    return outcomes.filter((pl.col("rows_checked") > 0) | (pl.col("outcome") == "could_not_run"))


def _placed(judgement: Judgement, records: pl.DataFrame) -> pl.DataFrame:
    """A finding on a record has the record's place in its batch; what was found on reading knows its own."""
    on_records = pl.col("subject").is_not_null()
    of_records = Judgement(judgement.findings.filter(on_records))
    return pl.concat([record_frames.positioned(of_records, records), judgement.findings.filter(~on_records)])
