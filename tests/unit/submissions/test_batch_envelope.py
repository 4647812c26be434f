"""What is a batch and what is not, and that the refusal says where, what was expected, what came, what to do."""

import re

import pytest

from assets.submissions.envelope import Fault, Faulty, records_of


@pytest.mark.parametrize(
    ("body", "records"),
    [
        (b"[]", []),
        (b"\xef\xbb\xbf[ ]", []),
        (b'[{"a":1}, {"b" : [2]}\n]', [b'{"a":1}', b'{"b" : [2]}']),
        ('[{"a":"é"}]'.encode(), ['{"a":"é"}'.encode()]),
        (b"[" + b",".join([b"{}"] * 100) + b"]", [b"{}"] * 100),
    ],
)
def test_a_batch_is_split_into_its_records(body: bytes, records: list[bytes]) -> None:
    assert records_of(body) == records


@pytest.mark.parametrize(
    ("body", "status", "rule", "says"),
    [
        (b"", 400, "CSC-001", "empty body"),
        (b" \r\n", 400, "CSC-001", "empty body"),
        (b"\xef\xbb\xbf", 400, "CSC-001", "empty body"),
        (b"{}", 400, "CSC-001", "got an object"),
        (b"null", 400, "CSC-001", "got null"),
        (b'"x"', 400, "CSC-001", "got a text"),
        (b"17", 400, "CSC-001", "got a number"),
        (b'[{"a":1}', 400, "CSC-001", "truncated"),
        (b'[{"a":NaN}]', 400, "CSC-001", "not valid JSON"),
        (b'[{"a":1}] []', 400, "CSC-001", "trailing"),
        (b'[{"a":1,}]', 400, "CSC-001", "trailing comma"),
        (b'[{"a":"\xff"}]', 400, "CSC-001", "byte 7 is not UTF-8"),
        ("[{}]".encode("utf-16"), 400, "CSC-001", "byte 0 is not UTF-8"),
        (b"<html>", 400, "CSC-001", "not valid JSON"),
        (b"[" * 100_000, 400, "CSC-001", "nested too deeply"),
        (b"[" + b",".join([b"{}"] * 101) + b"]", 413, "CSC-002", "at most 100 children, got 101"),
        (b"[" + b" " * 1000 + b"]", 413, "CSC-002", "at most 1000 bytes, got 1002"),
    ],
)
def test_what_is_not_a_batch_is_refused(body: bytes, status: int, rule: str, says: str) -> None:
    limit = 1000 if b"  " in body else 1_000_000
    with pytest.raises(Faulty) as refused:
        records_of(body, max_bytes=limit)
    (fault,) = refused.value.faults
    assert (refused.value.http_status, fault.rule_id, fault.position) == (status, rule, None)
    assert says in fault.message
    assert "expected" in fault.message


def test_each_item_that_is_not_an_object_is_pointed_at() -> None:
    with pytest.raises(Faulty) as refused:
        records_of(b'[{}, 1, "A1", {}, null, [true], false]')
    faults = refused.value.faults
    assert [(fault.rule_id, fault.position) for fault in faults] == [("CSC-006", n) for n in (1, 2, 4, 5, 6)]
    assert refused.value.records == 7
    assert str(faults[1]).startswith("[2] CSC-006: ")
    assert "got a text" in faults[1].message
    assert "A1" not in str(refused.value)


def test_only_positions_of_records_stand_in_square_brackets() -> None:
    assert re.findall(r"\[(\d+)\]", str(Fault("CSC-006", "message", 3))) == ["3"]
    assert re.findall(r"\[(\d+)\]", str(Fault("CSC-001", "message"))) == []
