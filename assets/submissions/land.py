"""From bytes received to a landed batch with receipts, or a refusal that says what to do. Every attempt is logged.

Only the envelope is looked at: a known stream, a JSON array, few enough children. Whether each child is a child record
is the verdict of the records stage; a caller that must refuse the whole batch for one bad record hands that verdict in.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assets.submissions.envelope import MAX_BYTES, MAX_RECORDS, Fault, Faulty, records_of
from assets.submissions.landed_batch import STREAM_ID, LandedBatch
from assets.submissions.landing import LandingStore
from assets.submissions.log import Attempt, SubmissionLog
from assets.submissions.moments import as_utc, submission_day
from assets.submissions.receipts import receipts
from assets.submissions.register import StreamRegister

OK, NO_CONTENT, BAD_REQUEST, FORBIDDEN = 200, 204, 400, 403

# Says of the raw records of a batch, by position, what makes them unfit to store; nothing when all are fit.
Verdict = Callable[[list[bytes]], list[Fault]]


@dataclass(frozen=True)
class Landed:
    """An accepted batch: where it is and one receipt a record. An empty batch is accepted and leaves nothing behind."""

    batch: LandedBatch | None
    receipts: list[str]
    http_status: int

    @property
    def duplicate(self) -> bool:
        """Whether the same body had been landed before; the receipts are those of that time."""
        return self.batch is not None and self.batch.duplicate


@dataclass(frozen=True)
class Refused:
    """A batch of which nothing was stored, and everything that is wrong with it."""

    faults: list[Fault]
    http_status: int

    @property
    def text(self) -> str:
        """The refusal for a person or a client program: one line a fault."""
        return "\n".join(str(fault) for fault in self.faults)


@dataclass(frozen=True)
class Unreadable:
    """A file that could not be read at all, so that nothing was received from it."""

    reason: str


@dataclass(frozen=True)
class Places:
    """Where batches go: who may send, where they are kept, where attempts are written down."""

    register: StreamRegister
    landing: LandingStore
    log: SubmissionLog
    kept_from: str | None = None  # first submission day that retention has left; earlier ones take nothing in


def land(
    body: bytes,
    stream_id: str,
    received_at: datetime,
    places: Places,
    *,
    max_bytes: int = MAX_BYTES,
    max_records: int = MAX_RECORDS,
    verdict: Verdict | None = None,
    as_it_comes: bool = False,
) -> Landed | Refused:
    """Land one body as received at that moment. The batch is safe on disk, and logged, before this returns.

    as_it_comes: the moment is now, so whatever the clock says it is the last of its stream (see LandingStore.store).

    A fault of the store or the log itself raises: then nobody has been given a receipt, and sending again is right.
    """
    records: list[bytes] | None = None
    try:
        _check_stream(places.register, stream_id, received_at)
        _check_retention(places.kept_from, stream_id, received_at)
        records = records_of(body, max_bytes=max_bytes, max_records=max_records)
        faults = verdict(records) if verdict else []
        if faults:
            raise Faulty(BAD_REQUEST, faults)
    except Faulty as refusal:
        count = refusal.records if records is None else len(records)
        places.log.record(_refused(stream_id, received_at, body, count, refusal))
        return Refused(refusal.faults, refusal.http_status)
    batch = places.landing.store(stream_id, received_at, body, as_it_comes=as_it_comes) if records else None
    places.log.record(_accepted(stream_id, received_at, body, len(records), batch))
    if batch is None:
        return Landed(None, [], NO_CONTENT)
    return Landed(batch, receipts(batch.batch_id, batch.received_at, len(records)), OK)


def land_files(
    paths: Iterable[Path],
    stream_id: str,
    places: Places,
    *,
    received_at: datetime | None = None,
    max_bytes: int = MAX_BYTES,
) -> Iterator[tuple[Path, Landed | Refused | Unreadable]]:
    """Land files one after another, each as a batch; what is wrong with one never stops the others.

    With received_at, each file counts as received a microsecond after the one before it: at one and the same moment
    the order of the files, which may speak of the same children, would be lost.
    """
    for index, path in enumerate(paths):
        moment = received_at + timedelta(microseconds=index) if received_at else datetime.now(UTC)
        try:
            body = path.read_bytes()
        except OSError as error:
            yield path, Unreadable(f"{path}: cannot be read ({error.strerror}); check the path and its permissions")
            continue
        yield path, land(body, stream_id, moment, places, max_bytes=max_bytes)


def _check_stream(register: StreamRegister, stream_id: str, received_at: datetime) -> None:
    form = STREAM_ID.fullmatch(stream_id)
    if form is None:
        raise Faulty(
            BAD_REQUEST, [Fault("CSC-004", "stream: expected <la_code>-<byo|d2i|cms>, for example 204-d2i; correct it")]
        )
    if register.la_codes is not None and form["la_code"] not in register.la_codes:
        raise Faulty(
            BAD_REQUEST,
            [Fault("CSC-004", f"stream {stream_id}: no current local authority has this code; correct the code")],
        )
    if stream_id not in register:
        message = f"stream {stream_id}: is not in the stream register; add it to streams.csv or correct the id"
        raise Faulty(FORBIDDEN, [Fault("CSC-005", message)])
    day = submission_day(received_at)
    if register.get(stream_id, day) is None:
        message = f"stream {stream_id}: is not open on {day} by the stream register; correct its dates in streams.csv"
        raise Faulty(FORBIDDEN, [Fault("CSC-005", message)])


def _check_retention(kept_from: str | None, stream_id: str, received_at: datetime) -> None:
    """What was landed on such a day is gone, and a batch beside it would take the place of what is known of it."""
    day = submission_day(received_at)
    if kept_from is not None and day.isoformat() < kept_from:
        message = (
            f"stream {stream_id}: submission day {day} is past the period of retention, and its files are removed; "
            f"give a received time of {kept_from} or later"
        )
        raise Faulty(FORBIDDEN, [Fault("CSC-005", message)])


def _accepted(stream_id: str, received_at: datetime, body: bytes, records: int, batch: LandedBatch | None) -> Attempt:
    return Attempt(
        received_at=as_utc(received_at),
        stream_id=stream_id,
        la_code=stream_id.partition("-")[0],
        outcome="accepted",
        http_status=OK if batch else NO_CONTENT,
        bytes=len(body),
        records=records,
        error_rules={} if batch else {"CSC-003": 1},
        batch_id=batch.batch_id if batch else None,
        duplicate=batch is not None and batch.duplicate,
    )


def _refused(stream_id: str, received_at: datetime, body: bytes, records: int | None, refusal: Faulty) -> Attempt:
    form = STREAM_ID.fullmatch(stream_id)  # anything may have been typed there, and only an id belongs in the log
    return Attempt(
        received_at=as_utc(received_at),
        stream_id=stream_id if form else None,
        la_code=form["la_code"] if form else None,
        outcome="refused",
        http_status=refusal.http_status,
        bytes=len(body),
        records=records,
        error_rules=Counter(fault.rule_id for fault in refusal.faults),
    )
