"""What several processes of the receiver write into the submission log at once: every attempt, once, nothing else."""

import json
import signal
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest
from receiver_server import Running
from receiver_world import BAD, CHILD, ReceiverWorld, Sender

PATH = "/api/children_social_care_data/204/children"
TURNS, SENDERS = 12, 6


@pytest.fixture
def world(tmp_path: Path, warehouse_url: str) -> Iterator[ReceiverWorld]:
    made = ReceiverWorld(tmp_path / "home", warehouse_url=warehouse_url)
    yield made
    made.stores.log.close()


def attempts_of(number: int, turn: int, sender: Sender) -> list[tuple[dict[str, str], bytes]]:
    """One of each kind of attempt, with the children of that sender and turn."""
    child = CHILD | {"la_child_id": f"S{number}T{turn}"}
    good = sender.headers()
    return [
        (good, json.dumps([child, child | {"la_child_id": f"S{number}T{turn}B"}]).encode()),
        (good, json.dumps([child, BAD]).encode()),
        (good, b"[]"),
        (sender.headers(SupplierKey="another"), b"[]"),
        (sender.headers(Authorization="Bearer nonsense"), b"[]"),
        (sender.headers(Content_Type="text/plain"), b"[]"),
    ]


def test_every_attempt_is_in_the_log_with_what_the_burden_measures_need(
    world: ReceiverWorld, tmp_path: Path, warehouse_url: str
) -> None:
    sender = world.add("204-d2i")
    running = Running(tmp_path / "home", CSC_WAREHOUSE_URL=warehouse_url)

    def send(number: int) -> Counter[int]:
        with httpx2.Client(base_url=f"http://127.0.0.1:{running.port}", timeout=30) as http:
            return Counter(
                http.post(PATH, content=body, headers=headers).status_code
                for turn in range(TURNS)
                for headers, body in attempts_of(number, turn, sender)
            )

    try:
        with ThreadPoolExecutor(SENDERS) as pool:
            answered = sum(pool.map(send, range(SENDERS)), Counter())
    finally:
        running.end(signal.SIGTERM)
    each = TURNS * SENDERS
    assert answered == {200: each, 400: each, 204: each, 403: each, 401: each, 415: each}

    log = world.stores.log.attempts()
    assert Counter(log["http_status"]) == answered
    assert log["attempt_id"].n_unique() == log.height
    told = {status: log.filter(http_status=status).row(0, named=True) for status in answered}
    said = {status: (row["outcome"], row["records"], row["stream_id"]) for status, row in told.items()}
    assert said == {
        200: ("accepted", 2, "204-d2i"),
        204: ("accepted", 0, "204-d2i"),
        400: ("refused", 2, "204-d2i"),
        401: ("refused", None, None),
        403: ("refused", None, None),
        415: ("refused", None, "204-d2i"),
    }
    assert json.loads(told[400]["error_rules"])
    assert log["bytes"].min() >= 2
    batches = {batch.batch_id for batch in world.stores.landing.batches()}
    assert set(log.filter(http_status=200)["batch_id"]) == batches
    assert "S0T0" not in str(log.to_dicts())
