"""The receiver under load for as long as it takes: `python -m benchmarks.soak`, by default a hundred thousand batches.

Tells of every slice of them how fast it went, how long answers took, and what the receiver held and used; in the end
whether memory grew from slice to slice, and whether every receipt given stands for a batch in landing. The exit code is
1 if a batch was refused, a receipt came twice or names nothing that is landed, or memory grew by more than a tenth.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from rich.console import Console

from assets.submissions.landing import LandingStore
from assets.submissions.receipts import receipts
from benchmarks.receiver_load import BATCH, Answer, Bodies, Loaded, answers, loaded, written_alone

PORT = 18_438
MOST_GROWTH = 1.1


@dataclass(frozen=True)
class Slice:
    """Some thousand batches: what came of them."""

    batches: int
    seconds: float
    answers: list[float]
    cpu_seconds: float
    memory_mb: int

    def __str__(self) -> str:
        cuts = statistics.quantiles(self.answers, n=100)
        return (
            f"{self.batches / self.seconds:6.1f} batches a second, p50 {cuts[49] * 1000:5.0f} ms, "
            f"p99 {cuts[98] * 1000:5.0f} ms, the receiver {self.memory_mb} MB and "
            f"{self.cpu_seconds / self.seconds:.2f} cores, {self.cpu_seconds / self.batches * 1000:.1f} CPU ms a batch"
        )


def main(arguments: list[str] | None = None) -> int:
    """Run it and tell."""
    given = _arguments(arguments)
    console = Console(highlight=False, soft_wrap=True)
    folder = given.home or Path(tempfile.mkdtemp(prefix="csc-soak-"))
    try:
        slices, receipt_ids, faults = _soak(given, folder / "home", console)
        faults += _faults_in_landing(folder / "home", receipt_ids)
        alone = written_alone(folder / "alone", Bodies().next()[1])
    finally:
        if given.home is None:
            shutil.rmtree(folder, ignore_errors=True)
    return _told(console, slices, alone, faults)


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description="Load the receiver for long.")
    parser.add_argument("--batches", type=int, default=100_000, help="batches in all (default: %(default)s)")
    parser.add_argument("--slice", type=int, default=5_000, help="batches a line (default: %(default)s)")
    parser.add_argument("--senders", type=int, default=4, help="connections at once (default: %(default)s)")
    parser.add_argument("--streams", type=int, default=1, help="streams that they belong to (default: %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="processes of the receiver (default: %(default)s)")
    parser.add_argument("--pace", type=float, help="batches a second at most (default: as fast as it goes)")
    parser.add_argument("--home", type=Path, help="folder to keep what is landed (default: one that is removed)")
    return parser.parse_args(arguments)


def _soak(given: argparse.Namespace, home: Path, console: Console) -> tuple[list[Slice], set[str], list[str]]:
    streams = [f"{201 + number}-d2i" for number in range(given.streams)]
    slices, told, faults = [], set[str](), []
    with loaded(home, PORT, streams, given.workers) as server:
        coming = answers(server.senders(given.senders), Bodies(), batches_in_all=given.batches, pace=given.pace)
        while part := _slice(server, coming, given.slice):
            measured, came = part
            slices.append(measured)
            console.print(f"{min(len(slices) * given.slice, given.batches):>8,}: {measured}")
            refused = [answer.status for answer in came if answer.status != 200]
            ids = [receipt for answer in came for receipt in answer.receipts]
            faults += [f"{len(refused)} batches were answered {sorted(set(refused))}"] if refused else []
            faults += ["a receipt came twice"] if len(ids) != BATCH * (len(came) - len(refused)) else []
            told |= {answer.receipts[0] for answer in came if answer.receipts}
    return slices, told, faults


def _slice(server: Loaded, coming: Iterator[Answer], size: int) -> tuple[Slice, list[Answer]] | None:
    spent, start = server.cpu(), time.perf_counter()
    came = list(islice(coming, size))
    if len(came) < 2:
        return None
    seconds = [answer.seconds for answer in came]
    measured = Slice(len(came), time.perf_counter() - start, seconds, server.cpu() - spent, server.memory())
    return measured, came


def _faults_in_landing(home: Path, told: set[str]) -> list[str]:
    """What was given a receipt must be in landing, and be there once. A batch's first receipt stands for it."""
    landed = [receipts(batch.batch_id, batch.received_at, 1)[0] for batch in LandingStore(home / "landing").batches()]
    lost, twice = told - set(landed), len(landed) - len(set(landed))
    faults = [f"{len(lost)} receipts name nothing that is landed"] if lost else []
    return [*faults, f"{twice} batches are landed twice"] if twice else faults


def _told(console: Console, slices: list[Slice], alone: float, faults: list[str]) -> int:
    quarter = max(len(slices) // 4, 1)
    early, late = (statistics.median(each.memory_mb for each in part) for part in (slices[:quarter], slices[-quarter:]))
    batches, seconds = sum(each.batches for each in slices), sum(each.seconds for each in slices)
    cpu = sum(each.cpu_seconds for each in slices)
    console.print(
        f"{batches:,} batches in {seconds / 60:.1f} minutes: {batches / seconds:.1f} a second, "
        f"{batches / seconds * BATCH:,.0f} records a second; the receiver used {cpu / seconds:.2f} cores"
    )
    console.print(f"writing and syncing the same bytes alone: {alone:,.0f} a second")
    console.print(f"memory of the first quarter {early:.0f} MB, of the last {late:.0f} MB")
    faults += [f"memory grew {late / early:.2f} times"] if late > early * MOST_GROWTH else []
    for fault in faults:
        console.print(f"wrong: {fault}", style="red")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
