"""Running dbt in tests, in a process of its own as the pipeline does."""

import os
import subprocess
import sys
from pathlib import Path

from assets.warehouse.dbt_environment import dbt_environment

PROJECT = Path(__file__).resolve().parent.parent / "dbt_project"


def run_dbt(url: str, work_dir: Path, *arguments: str) -> str:
    """Run one dbt command on a warehouse; gives its output, or fails the test with it.

    work_dir: where dbt keeps what it parsed; the same folder again saves the parsing.
    """
    command = [Path(sys.executable).parent / "dbt", *arguments, "--project-dir", PROJECT, "--profiles-dir", PROJECT]
    command += ["--target-path", work_dir / "target", "--log-path", work_dir / "logs"]
    done = subprocess.run(  # noqa: S603
        [str(part) for part in command],
        env=os.environ | dbt_environment(url, threads=2, memory_limit_gb=1.0) | {"DBT_SEND_ANONYMOUS_USAGE_STATS": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return done.stdout


def build_history(url: str, work_dir: Path, *more: str) -> str:
    """Recompute the history of the touched children."""
    return run_dbt(url, work_dir, "run", "--select", "tag:history", *more)
