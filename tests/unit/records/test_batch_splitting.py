"""A body is cut into records without changing a byte, and one bad record does not hide the others."""

import pytest

from assets.records.batch import ERASED, UnreadableBatchError, has_more_than, split, without


@pytest.mark.parametrize(
    ("body", "records"),
    [
        (b"[]", []),
        (b' [ {"a": 1} , {"b":"],"} ] ', [b'{"a": 1}', b'{"b":"],"}']),
        (b"\xef\xbb\xbf[{}]", [b"{}"]),
        (b'[{"a":NaN},\n{"b":"\\"]"}]', [b'{"a":NaN}', b'{"b":"\\"]"}']),
        (b'[{"a":"\\ud800"},{}]', [b'{"a":"\\ud800"}', b"{}"]),
        (b"[1,]", [b"1", b""]),
        (b"[" * 3000 + b"]" * 3000, [b"[" * 2999 + b"]" * 2999]),
    ],
)
def test_records_keep_their_bytes(body, records):
    assert split(body) == records


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[", b"[1", b'["a]', b"[1]]", b"[1][2]", b"[] x", b"x []", b'"[]"', b"null", b"\xff\xfe[\x00]\x00"],
)
def test_what_is_no_array_is_unreadable_as_a_whole(body):
    with pytest.raises(UnreadableBatchError):
        split(body)


def test_a_long_run_of_loose_quotation_marks_is_refused_quickly():
    with pytest.raises(UnreadableBatchError):
        split(b'["' + b'\\"' * 500_000)


def test_erasure_leaves_every_other_record_and_position_as_it_was():
    left = without(b'[ {"a": 1},{"b":2}, {"c" :3}]', {1})
    assert split(left) == [b'{"a": 1}', ERASED, b'{"c" :3}']


@pytest.mark.parametrize(
    ("body", "records"),
    [(b"[]", 1), (b"[{}]", 1), (b'[{"a":",,,"},[1,2],3]', 3), (b"[[[,,,]],{},", 3), (b'["a,b"', 1), (b"", 1)],
)
def test_records_are_counted_without_taking_the_body_apart(body, records):
    assert not has_more_than(records, body)
    assert records == 1 or has_more_than(records - 1, body)
