"""Batches of child records in JSON files, each record judged as if it were all that is known of its child."""

import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import orjson
import polars as pl

from assets.records.batch import split
from assets.records.chunks import Judged, frames_of_batches, judge, no_garbage_collection, rejected_frame
from assets.records.payload_model import MAX_RECORDS_PER_BATCH
from assets.validation.answers import SAID, answers, of_whole, with_wording
from assets.validation.payload_files import MOST_JUDGED, has_far_too_many, payload_files, what_it_is
from assets.validation.plain_ids import PlainIds
from quality.reference.postcodes import PostcodeDirectory
from quality.rules.catalogue import catalogue
from quality.rules.engine import run
from quality.rules.faults import rules_on_reading
from quality.rules.model import RECORDS
from quality.rules.places import with_places
from quality.rules.registry import rules_for
from quality.rules.subjects import with_subjects
from quality.schemas.logs import REJECTED

TOO_MANY, EMPTY = "CSC-002", "CSC-003"
# On the LA of a request and on its sender's credential: a file has neither.
_OF_REQUESTS = ("CSC-004", "CSC-005")
_UNKNOWN_LA = ""
_ALL_OF_IT = "full"
_INDEX = list(REJECTED).index("batch_index")
# A record that is refused may be no JSON at all, so its id is looked for in its text. One this long is none.
_ID = re.compile(rb'"la_child_id"\s*:\s*("(?:[^"\\]|\\.){1,100}")', re.DOTALL)


@dataclass(frozen=True)
class CheckedPayload:
    """The answers (columns TOLD), and how much was judged.

    refused: records that would be. unreadable: files in which no records could be judged.
    """

    answers: pl.DataFrame
    files: int
    records: int
    refused: int
    unreadable: int


@dataclass(frozen=True)
class _Batch:
    """One file, as the records stage wants a batch."""

    name: str
    stream_id: str
    la_code: str
    submission_day: date
    received_at: datetime
    batch_id: str


@dataclass(frozen=True)
class _Read:
    """One file as read. ids: the LA's own ids of the records that would be refused, by position, where they have one.

    judged: None for a file of so many records that none was judged.
    """

    batch: _Batch
    judged: Judged | None
    ids: dict[int, str]


def check_payload(
    paths: Sequence[Path],
    la_code: str | None = None,
    *,
    as_of: date,
    postcodes: PostcodeDirectory | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> CheckedPayload:
    """Judge every JSON file given or found under a folder given, as received on as_of. Raises PayloadError."""
    files = payload_files(paths)
    ids = PlainIds()
    read = []
    with no_garbage_collection():
        for number, file in enumerate(files, 1):
            progress(f"reading {file.name}" + (f" ({number:,} of {len(files):,})" if len(files) > 1 else ""))
            read.append(_read(_batch(file.name, la_code or _UNKNOWN_LA, as_of), file.read(), ids))
    progress("judging")
    judged = [each.judged for each in read if each.judged]
    refused = _refused(_rejected(read))
    names = {each.batch.batch_id: each.batch.name for each in read}
    on_records = _judged(frames_of_batches(judged, ids).frames, as_of, names, postcodes)
    silent = on_records.filter(~pl.col("rule_id").is_in(refused["rule_id"].implode()) | (pl.col("outcome") == "failed"))
    said = pl.concat([refused, _of_sizes(read), silent, _passed(refused)])
    return CheckedPayload(
        with_wording(said),
        files=len(files),
        records=sum(each.received for each in judged),
        refused=sum(each.set_aside for each in judged),
        unreadable=sum(each.judged is None or _is_no_list(each.judged) for each in read),
    )


def _batch(name: str, la_code: str, day: date) -> _Batch:
    received_at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return _Batch(name, f"{la_code}-file", la_code, day, received_at, str(uuid.uuid5(uuid.NAMESPACE_URL, name)))


def _read(batch: _Batch, body: bytes, pseudonyms: PlainIds) -> _Read:
    if has_far_too_many(body):
        return _Read(batch, None, {})
    judged = judge(batch, body, _ALL_OF_IT, pseudonyms)
    if _is_no_list(judged):
        known = what_it_is(body)
        judged.rejected = [(*fault[:-1], known or fault[-1]) for fault in judged.rejected]
        return _Read(batch, judged, {})
    places = {fault[_INDEX] for fault in judged.rejected}
    records = split(body) if places else []
    return _Read(batch, judged, {place: found for place in places if (found := _id_in(records[place]))})


def _is_no_list(judged: Judged) -> bool:
    """Whether the body was refused as a whole, for no records could be told apart in it."""
    return any(fault[_INDEX] is None for fault in judged.rejected)


def _id_in(record: bytes) -> str | None:
    """The LA's own id of the child in the text of a record."""
    found = _ID.search(record)
    try:
        return orjson.loads(found.group(1)) if found else None
    except orjson.JSONDecodeError:
        return None


def _rejected(read: Sequence[_Read]) -> pl.DataFrame:
    """One row a fault of the records that would be refused, with file and la_child_id."""
    rejected = rejected_frame([each.judged for each in read if each.judged])
    ids = [(each.batch.batch_id, place, found) for each in read for place, found in each.ids.items()]
    columns = {"batch_id": pl.String(), "batch_index": rejected.schema["batch_index"], "la_child_id": pl.String()}
    known = pl.DataFrame(ids, columns, orient="row")
    names = {each.batch.batch_id: each.batch.name for each in read}
    placed = rejected.join(known, on=["batch_id", "batch_index"], how="left", maintain_order="left")
    return placed.with_columns(_file_of_batch(names))


def _file_of_batch(names: dict[str, str]) -> pl.Expr:
    return pl.col("batch_id").replace_strict(names, default=None, return_dtype=pl.String).alias("file")


def _judged(
    frames: dict[str, pl.DataFrame], as_of: date, names: dict[str, str], postcodes: PostcodeDirectory | None
) -> pl.DataFrame:
    """Answers of the rules on the records that can be stored; a subject is one record."""
    if RECORDS not in frames:
        return pl.DataFrame(schema=SAID)
    of_record = frames[RECORDS].select("receipt_id", _file_of_batch(names))
    ready = with_places(with_subjects(frames, as_of, child="receipt_id"), postcodes)
    placed = {
        name: frame.with_columns(_file_of_batch(names))
        if name == "faults"
        else frame.join(of_record, on="receipt_id", how="left", maintain_order="left")
        for name, frame in ready.items()
    }
    return answers(run(placed, "payload", rules_for("payload")), placed, "payload")


def _refused(rejected: pl.DataFrame) -> pl.DataFrame:
    """Answers of the verdict on structure: each fault of the records that would be refused."""
    severities = {entry.rule_id: entry.severity for entry in catalogue().values()}
    where = pl.when(pl.col("path") != "").then(pl.format("{} {}", "path", "reason")).otherwise("reason")
    return of_whole(
        rejected.select(
            "rule_id",
            pl.col("rule_id").replace_strict(severities, default="reject", return_dtype=pl.String).alias("severity"),
            pl.lit("failed").alias("outcome"),
            pl.lit(RECORDS).alias("entity"),
            "la_child_id",
            pl.col("batch_index").alias("record"),
            pl.col("batch_index").alias("row"),
            pl.col("path").alias("fields"),
            "file",
            where.alias("reason"),
        )
    )


def _of_sizes(read: Sequence[_Read]) -> pl.DataFrame:
    """Answers on whole files: more records than a request may hold, or none at all."""
    odd = [(each.batch.name, *found) for each in read if (found := _odd_size(each.judged))]
    said = [
        (rule_id, catalogue()[rule_id].severity, "failed", "submission", "body", name, reason)
        for name, rule_id, reason in odd
    ]
    columns = ["rule_id", "severity", "outcome", "entity", "fields", "file", "reason"]
    return of_whole(pl.DataFrame(said, dict.fromkeys(columns, pl.String), orient="row"))


def _odd_size(judged: Judged | None) -> tuple[str, str] | None:
    if judged is None:
        return TOO_MANY, f"more than {MOST_JUDGED:,} in the file, so none of them was judged; split it into batches"
    if judged.received > MAX_RECORDS_PER_BATCH:
        return TOO_MANY, f"{judged.received:,} in the file; split it into batches"
    return None if judged.received or judged.rejected else (EMPTY, "the list in the file is empty")


def _passed(refused: pl.DataFrame) -> pl.DataFrame:
    """The rules on structure that no record breaks; those that are answered otherwise, or not, are not among them."""
    broken = {*_OF_REQUESTS, *refused["rule_id"], *(entry.rule_id for entry in rules_on_reading("payload"))}
    passed = [
        (entry.rule_id, entry.severity, "passed", entry.entity, ";".join(entry.fields))
        for entry in catalogue().values()
        if entry.judged_by == "structure" and "payload" in entry.applies_to and entry.rule_id not in broken
    ]
    columns = ["rule_id", "severity", "outcome", "entity", "fields"]
    return of_whole(pl.DataFrame(passed, dict.fromkeys(columns, pl.String), orient="row"))
