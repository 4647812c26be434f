"""The receiver over real sockets: how many batches a second, how long an answer takes, what memory does meanwhile.

Batches of a hundred varied records, judged and stored durably, on two processes; the senders share the machine. Beside
it what writing and syncing the same bytes alone takes: the part that no code of ours can make shorter.
"""

import itertools
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
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

PORT, SENDERS, SECONDS, STEADY, BATCH = 18_437, 4, 20.0, 20, 100
AIMS = {"forty_to_batches_a_second_ratio": 1.0, "p99_to_half_a_second_ratio": 1.0}


def run() -> dict[str, Any]:
    """Figures at full speed and at twenty batches a second, with the memory of the server after each."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        bodies, issued = _bodies(), _sender(home)
        server = _served(home)
        try:
            headers = _headers(issued)
            before = _memory(server)
            full, full_s, spent = _sent(bodies, headers, None, server)
            middle = _memory(server)
            steady, _, _ = _sent(bodies, headers, STEADY, server)
            after = _memory(server)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)
        alone = _written_alone(Path(folder) / "alone", next(iter(bodies)))
    a_second = len(full) / full_s
    p99 = statistics.quantiles(steady, n=100)[98]
    return {
        "batches_a_second": round(a_second, 1),
        "records_a_second": round(a_second * BATCH),
        "p50_ms_at_20": round(statistics.median(steady) * 1000, 1),
        "p99_ms_at_20": round(p99 * 1000, 1),
        "server_cpu_of_two_cores": round(spent / full_s / 2, 2),
        "written_and_synced_alone_a_second": round(alone, 1),
        "server_mb": [before, middle, after],
        "forty_to_batches_a_second_ratio": 40 / a_second,
        "p99_to_half_a_second_ratio": p99 / 0.5,
    }


def _bodies() -> Iterator[bytes]:
    """Bodies without end, no two the same: ids are changed from round to round."""
    varied = [orjson.loads(body) for body in batches(BATCH * 20, BATCH)]

    def made() -> Iterator[bytes]:
        for turn in itertools.count():
            for batch in varied:
                yield orjson.dumps([record | {"mis_child_id": f"T{turn}"} for record in batch])

    return made()


def _sender(home: Path) -> Issued:
    stores = stores_of(Settings(home=home))
    row = Stream("204-d2i", "204", "data_to_insight", "live", "delta", date(2025, 4, 1), None, "made up")
    add_stream(stores.register_path, row)
    return issue(stores.deployment.home, "204-d2i", stores.now())


def _served(home: Path) -> subprocess.Popen[bytes]:
    command = [str(Path(sys.executable).parent / "csc"), "serve", "--port", str(PORT), "--workers", "2"]
    environment = os.environ | {"CSC_HOME": str(home), "CSC_RECEIVER_BATCHES_A_SECOND": "100000"}
    server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)  # noqa: S603
    for _ in range(300):
        try:
            if httpx2.get(f"http://127.0.0.1:{PORT}/ready", timeout=5).status_code == 200:
                return server
        except httpx2.TransportError:
            time.sleep(0.1)
    server.kill()
    raise RuntimeError("the receiver did not come up")


def _headers(issued: Issued) -> dict[str, str]:
    form = {
        "grant_type": "client_credentials",
        "client_id": issued.client_id,
        "client_secret": issued.client_secret,
    }
    token = httpx2.post(f"http://127.0.0.1:{PORT}{TOKEN_PATH}", data=form).json()["access_token"]
    return {
        "Authorization": f"Bearer {token}",
        "SupplierKey": issued.supplier_key,
        "Content-Type": "application/json",
    }


def _sent(
    bodies: Iterator[bytes], headers: dict[str, str], a_second: int | None, server: subprocess.Popen[bytes]
) -> tuple[list[float], float, float]:
    """Seconds of each answer, seconds in all, and the server's CPU seconds. a_second: no more than so many."""
    url = f"http://127.0.0.1:{PORT}{API_PATHS['live']}/children_social_care_data/204/children"
    took: list[float] = []
    lock, start, due = threading.Lock(), time.perf_counter(), itertools.count()
    spent = _cpu(server)

    def send() -> None:
        with httpx2.Client(timeout=60) as http:
            while time.perf_counter() - start < SECONDS:
                with lock:
                    body, number = next(bodies), next(due)
                if a_second:
                    # the time it should have gone out counts, so that a late start is not hidden
                    planned = start + number / a_second
                    time.sleep(max(planned - time.perf_counter(), 0))
                else:
                    planned = time.perf_counter()
                answer = http.post(url, content=body, headers=headers)
                if answer.status_code != 200:
                    raise RuntimeError(f"the receiver answered {answer.status_code}")
                took.append(time.perf_counter() - planned)

    threads = [threading.Thread(target=send) for _ in range(SENDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took, time.perf_counter() - start, _cpu(server) - spent


def _family(server: subprocess.Popen[bytes]) -> list[psutil.Process]:
    whole = psutil.Process(server.pid)
    return [whole, *whole.children(recursive=True)]


def _cpu(server: subprocess.Popen[bytes]) -> float:
    return sum(sum(process.cpu_times()[:2]) for process in _family(server))


def _memory(server: subprocess.Popen[bytes]) -> int:
    return round(sum(process.memory_info().rss for process in _family(server)) / 1024**2)


def _written_alone(folder: Path, body: bytes) -> float:
    """How many times a second the same bytes can be written and synced, one after another."""
    files, content, times = FileStore(folder), zstandard.compress(body), 200
    start = time.perf_counter()
    for number in range(times):
        files.write(f"day/{number}", content)
    return times / (time.perf_counter() - start)
