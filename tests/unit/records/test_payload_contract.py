"""Our own model of the payload accepts and refuses exactly what the published schema does; our rule ids exist."""

import copy
import csv
import json
import random

import jsonschema_rs
import pytest

from assets.records.batch import split
from assets.records.structure import examine
from assets.records.structure_rules import NOT_AN_OBJECT, NULL, RULES, UNKNOWN_PROPERTY, UNREADABLE_BATCH

MUTATIONS = 4000
# The one deliberate difference: a year 0000, which the published schema lets through.
ODD_VALUES = [
    *(None, True, 0, -1, 20.0, 1.5, 2**63, "", " ", "x", "a" * 13, "a" * 40, "é", "a\n", "2025-02-30", "2024-02-29"),
    *("2025-01-01T00:00:00Z", "20250101", "٢٠٢٥-01-01", [], {}, [None], ["A"] * 2, [str(n) for n in range(13)]),
    *([str(n) for n in range(42)], [{}], [[]], {"purge": True}, [{"purge": 1}], ["ABCDE"], [1.0, 1], "1\u2028"),
]


@pytest.fixture(scope="module")
def published(shared_dir):
    document = json.loads((shared_dir / "spec" / "dfe_csc_api_openapi_1.0.1.json").read_text())
    schema = document["components"]["schemas"]["CSC"]["items"]
    return jsonschema_rs.Draft4Validator(schema, validate_formats=True)


@pytest.fixture(scope="module")
def samples(shared_dir):
    records = []
    for path in sorted((shared_dir / "data" / "payloads").glob("*.json")):
        records += [json.loads(raw) for raw in split(path.read_bytes())]
    return records


def _holders(node):
    """Every object and array of a record."""
    if isinstance(node, dict | list):
        yield node
        for inner in node.values() if isinstance(node, dict) else node:
            yield from _holders(inner)


def _mutated(record, dice):
    record = copy.deepcopy(record)
    for _ in range(dice.randint(1, 2)):
        holder = dice.choice(list(_holders(record)))
        if isinstance(holder, list):
            _mutate_list(holder, dice)
        else:
            _mutate_object(holder, dice)
    return record


def _mutate_list(holder, dice):
    action = dice.choice(["repeat", "many", "odd", "empty"])
    if action == "repeat" and holder:
        holder.append(copy.deepcopy(dice.choice(holder)))
    elif action == "many" and holder:
        holder.extend(copy.deepcopy(holder[0]) for _ in range(101))
    elif action == "odd":
        holder.append(dice.choice(ODD_VALUES))
    else:
        holder.clear()


def _mutate_object(holder, dice):
    action = dice.choice(["drop", "rename", "add", "odd", "odd", "odd"])
    key = dice.choice(list(holder)) if holder else None
    if action == "add" or key is None:
        holder[dice.choice(["purge", "extra", "start_date", "factors"])] = dice.choice(ODD_VALUES)
    elif action == "drop":
        del holder[key]
    elif action == "rename":
        holder[key.upper()] = holder.pop(key)
    else:
        holder[key] = dice.choice(ODD_VALUES)


def _agrees(records, published):
    verdicts = examine([json.dumps(record).encode() for record in records])
    return [(not faults) == published.is_valid(record) for record, (_, faults) in zip(records, verdicts, strict=True)]


def test_samples_are_judged_alike(samples, published):
    assert len(samples) > 300
    assert all(_agrees(samples, published))


def test_mutated_samples_are_judged_alike(samples, published):
    dice = random.Random(20261122)
    mutated = [_mutated(dice.choice(samples), dice) for _ in range(MUTATIONS)]
    refused = sum(not published.is_valid(record) for record in mutated)
    assert MUTATIONS * 0.3 < refused < MUTATIONS * 0.95
    assert all(_agrees(mutated, published))


def test_every_rule_named_is_a_reject_rule_of_the_catalogue(shared_dir):
    with (shared_dir / "spec" / "rules.csv").open(newline="") as handle:
        rejecting = {row["rule_id"] for row in csv.DictReader(handle) if row["severity"] == "reject"}
    ours = {*RULES.values(), UNREADABLE_BATCH, NOT_AN_OBJECT, UNKNOWN_PROPERTY, NULL}
    # what is left is about the request: how many records, which LA, whose credential
    assert rejecting - ours == {"CSC-002", "CSC-004", "CSC-005"}
    assert ours - rejecting == set()
