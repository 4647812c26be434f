"""What a record costs from landed bytes to parquet, beside the least it could cost: parsing and validating the bytes.

Run with `python -m benchmarks.verdict_and_frames`. CPU time of this process and its threads, the least of three runs on
both sides, in memory but for the lake's files in a temporary folder. The reference is orjson and jsonschema-rs on the
same bytes and with Python's garbage collector off, as it is in the stage: the fastest plain way of doing only that.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID

import jsonschema_rs
import orjson

from assets.lake import Lake
from assets.records.chunks import no_garbage_collection
from assets.records.payload_model import record_schema
from assets.records.pseudonyms import Pseudonymiser
from assets.records.stage import Summary, Work, process
from benchmarks.varied_records import batches

# Ratios to the reference that the stage is to stay within.
AIMS = {"one_day_ratio_to_reference": 4.0}

_BACKFILL_PARTITIONS_PER_RECORD = 900 / 220_000
_REPEATS = 3


@dataclass(frozen=True)
class _Body:
    stream_id: str
    la_code: str
    submission_day: date
    received_at: datetime
    batch_id: str
    content: bytes


def run(records: int = 20_000) -> dict[str, float]:
    """Records a CPU second for the reference, one big day, the same with faults, and a backfill of small partitions.

    With faults, one record in each batch of a hundred is set aside, so that no batch can be proven good at once.
    """
    bodies = batches(records)
    spoilt = [body.replace(b'"sex": "', b'"sex": "not one letter ', 1) for body in bodies]
    partitions = max(1, round(records * _BACKFILL_PARTITIONS_PER_RECORD))
    reference = _least_cpu_seconds(lambda: _parse_and_validate(bodies))
    figures: dict[str, float] = {
        "records": records,
        "bytes_per_record": sum(map(len, bodies)) / records,
        "reference_records_per_cpu_second": records / reference,
    }
    for name, sent, days in (
        ("one_day", bodies, 1),
        ("one_day_with_faults", spoilt, 1),
        ("backfill", bodies, partitions),
    ):
        spent = _least_cpu_seconds(partial(_stage, sent, days))
        figures[f"{name}_records_per_cpu_second"] = records / spent
        figures[f"{name}_ratio_to_reference"] = spent / reference
    return figures | {"peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def _least_cpu_seconds(work: Callable[[], object]) -> float:
    return min(_cpu_seconds(work) for _ in range(_REPEATS))


def _cpu_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _parse_and_validate(bodies: list[bytes]) -> int:
    validator = jsonschema_rs.Draft4Validator(record_schema(), validate_formats=True)
    with no_garbage_collection():
        return sum(validator.is_valid(record) for body in bodies for record in orjson.loads(body))


def _stage(bodies: list[bytes], partitions: int) -> Summary:
    first = datetime(2026, 1, 1, 12, tzinfo=UTC)
    asked: dict[tuple[str, str], list[_Body]] = {}
    for index, content in enumerate(bodies):
        received = first + timedelta(days=index * partitions // len(bodies))
        body = _Body("204-d2i", "204", received.date(), received, str(UUID(int=index)), content)
        asked.setdefault((body.submission_day.isoformat(), body.stream_id), []).append(body)
    with tempfile.TemporaryDirectory() as folder:
        pseudonyms = Pseudonymiser(b"a key for measuring only, no secret")
        work: Work[_Body] = Work(lambda body: body.content, Lake(folder), lambda _stream, _day: "full", pseudonyms)
        summary = process(asked, work)
    summary.raise_failures()
    return summary


def main() -> None:
    """Print the figures as a small table."""
    figures = run(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
    for name, figure in figures.items():
        print(f"{name:36} {figure:12,.1f}")  # noqa: T201


if __name__ == "__main__":
    main()
