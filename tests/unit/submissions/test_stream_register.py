"""The stream register: dated rows, what it refuses, and that it names the line and field."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assets.submissions.register import STREAM_FRAME, RegisterError, Stream, StreamRegister, hash_of_key
from assets.submissions.register_file import COLUMNS, add_stream, current_la_codes, end_stream, read_register

HEADER = ",".join(COLUMNS)
DELTA = Stream("204-d2i", "204", "data_to_insight", "live", "delta", date(2026, 4, 1), None, "Acme", True)
FULL = replace(DELTA, payload_mode="full", start_date=date(2026, 1, 1), end_date=date(2026, 3, 31))
CMS = Stream("301-cms", "301", "cms_supplier", "live", "full", date(2026, 1, 1))


def written(tmp_path: Path, *lines: str, header: str = HEADER) -> Path:
    path = tmp_path / "streams.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def test_a_register_file_is_read_with_its_dates_and_flags(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "204-d2i,204,data_to_insight,Acme,live,full,2026-01-01,2026-03-31,TRUE,",
        "",
        " 204-d2i ,204,data_to_insight,Acme,live,delta,2026-04-01,,true,",
        f"301-cms,301,cms_supplier,,live,full,2026-01-01,,false,{'a' * 64}",
        header="\ufeff" + HEADER,
    )
    register = read_register(path, {"204", "301"})
    assert register.rows == (FULL, DELTA, replace(CMS, supplier_key_hash="a" * 64))


def test_the_key_column_may_be_left_out(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "204-d2i,204,data_to_insight,Acme,live,delta,2026-04-01,,true",
        header=HEADER.removesuffix(",supplier_key_hash"),
    )
    assert read_register(path).rows == (DELTA,)


def test_no_file_is_an_empty_register(tmp_path: Path) -> None:
    assert read_register(tmp_path / "streams.csv").rows == ()


GOOD = {
    "stream_id": "204-d2i",
    "la_code": "204",
    "route": "data_to_insight",
    "cms_supplier": "Acme",
    "environment": "live",
    "payload_mode": "delta",
    "start_date": "2026-04-01",
    "end_date": "",
    "is_primary": "true",
    "supplier_key_hash": "",
}


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("stream_id", "204-xyz", "byo"),
        ("stream_id", "204-byo", "'204-d2i'"),
        ("stream_id", "301-d2i", "'204-d2i'"),
        ("la_code", "20", "three digit"),
        ("la_code", "999", "current local authority"),
        ("route", "d2i", "build_your_own or data_to_insight or cms_supplier"),
        ("environment", "Live", "test or live"),
        ("payload_mode", "", "full or delta"),
        ("start_date", "01/04/2026", "YYYY-MM-DD"),
        ("start_date", "2026-02-30", "calendar"),
        ("start_date", "20260401", "YYYY-MM-DD"),
        ("end_date", "2026-03-31", "before start_date"),
        ("is_primary", "yes", "true or false"),
        ("supplier_key_hash", "the-key-itself", "SHA-256"),
    ],
)
def test_a_wrong_cell_is_named_with_its_line(tmp_path: Path, field: str, value: str, says: str) -> None:
    good = "301-cms,301,cms_supplier,,live,full,2026-01-01,,false,"
    path = written(tmp_path, good, ",".join((GOOD | {field: value}).values()))
    with pytest.raises(RegisterError) as refused:
        read_register(path, {"204", "301"})
    first = str(refused.value).splitlines()[0]
    assert first.startswith(f"{path}, line 3, ")
    assert field in first
    assert says in first
    assert "the-key-itself" not in str(refused.value)


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, "204-d2i,20,data_to_insight,,live,sum,2026-04-01,,true,", "x,y,z,,,,,,,")
    with pytest.raises(RegisterError) as refused:
        read_register(path)
    assert {line.split(", ")[1] for line in str(refused.value).splitlines()} == {"line 2", "line 3"}


@pytest.mark.parametrize("header", ["stream_id,la_code", HEADER + ",remark", HEADER + ",la_code"])
def test_wrong_columns_are_refused(tmp_path: Path, header: str) -> None:
    with pytest.raises(RegisterError, match="line 1: expected the columns"):
        read_register(written(tmp_path, header=header))


@pytest.mark.parametrize("line", ["204-d2i,204", "204-d2i,204,data_to_insight,,live,full,2026-04-01,,true,,,extra"])
def test_a_line_with_too_few_or_too_many_cells_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(RegisterError, match="line 2: expected 10 cells"):
        read_register(written(tmp_path, line))


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "streams.csv"
    path.write_bytes(HEADER.encode("utf-16"))
    with pytest.raises(RegisterError, match="UTF-8"):
        read_register(path)


def test_two_rows_of_a_stream_may_not_share_a_day() -> None:
    with pytest.raises(RegisterError, match="two rows are in force on one day"):
        StreamRegister([replace(FULL, end_date=date(2026, 4, 1)), DELTA])


def test_an_la_has_one_primary_live_stream_at_a_time() -> None:
    other = Stream("204-byo", "204", "build_your_own", "live", "full", date(2026, 6, 1), None, None, True)
    with pytest.raises(RegisterError, match="is_primary"):
        StreamRegister([DELTA, other])
    assert len(StreamRegister([replace(DELTA, end_date=date(2026, 5, 31)), other]).rows) == 2
    assert len(StreamRegister([DELTA, replace(other, environment="test")]).rows) == 2


def test_a_sandbox_may_be_open_beside_its_stream_and_is_known_by_another_name(tmp_path: Path) -> None:
    sandbox = replace(DELTA, environment="test", payload_mode="full")
    path = tmp_path / "streams.csv"
    add_stream(path, DELTA)
    register = add_stream(path, sandbox)
    assert register.rows == (DELTA, sandbox), "the live stream is still open"
    assert register.ids() == ["204-d2i", "204-d2i-test"]
    assert register.get("204-d2i-test", DELTA.start_date) == sandbox
    assert register.live() == [DELTA]
    ended = end_stream(path, "204-d2i-test", date(2026, 5, 1))
    assert [row.end_date for row in ended.rows] == [None, date(2026, 5, 1)]


def test_mode_is_that_of_the_day() -> None:
    register = StreamRegister([DELTA, FULL, CMS])
    assert register.mode_at("204-d2i", date(2026, 3, 31)) == "full"
    assert register.mode_at("204-d2i", date(2026, 4, 1)) == "delta"
    assert register.get("204-d2i") == DELTA
    assert register.get("204-d2i", date(2025, 12, 31)) is None
    assert register.get("204-byo") is None
    assert register.live(date(2026, 3, 1)) == [FULL, CMS]
    assert register.live() == [FULL, DELTA, CMS]
    assert register.ids() == ["204-d2i", "301-cms"]
    assert "204-d2i" in register


@pytest.mark.parametrize(("stream_id", "day"), [("204-d2i", date(2025, 12, 31)), ("999-byo", date(2026, 1, 1))])
def test_there_is_no_mode_where_no_row_is_in_force(stream_id: str, day: date) -> None:
    with pytest.raises(RegisterError, match=f"{stream_id}: no row is in force on {day}"):
        StreamRegister([DELTA]).mode_at(stream_id, day)


def test_a_supplier_key_finds_its_streams_of_the_day() -> None:
    hashed = hash_of_key("an invented supplier key")
    one = replace(DELTA, supplier_key_hash=hashed)
    other = replace(CMS, supplier_key_hash=hashed)
    register = StreamRegister([one, other])
    assert register.with_key("an invented supplier key", date(2026, 4, 1)) == [one, other]
    assert register.with_key("an invented supplier key", date(2026, 3, 1)) == [other]
    assert register.with_key("another", date(2026, 4, 1)) == []
    assert StreamRegister([DELTA]).with_key("", date(2026, 4, 1)) == []


def test_the_frame_leaves_the_key_out() -> None:
    frame = StreamRegister([replace(DELTA, supplier_key_hash="a" * 64), FULL]).as_frame()
    assert dict(frame.schema) == STREAM_FRAME
    assert frame.get_column("payload_mode").to_list() == ["full", "delta"]
    assert dict(StreamRegister().as_frame().schema) == STREAM_FRAME


def test_a_row_added_to_the_file_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "home" / "streams.csv"
    path.parent.mkdir()
    add_stream(path, CMS)
    register = add_stream(path, FULL, {"204", "301"})
    assert read_register(path).rows == register.rows == (FULL, CMS)


def test_a_later_row_ends_the_open_one_before_it(tmp_path: Path) -> None:
    path = tmp_path / "streams.csv"
    add_stream(path, replace(FULL, end_date=None))
    assert add_stream(path, DELTA).rows == (FULL, DELTA)


def test_a_wrong_row_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "streams.csv"
    add_stream(path, DELTA)
    before = path.read_bytes()
    with pytest.raises(RegisterError):
        add_stream(path, replace(DELTA, start_date=date(2026, 3, 1)))
    assert path.read_bytes() == before


def test_codes_come_from_the_seed_where_it_is_there(tmp_path: Path) -> None:
    seed = tmp_path / "local_authority.csv"
    assert current_la_codes(seed) is None
    seed.write_text("la_code,la_name,valid_to\n204,Here,\n820,Gone,2009-03-31\n", encoding="utf-8")
    assert current_la_codes(seed) == {"204"}
