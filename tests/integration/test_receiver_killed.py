"""The receiver killed outright under load, again and again: every receipt given stands for a record in landing."""

import json
import signal
import threading
import time
from pathlib import Path

import httpx2
import pytest
from receiver_server import Running
from receiver_world import ReceiverWorld, Sender

from assets.submissions.receipts import receipts

KILLS, SECONDS_OF_LOAD, SENDERS, CHILDREN = 3, 1.5, 4, 20


def load(running: Running, sender: Sender, number: int, stop: threading.Event, given: list[list[str]]) -> None:
    """Send one batch after another, each of other children, and keep the receipts."""
    url = f"http://127.0.0.1:{running.port}/api/children_social_care_data/204/children"
    with httpx2.Client(timeout=10) as http:
        for turn in range(100_000):
            if stop.is_set():
                return
            marks = [f"P{running.port}S{number}T{turn}N{each}" for each in range(CHILDREN)]
            body = json.dumps([{"la_child_id": mark[:20], "child_details": {"sex": "F"}} for mark in marks])
            try:
                answer = http.post(url, content=body, headers=sender.headers())
            except httpx2.TransportError:
                return
            assert answer.status_code == 200
            given.append(answer.json())


def in_landing(world: ReceiverWorld) -> set[str]:
    """The receipts of all that is landed, every file read to its end."""
    found: set[str] = set()
    for batch in world.stores.landing.batches():
        records = json.loads(world.stores.landing.read(batch))
        found |= set(receipts(batch.batch_id, batch.received_at, len(records)))
    return found


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_no_receipt_without_its_record(tmp_path: Path, how: signal.Signals) -> None:
    world = ReceiverWorld(tmp_path / "home")
    sender = world.add("204-d2i")
    given: list[list[str]] = []
    for _ in range(KILLS if how is signal.SIGKILL else 1):
        running, stop = Running(tmp_path / "home"), threading.Event()
        threads = [
            threading.Thread(target=load, args=(running, sender, number, stop, given)) for number in range(SENDERS)
        ]
        for thread in threads:
            thread.start()
        time.sleep(SECONDS_OF_LOAD)
        ended = running.end(how)
        stop.set()
        for thread in threads:
            thread.join(timeout=30)
        assert ended == (-signal.SIGKILL if how is signal.SIGKILL else 0)
    told = {receipt for batch in given for receipt in batch}
    assert len(told) > 100 * KILLS if how is signal.SIGKILL else told
    assert len(told) == sum(map(len, given)), "no receipt is given twice"
    assert told <= in_landing(world)
    accepted = world.stores.log.attempts()
    landed = {batch.batch_id for batch in world.stores.landing.batches()}
    assert set(accepted.filter(outcome="accepted")["batch_id"]) <= landed
