"""The submission log: one row per attempt, accepted or refused. It feeds the burden measures and the QA pages.

A row holds sizes, codes and ids of ours. What was sent, and who it is about, has no place here.
"""

import errno
import json
import os
import shutil
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import polars as pl
import sqlalchemy as sa

from assets.locks import locked
from assets.submissions.moments import as_utc, submission_day

Outcome = Literal["accepted", "refused"]

ATTEMPT_FRAME: dict[str, pl.DataType] = {
    "attempt_id": pl.String(),
    "stream_id": pl.String(),
    "la_code": pl.String(),
    "received_at": pl.Datetime("us", "UTC"),
    "submission_day": pl.Date(),
    "batch_id": pl.String(),
    "outcome": pl.String(),
    "http_status": pl.Int32(),
    "bytes": pl.Int64(),
    "records": pl.Int32(),
    "error_rules": pl.String(),
    "duplicate": pl.Boolean(),
}

_SCHEMA_ON_POSTGRES = "control"
_WRITER_WAIT_SECONDS = 60
_ROOM_ENOUGH = 1024**2  # bytes: with more than this free, what SQLite complains of is something else
# Any number will do, as long as nothing else on that server locks the same one: "csc" and "log" as bytes.
_POSTGRES_LOCK = 0x6373636C6F67


class _Utc(sa.types.TypeDecorator[datetime]):
    """A UTC moment. SQLite keeps no time zone, so it is taken off on the way in and put back on the way out."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return as_utc(value).replace(tzinfo=None) if dialect.name == "sqlite" else as_utc(value)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


_METADATA = sa.MetaData()
_ATTEMPTS = sa.Table(
    "submission_attempt",
    _METADATA,
    sa.Column("attempt_id", sa.String(36), primary_key=True),
    sa.Column("stream_id", sa.String(16)),
    sa.Column("la_code", sa.String(3)),
    sa.Column("received_at", _Utc(), nullable=False),
    sa.Column("submission_day", sa.Date(), nullable=False, index=True),
    sa.Column("batch_id", sa.String(36)),
    sa.Column("outcome", sa.String(16), nullable=False),
    sa.Column("http_status", sa.Integer(), nullable=False),
    sa.Column("bytes", sa.BigInteger(), nullable=False),
    sa.Column("records", sa.Integer()),
    sa.Column("error_rules", sa.Text(), nullable=False),
    sa.Column("duplicate", sa.Boolean(), nullable=False),
)


@dataclass(frozen=True)
class Attempt:
    """One request or file: what came of it, in numbers and codes.

    stream_id, la_code: null when what was given as the stream is not a stream id. records: null when they could not
    be counted. error_rules: rule id to how often it failed.
    """

    received_at: datetime
    stream_id: str | None
    la_code: str | None
    outcome: Outcome
    http_status: int
    bytes: int
    records: int | None
    error_rules: Mapping[str, int] = field(default_factory=dict)
    batch_id: str | None = None
    duplicate: bool = False
    attempt_id: str = field(default_factory=lambda: str(uuid4()))


class SubmissionLog:
    """The log in a SQLite file, or in the warehouse's Postgres. Many processes may write at once on either."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        path = Path(str(self._engine.url.database))
        self._lock = path.with_name(f".{path.name}.lock") if self._engine.dialect.name == "sqlite" else None
        self._prepare()

    def record(self, attempt: Attempt) -> None:
        """Add one attempt; when this returns it is on disk."""
        self.record_all([attempt])

    def record_all(self, attempts: Sequence[Attempt]) -> None:
        """Add attempts, all or none; when this returns they are on disk."""
        rows = [
            vars(attempt)
            | {
                "submission_day": submission_day(attempt.received_at),
                "error_rules": json.dumps(dict(attempt.error_rules), sort_keys=True),
            }
            for attempt in attempts
        ]
        with self._full_disk_said(), self._turn(), self._engine.begin() as connection:
            connection.execute(_ATTEMPTS.insert(), rows)

    def attempts(self, from_day: date | None = None, to_day: date | None = None) -> pl.DataFrame:
        """Attempts of those submission days, both included, in the order received; error_rules is a JSON object."""
        query = sa.select(*(_ATTEMPTS.c[name] for name in ATTEMPT_FRAME))
        if from_day is not None:
            query = query.where(_ATTEMPTS.c.submission_day >= from_day)
        if to_day is not None:
            query = query.where(_ATTEMPTS.c.submission_day <= to_day)
        with self._engine.connect() as connection:
            found = connection.execute(query.order_by(_ATTEMPTS.c.received_at, _ATTEMPTS.c.attempt_id)).all()
        return pl.DataFrame([tuple(row) for row in found], schema=ATTEMPT_FRAME, orient="row")

    def probe(self) -> None:
        """Raise where the log cannot be reached; nothing is read of it."""
        with self._engine.connect() as connection:
            connection.execute(sa.select(_ATTEMPTS.c.attempt_id).limit(1))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _turn(self) -> AbstractContextManager[None]:
        """SQLite lets one write at a time, and has the others sleep and look again; a lock wakes the next at once."""
        return nullcontext() if self._lock is None else locked(self._lock)

    @contextmanager
    def _full_disk_said(self) -> Iterator[None]:
        """SQLite says of a full disk now that it is full, now that it cannot be written to: OSError, as of any file."""
        try:
            yield
        except sa.exc.OperationalError:
            path = str(self._engine.url.database)
            if self._engine.dialect.name != "sqlite" or shutil.disk_usage(Path(path).parent).free > _ROOM_ENOUGH:
                raise
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path) from None

    def _prepare(self) -> None:
        if self._lock is not None:
            # Two processes that both turn a new file to WAL get "database is locked" at once, without any waiting.
            with self._full_disk_said(), self._turn(), self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")
                _METADATA.create_all(connection)
                connection.commit()
            return
        with self._engine.begin() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_POSTGRES_LOCK)))
            connection.execute(sa.schema.CreateSchema(_SCHEMA_ON_POSTGRES, if_not_exists=True))
            _METADATA.create_all(connection)


def log_url(warehouse_url: str, home: Path) -> str:
    """Where the log belongs: in the warehouse when that is Postgres, else in a file of its own under home."""
    if warehouse_url.startswith("postgresql"):
        return warehouse_url
    return f"sqlite:///{home.absolute() / 'submissions.db'}"


def _engine(url: str) -> sa.Engine:
    if url.startswith("sqlite:"):
        engine = sa.create_engine(url, connect_args={"timeout": _WRITER_WAIT_SECONDS})
        sa.event.listen(engine, "connect", _as_durable)
        _leave_at_fork(engine)
        return engine
    # a bare postgresql:// would mean psycopg 3, and only psycopg2 is what Dagster's storage uses
    address = url.replace("postgresql://", "postgresql+psycopg2://", 1)
    return sa.create_engine(address, pool_pre_ping=True).execution_options(
        schema_translate_map={None: _SCHEMA_ON_POSTGRES}
    )


def _leave_at_fork(engine: sa.Engine) -> None:
    """A connection carried over a fork would corrupt the file: a child process leaves its parent's alone."""
    known = weakref.ref(engine)

    def leave() -> None:
        if (inherited := known()) is not None:
            inherited.dispose(close=False)

    os.register_at_fork(after_in_child=leave)


def _as_durable(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=FULL")
