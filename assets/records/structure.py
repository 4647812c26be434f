"""The verdict on one record: is it a child record that can be stored, and if not, why, rule by rule.

A body of nothing but good records is mostly proven so by quick_verdict.py and never comes here; what it cannot prove
does, and what is said here holds. A good record pays for parsing, one pass of the validator and a count of marks.
No fault repeats anything of the record: it names rule, field and position, and what was expected.
"""

import difflib
import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import jsonschema_rs
import numpy as np
import orjson

from assets.records.payload_model import record_schema
from assets.records.structure_rules import DATES, NOT_AN_OBJECT, UNKNOWN_PROPERTY, rules_of

MAX_FAULTS = 20
_LONG_NUMBER = re.compile(rb"[0-9]{19}")
_MOST_DIGITS = 4000
_LARGEST = 2**63 - 1
_TOO_DEEP = "the record is nested too deeply"

# Draft 4 is the dialect in which DfE's schema is written (OpenAPI 3.0), and the last in which 20.0 is no integer.
_VALIDATOR = jsonschema_rs.Draft4Validator(record_schema(), validate_formats=True)


@dataclass(frozen=True)
class Fault:
    """One reason why a record cannot be stored. path: dotted, positions as `#n`, empty for the record as a whole."""

    rule_id: str
    path: str
    reason: str


class _RepeatedPropertyError(Exception):
    """A JSON object with the same property twice."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


def examine(raw_records: Sequence[bytes]) -> list[tuple[Any, list[Fault]]]:
    """Each record parsed, and what is wrong with it: (record, []) when it can be stored, else (None, faults)."""
    examined = [_examine_one(raw) for raw in raw_records]
    good = [index for index, (_, faults) in enumerate(examined) if not faults]
    if _may_repeat_a_property([raw_records[i] for i in good], [examined[i][0] for i in good]):
        for index in good:
            repeated = _repeated_property(raw_records[index])
            if repeated is not None:
                named = f": {repeated}" if repeated in _KNOWN_NAMES else ""
                examined[index] = (
                    None,
                    [Fault(NOT_AN_OBJECT, "", f"an object of it holds the same property twice{named}")],
                )
    return examined


def _examine_one(raw: bytes) -> tuple[Any, list[Fault]]:
    try:
        record = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None, [Fault(NOT_AN_OBJECT, "", _why_unreadable(raw))]
    try:
        return _verdict(raw, record)
    except ValueError:  # what the validator says of a value nested deeper than it looks
        return None, [Fault(NOT_AN_OBJECT, "", _TOO_DEEP)]


def _verdict(raw: bytes, record: Any) -> tuple[Any, list[Fault]]:
    if _VALIDATOR.is_valid(record):
        return record, []
    if _LONG_NUMBER.search(raw):
        # orjson makes a fraction of a whole number past 64 bits, which the payload's shape allows
        record = _with_long_numbers(raw, record)
        if _VALIDATOR.is_valid(record):
            return record, []
    return None, faults_of(record)


def _with_long_numbers(raw: bytes, record: Any) -> Any:
    """The record parsed again, its whole numbers brought into 64 bits: only whether it can be stored is asked."""
    try:
        return json.loads(raw, parse_int=_within_64_bits)
    except RecursionError:
        return record


def _within_64_bits(number: str) -> int | float:
    if len(number) > _MOST_DIGITS:
        return math.inf  # more than any reader of JSON takes for a number
    return max(-_LARGEST, min(_LARGEST, int(number)))


def faults_of(record: Any) -> list[Fault]:
    """Every breach of the payload's shape in a parsed record, the first twenty at most."""
    faults: dict[Fault, None] = {}
    for error in _VALIDATOR.iter_errors(record):
        # a record of a hundred thousand unknown properties costs no more than one of twenty
        faults |= dict.fromkeys(islice(_explained(error), MAX_FAULTS))
        if len(faults) >= MAX_FAULTS:
            break
    return list(faults)[:MAX_FAULTS]


def _may_repeat_a_property(raw_records: Sequence[bytes], records: Sequence[Any]) -> bool:
    """Whether parsing may have lost a repeated property: written again, the records have fewer quotation marks.

    White space and escapes do not change the number of marks, except where one was sent as its code point. Every
    parser keeps the last of two equal properties and says nothing, so this is the cheap way to notice.
    """
    sent = b"".join(raw_records)
    return _quotation_marks(sent) != _quotation_marks(orjson.dumps(records)) or b"u0022" in sent


def _quotation_marks(content: bytes) -> int:
    # numpy counts four times as fast as bytes.count when there are hundreds to count in each record
    return int(np.count_nonzero(np.frombuffer(content, np.uint8) == _QUOTATION_MARK))


_QUOTATION_MARK = ord('"')


def _repeated_property(raw: bytes) -> str | None:
    """The name of a property that one object holds twice, which may be any text; None when there is none."""
    try:
        json.loads(raw, object_pairs_hook=_without_repeats)
    except _RepeatedPropertyError as repeated:
        return repeated.name
    except RecursionError:  # nothing good is nested as deeply: what was is not what is left
        return ""
    return None


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for name, value in pairs:
        if name in properties:
            raise _RepeatedPropertyError(name)
        properties[name] = value
    return properties


def _why_unreadable(raw: bytes) -> str:
    """Which of the known ways of not being JSON this is."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return "the record holds bytes that are not UTF-8 text"
    try:
        parsed = json.loads(text, parse_constant=_refuse_constant, parse_int=_within_64_bits)
    except RecursionError:
        return _TOO_DEEP
    except _NotANumberError:
        return "the record holds NaN or Infinity, which is not JSON"
    except json.JSONDecodeError:
        return "the record is not JSON"
    # Python's parser is laxer than orjson in two ways only: half of a surrogate pair, and a number past all bounds.
    if _is_text(parsed):
        return "the record holds a number that is too large"
    return "the record holds half of a two-part character, which is not text"


def _is_text(parsed: Any) -> bool:
    try:
        json.dumps(parsed, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


class _NotANumberError(Exception):
    """NaN, Infinity or -Infinity."""


def _refuse_constant(_: str) -> None:
    raise _NotANumberError


def _explained(error: jsonschema_rs.ValidationError) -> Iterator[Fault]:
    keyword = error.kind.name
    names: list[str | int] = list(error.instance_path)
    if keyword == "additionalProperties":
        yield from _unknown_properties(names, error.instance, error.kind.as_dict()["unexpected"])
        return
    value = error.instance
    if keyword == "required":
        names.append(error.kind.as_dict()["property"])
        value = None
    field = _field(names)
    if keyword == "pattern" and field in DATES:
        keyword = "format"
    for rule_id in rules_of(field, keyword, value):
        yield Fault(rule_id, path_of(names), _reason(keyword, error))


def path_of(names: Iterable[str | int]) -> str:
    """A field path for people: names joined by dots, array positions from nought as `#n`."""
    return ".".join(f"#{name}" if isinstance(name, int) else name for name in names)


def _field(names: Iterable[str | int]) -> str:
    return ".".join("#" if isinstance(name, int) else name for name in names)


def _reason(keyword: str, error: jsonschema_rs.ValidationError) -> str:
    if keyword == "type":
        is_property = bool(error.instance_path) and isinstance(error.instance_path[-1], str)
        return _NULL if error.instance is None and is_property else _TYPES[error.kind.as_dict()["types"][0]]
    if keyword in _LIMITS:
        return _LIMITS[keyword].format(error.kind.as_dict()["limit"])
    if keyword == "pattern" and error.instance == "":
        return "must not be empty"
    return _EXPECTED[keyword]


_NULL = "null is not allowed; leave the property out"
_TYPES = {
    "object": "must be an object",
    "array": "must be an array",
    "string": "must be text",
    "boolean": "must be true or false",
    "integer": "must be a whole number",
}
_LIMITS = {
    "minLength": "must have at least {} characters",
    "maxLength": "must have at most {} characters",
    "maxItems": "must have at most {} items",
}
_EXPECTED = {
    "required": "is missing",
    "uniqueItems": "must not hold the same value twice",
    "format": "must be a real date, written YYYY-MM-DD",
    "pattern": "has a character that is not allowed here",
}


def _unknown_properties(names: list[str | int], found: Any, unexpected: list[str]) -> Iterator[Fault]:
    """One fault a property. Its name is the sender's text, so it is repeated only if it is one of our own names."""
    shown = unexpected[:MAX_FAULTS]
    positions = {name: position for position, name in enumerate(found) if name in shown}
    for name in shown:
        if name in _KNOWN_NAMES:
            yield Fault(UNKNOWN_PROPERTY, path_of([*names, name]), "is not allowed here")
            continue
        near = difflib.get_close_matches(name[:_LONGEST_NAME], _KNOWN_NAMES, n=1, cutoff=0.8)
        hint = f"; did you mean {near[0]}?" if near else ""
        reason = f"property number {positions[name] + 1} of this object has a name that is not known{hint}"
        yield Fault(UNKNOWN_PROPERTY, path_of(names), reason)


# Names of earlier versions of the payload, so that a sender who is behind is told which one is gone.
_FORMER_NAMES = {
    "education_health_care_plans",
    "education_health_care_plan_id",
    "request_received_date",
    "request_outcome_date",
    "assessment_outcome_date",
    "plan_start_date",
}
_KNOWN_NAMES = _FORMER_NAMES | {name for shape in record_schema()["$defs"].values() for name in shape["properties"]}
_LONGEST_NAME = max(map(len, _KNOWN_NAMES))
