"""England's feed on this machine: a first build of its history, one more day, and a day of full snapshots.

`run()` measures three small sizes and what their growth comes to at England's; the whole of England is

    python -m benchmarks.national --children 700000 --days 730 --home DIR

which takes over an hour and some 30 GB of disk, goes on where it was left off, and writes its figures as JSON. A day's
cost is measured from landing to state: landing, lake, warehouse load, history.

What a day costs after a long and after a short history: `--opens N` sends nothing of the first N days and everyone
whole on the next, so that the same day follows on fewer. Both folders' figures give the ratio.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assets.erasure.steps import erase
from assets.records.taking_in import take_in_days
from assets.warehouse.dbt_environment import dbt_environment
from assets.warehouse.loading import load
from benchmarks.england import ENGLAND, Size, generate, keep_size, kept_size, land_one_day, stores_at
from benchmarks.measuring import watched

PROJECT = Path(__file__).resolve().parent.parent / "dbt_project"
SMALL_SIZES = (9_000, 18_000, 36_000)
SMALL_DAYS = 90
STEPS = ("generate", "build", "day", "snapshot")

# Seconds and memory aimed at for the whole of England.
AIMS = {
    "day_s": 60,
    "day_mb": 4096,
    "snapshot_s": 360,
    "snapshot_mb": 6144,
    "build_s": 3600,
    "ten_times_the_history_ratio": 1.2,
}


def run() -> dict[str, Any]:
    """Figures of three small sizes, what they come to at England's, and the ratio of a day's cost by history."""
    with tempfile.TemporaryDirectory() as folder:
        sizes = {size: measure(Path(folder) / str(size), Size(size, SMALL_DAYS)) for size in SMALL_SIZES}
        short = Size(SMALL_SIZES[-1], SMALL_DAYS, SMALL_DAYS - SMALL_DAYS // 10)
        short_day = measure(Path(folder) / "short", short, ("generate", "build", "day"))["day"]
    long_day = sizes[SMALL_SIZES[-1]]["day"]
    return {
        "days": SMALL_DAYS,
        "sizes": sizes,
        "fitted_to_england_day_s": fitted(sizes, "day"),
        "fitted_to_england_snapshot_s": fitted(sizes, "snapshot"),
        "short": short_day,
        "ten_times_the_history_ratio": round(long_day["cpu_s"] / short_day["cpu_s"], 2),
    }


def fitted(sizes: dict[int, dict[str, Any]], step: str) -> float:
    """Seconds at England's size, on the straight line that lies closest to all sizes."""
    children, seconds = list(sizes), [figures[step]["wall_s"] for figures in sizes.values()]
    line = statistics.linear_regression(children, seconds)
    return round(line.intercept + line.slope * ENGLAND, 1)


def measure(home: Path, size: Size, steps: Sequence[str] = STEPS) -> dict[str, Any]:
    """Wall and CPU seconds and peak memory of each step, phase by phase."""
    home.mkdir(parents=True, exist_ok=True)
    figures: dict[str, Any] = vars(size) | {}
    if "generate" in steps and kept_size(home) != size:
        figures["generate"] = _phases({"landing": (generate, home, size)})
        keep_size(home, size)
    if "build" in steps:
        days = [str(size.day(offset)) for offset in range(size.opens, size.days)]
        figures["build"] = _phases(_to_state(home, days))
    for step, later, snapshot in (("day", 0, False), ("snapshot", 1, True)):
        if step in steps:
            days = [str(size.day(size.days + later))]
            landing = {"landing": (land_day, home, size, snapshot)}
            figures[step] = _phases(landing | _to_state(home, days))
    return figures


def _to_state(home: Path, days: list[str]) -> dict[str, tuple[Any, ...]]:
    return {
        "lake": (into_lake, home, days),
        "erasure": (erasure, home, days),
        "load": (into_warehouse, home, days),
        "history": (history, home),
    }


def _phases(work: dict[str, tuple[Any, ...]]) -> dict[str, Any]:
    """Each phase in a process of its own; their sums, and the largest memory."""
    phases = {name: watched(*call) for name, call in work.items()}
    return {
        "wall_s": round(sum(each["wall_s"] for each in phases.values()), 1),
        "cpu_s": round(sum(each["cpu_s"] for each in phases.values()), 1),
        "peak_mb": max(each["peak_mb"] for each in phases.values()),
        "phases": phases,
    }


def land_day(home: Path, size: Size, snapshot: bool) -> None:
    """Land one day as the receiver would."""
    land_one_day(home, size, snapshot=snapshot)


def into_lake(home: Path, days: list[str]) -> None:
    """Verdict and frames of the days' batches."""
    take_in_days(stores_at(home), days, frozenset()).raise_failures()


def erasure(home: Path, days: list[str]) -> None:
    """The step that looks for what is to be erased."""
    erase(stores_at(home), days)


def into_warehouse(home: Path, days: list[str]) -> None:
    """The load."""
    load(stores_at(home), days)


def history(home: Path) -> None:
    """dbt's history, as the daily job runs it, tests aside."""
    deployment = stores_at(home).deployment
    environment = dbt_environment(deployment.warehouse_url, deployment.threads, deployment.memory_limit_gb)
    subprocess.run(  # noqa: S603
        [
            *(str(Path(sys.executable).parent / "dbt"), "run", "--quiet", "--select", "tag:history"),
            *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
            *("--target-path", str(home / "target"), "--log-path", str(home / "logs")),
        ],
        env=os.environ | environment,
        check=True,
    )


def main(arguments: list[str] | None = None, say: Callable[[str], object] = sys.stdout.write) -> int:
    """Measure one size, step by step, and write the figures into its folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.national", description="Measure England's feed.")
    parser.add_argument("--children", type=int, default=ENGLAND, help="children (default: England's 700,000)")
    parser.add_argument("--days", type=int, default=730, help="days of history (default: 730)")
    parser.add_argument("--opens", type=int, default=0, help="days told and not sent (default: 0)")
    parser.add_argument("--home", type=Path, required=True, help="folder to work in; it is kept")
    parser.add_argument("--only", nargs="+", choices=STEPS, default=list(STEPS), help="which steps (default: all)")
    given = parser.parse_args(arguments)
    for step in given.only:
        figures = measure(given.home, Size(given.children, given.days, given.opens), [step])
        path = given.home / f"figures-{step}.json"
        path.write_text(json.dumps(figures, indent=2) + "\n")
        say(json.dumps(figures) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
