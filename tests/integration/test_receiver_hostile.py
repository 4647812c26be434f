"""What senders do that they should not, over real sockets: refused or survived, nothing stored, others still served."""

import gzip
import io
import json
import signal
import socket
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import httpx2
import psutil
import pytest
import zstandard
from receiver_server import Running
from receiver_world import CHILD, ReceiverWorld, Sender

BODY = json.dumps([CHILD]).encode()
PATH = "/api/children_social_care_data/204/children"


class Served:
    """A running receiver with a sender."""

    def __init__(self, home: Path) -> None:
        self.world = ReceiverWorld(home)
        self.sender: Sender = self.world.add("204-d2i")
        self.running = Running(home, CSC_RECEIVER_BODY_SECONDS="2", CSC_RECEIVER_MAX_MB="1")

    def request(self, body: bytes, **other: str) -> bytes:
        """A request as it goes over the wire; other headers in the place of usual ones."""
        usual = {"Host": "receiver", "Content_Length": str(len(body)), "Connection": "close"}
        headers = self.sender.headers(**(usual | other))
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)
        return f"POST {PATH} HTTP/1.1\r\n{lines}\r\n".encode() + body

    def connected(self) -> socket.socket:
        """A connection to it."""
        return socket.create_connection(("127.0.0.1", self.running.port), timeout=20)

    def answer_to(self, sent: bytes, *, hang_up: bool = False) -> bytes:
        """All that comes back until the other side closes; hang_up: nothing more is said after this."""
        with self.connected() as connection:
            connection.sendall(sent)
            if hang_up:
                connection.shutdown(socket.SHUT_WR)
            return _all_of(connection)

    def memory(self) -> int:
        """Bytes that its processes hold."""
        family = psutil.Process(self.running.process.pid)
        return sum(process.memory_info().rss for process in [family, *family.children(recursive=True)])

    def is_well(self) -> bool:
        """Whether others are still served."""
        return httpx2.get(f"http://127.0.0.1:{self.running.port}/ready", timeout=10).status_code == 200


def _all_of(connection: socket.socket) -> bytes:
    received = b""
    try:
        while piece := connection.recv(65_536):
            received += piece
    except ConnectionResetError:
        pass
    return received


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = Served(tmp_path_factory.mktemp("hostile") / "home")
    try:
        yield made
    finally:
        made.running.end(signal.SIGTERM)


@pytest.fixture(autouse=True)
def _nothing_more_is_stored_and_others_are_served(served: Served) -> Iterator[None]:
    before = served.world.landed()
    yield
    assert served.is_well()
    assert served.world.landed() == before


def test_a_body_cut_short_is_not_stored(served: Served) -> None:
    cut = served.request(BODY)[:-5]
    assert not served.answer_to(cut, hang_up=True).startswith(b"HTTP/1.1 200")


def test_a_body_that_does_not_come_is_given_up(served: Served) -> None:
    with served.connected() as connection:
        connection.sendall(served.request(BODY)[:-5])
        assert _all_of(connection).startswith(b"HTTP/1.1 408")


def test_many_who_never_finish_shut_nobody_out(served: Served) -> None:
    lingering = [served.connected() for _ in range(200)]
    try:
        for connection in lingering:
            connection.sendall(b"POST " + PATH.encode() + b" HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        assert served.is_well()
    finally:
        for connection in lingering:
            connection.close()


@pytest.mark.parametrize("length", ["abc", "-5", "99999999999999999999999", "1, 2"])
def test_a_length_that_is_none_is_refused(served: Served, length: str) -> None:
    sent = served.request(BODY).replace(f"Content-Length: {len(BODY)}".encode(), f"Content-Length: {length}".encode())
    assert served.answer_to(sent)[9:12] in (b"400", b"413")


def test_a_length_and_pieces_at_once_are_refused(served: Served) -> None:
    sent = served.request(BODY, Transfer_Encoding="chunked")
    assert served.answer_to(sent)[9:10] == b"4"


def test_a_body_larger_than_it_may_be_is_refused_before_it_is_sent(served: Served) -> None:
    with served.connected() as connection:
        connection.sendall(served.request(b"").replace(b"Content-Length: 0", b"Content-Length: 2000000"))
        assert _all_of(connection).startswith(b"HTTP/1.1 413")


def test_pieces_without_end_are_refused(served: Served) -> None:
    pieces = served.request(b"", Transfer_Encoding="chunked").replace(b"Content-Length: 0\r\n", b"")
    piece = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
    with served.connected() as connection:
        connection.sendall(pieces)
        try:
            for _ in range(64):
                connection.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
        assert _all_of(connection)[:12] in (b"HTTP/1.1 413", b"")


@pytest.mark.parametrize("bomb", [b"[" * 500_000, b'[{"a":' * 100_000, b"[" + b"{}," * 200_000 + b"{}]"])
def test_nesting_and_numbers_without_end_are_refused(served: Served, bomb: bytes) -> None:
    assert served.answer_to(served.request(bomb))[9:10] == b"4"


def _zipped(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("children.json", content)
    return buffer.getvalue()


# Bodies of under a megabyte that would be hundreds when unpacked.
BOMBS = {"gzip": gzip.compress, "deflate": zlib.compress, "zstd": zstandard.compress, "zip": _zipped}


@pytest.mark.parametrize("kind", BOMBS)
def test_what_is_packed_is_never_unpacked(served: Served, kind: str) -> None:
    bomb = BOMBS[kind](b"[" + b" " * 200_000_000 + b"]")
    assert len(bomb) < 1024**2
    before = served.memory()
    said = served.answer_to(served.request(bomb, Content_Encoding=kind))
    unsaid = served.answer_to(served.request(bomb))
    assert [answer[9:12] for answer in (said, unsaid)] == [b"415", b"400"]
    assert served.memory() - before < 50 * 1024**2


def test_requests_one_upon_the_other_are_answered_in_turn(served: Served) -> None:
    bad, empty = (served.request(body, Connection="keep-alive") for body in (b"x", b"[]"))
    with served.connected() as connection:
        connection.sendall(bad + empty + served.request(b""))
        answers = _all_of(connection)
    assert [answers[at + 9 : at + 12] for at in _starts(answers)] == [b"400", b"204", b"400"]


def _starts(answers: bytes) -> list[int]:
    return [at for at in range(len(answers)) if answers.startswith(b"HTTP/1.1 ", at)]


def test_a_thousand_bad_tokens_let_nobody_in(served: Served) -> None:
    url = f"http://127.0.0.1:{served.running.port}{PATH}"
    good = served.sender.token
    with httpx2.Client(timeout=20) as http:
        for number in range(1000):
            at = (
                len(good) - 2 - number % 80
            )  # within the signature, and not its last letter, some bits of which are idle
            spoilt = good[:at] + ("A" if good[at] != "A" else "B") + good[at + 1 :]
            answer = http.post(url, content=BODY, headers=served.sender.headers(Authorization=f"Bearer {spoilt}"))
            assert answer.status_code == 401
