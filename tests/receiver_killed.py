"""Senders that load a receiver which may be killed at any moment: what was sent, what was answered, what is landed."""

import json
import threading
from collections.abc import Iterator

import httpx2
from receiver_server import Running
from receiver_world import ReceiverWorld, Sender

from assets.submissions.receipts import receipts

CHILDREN = 20


class Persistent:
    """Sends one batch after another, each of children of its own; what got no answer goes first the next time."""

    def __init__(self, number: int, sender: Sender) -> None:
        self.given: dict[str, list[str]] = {}
        self.unanswered: list[str] = []
        self.faults: list[int] = []
        self._sender, self._bodies = sender, _bodies(number)

    def send(self, running: Running, until: threading.Event) -> None:
        """Send until told to stop or cut off."""
        url = f"http://127.0.0.1:{running.port}/api/children_social_care_data/204/children"
        with httpx2.Client(timeout=10) as http:
            while not until.is_set():
                body = self.unanswered.pop() if self.unanswered else next(self._bodies)
                try:
                    answer = http.post(url, content=body, headers=self._sender.headers())
                except httpx2.TransportError:
                    self.unanswered.append(body)
                    return
                if answer.status_code != 200:
                    self.faults.append(answer.status_code)
                    return
                self.given[body] = answer.json()


def _bodies(number: int) -> Iterator[str]:
    for turn in range(100_000):
        marks = [f"S{number}T{turn}N{each}" for each in range(CHILDREN)]
        yield json.dumps([{"la_child_id": mark, "child_details": {"sex": "F"}} for mark in marks])


def landed(world: ReceiverWorld) -> list[tuple[str, list[str]]]:
    """The bodies in landing, every file read to its end, each with its receipts."""
    store = world.stores.landing
    bodies = [(store.read(batch).decode(), batch) for batch in store.batches()]
    return [(body, receipts(batch.batch_id, batch.received_at, len(json.loads(body)))) for body, batch in bodies]
