"""A landed body as the raw records in it, byte for byte, and what is left of it after erasure.

What is in a record is not looked at here.
"""

import re
from collections.abc import Collection, Mapping

import msgspec

from assets.records.structure_rules import UNREADABLE_BATCH

# What erasure leaves in the place of a record, so that those after it keep their positions and receipts. It is not a
# child record, so no sender can have one stored in its name.
ERASED = b'{"erased":true}'

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
# A whole text, or one of the marks that JSON is built of. A quotation mark by itself begins a text without an end.
_TOKENS = re.compile(rb'"(?:[^"\\]++|\\.)*+"|["\[\]{},]', re.DOTALL)

_ID = re.compile(rb'"la_child_id"\s*:\s*(?:"(?P<text>(?:[^"\\]|\\.)*+)|(?P<bare>[^\s,"{}\[\]]++))', re.DOTALL)


class UnreadableBatchError(ValueError):
    """A body in which no records can be told apart. Holds a reason, nothing of the body."""

    rule_id = UNREADABLE_BATCH


def split(body: bytes) -> list[bytes]:
    """The records of a body, each exactly as sent. Raises UnreadableBatchError when it is no JSON array.

    One record that is no JSON does not spoil the others as long as its brackets and quotation marks are paired.
    """
    content = body.removeprefix(BYTE_ORDER_MARK)
    try:
        return [bytes(raw) for raw in msgspec.json.decode(content, type=list[msgspec.Raw])]
    except (msgspec.DecodeError, RecursionError):
        return [content[start:stop].strip() for start, stop in _spans(content)]


def has_more_than(limit: int, body: bytes) -> bool:
    """Whether a body has more records than this, told without taking it apart: for one that may have millions."""
    depth = commas = 0
    for token in _TOKENS.finditer(body):
        mark = token.group()
        if mark in (b"[", b"{"):
            depth += 1
        elif mark in (b"]", b"}"):
            depth -= 1
        elif depth == 1 and mark == b",":
            commas += 1
            if commas >= limit:
                return True
    return False


def with_records(body: bytes, records: Mapping[int, bytes]) -> bytes:
    """The body with other records at these positions; every other one keeps its bytes and its position."""
    every = [records.get(index, raw) for index, raw in enumerate(split(body))]
    return b"[" + b",".join(every) + b"]"


def without(body: bytes, positions: Collection[int]) -> bytes:
    """The body with the records at these positions erased."""
    return with_records(body, dict.fromkeys(positions, ERASED))


class _Whose(msgspec.Struct):
    la_child_id: object = None


def la_child_id_of(raw: bytes) -> str | None:
    """The LA's id of the child that a raw record is about; None where it does not say.

    Erasure has to find records that nobody could store, so a number counts as its digits, and a record that is no JSON
    is searched for the first id in it.
    """
    try:
        whose = msgspec.json.decode(raw, type=_Whose).la_child_id
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _first_id_in(raw)
    return str(whose) if isinstance(whose, str | int) and not isinstance(whose, bool) else None


def _first_id_in(raw: bytes) -> str | None:
    found = _ID.search(raw)
    if found is None:
        return None
    try:
        return msgspec.json.decode(b'"' + (found["text"] or found["bare"] or b"") + b'"', type=str)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _spans(content: bytes) -> list[tuple[int, int]]:
    """Where each item of the outermost array begins and ends, found by counting brackets."""
    depth = 0
    bounds: list[int] = []
    end = 0
    for token in _TOKENS.finditer(content):
        mark = token.group()
        if depth == 0 and (mark != b"[" or bounds or content[: token.start()].strip()):
            raise UnreadableBatchError("the body is not one JSON array")
        if mark == b'"':
            raise UnreadableBatchError("the body ends inside a text: it is cut off or not JSON")
        if mark in b"[{":
            depth += 1
        elif mark in b"]}":
            depth -= 1
        if depth == 1 and not bounds:
            bounds = [token.end()]
        elif (depth == 1 and mark == b",") or depth == 0:
            bounds.append(token.end())
            end = token.end()
    if depth or not bounds or content[end:].strip():
        raise UnreadableBatchError("the body is not one JSON array, or is cut off")
    return [(start, stop - 1) for start, stop in zip(bounds, bounds[1:], strict=False)]
