"""Batches of child records in JSON files, each record judged as if it were all that is known of its child."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from assets.records.chunks import Judged, frames_of_batches, judge, no_garbage_collection, rejected_frame
from assets.records.payload_model import MAX_RECORDS_PER_BATCH
from assets.validation.answers import SAID, answers, of_whole, with_wording
from assets.validation.plain_ids import PlainIds
from quality.reference.postcodes import PostcodeDirectory
from quality.rules.catalogue import catalogue
from quality.rules.engine import run
from quality.rules.faults import rules_on_reading
from quality.rules.model import RECORDS
from quality.rules.places import with_places
from quality.rules.registry import rules_for
from quality.rules.subjects import with_subjects

# A batch of 100 children is about 0.3 MB; a text may be long, but not as long as this.
MAX_FILE_BYTES = 64 * 1024**2
TOO_MANY, EMPTY = "CSC-002", "CSC-003"
_UNKNOWN_LA = ""
_ALL_OF_IT = "full"


class PayloadError(ValueError):
    """Files that cannot be judged as a payload at all. Holds a reason and a file's name, nothing of its content."""


@dataclass(frozen=True)
class CheckedPayload:
    """The answers (columns ANSWERS), and how much was judged."""

    answers: pl.DataFrame
    files: int
    records: int
    refused: int


@dataclass(frozen=True)
class _Batch:
    """One file, as the records stage wants a batch."""

    name: str
    stream_id: str
    la_code: str
    submission_day: date
    received_at: datetime
    batch_id: str


def check_payload(
    paths: Sequence[Path],
    la_code: str | None = None,
    *,
    as_of: date,
    postcodes: PostcodeDirectory | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> CheckedPayload:
    """Judge every JSON file given or found under a folder given, as received on as_of. Raises PayloadError."""
    files = list(_files(paths))
    batches: list[tuple[_Batch, Judged]] = []
    ids = PlainIds()
    with no_garbage_collection():
        for path in files:
            progress(f"reading {path.name}")
            batch = _batch(path, la_code or _UNKNOWN_LA, as_of)
            batches.append((batch, judge(batch, _body(path), _ALL_OF_IT, ids)))
    progress("judging")
    judged = [each for _, each in batches]
    names = {batch.batch_id: batch.name for batch, _ in batches}
    rejected = rejected_frame(judged).with_columns(_file_of_batch(names))
    refused = _refused(rejected)
    on_records = _judged(frames_of_batches(judged, ids).frames, as_of, names, postcodes)
    silent = on_records.filter(~pl.col("rule_id").is_in(refused["rule_id"].implode()) | (pl.col("outcome") == "failed"))
    said = pl.concat([refused, _of_sizes(batches), silent, _passed(refused)])
    return CheckedPayload(
        with_wording(said), len(files), sum(each.received for each in judged), sum(each.set_aside for each in judged)
    )


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        found = sorted(path.rglob("*.json")) if path.is_dir() else [path]
        if not found:
            raise PayloadError(f"{path.name}: holds no .json file; give the files, or the folder they are in")
        yield from found


def _batch(path: Path, la_code: str, day: date) -> _Batch:
    received_at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return _Batch(
        path.name, f"{la_code}-file", la_code, day, received_at, str(uuid.uuid5(uuid.NAMESPACE_URL, str(path)))
    )


def _body(path: Path) -> bytes:
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise PayloadError(
            f"{path.name}: has {size // 1024**2} MB; a batch holds at most {MAX_RECORDS_PER_BATCH} children and a file "
            f"at most {MAX_FILE_BYTES // 1024**2} MB; split it into batches"
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise PayloadError(f"{path.name}: cannot be read ({error.strerror}); check the file") from None


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
        name: frame.join(of_record, on="receipt_id", how="left", maintain_order="left") if name != "faults" else frame
        for name, frame in ready.items()
    }
    return answers(run(placed, "payload", rules_for("payload")), placed)


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
            pl.col("batch_index").alias("record"),
            pl.col("batch_index").alias("row"),
            pl.col("path").alias("fields"),
            "file",
            where.alias("reason"),
        )
    )


def _of_sizes(batches: Sequence[tuple[_Batch, Judged]]) -> pl.DataFrame:
    """Answers on whole files: more records than a request may hold, or none at all."""
    odd = [(_size_rule(judged), batch.name, judged.received) for batch, judged in batches if _size_rule(judged)]
    said = [
        (
            rule_id,
            catalogue()[rule_id].severity,
            "failed",
            "submission",
            "body",
            name,
            f"{received} records in the file",
        )
        for rule_id, name, received in odd
    ]
    columns = ["rule_id", "severity", "outcome", "entity", "fields", "file", "reason"]
    return of_whole(pl.DataFrame(said, dict.fromkeys(columns, pl.String), orient="row"))


def _size_rule(judged: Judged) -> str:
    if judged.received > MAX_RECORDS_PER_BATCH:
        return TOO_MANY
    return EMPTY if not judged.received and not judged.rejected else ""


def _passed(refused: pl.DataFrame) -> pl.DataFrame:
    """The rules on structure that no record breaks; those that reading answers otherwise are not among them."""
    broken = {*refused["rule_id"], *(entry.rule_id for entry in rules_on_reading("payload"))}
    passed = [
        (entry.rule_id, entry.severity, "passed", entry.entity, ";".join(entry.fields))
        for entry in catalogue().values()
        if entry.judged_by == "structure" and "payload" in entry.applies_to and entry.rule_id not in broken
    ]
    columns = ["rule_id", "severity", "outcome", "entity", "fields"]
    return of_whole(pl.DataFrame(passed, dict.fromkeys(columns, pl.String), orient="row"))
