"""One more daily run, landing to report: how its cost grows when history is ten times longer.

daily_growth.py measures the warehouse part alone, with more history than a whole platform could be given here.
"""

import json
import resource
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from orchestration.demonstration import arrive
from orchestration.jobs import DAILY_JOB
from orchestration.resources import stores_of
from orchestration.running import run_job
from orchestration.settings import Settings
from synthetic.scenario import SMALL

AIMS = {"ratio": 1.5}


def run(days: int = 17, times: int = 10) -> dict[str, Any]:
    """Seconds (wall clock and CPU, dbt included) of the run after `days` of history, and after `times` as many."""
    with tempfile.TemporaryDirectory() as folder:
        short, long = (_one_more_run(Path(folder) / str(length), length) for length in (days, days * times))
    return {
        "days": days,
        "times": times,
        "short": short,
        "long": long,
        "ratio": round(long["wall_s"] / short["wall_s"], 2),
        "ratio_of_cpu": round(long["cpu_s"] / short["cpu_s"], 2),
    }


def _one_more_run(home: Path, days: int) -> dict[str, float]:
    first = SMALL.first_day - timedelta(days=90)
    last = first + timedelta(days=days)
    settings = Settings(home=home)
    arrive(stores_of(settings), replace(SMALL, first_day=first, last_day=last))
    before_last = last - timedelta(days=1)
    _succeed(settings, str(first), str(before_last))
    cpu, start = _cpu_seconds(), time.perf_counter()
    _succeed(settings, str(last), str(last))
    return {"wall_s": round(time.perf_counter() - start, 1), "cpu_s": round(_cpu_seconds() - cpu, 1)}


def _succeed(settings: Settings, first: str, last: str) -> None:
    outcome = run_job(settings, DAILY_JOB, first, last)
    if not outcome.success:
        raise RuntimeError(f"the run failed in {', '.join(outcome.failed_steps)}; see {outcome.log}")


def _cpu_seconds() -> float:
    """Processor time of this process and of the dbt commands it has waited for."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(), indent=2) + "\n")
