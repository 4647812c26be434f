"""The envelope of a batch: a UTF-8 JSON array of not too many objects. Splits it without looking into the records.

Error texts put only the 0-based position of a record in square brackets: sending programs look for exactly that.
"""

from dataclasses import dataclass

import msgspec

MAX_RECORDS = 100
MAX_BYTES = 64 * 1024 * 1024

_BOM = b"\xef\xbb\xbf"
_BAD_REQUEST, _TOO_LARGE = 400, 413
_RULE_BODY, _RULE_SIZE, _RULE_RECORD = "CSC-001", "CSC-002", "CSC-006"
# What a JSON value is called, by its first byte; anything else starts a number.
_KINDS = {b"{": "an object", b"[": "an array", b'"': "a text", b"n": "null", b"t": "true", b"f": "false"}


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a batch: the rule it breaks, a message without content, the record's position if any."""

    rule_id: str
    message: str
    position: int | None = None

    def __str__(self) -> str:
        where = "" if self.position is None else f"[{self.position}] "
        return f"{where}{self.rule_id}: {self.message}"


class Faulty(Exception):
    """A batch that cannot be accepted, with the HTTP status that says so and the number of records if known."""

    def __init__(self, http_status: int, faults: list[Fault], records: int | None = None) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.http_status = http_status
        self.faults = faults
        self.records = records


def records_of(body: bytes, *, max_bytes: int = MAX_BYTES, max_records: int = MAX_RECORDS) -> list[bytes]:
    """The raw records of a batch, in order. Raises Faulty when the body is not a batch."""
    if len(body) > max_bytes:
        message = f"body: expected at most {max_bytes} bytes, got {len(body)}; send fewer children a request"
        raise Faulty(_TOO_LARGE, [Fault(_RULE_SIZE, message)])
    records = _split(body.removeprefix(_BOM))
    if len(records) > max_records:
        message = f"body: expected at most {max_records} children, got {len(records)}; send them in several requests"
        raise Faulty(_TOO_LARGE, [Fault(_RULE_SIZE, message)], len(records))
    faults = [
        Fault(_RULE_RECORD, f"expected an object for each child, got {_kind(record)}; send the child again", position)
        for position, record in enumerate(records)
        if record[:1] != b"{"
    ]
    if faults:
        raise Faulty(_BAD_REQUEST, faults, len(records))
    return records


def _split(body: bytes) -> list[bytes]:
    """The items of the array. The splitter skips over texts without decoding them, so the encoding is checked first."""
    start = body.lstrip(b" \t\r\n")[:1]
    if not start:
        raise _not_a_batch("got an empty body")
    try:
        body.decode("utf-8")
        return [bytes(raw).strip() for raw in msgspec.json.decode(body, type=list[msgspec.Raw])]
    except UnicodeDecodeError as error:
        raise _not_a_batch(f"byte {error.start} is not UTF-8") from None
    except msgspec.ValidationError:
        raise _not_a_batch(f"got {_kind(start)}") from None
    except msgspec.DecodeError as error:
        raise _not_a_batch(f"it is not valid JSON ({error})") from None
    except RecursionError:
        raise _not_a_batch("it is nested too deeply") from None


def _not_a_batch(got: str) -> Faulty:
    message = f"body: expected a JSON array of children in UTF-8; {got}; correct the body and send it again"
    return Faulty(_BAD_REQUEST, [Fault(_RULE_BODY, message)])


def _kind(value: bytes) -> str:
    return _KINDS.get(value[:1], "a number")
