"""A receiver as `csc serve` runs it, and senders that load it over real sockets: for the benchmark and the soak.

Senders share the machine, so they do as little as a sender can: bodies are written beforehand, and each sender keeps
one connection open.
"""

import http.client
import itertools
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import orjson
import psutil
import zstandard

from assets.files import FileStore
from assets.submissions.register import Stream
from assets.submissions.register_file import add_stream
from benchmarks.varied_records import batches
from orchestration.resources import stores_of
from orchestration.settings import Settings
from receiver.app import API_PATHS, TOKEN_PATH
from receiver.credentials import Issued, issue

BATCH = 100
_MARK = b"mis-"  # in every record, once; what stands in its place makes a batch one that has not been sent before
_DIFFERENT = 20  # batches written out; those that follow say the same of other children
_ROUTES = {"byo": "build_your_own", "d2i": "data_to_insight", "cms": "cms_supplier"}


@dataclass(frozen=True)
class Answer:
    """One batch: which sender's, the status, seconds to the answer, when it came (by perf_counter), receipts given."""

    sender: int
    status: int
    seconds: float
    at: float
    receipts: list[str]


class Bodies:
    """Bodies of a hundred varied records without end, no two the same; threads may share them."""

    def __init__(self) -> None:
        self._parts = [body.split(_MARK) for body in batches(BATCH * _DIFFERENT, BATCH)]
        self._numbers, self._lock = itertools.count(), threading.Lock()

    def next(self) -> tuple[int, bytes]:
        """The next body and its number."""
        with self._lock:
            number = next(self._numbers)
        return number, f"t{number}-".encode().join(self._parts[number % _DIFFERENT])


class Loaded:
    """A running receiver with streams of its own, and what it costs."""

    def __init__(self, home: Path, port: int, streams: list[str], workers: int) -> None:
        self.port, self.home = port, home
        self._issued = {stream_id: _sender(home, stream_id) for stream_id in streams}
        command = [str(Path(sys.executable).parent / "csc"), "serve", "--port", str(port), "--workers", str(workers)]
        environment = os.environ | {"CSC_HOME": str(home), "CSC_RECEIVER_BATCHES_A_SECOND": "100000"}
        self._server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)  # noqa: S603
        self._wait()

    def end(self) -> None:
        """Stop the receiver as an operator would."""
        self._server.send_signal(signal.SIGTERM)
        self._server.wait(timeout=60)

    def cpu(self) -> float:
        """CPU seconds that the receiver has used."""
        return sum(sum(process.cpu_times()[:2]) for process in self._family())

    def memory(self) -> int:
        """What the receiver's processes hold, in MB, pages that they share counted once."""
        return round(sum(process.memory_full_info().pss for process in self._family()) / 1024**2)

    def senders(self, many: int) -> "list[Sender]":
        """So many senders, taking turns with the streams, each with a token of its own."""
        streams = itertools.cycle(self._issued.items())
        return [Sender(number, self.port, *next(streams)) for number in range(many)]

    def _family(self) -> list[psutil.Process]:
        whole = psutil.Process(self._server.pid)
        return [whole, *whole.children(recursive=True)]

    def _wait(self) -> None:
        for _ in range(300):
            try:
                if _asked(self.port, "GET", "/ready", b"", {})[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        self._server.kill()
        raise RuntimeError("the receiver did not come up")


class Sender:
    """One connection of one stream's sender."""

    def __init__(self, number: int, port: int, stream_id: str, issued: Issued) -> None:
        self._number, self._port, self._stream_id, self._issued = number, port, stream_id, issued
        self._path = f"{API_PATHS['live']}/children_social_care_data/{stream_id[:3]}/children"
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._ask_for_token()

    def send(self, body: bytes) -> Answer:
        """Send one batch; a token that has run out is replaced and the batch sent again."""
        start = time.perf_counter()
        self._connection.request("POST", self._path, body, self._headers)
        response = self._connection.getresponse()
        content = response.read()
        if response.status == 401:
            self._ask_for_token()
            return self.send(body)
        now = time.perf_counter()
        receipts = orjson.loads(content) if response.status == 200 else []
        return Answer(self._number, response.status, now - start, now, receipts)

    def _ask_for_token(self) -> None:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._issued.client_id,
            "client_secret": self._issued.client_secret,
        }
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        _, said = _asked(self._port, "POST", TOKEN_PATH, urlencode(form).encode(), kind)
        self._headers = {
            "Authorization": f"Bearer {orjson.loads(said)['access_token']}",
            "SupplierKey": self._issued.supplier_key,
            "Content-Type": "application/json",
        }


def answers(
    senders: list[Sender],
    bodies: Bodies,
    *,
    until: float | None = None,
    batches_in_all: int | None = None,
    pace: float | None = None,
) -> Iterator[Answer]:
    """Answers as they come, until that moment (perf_counter) or number of batches. pace: no more a second than that.

    With a pace the seconds of an answer count from when its batch should have gone out, so a late start is not hidden.
    """
    start, came, first = time.perf_counter(), queue.SimpleQueue[Answer | BaseException | None](), None
    lock, due = threading.Lock(), itertools.count()

    def keep_sending(sender: Sender) -> None:
        try:
            while until is None or time.perf_counter() < until:
                with lock:
                    turn = next(due)
                if batches_in_all is not None and turn >= batches_in_all:
                    break
                planned = time.perf_counter() if pace is None else start + turn / pace
                time.sleep(max(planned - time.perf_counter(), 0))
                _, body = bodies.next()
                answer = sender.send(body)
                came.put(Answer(answer.sender, answer.status, answer.at - planned, answer.at, answer.receipts))
        except BaseException as error:  # told where the answers are waited for
            came.put(error)
        finally:
            came.put(None)

    threads = [threading.Thread(target=keep_sending, args=(sender,), daemon=True) for sender in senders]
    for thread in threads:
        thread.start()
    for _ in threads:
        while (each := came.get()) is not None:
            if isinstance(each, BaseException):
                first = first or each
                continue
            yield each
    if first:
        raise first


@contextmanager
def loaded(home: Path, port: int, streams: list[str], workers: int = 2) -> Iterator[Loaded]:
    """A receiver for as long as it is looked at."""
    server = Loaded(home, port, streams, workers)
    try:
        yield server
    finally:
        server.end()


def written_alone(folder: Path, body: bytes, times: int = 200) -> float:
    """How many times a second the same bytes can be written and synced, one after another."""
    files, content = FileStore(folder), zstandard.compress(body)
    start = time.perf_counter()
    for number in range(times):
        files.write(f"day/{number}", content)
    return times / (time.perf_counter() - start)


def _sender(home: Path, stream_id: str) -> Issued:
    stores = stores_of(Settings(home=home))
    la_code, _, suffix = stream_id.partition("-")
    if stream_id not in stores.register:
        row = Stream(stream_id, la_code, _ROUTES[suffix], "live", "delta", date(2025, 4, 1), None, "made up")  # type: ignore[arg-type]
        add_stream(stores.register_path, row)
    return issue(stores.deployment.home, stream_id, stores.now())


def _asked(port: int, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()
