"""What `csc validate payload` answers to made-up records, and what the engine does that also knows what was before."""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
from planted_places import LA, directory

from assets.records.chunks import frames_of_batches, judge
from assets.records.payload_model import MAX_RECORDS_PER_BATCH
from assets.validation.payloads import check_payload
from assets.validation.plain_ids import PlainIds
from quality.rules.places import with_places
from quality.rules.subjects import with_subjects

RECEIVED = date(2026, 3, 31)
_YESTERDAY = date(2026, 3, 30)


def said(folder: Path, records: Sequence[Any]) -> pl.DataFrame:
    """Answers on these records, in as many files as they need; `number` is a record's place among all of them."""
    for start in range(0, len(records), MAX_RECORDS_PER_BATCH):
        batch = records[start : start + MAX_RECORDS_PER_BATCH]
        (folder / f"{start:06}.json").write_text(json.dumps(batch), encoding="utf-8")
    return answers(folder)


def answers(folder: Path) -> pl.DataFrame:
    """Answers on the files of a folder, which are named by the number of their first record."""
    checked = check_payload([folder], LA, as_of=RECEIVED, postcodes=directory())
    first = pl.col("file").str.strip_suffix(".json").cast(pl.Int64)
    return checked.answers.with_columns((first + pl.col("record")).alias("number"))


@dataclass(frozen=True)
class _Batch:
    stream_id: str
    la_code: str
    submission_day: date
    received_at: datetime
    batch_id: str


def frames_beside_before(now: Sequence[Any], before: Sequence[Any]) -> dict[str, pl.DataFrame]:
    """Frames for the engine of records received today, and of those that were all that was known until then."""
    held = _frames(before, _YESTERDAY)
    return with_places(with_subjects(_frames(now, RECEIVED), RECEIVED, earlier=held), directory())


def _frames(records: Sequence[Any], day: date) -> Mapping[str, pl.DataFrame]:
    received_at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    batch = _Batch(f"{LA}-d2i", LA, day, received_at, str(uuid.uuid5(uuid.NAMESPACE_URL, str(day))))
    ids = PlainIds()
    return frames_of_batches([judge(batch, json.dumps(records).encode(), "full", ids)], ids).frames
