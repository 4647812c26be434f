"""The receiver over real sockets: how many batches a second, how long an answer takes, what memory does meanwhile.

Batches of a hundred varied records, judged and stored durably, on two processes; the senders share the machine. Beside
it what writing and syncing the same bytes alone takes: the part that no code of ours can make shorter.
"""

import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.receiver_load import BATCH, Bodies, answers, loaded, written_alone

PORT, SENDERS, SECONDS, STEADY = 18_437, 4, 20.0, 20.0
AIMS = {"forty_to_batches_a_second_ratio": 1.0, "p99_to_half_a_second_ratio": 1.0}


def run() -> dict[str, Any]:
    """Figures at full speed and at twenty batches a second, with the memory of the server before, between and after."""
    bodies = Bodies()
    with tempfile.TemporaryDirectory() as folder:
        with loaded(Path(folder) / "home", PORT, ["204-d2i"]) as server:
            senders = server.senders(SENDERS)
            before, spent, start = server.memory(), server.cpu(), time.perf_counter()
            full = list(answers(senders, bodies, until=start + SECONDS))
            took, spent, middle = time.perf_counter() - start, server.cpu() - spent, server.memory()
            steady = list(answers(senders, bodies, until=time.perf_counter() + SECONDS, pace=STEADY))
            after = server.memory()
        alone = written_alone(Path(folder) / "alone", bodies.next()[1])
    if {answer.status for answer in [*full, *steady]} != {200}:
        raise RuntimeError("the receiver refused a batch")
    a_second, seconds = len(full) / took, [answer.seconds for answer in steady]
    p99 = statistics.quantiles(seconds, n=100)[98]
    return {
        "batches_a_second": round(a_second, 1),
        "records_a_second": round(a_second * BATCH),
        "p50_ms_at_20": round(statistics.median(seconds) * 1000, 1),
        "p99_ms_at_20": round(p99 * 1000, 1),
        "server_cpu_of_two_cores": round(spent / took / 2, 2),
        "server_cpu_ms_a_batch": round(spent / len(full) * 1000, 1),
        "written_and_synced_alone_a_second": round(alone, 1),
        "server_mb": [before, middle, after],
        "forty_to_batches_a_second_ratio": 40 / a_second,
        "p99_to_half_a_second_ratio": p99 / 0.5,
    }
