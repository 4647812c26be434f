"""The verdict on any bytes is that of DfE's published schema, read strictly and judged a second time in plain Python.

Deliberate differences, which are drawn nowhere here: a date in the year 0000, and a number of over 300 digits.
"""

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from payload_reference import NotStrictJsonError, breaches, read_strictly

from assets.records.quick_verdict import proven
from assets.records.structure import MAX_FAULTS, examine
from assets.records.structure_rules import UNKNOWN_PROPERTY

EXAMPLES = 1500


@pytest.fixture(scope="module")
def published(shared_dir):
    document = json.loads((shared_dir / "spec" / "dfe_csc_api_openapi_1.0.1.json").read_text())
    return document["components"]["schemas"]["CSC"]["items"]


def a_value(schema: dict[str, Any], dice: random.Random) -> Any:
    """A value as the schema asks."""
    kind = schema["type"]
    if kind == "object":
        wanted = [name for name in schema["properties"] if name in schema.get("required", ()) or dice.random() < 0.5]
        return {name: a_value(schema["properties"][name], dice) for name in wanted}
    if kind == "array":
        items = [a_value(schema["items"], dice) for _ in range(dice.choice([0, 1, 1, 2, 3]))]
        return list(dict.fromkeys(items)) if schema.get("uniqueItems") else items
    if kind == "string":
        return _a_text(schema, dice)
    return dice.random() < 0.5 if kind == "boolean" else dice.choice([0, 7, 40, -1, 2**31, 2**63, 10**25, -(10**30)])


def _a_text(schema: dict[str, Any], dice: random.Random) -> str:
    if schema.get("format") == "date":
        return dice.choice(["2024-02-29", "2025-12-31", "0001-01-01", "9999-12-31", "1900-03-01"])
    letters = "Ab9" if "pattern" in schema else 'Ab9 é\u2028\U0001f600"\\\n'
    longest = schema.get("maxLength", 60)
    return "".join(dice.choices(letters, k=dice.choice([schema.get("minLength", 1), longest])))


ODD = [
    *(
        None,
        True,
        0,
        20.0,
        -0.0,
        1.5,
        1e300,
        10**25,
        "",
        " ",
        "x",
        "a" * 13,
        "é" * 13,
        "a" * 4000,
        "A1\n",
        "A1\r",
        "\n",
    ),
    *(
        "A\x00",
        'a"b',
        "2025-02-29",
        "2100-02-29",
        "2024-13-01",
        "2024-1-1",
        "20240101",
        "2024-02-29\n",
        "2024-02-29T00:00",
    ),
    *(
        "٢٠٢٤-٠٢-٢٩",
        "２０２４-02-29",
        "-024-02-29",
        " 2024-02-29",
        [],
        {},
        [None],
        [[]],
        ["A", "A"],
        ["A", "a"],
        [1, 1.0],
    ),
    *([str(n) for n in range(13)], [str(n) for n in range(42)], {"purge": True}, {"purge": "false"}, {"Purge": True}),
]
NAMES = ["purge", "extra", "start_date", "factors", "score", "la_child_id", "mis_child_id", "LA_CHILD_ID", ""]


def _holders(node: Any) -> Iterator[Any]:
    if isinstance(node, dict | list):
        yield node
        for inner in node.values() if isinstance(node, dict) else node:
            yield from _holders(inner)


def _disturbed(record: Any, dice: random.Random) -> Any:
    for _ in range(dice.choice([0, 0, 1, 1, 2, 3])):
        holder = dice.choice(list(_holders(record)))
        if isinstance(holder, list):
            holder.append(copy.deepcopy(dice.choice([*ODD, *holder])))
        elif holder and dice.random() < 0.2:
            del holder[dice.choice(list(holder))]
        else:
            holder[dice.choice([*holder, *holder, *NAMES])] = copy.deepcopy(dice.choice(ODD))
    return record


def _nested(depth: int) -> bytes:
    return b'"la_child_id":' + b"[" * depth + b"]" * depth + b',"mis_child_id"'


# What no parsed value can say: each is put in the place of the first, or of every, such text.
_TEXTS = [
    (b'"la_child_id"', b'"la_child_id": "A", "la_child_id"'),
    (b'"la_child_id"', b'"la_child_\\u0069d": "A", "la_child_id"'),
    (b'"la_child_id"', b'"\\u006ca_child_id"'),
    (b'"purge"', b'"purge": false, "purge"'),
    *((b'"la_child_id"', _nested(depth)) for depth in (5, 100, 254, 255, 256, 500, 1000, 1023, 1024, 5000)),
    (b"Ab", b"\\ud800"),
    (b"Ab", b"\\udc00\\ud800"),
    (b"Ab", b"\\ud83d\\ude00"),
    (b"Ab", b"\\uD83D\\uDE00"),
    (b"Ab", b"\xff"),
    (b"Ab", b"\xed\xa0\x80"),
    (b"Ab", b"\xc0\xaf"),
    (b"Ab", b"\xf4\x90\x80\x80"),
    (b"Ab", b"\t"),
    (b"Ab", b"\\x41"),
    (b"Ab", b"\x7f"),
    (b"true", b"NaN"),
    (b"true", b"-Infinity"),
    (b"true", b"True"),
    (b"7", b"7.0"),
    (b"7", b"7e0"),
    (b"7", b"07"),
    (b"7", b"+7"),
    (b"7", b"-0"),
    (b"7", b"1e400"),
    (b"7", b"9" * 90),
    (b"7", b"-9223372036854775809"),
    (b": ", b":\x0b"),
    (b": ", b":\xc2\xa0"),
    (b": ", b" \t\r\n:\n"),
    (b"}", b",}"),
    (b"]", b",]"),
    (b"{", b"{/**/"),
    (b'"', b"'"),
    (b"}", b"} "),
    (b"}", b"}}"),
    (b"{", b"\xef\xbb\xbf{"),
]


def _written(record: Any, dice: random.Random) -> bytes:
    raw = json.dumps(record, ensure_ascii=dice.random() < 0.5, indent=dice.choice([None, 1])).encode()
    for old, new in dice.sample(_TEXTS, dice.choice([0, 0, 1, 1, 2])):
        raw = raw.replace(old, new, dice.choice([1, 1, -1]))
    return raw


def _by_reference(raw: bytes, schema: dict[str, Any]) -> list[str] | None:
    """The places of all breaches; None for what is no JSON."""
    try:
        return sorted(set(breaches(schema, read_strictly(raw))))
    except NotStrictJsonError:
        return None


def _ours(raw: bytes) -> list[str]:
    faults = examine([raw])[0][1]
    known = [fault.path if fault.rule_id != UNKNOWN_PROPERTY else _holder_of(fault) for fault in faults]
    return sorted(set(known))


def _holder_of(fault: Any) -> str:
    """An unknown property has the path of the object it is in; one that is known elsewhere is named at its end."""
    return fault.path.rpartition(".")[0] if fault.reason == "is not allowed here" else fault.path


@settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**40))
def test_the_verdict_is_that_of_the_published_schema(published, seed):
    dice = random.Random(seed)
    raw = _written(_disturbed(a_value(published, dice), dice), dice)
    expected = _by_reference(raw, published)
    faults = examine([raw])[0][1]
    assert (expected == []) == (not faults)
    if expected is not None and len(faults) < MAX_FAULTS and not _is_past_reading(faults):
        assert _ours(raw) == expected
    if proven(b"[" + raw + b"]") is not None:
        assert expected == []


def _is_past_reading(faults: list[Any]) -> bool:
    """Whether the record is refused as a whole for what a parser cannot hold, where the reference finds a place."""
    return {fault.reason for fault in faults} <= {
        "the record is nested too deeply",
        "the record holds a number that is too large",
    }


@pytest.mark.parametrize("place", range(len(_TEXTS)))
def test_each_change_of_the_text_is_judged_as_published(published, place):
    old, new = _TEXTS[place]
    record = {"la_child_id": "Ab", "purge": True, "health_and_wellbeing": {"sdq_assessments": [{"score": 7}]}}
    raw = json.dumps(record).encode().replace(old, new, 1)
    assert old in json.dumps(record).encode()
    assert (_by_reference(raw, published) == []) == (not examine([raw])[0][1])


def test_most_drawn_records_are_neither_all_good_nor_all_bad(published):
    verdicts = []
    for seed in range(400):
        dice = random.Random(seed)
        verdicts.append(_by_reference(_written(_disturbed(a_value(published, dice), dice), dice), published))
    assert 60 < sum(verdict == [] for verdict in verdicts) < 250
    assert 20 < sum(verdict is None for verdict in verdicts) < 250


@pytest.mark.parametrize("megabytes", [1, 10])
def test_a_huge_text_is_good_where_none_is_too_long(published, megabytes):
    text = b"x" * (megabytes * 1_000_000)
    for raw in (
        b'{"la_child_id":"A","child_details":{"first_name":"%s"}}' % text,
        b'{"la_child_id":"%s"}' % text,
        b'{"la_child_id":"A","%s":1}' % text,
    ):
        assert _ours(raw) == _by_reference(raw, published)
