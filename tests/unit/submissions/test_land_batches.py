"""Landing a body or a file: accepted with receipts, or refused; logged either way; and no content in any message."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assets.submissions.envelope import Fault
from assets.submissions.land import Landed, Places, Refused, Unreadable, land, land_files
from assets.submissions.register import StreamRegister

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
TWO = b'[{"la_child_id":"A1"},{"la_child_id":"A2"}]'


def logged(places: Places) -> list[dict]:
    return places.log.attempts().drop("attempt_id", "received_at").to_dicts()


def test_an_accepted_batch_gives_receipts_and_a_log_row(places: Places) -> None:
    result = land(TWO, "204-d2i", NOON, places)
    assert isinstance(result, Landed)
    assert result.batch is not None
    assert places.landing.read(result.batch) == TWO
    assert (len(result.receipts), result.http_status, result.duplicate) == (2, 200, False)
    assert logged(places) == [
        {
            "stream_id": "204-d2i",
            "la_code": "204",
            "submission_day": date(2026, 3, 31),
            "batch_id": result.batch.batch_id,
            "outcome": "accepted",
            "http_status": 200,
            "bytes": len(TWO),
            "records": 2,
            "error_rules": "{}",
            "duplicate": False,
        }
    ]


def test_a_repeat_gives_the_receipts_of_the_first_time(places: Places) -> None:
    first = land(TWO, "204-d2i", NOON, places)
    again = land(TWO, "204-d2i", NOON + timedelta(hours=3), places)
    assert isinstance(first, Landed)
    assert isinstance(again, Landed)
    assert again.receipts == first.receipts
    assert again.duplicate
    assert [row["duplicate"] for row in logged(places)] == [False, True]
    assert len(places.landing.batches()) == 1


def test_an_empty_batch_is_accepted_and_leaves_nothing_but_a_log_row(places: Places) -> None:
    result = land(b"[]", "204-d2i", NOON, places)
    assert result == Landed(None, [], 204)
    assert not result.duplicate
    assert places.landing.days() == []
    (row,) = logged(places)
    assert (row["outcome"], row["http_status"], row["records"], row["error_rules"]) == (
        "accepted",
        204,
        0,
        '{"CSC-003": 1}',
    )


@pytest.mark.parametrize(
    ("body", "stream_id", "received_at", "status", "rules", "records", "says"),
    [
        (b"{}", "204-d2i", NOON, 400, {"CSC-001": 1}, None, "JSON array"),
        (b"[1,2,{}]", "204-d2i", NOON, 400, {"CSC-006": 2}, 3, "[1] CSC-006"),
        (b"[" + b"{}," * 100 + b"{}]", "204-d2i", NOON, 413, {"CSC-002": 1}, 101, "got 101"),
        (TWO, "204-xyz", NOON, 400, {"CSC-004": 1}, None, "204-d2i"),
        (TWO, "999-d2i", NOON, 400, {"CSC-004": 1}, None, "no current local authority"),
        (TWO, "301-cms", NOON, 403, {"CSC-005": 1}, None, "not in the stream register"),
        (TWO, "204-d2i", datetime(2027, 1, 1, tzinfo=UTC), 403, {"CSC-005": 1}, None, "not open on 2027-01-01"),
    ],
)
def test_a_refusal_stores_nothing_says_why_and_is_logged(
    places: Places,
    body: bytes,
    stream_id: str,
    received_at: datetime,
    status: int,
    rules: dict[str, int],
    records: int | None,
    says: str,
) -> None:
    result = land(body, stream_id, received_at, places)
    assert isinstance(result, Refused)
    assert result.http_status == status
    assert says in result.text
    assert "A1" not in result.text
    assert places.landing.days() == []
    (row,) = logged(places)
    assert json.loads(row["error_rules"]) == rules
    assert (row["outcome"], row["http_status"], row["bytes"], row["records"]) == (
        "refused",
        status,
        len(body),
        records,
    )
    assert row["batch_id"] is None


def test_what_is_typed_instead_of_a_stream_id_is_neither_logged_nor_repeated(places: Places) -> None:
    result = land(TWO, "An Invented Name", NOON, places)
    assert isinstance(result, Refused)
    assert "Invented" not in result.text
    (row,) = logged(places)
    assert (row["stream_id"], row["la_code"]) == (None, None)


def test_without_a_list_of_las_the_register_alone_decides(places: Places) -> None:
    anywhere = Places(StreamRegister(places.register.rows), places.landing, places.log)
    result = land(TWO, "999-d2i", NOON, anywhere)
    assert isinstance(result, Refused)
    assert [fault.rule_id for fault in result.faults] == ["CSC-005"]


@pytest.mark.parametrize("unfit", [True, False])
def test_a_verdict_that_is_handed_in_refuses_the_whole_batch(places: Places, unfit: bool) -> None:
    seen: list[bytes] = []

    def verdict(records: list[bytes]) -> list[Fault]:
        seen.extend(records)
        return [Fault("CSC-007", "la_child_id is missing", 1)] if unfit else []

    result = land(TWO, "204-d2i", NOON, places, verdict=verdict)
    assert seen == [b'{"la_child_id":"A1"}', b'{"la_child_id":"A2"}']
    assert isinstance(result, Refused if unfit else Landed)
    assert len(places.landing.batches()) == (0 if unfit else 1)
    assert logged(places)[0]["records"] == 2


def test_a_limit_of_bytes_can_be_set(places: Places) -> None:
    result = land(TWO, "204-d2i", NOON, places, max_bytes=10)
    assert isinstance(result, Refused)
    assert result.http_status == 413


def test_no_receipt_is_given_when_the_store_fails(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("assets.files.FileStore.write", full)
    with pytest.raises(OSError, match="No space"):
        land(TWO, "204-d2i", NOON, places)
    assert logged(places) == []


def test_one_bad_file_never_stops_the_others(places: Places, tmp_path: Path) -> None:
    def file(name: str, body: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(body)
        return path

    paths = [file("a.json", TWO), file("b.json", b"{"), tmp_path / "absent.json", tmp_path, file("c.json", b"[{}]")]
    results = list(land_files(paths, "204-d2i", places, received_at=NOON))
    assert [path for path, _ in results] == paths
    assert [type(result) for _, result in results] == [Landed, Refused, Unreadable, Unreadable, Landed]
    unreadable = results[2][1]
    assert isinstance(unreadable, Unreadable)
    assert "absent.json: cannot be read (No such file or directory)" in unreadable.reason
    assert len(logged(places)) == 3


def test_files_given_one_moment_keep_the_order_in_which_they_were_given(places: Places, tmp_path: Path) -> None:
    bodies = [b'[{"la_child_id":"A1","n":%d}]' % n for n in range(20)]
    paths = [tmp_path / f"{n}.json" for n in range(20)]
    for path, body in zip(paths, bodies, strict=True):
        path.write_bytes(body)
    first = list(land_files(paths, "204-d2i", places, received_at=NOON))
    batches = places.landing.batches()
    assert [places.landing.read(batch) for batch in batches] == bodies
    assert batches[0].received_at == NOON
    again = list(land_files(paths, "204-d2i", places, received_at=NOON))
    assert [result.receipts for _, result in again if isinstance(result, Landed)] == [
        result.receipts for _, result in first if isinstance(result, Landed)
    ]
    assert places.landing.batches() == batches


def test_without_a_moment_a_file_is_received_now(places: Places, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(TWO)
    before = datetime.now(UTC)
    opened = StreamRegister([replace(places.register.rows[0], end_date=None)])
    ((_, result),) = land_files([path], "204-d2i", Places(opened, places.landing, places.log))
    assert isinstance(result, Landed)
    assert result.batch is not None
    assert timedelta(0) <= result.batch.received_at - before < timedelta(minutes=1)
