"""OWASP's ten risks of APIs (2023): API3, properties; API4, resources; API6, what a sender may do over and over."""

import asyncio
import copy
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from raw_asgi import Answered, answer_to, answered
from receiver_world import CHILD, ReceiverWorld, Sender

import orchestration.receiving as receiving_module

PATH = "/api/children_social_care_data/204/children"
WHOLE: dict[str, Any] = {
    "la_child_id": "X1",
    "child_details": {"sex": "F"},
    "health_and_wellbeing": {"sdq_assessments": [{"date": "2025-01-01", "score": 5}]},
    "social_care_episodes": [
        {
            "social_care_episode_id": "E1",
            "care_worker_details": [{"worker_id": "W1"}],
            "child_protection_plans": [{"child_protection_plan_id": "P1"}],
        }
    ],
}


class Limited(ReceiverWorld):
    """A receiver with one sender, asked without a client that tidies."""

    sender: Sender

    def post(self, body: bytes | list[Any], **other: str) -> Answered:
        """The answer to a batch."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return answered(self.client.app, PATH, self.sender.headers(**other).items(), content)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Limited:
    made = Limited(tmp_path_factory.mktemp("resources") / "home", receiver_batches_a_second=100_000, receiver_max_mb=1)
    made.sender = made.add("204-d2i")
    return made


# API3: properties of objects


def _objects(value: Any) -> list[dict[str, Any]]:
    """Every object in a record, the record itself first."""
    if isinstance(value, list):
        return [found for each in value for found in _objects(each)]
    if isinstance(value, dict):
        return [value, *(found for each in value.values() for found in _objects(each))]
    return []


def test_the_record_without_anything_added_is_taken(world: Limited) -> None:
    assert world.post([WHOLE]).status == 200


names = st.text(min_size=1, max_size=12) | st.sampled_from(
    [
        "__proto__",
        "constructor",
        "la_code",
        "stream_id",
        "received_at",
        "is_admin",
        "LA_CHILD_ID",
        "la_child_id ",
        "$ref",
    ]
)


@given(at=st.integers(0, len(_objects(WHOLE)) - 1), name=names, value=st.sampled_from([None, True, 1, "x", [], {}]))
@settings(max_examples=100, deadline=None)
def test_a_property_that_the_schema_does_not_have_refuses_the_batch(
    world: Limited, at: int, name: str, value: Any
) -> None:
    record = copy.deepcopy(WHOLE)
    held = _objects(record)[at]
    if name in held or name == "purge":
        return
    held[name] = value
    before = world.landed()
    answer = world.post([WHOLE, record])
    assert answer.status == 400
    assert {error["record"] for error in answer.json()["errors"]} == {"[1]"}
    assert world.landed() == before


@pytest.mark.parametrize("said", [None, 0, 1, "true", "", [], {}, [True]])
@pytest.mark.parametrize("at", range(len(_objects(WHOLE))))
def test_a_purge_is_true_or_false_and_nothing_like_it(world: Limited, at: int, said: Any) -> None:
    record = copy.deepcopy(WHOLE)
    _objects(record)[at]["purge"] = said
    assert world.post([record]).status == 400


def test_a_name_said_twice_does_not_bring_in_what_would_be_refused(world: Limited) -> None:
    """One reader takes the first of two, another the last."""
    for one, other in (("X1", "X2"), ("X1", 5), (5, "X1"), ("X1", "X1")):
        record = f'{{"la_child_id":{json.dumps(one)},"la_child_id":{json.dumps(other)}}}'
        assert world.post(f"[{record}]".encode()).status == 400


def test_answers_say_what_is_documented_and_no_more(world: Limited) -> None:
    """Also where much would be known: of a batch that was taken only receipts are told."""
    problem = {"type", "title", "status", "detail"}
    taken = world.post([CHILD]).json()
    assert [type(each) for each in taken] == [str]
    refused = world.post([CHILD | {"x": 1}]).json()
    assert set(refused) == problem | {"errors"}
    assert all(set(error) <= {"record", "rule", "message"} for error in refused["errors"])
    assert set(world.post([CHILD], SupplierKey="x").json()) == problem
    assert set(world.post([CHILD], Authorization="x").json()) == problem
    assert set(world.token(world.sender.issued).json()) == {"access_token", "token_type", "expires_in", "scope"}
    assert set(world.token(world.sender.issued, scope="x").json()) == {"error", "error_description"}
    assert world.client.get("/health").json() == {"status": "ok"}
    assert world.client.get("/ready").json() == {"status": "ready"}


# API4: resources


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b" " * (1024**2 + 1), 413),
        (json.dumps([CHILD] * 101).encode(), 413),
        (b"[" * 500_000, 400),
        (b"[" + b"[" * 100_000 + b"]" * 100_000 + b"]", 400),
        (b'[{"a":' * 100_000, 400),
        (b'[{"la_child_id":"X1","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}]", 400),
        (b'[{"la_child_id":"X1","x":' + b"9" * 500_000 + b"}]", 400),
        (b'[{"la_child_id":"' + b"X" * 500_000 + b'"}]', 400),
        (b'[{"la_child_id":"' + b"\\u0041" * 100_000 + b'"}]', 400),
        (b"[{" + b",".join(b'"p%d":1' % number for number in range(50_000)) + b"}]", 400),
        (b'[{"la_child_id":"X1","disabilities":[' + b'"x",' * 100_000 + b'"x"]}]', 400),
    ],
    ids=range(11),
)
def test_what_is_too_much_is_refused_soon_and_told_briefly(world: Limited, body: bytes, status: int) -> None:
    before, start = world.landed(), time.perf_counter()
    answer = world.post(body)
    assert answer.status == status
    assert time.perf_counter() - start < 5
    assert len(answer.body) < 100_000
    assert world.landed() == before


@pytest.mark.parametrize("length", ["2000000", "9" * 19, "9" * 5000])
def test_a_body_that_is_said_to_be_too_long_is_not_read(world: Limited, length: str) -> None:
    assert world.post(b"[]", Content_Length=length).status == 413


@pytest.mark.parametrize("length", ["", "-1", "abc", "\u00b2", "1e3", "0x10", " 2", "2, 2"])
def test_a_length_that_is_none_breaks_nothing(world: Limited, length: str) -> None:
    assert world.post(b"[]", Content_Length=length).status == 204
    assert world.post(b"[]", Content_Length=length, Authorization="x").status == 401


@pytest.mark.parametrize("name", ["SupplierKey", "Content_Type", "Authorization", "X_Anything"])
def test_a_header_of_any_size_breaks_nothing(world: Limited, name: str) -> None:
    expected = {"SupplierKey": 403, "Content_Type": 415, "Authorization": 401, "X_Anything": 204}[name]
    assert world.post(b"[]", **{name: "x" * 1_000_000}).status == expected


def test_one_who_sends_too_much_is_told_to_wait_and_others_are_not(tmp_path: Path) -> None:
    home = Limited(tmp_path / "home", receiver_batches_a_second=3)
    busy, other = home.add("204-d2i"), home.add("204-cms")
    headers = busy.headers().items()

    async def all_at_once() -> list[Answered]:
        return await asyncio.gather(*(answer_to(home.client.app, PATH, headers, b"[]") for _ in range(40)))

    answers = asyncio.run(all_at_once())
    waited = [answer for answer in answers if answer.status == 429]
    assert len(waited) >= 30
    assert {int(answer.headers["retry-after"]) for answer in waited} == {1}
    assert answered(home.client.app, PATH, other.headers().items(), b"[]").status == 204


def test_every_stranger_is_in_the_submission_log(tmp_path: Path) -> None:
    home = Limited(tmp_path / "home")
    home.sender = home.add("204-d2i")

    async def at_once() -> list[Answered]:
        headers = [home.sender.headers(Authorization=f"Bearer {number}").items() for number in range(150)]
        return await asyncio.gather(*(answer_to(home.client.app, PATH, each, b"[]") for each in headers))

    assert {answer.status for answer in asyncio.run(at_once())} == {401}
    assert home.statuses() == [401] * 150


def test_asking_whether_it_is_ready_is_little_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    monkeypatch.setattr(receiving_module, "_can_store", lambda _: not looked.append(1))
    home = Limited(tmp_path / "home")

    async def all_at_once() -> list[Answered]:
        return await asyncio.gather(*(answer_to(home.client.app, "/ready", [], method="GET") for _ in range(200)))

    assert {answer.status for answer in asyncio.run(all_at_once())} == {200}
    assert len(looked) <= 2


# API6: what a sender may do over and over


def test_the_same_batch_a_hundred_times_is_kept_once(world: Limited) -> None:
    body = json.dumps([CHILD | {"la_child_id": "Again"}]).encode()
    before = world.landed()

    async def all_at_once() -> list[Answered]:
        headers = world.sender.headers().items()
        return await asyncio.gather(*(answer_to(world.client.app, PATH, headers, body) for _ in range(100)))

    answers = asyncio.run(all_at_once())
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    assert world.landed() == before + 1
