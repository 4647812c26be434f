"""The verdict on one record: which rule, which field, and never a word of what the record said."""

import json

import pytest

from assets.records.payload_model import ChildRecord, record_schema
from assets.records.structure import MAX_FAULTS, Fault, examine, faults_of
from assets.records.structure_rules import RULES


def a_record(**changes):
    return {"la_child_id": "Child1"} | changes


def an_episode(**changes):
    return {"social_care_episode_id": "E1"} | changes


def fired(record):
    return [(fault.rule_id, fault.path) for fault in faults_of(record)]


def of_bytes(raw: bytes) -> list[Fault]:
    return examine([raw])[0][1]


def test_a_minimal_record_is_good():
    assert examine([b'{"la_child_id": "A1"}']) == [({"la_child_id": "A1"}, [])]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ([], [("CSC-006", "")]),
        (None, [("CSC-006", "")]),
        ({}, [("CSC-007", "la_child_id")]),
        (a_record(la_child_id=""), [("CSC-007", "la_child_id")]),
        (a_record(la_child_id="a-b"), [("CSC-008", "la_child_id")]),
        (a_record(la_child_id="a\n"), [("CSC-008", "la_child_id")]),
        (a_record(la_child_id="a" * 21), [("CSC-009", "la_child_id")]),
        (a_record(la_child_id=5), [("CSC-014", "la_child_id")]),
        (a_record(la_child_id=None), [("CSC-013", "la_child_id")]),
        (a_record(mis_child_id="a b"), [("CSC-010", "mis_child_id")]),
        (a_record(mis_child_id=1), [("CSC-010", "mis_child_id"), ("CSC-014", "mis_child_id")]),
        (a_record(mis_child_id="a" * 37), [("CSC-011", "mis_child_id")]),
        (a_record(purge="true"), [("CSC-015", "purge")]),
        (a_record(purge=None), [("CSC-013", "purge")]),
        (a_record(child_details=[]), [("CSC-016", "child_details")]),
        (a_record(child_details={"first_name": 1}), [("CSC-014", "child_details.first_name")]),
        (a_record(child_details={"disabilities": "HAND"}), [("CSC-027", "child_details.disabilities")]),
        (a_record(child_details={"disabilities": [None]}), [("CSC-027", "child_details.disabilities.#0")]),
        (a_record(child_details={"disabilities": ["A", "A"]}), [("CSC-029", "child_details.disabilities")]),
        (
            a_record(child_details={"disabilities": [str(n) for n in range(13)]}),
            [("CSC-028", "child_details.disabilities")],
        ),
        (a_record(child_details={"sex": "MF"}), [("CSC-088", "child_details.sex")]),
        (
            a_record(child_details={"unique_pupil_number": "A" * 12}),
            [("CSC-085", "child_details.unique_pupil_number")],
        ),
        (
            a_record(health_and_wellbeing={"sdq_assessments": [{}, {"score": "20"}]}),
            [("CSC-084", "health_and_wellbeing.sdq_assessments.#1.score")],
        ),
        (
            a_record(health_and_wellbeing={"sdq_assessments": [{"score": 20.0}]}),
            [("CSC-084", "health_and_wellbeing.sdq_assessments.#0.score")],
        ),
        (a_record(social_care_episodes={}), [("CSC-018", "social_care_episodes")]),
        (a_record(social_care_episodes=[{}]), [("CSC-033", "social_care_episodes.#0.social_care_episode_id")]),
        (
            a_record(social_care_episodes=[an_episode(child_in_need_plans=[{}])]),
            [("CSC-039", "social_care_episodes.#0.child_in_need_plans.#0.child_in_need_plan_id")],
        ),
        (
            a_record(social_care_episodes=[an_episode(), an_episode(closure_reason="RC10")]),
            [("CSC-093", "social_care_episodes.#1.closure_reason")],
        ),
    ],
)
def test_each_breach_has_its_rule_and_place(record, expected):
    assert fired(record) == expected


@pytest.mark.parametrize(
    "value",
    ["2025-02-29", "2025-13-01", "2025-1-1", "01/02/2025", "2025-01-01T00:00:00", "2025-01-01\n", "", "0000-01-01"],
)
def test_only_real_calendar_dates_are_dates(value):
    record = a_record(child_details={"date_of_birth": value})
    assert faults_of(record) == [
        Fault("CSC-058", "child_details.date_of_birth", "must be a real date, written YYYY-MM-DD")
    ]


@pytest.mark.parametrize("value", ["2024-02-29", "0001-01-01", "9999-12-31"])
def test_real_dates_pass(value):
    assert faults_of(a_record(child_details={"date_of_birth": value})) == []


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'{"la_child_id":"a","la_child_id":"b"}', "an object of it holds the same property twice: la_child_id"),
        (
            b'{"la_child_id":"a","child_details":{"sex":"M","sex":"F"}}',
            "an object of it holds the same property twice: sex",
        ),
        (
            b'{"la_child_id":"a","child_details":{"first_name":"\\u0022\\u0022","sex":"M","sex":"F"}}',
            "an object of it holds the same property twice: sex",
        ),
        (b'{"la_child_id":NaN}', "the record holds NaN or Infinity, which is not JSON"),
        (b'{"la_child_id":"\\ud800"}', "the record holds half of a two-part character, which is not text"),
        (b'{"la_child_id":"\xff"}', "the record holds bytes that are not UTF-8 text"),
        *((b"[" * deep + b"]" * deep, "the record is nested too deeply") for deep in (300, 1000, 1024, 5000)),
        (b'{"la_child_id":' + b"[" * 1000 + b"]" * 1000 + b"}", "the record is nested too deeply"),
        (
            b'{"la_child_id":' + b"[" * 1010 + b"]" * 1010 + b',"la_child_id":"a"}',
            "an object of it holds the same property twice",
        ),
        (b'{"la_child_id":1e999}', "the record holds a number that is too large"),
        (b'{"la_child_id":' + b"9" * 5000 + b"}", "the record holds a number that is too large"),
        (b"{", "the record is not JSON"),
    ],
)
def test_what_is_no_proper_json_object_is_set_aside_with_its_reason(raw, reason):
    assert of_bytes(raw) == [Fault("CSC-006", "", reason)]


@pytest.mark.parametrize("score", [2**63, 2**64, -(2**63) - 1, 10**30, -(10**300)])
def test_a_whole_number_may_be_of_any_size(score):
    record = a_record(health_and_wellbeing={"sdq_assessments": [{"score": score}]})
    assert of_bytes(json.dumps(record).encode()) == []


def test_beside_a_long_number_every_fault_is_found():
    record = a_record(purge=1, health_and_wellbeing={"sdq_assessments": [{"score": 10**30}, {"score": 1.5}]})
    found = {fault.path for fault in of_bytes(json.dumps(record).encode())}
    assert found == {"health_and_wellbeing.sdq_assessments.#1.score", "purge"}


def test_a_quotation_mark_sent_as_its_code_point_is_no_repeated_property():
    raw = b'{"la_child_id":"a","child_details":{"first_name":"\\u0022Jo\\u0022 \\"x\\""}}'
    assert of_bytes(raw) == []


def test_a_repeated_property_spoils_only_its_own_record():
    verdicts = examine(
        [b'{"la_child_id":"a"}', b'{"la_child_id":"a","purge":true,"purge":false}', b'{"la_child_id":"b"}']
    )
    assert [len(faults) for _, faults in verdicts] == [0, 1, 0]


def test_an_unknown_property_is_named_only_by_names_that_are_ours():
    record = a_record(**{"Jane Doe 2015-01-01": 1, "refferal_date": 2, "education_health_care_plans": []})
    faults = faults_of(record)
    assert {fault.rule_id for fault in faults} == {"CSC-012"}
    text = " ".join(f"{fault.path} {fault.reason}" for fault in faults)
    assert "Jane" not in text
    assert "did you mean referral_date?" in text
    assert any(fault.path == "education_health_care_plans" for fault in faults)


def test_no_fault_repeats_a_value():
    secret = "Quixotic-Value-1"
    record = {
        "la_child_id": secret,
        "mis_child_id": [secret],
        "child_details": {name: secret for name in ("date_of_birth", "sex", "postcode", "uasc_flag", "disabilities")},
        "social_care_episodes": [{"social_care_episode_id": secret * 3, secret: secret}],
    }
    faults = faults_of(record)
    assert len(faults) > 6
    assert not any("Quixotic" in f"{fault.path}{fault.reason}" for fault in faults)


def test_faults_are_capped():
    record = a_record(social_care_episodes=[{"x": 1}] * 100)
    assert len(faults_of(record)) == MAX_FAULTS


def _walk(schema, definitions, field=""):
    """Every (field, keyword) in which the schema can refuse something."""
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    for keyword in schema.keys() & {"type", "pattern", "format", "minLength", "maxLength", "maxItems", "uniqueItems"}:
        yield field, keyword
    for name, inner in schema.get("properties", {}).items():
        below = f"{field}.{name}" if field else name
        if name in schema.get("required", []):
            yield below, "required"
        yield from _walk(inner, definitions, below)
    if "items" in schema:
        yield from _walk(schema["items"], definitions, f"{field}.#")


def test_every_breach_that_the_schema_can_make_has_a_rule():
    schema = record_schema()
    possible = set(_walk(schema, schema["$defs"]))
    assert possible - set(RULES) == set()
    assert {field.removesuffix(".#") for field, _ in RULES} - {field for field, _ in possible} <= {"#"}


def test_the_model_reads_what_the_verdict_accepts():
    import msgspec

    record = a_record(
        child_details={"date_of_birth": "2020-02-29", "uasc_flag": False}, social_care_episodes=[an_episode()]
    )
    typed = msgspec.json.decode(json.dumps(record), type=ChildRecord)
    assert msgspec.to_builtins(typed) == record
