"""The submission log on its default SQLite file: what goes in comes out, many processes may write, nothing personal."""

import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assets.submissions.log import ATTEMPT_FRAME, Attempt, SubmissionLog, log_url

MOMENT = datetime(2026, 3, 31, 23, 30, 0, 123456, tzinfo=UTC)

WRITER = """
import sys
from datetime import UTC, datetime
from assets.submissions.log import Attempt, SubmissionLog
log = SubmissionLog(sys.argv[1])
for n in range(25):
    log.record(Attempt(datetime(2026, 3, 31, tzinfo=UTC), "204-d2i", "204", "accepted", 200, n, 1))
"""


def an_attempt(received_at: datetime = MOMENT, **changes: object) -> Attempt:
    values = {"stream_id": "204-d2i", "la_code": "204", "outcome": "refused", "http_status": 400, "bytes": 9}
    return Attempt(received_at=received_at, **(values | {"records": None} | changes))


@pytest.fixture
def log(tmp_path: Path) -> SubmissionLog:
    return SubmissionLog(f"sqlite:///{tmp_path / 'submissions.db'}")


def test_an_attempt_is_read_back_as_it_was(log: SubmissionLog) -> None:
    log.record(an_attempt(error_rules={"CSC-007": 2, "CSC-001": 1}, attempt_id="an-id"))
    frame = log.attempts()
    assert dict(frame.schema) == ATTEMPT_FRAME
    assert frame.to_dicts() == [
        {
            "attempt_id": "an-id",
            "stream_id": "204-d2i",
            "la_code": "204",
            "received_at": MOMENT,
            "submission_day": date(2026, 4, 1),
            "batch_id": None,
            "outcome": "refused",
            "http_status": 400,
            "bytes": 9,
            "records": None,
            "error_rules": '{"CSC-001": 1, "CSC-007": 2}',
            "duplicate": False,
        }
    ]


def test_attempts_are_chosen_by_submission_day_both_ends_included(log: SubmissionLog) -> None:
    for days in (2, 0, 1):
        log.record(an_attempt(MOMENT + timedelta(days=days)))

    def days_of(*bounds: date | None) -> list[int]:
        return [day.day for day in log.attempts(*bounds).get_column("submission_day")]

    assert days_of() == [1, 2, 3]
    assert days_of(date(2026, 4, 2)) == [2, 3]
    assert days_of(date(2026, 4, 1), date(2026, 4, 2)) == [1, 2]
    assert days_of(None, date(2026, 4, 1)) == [1]
    assert days_of(date(2026, 5, 1)) == []


def test_an_empty_log_has_the_same_columns(log: SubmissionLog) -> None:
    assert dict(log.attempts().schema) == ATTEMPT_FRAME


def test_the_log_outlives_the_process_and_loses_nothing_to_other_writers(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'submissions.db'}"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, url]) for _ in range(4)]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0, 0]
    assert SubmissionLog(url).attempts().height == 100


def test_the_log_waits_for_nobody_to_be_read(tmp_path: Path) -> None:
    log = SubmissionLog(f"sqlite:///{tmp_path / 'submissions.db'}")
    log.record(an_attempt())
    with sqlite3.connect(tmp_path / "submissions.db") as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        other.execute("BEGIN IMMEDIATE")
        assert log.attempts().height == 1
    log.close()


def test_the_log_is_in_the_warehouse_only_when_that_is_postgres(tmp_path: Path) -> None:
    assert log_url("duckdb:///w.duckdb", tmp_path) == f"sqlite:///{tmp_path}/submissions.db"
    assert log_url("postgresql://host/csc", tmp_path) == "postgresql://host/csc"
