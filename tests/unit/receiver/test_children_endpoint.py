"""What a sender is answered: receipts for the whole batch, or a refusal that stores none of it."""

import gzip
import json
import re
from pathlib import Path

import pytest
from receiver_world import BAD, CHILD, ReceiverWorld, Sender

import receiver.children as children_module

INDEX = re.compile(r"\[(\d+)\]")


@pytest.fixture
def world(tmp_path: Path) -> ReceiverWorld:
    return ReceiverWorld(tmp_path / "home")


@pytest.fixture
def sender(world: ReceiverWorld) -> Sender:
    return world.add("204-d2i")


def test_a_good_batch_gets_a_receipt_a_record_and_is_in_landing(world: ReceiverWorld, sender: Sender) -> None:
    answer = world.send(sender, [CHILD, CHILD | {"la_child_id": "X3"}])
    assert answer.status_code == 200
    receipts = answer.json()
    assert len(receipts) == 2
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d_\d\d:\d\d:\d\d\.\d\d_[0-9a-f-]{36}\.json", each) for each in receipts)
    assert world.landed() == 1
    assert world.statuses() == [200]


def test_the_same_batch_again_gets_the_same_receipts_and_is_kept_once(world: ReceiverWorld, sender: Sender) -> None:
    first, again = world.send(sender, [CHILD]), world.send(sender, [CHILD])
    assert again.json() == first.json()
    assert world.landed() == 1


def test_an_empty_array_is_taken_and_leaves_nothing(world: ReceiverWorld, sender: Sender) -> None:
    answer = world.send(sender, [])
    assert (answer.status_code, answer.content) == (204, b"")
    assert world.landed() == 0


def test_one_bad_record_refuses_the_batch_and_is_named_by_its_index_alone(world: ReceiverWorld, sender: Sender) -> None:
    episode = {"social_care_episode_id": "E1", "care_worker_details": [{"worker_id": "W", "start_date": "soon"}]}
    answer = world.send(sender, [CHILD, BAD, CHILD | {"social_care_episodes": [episode]}])
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(INDEX.findall(answer.text)) == {"1", "2"}
    assert all(error["rule"].startswith("CSC-") and error["message"] for error in answer.json()["errors"])
    assert "X2" not in answer.text
    assert world.landed() == 0
    assert world.statuses() == [400]


def test_thousands_of_faults_are_capped_and_every_record_is_still_named(world: ReceiverWorld, sender: Sender) -> None:
    worst = BAD | {"disabilities": ["?"] * 30, "unknown": 1}
    answer = world.send(sender, [worst] * 100)
    assert answer.status_code == 400
    assert {int(found) for found in INDEX.findall(answer.text)} == set(range(100))
    assert len(answer.json()["errors"]) <= 200
    assert len(answer.content) < 100_000


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"{}", 400), (b"[", 400), (b"\xff", 400), (b"[1]", 400), (json.dumps([CHILD] * 101).encode(), 413)],
)
def test_what_is_no_batch_is_refused(world: ReceiverWorld, sender: Sender, body: bytes, status: int) -> None:
    assert world.send(sender, body).status_code == status
    assert world.landed() == 0


def test_a_body_over_the_limit_is_refused_by_what_it_says_and_by_what_it_is(tmp_path: Path) -> None:
    world = ReceiverWorld(tmp_path / "home", receiver_max_mb=1)
    sender = world.add("204-d2i")
    large = b" " * (1024**2 + 1)
    assert world.send(sender, large).status_code == 413
    path = "/api/children_social_care_data/204/children"
    in_pieces = world.client.post(path, content=iter([large[:700_000]] * 2), headers=sender.headers())
    assert in_pieces.status_code == 413
    assert world.statuses() == [413, 413]


@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/json; charset=latin-1"},
        {"Content_Encoding": "gzip"},
    ],
)
def test_only_plain_json_is_taken(world: ReceiverWorld, sender: Sender, headers: dict[str, str]) -> None:
    assert world.send(sender, gzip.compress(json.dumps([CHILD]).encode()), **headers).status_code == 415
    assert world.landed() == 0


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer x", "Basic abc", "Bearer " + "a" * 5000, "Bearer e30.e30.e30"]
)
def test_without_a_good_token_nobody_is_let_in(world: ReceiverWorld, sender: Sender, authorization: str) -> None:
    answer = world.send(sender, [CHILD], Authorization=authorization)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert world.landed() == 0
    assert world.statuses() == [401]


def test_nobody_sends_for_another_authority_or_with_anothers_key(world: ReceiverWorld, sender: Sender) -> None:
    other = world.add("301-cms")
    assert world.send(sender, [CHILD], la_code="301").status_code == 403
    assert world.send(sender, [CHILD], la_code="301", SupplierKey=other.issued.supplier_key).status_code == 403
    assert world.send(sender, [CHILD], SupplierKey=other.issued.supplier_key).status_code == 403
    assert world.send(sender, [CHILD], SupplierKey="").status_code == 403
    assert world.landed() == 0
    assert world.send(other, [CHILD]).status_code == 200


def test_test_and_live_are_kept_apart(world: ReceiverWorld) -> None:
    live, test = world.add("204-d2i"), world.add("301-cms", environment="test")
    assert world.send(live, [CHILD], base="/api/test").status_code == 403
    assert world.send(test, [CHILD], base="/api").status_code == 403
    assert world.send(test, [CHILD], base="/any/where/test").status_code == 200
    assert world.send(live, [CHILD], base="/any/where").status_code == 200


def test_a_stream_that_has_ended_is_shut(world: ReceiverWorld) -> None:
    ended = world.add("204-d2i", until="2025-05-01")
    assert world.send(ended, [CHILD]).status_code == 403


def test_who_sends_too_often_is_told_to_wait(tmp_path: Path) -> None:
    world = ReceiverWorld(tmp_path / "home", receiver_batches_a_second=2)
    sender, other = world.add("204-d2i"), world.add("301-cms")
    answers = [world.send(sender, [CHILD]) for _ in range(12)]
    waited = [answer for answer in answers if answer.status_code == 429]
    assert waited
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in waited)
    assert world.send(other, [CHILD]).status_code == 200, "one sender does not shut out another"


def test_what_cannot_be_stored_gets_no_receipt(
    world: ReceiverWorld, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(children_module, "land", full)
    answer = world.send(sender, [CHILD])
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) >= 1
    assert "No space" not in answer.text


def test_other_paths_and_methods_are_refused_in_the_same_form(world: ReceiverWorld) -> None:
    for answer in (world.client.get("/nothing"), world.client.put("/api/children_social_care_data/204/children")):
        assert answer.status_code in (404, 405)
        assert answer.headers["content-type"] == "application/problem+json"


def test_who_asks_learns_whether_it_may_send_and_nothing_is_noted(world: ReceiverWorld, sender: Sender) -> None:
    path = "/api/children_social_care_data/204/children"
    assert (answer := world.client.get(path, headers=sender.headers())).status_code == 204
    assert answer.content == b""
    assert world.client.get(path, headers=sender.headers(SupplierKey="another")).status_code == 403
    assert world.client.get(path.replace("204", "301"), headers=sender.headers()).status_code == 403
    assert world.client.get(path).status_code == 401
    assert world.landed() == 0
    assert world.statuses() == [], "it is no attempt to send"


def test_health_and_readiness(world: ReceiverWorld) -> None:
    assert world.client.get("/health").status_code == 200
    assert world.client.get("/ready").status_code == 200
    elsewhere = world.stores.deployment.home / "landing-elsewhere"
    elsewhere.write_text("not a folder")
    shut = ReceiverWorld(world.stores.deployment.home, landing=str(elsewhere))
    assert shut.client.get("/ready").status_code == 503


def test_figures_are_counted_and_hold_nothing_of_what_was_said(world: ReceiverWorld, sender: Sender) -> None:
    world.send(sender, [CHILD])
    world.send(sender, [BAD])
    told = world.client.get("/metrics").text
    assert 'csc_receiver_requests_total{endpoint="children",status="200"} 1.0' in told
    assert 'csc_receiver_requests_total{endpoint="children",status="400"} 1.0' in told
    assert "X1" not in told
    assert sender.issued.client_id not in told


def test_the_api_describes_itself_with_our_own_model(world: ReceiverWorld) -> None:
    told = world.client.get("/openapi.json").json()
    post = told["paths"]["/children_social_care_data/{la_code}/children"]["post"]
    assert {"200", "204", "400", "401", "403", "413", "415", "429", "503"} <= set(post["responses"])
    items = post["requestBody"]["content"]["application/json"]["schema"]["items"]
    named = items["$ref"].rpartition("/")[2]
    assert "la_child_id" in told["components"]["schemas"][named]["properties"]
    assert "$defs" not in json.dumps(told)
