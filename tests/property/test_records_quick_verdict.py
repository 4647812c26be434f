"""The verdict on a whole body is never kinder than the one by record, and reads the same into its columns."""

import copy
import json
import random
import re

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assets.records.payload_columns import columns_of, rows_of
from assets.records.payload_structs import PATTERNS
from assets.records.quick_verdict import proven
from assets.records.structure import examine


def _spell(own_id, number, **more):
    return {own_id: f"X-{number}", "start_date": "2024-03-01", "purge": False} | more


def a_whole(number):
    """A record with something of everything, different for each number."""
    episode = {
        "social_care_episode_id": f"E-{number}",
        "referral_date": "2024-02-29",
        "referral_no_further_action_flag": number % 2 == 0,
        "care_worker_details": [{"worker_id": f"W_{each}"} for each in range(number % 3)],
        "child_and_family_assessments": [
            _spell("child_and_family_assessment_id", number, factors=["1A", "2B"][: number % 3])
        ],
        "child_in_need_plans": [_spell("child_in_need_plan_id", each) for each in range(number % 4)],
        "section_47_assessments": [_spell("section_47_assessment_id", number, icpc_required_flag=True)],
        "child_protection_plans": [_spell("child_protection_plan_id", number, end_date="2024-05-01")],
        "child_looked_after_placements": [_spell("child_looked_after_placement_id", number, postcode="ZZ1 1ZZ")],
        "adoption": {"matched_date": "2024-02-29", "purge": False},
        "care_leavers": {"contact_date": "2024-02-29", "activity": "F2"},
        "purge": False,
    }
    details = {
        "unique_pupil_number": f"A{number:012}",
        "first_name": 'Zoë "Z"',
        "surname": "Invented",
        "date_of_birth": "2015-02-28",
        "sex": "F",
        "disabilities": ["MOB", "HAND"][: 1 + number % 2],
        "uasc_flag": False,
    }
    return {
        "la_child_id": f"C{number}",
        "mis_child_id": f"mis-{number}",
        "child_details": details,
        "health_and_wellbeing": {"sdq_assessments": [{"date": "2024-03-01", "score": number}], "purge": False},
        "social_care_episodes": [episode] * (1 + number % 2),
        "purge": False,
    }


WHOLE = a_whole(1)
ODD = [
    *(None, True, 0, -1, 1.0, 20.0, -0.0, 1.5, 10**10, -(2**31), 2**63, 2**64, -(2**63) - 1, "", " ", "x", "é"),
    *("a" * 13, "a" * 14, "a" * 37, "é" * 13, "a\n", "A\x00", 'a"b', "a\\", "2025-02-30", "2024-02-29", "0000-01-01"),
    *("2025-1-1", "2025-01-01T00:00:00Z", "20250101", "٢٠٢٥-01-01", "-001-01-01", "2025-01-01 ", [], {}, [None]),
    *(["A"] * 2, ["A", "a"], [str(n) for n in range(13)], [str(n) for n in range(42)], [{}], [[]], {"purge": True}),
    *({"date": "2024-02-29"}, "\u2028", "\U0001f600", 1e300, ["ABCDE"], [1.0, 1]),
]
KEYS = ["purge", "extra", "start_date", "factors", "score", "la_child_id", "mis_child_id", "Purge", 'pur"ge']
# what is changed in the text of a record, which no parsed value can say
TEXTS = [
    (b'"purge"', b'"purge": true, "purge"'),
    (b'"sex"', b'"sex": "M", "sex"'),
    (b'"sex"', b'"s\\u0065x"'),
    (b'"sex"', b'"sex": "M", "s\\u0065x"'),
    (b'"first_name": "', b'"first_name": "\\u0022\\u0022'),
    (b'"first_name": "', b'"first_name": "\\u0022\\u0022", "first_name": "'),
    (b'"surname": "', b'"surname": "\\\\\\"'),
    (b'"surname": "', b'"surname": "\\\\u0022'),
    (b'"surname": "', b'"surname": "\\ud83d\\ude00'),
    (b'"surname": "', b'"surname": "\\ud83d'),
    (b'"surname": "', b'"surname": "\\u0000'),
    (b'"surname": "', b'"surname": "\n'),
    (b'"surname": "', b'"surname": "\xff'),
    (b'"surname": "', b'"surname": "\xed\xa0\x80'),
    (b'"score": ', b'"score": 0'),
    (b'"score": ', b'"score": -'),
    (b'"score": ', b'"score": 1e2, "score": '),
    (b"{", b"{ \n\t"),
    (b"}", b",}"),
    (b"false", b"NaN"),
    (b'": ', b'"\x0b: '),
]


def _holders(node):
    yield node
    for inner in node.values() if isinstance(node, dict) else node:
        if isinstance(inner, dict | list):
            yield from _holders(inner)


def _changed(dice):
    changed = copy.deepcopy(WHOLE)
    for _ in range(dice.choice([0, 1, 1, 1, 2])):
        holder = dice.choice(list(_holders(changed)))
        if isinstance(holder, list):
            holder.append(copy.deepcopy(dice.choice([*ODD, *holder])))
        elif dice.random() < 0.2 and holder:
            del holder[dice.choice(list(holder))]
        else:
            holder[dice.choice([*holder, *holder, *KEYS])] = copy.deepcopy(dice.choice(ODD))
    raw = json.dumps(changed, ensure_ascii=dice.random() < 0.5, indent=dice.choice([None, 1])).encode()
    for old, new in dice.sample(TEXTS, dice.choice([0, 0, 1, 1, 2])):
        raw = raw.replace(old, new, dice.choice([1, 1, -1]))
    return raw


def _is_good(raw):
    return not examine([raw])[0][1]


@settings(max_examples=1500, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**40))
def test_what_is_proven_good_is_good_by_record(seed):
    raw = _changed(random.Random(seed))
    if proven(b"[" + raw + b"]") is not None:
        assert _is_good(raw)
    elif _is_good(raw):
        # a good record that is not proven quickly can still be read into columns
        assert columns_of(b"[" + raw + b"]").counts[0] == 1


def test_plain_records_are_proven_and_one_bad_one_among_them_is_noticed():
    good = [json.dumps(a_whole(n)).encode() for n in range(50)]
    assert proven(b"[" + b",".join(good) + b"]") is not None
    for spoilt in ({"la_child_id": ""}, {"la_child_id": "a\n"}, {"la_child_id": "a", "la_child": 1}, None, {}):
        assert proven(b"[" + b",".join([*good, json.dumps(spoilt).encode()]) + b"]") is None


@pytest.mark.parametrize(("old", "new"), TEXTS)
def test_every_change_of_the_text_is_judged_alike(old, new):
    raw = json.dumps(WHOLE).encode().replace(old, new, 1)
    if proven(b"[" + raw + b"]") is not None:
        assert _is_good(raw)


@pytest.mark.parametrize("length", range(1, 9))
def test_escaped_marks_at_the_ends_of_texts_hide_no_repeated_property(length):
    escaped = b"\\\\" * length
    raw = b'{"la_child_id":"a","child_details":{"sex":"M","sex":"F","first_name":"%s","surname":"%s\\""}}'
    assert proven(b"[" + raw % (escaped, escaped) + b"]") is None


def test_the_patterns_are_one_class_of_letters_repeated():
    # quick_verdict.py looks at letters one by one, which proves a pattern of this form and no other
    assert all(re.fullmatch(r"\^\[[A-Za-z0-9_-]+\][*+]\$", pattern) for pattern in PATTERNS)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=6))
@example([0, 0, 3])
def test_columns_do_not_depend_on_how_records_are_cut_into_bodies(cut):
    made = [json.dumps(a_whole(n)).encode() for n in range(sum(cut))]
    starts = [sum(cut[:n]) for n in range(len(cut))]
    bodies = [b"[" + b",".join(made[start : start + size]) + b"]" for start, size in zip(starts, cut, strict=True)]
    apart = rows_of([columns_of(body) for body in bodies])
    together = rows_of([columns_of(b"[" + b",".join(made) + b"]")])
    assert _flat(apart) == _flat(together)


def _flat(rows):
    columns = {name: pl.Series(column).to_list() for name, column in rows.columns.items()}
    places = [rows.record.tolist(), rows.position.tolist(), rows.parent.tolist()]
    return columns, places, {name: (sent.tolist(), _flat(inner)) for name, (sent, inner) in rows.below.items()}
