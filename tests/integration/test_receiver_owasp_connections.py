"""OWASP's ten risks of APIs (2023): API4, resources, by connections on which a request's head does not end."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from receiver_world import ReceiverWorld

from orchestration.commands.serving import _serve
from receiver.connections import BoundedHeads

HEALTH = b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"


class Listening:
    """The receiver as `csc serve` sets it up, in this process, with less patience."""

    def __init__(self, world: ReceiverWorld) -> None:
        said: dict[str, Any] = {}
        _serve(lambda _, **given: said.update(given), "127.0.0.1", 0, 1)
        assert said.pop("http") == f"{BoundedHeads.__module__}:{BoundedHeads.__qualname__}"
        hasty = type("Hasty", (BoundedHeads,), {"head_seconds": 0.3})
        kept = {name: value for name, value in said.items() if name != "factory"}
        self.server = uvicorn.Server(uvicorn.Config(world.client.app, http=hasty, log_level="critical", **kept))
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]

    def connected(self) -> socket.socket:
        """A connection to it."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def answer(self, sent: bytes) -> bytes:
        """What comes back until the other side closes."""
        with self.connected() as connection:
            try:
                connection.sendall(sent)
                received = b""
                while piece := connection.recv(65_536):
                    received += piece
            except (ConnectionResetError, BrokenPipeError):
                return b"cut off"
            return received

    def end(self) -> None:
        """Stop it."""
        self.server.should_exit = True
        self.thread.join(10)


@pytest.fixture(scope="module")
def listening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Listening]:
    made = Listening(ReceiverWorld(tmp_path_factory.mktemp("connections") / "home"))
    yield made
    made.end()


@pytest.mark.parametrize(
    "head",
    [b"X-Long: " + b"a" * 3_000_000, b"".join(b"X-%d: 1\r\n" % number for number in range(300_000))],
    ids=["long", "many"],
)
def test_a_head_without_end_is_cut_off(listening: Listening, head: bytes) -> None:
    assert listening.answer(HEALTH + head)[:12] in (b"HTTP/1.1 400", b"cut off")
    assert listening.answer(HEALTH + b"\r\n").startswith(b"HTTP/1.1 200")


def test_a_head_of_a_usual_size_is_taken(listening: Listening) -> None:
    """In one piece or in many, alone or one request after the other."""
    long = HEALTH + b"X-Long: " + b"a" * 30_000 + b"\r\n\r\n"
    assert listening.answer(long).startswith(b"HTTP/1.1 200")
    with listening.connected() as connection:
        for at in range(0, len(long), 3000):
            connection.sendall(long[at : at + 3000])
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("said", [b"", b"G", HEALTH, HEALTH + b"X-Slow: "])
def test_a_head_that_does_not_come_is_given_up(listening: Listening, said: bytes) -> None:
    start = time.perf_counter()
    assert listening.answer(said) == b""
    assert time.perf_counter() - start < 5


def test_hundreds_of_connections_that_say_nothing_shut_nobody_out(listening: Listening) -> None:
    silent = [listening.connected() for _ in range(300)]
    try:
        assert listening.answer(HEALTH + b"\r\n").startswith(b"HTTP/1.1 200")
    finally:
        for connection in silent:
            connection.close()


def test_no_answer_says_what_serves_it(listening: Listening) -> None:
    assert b"server:" not in listening.answer(HEALTH + b"\r\n").lower()
    assert b"server:" not in listening.answer(b"rubbish\r\n\r\n").lower()
