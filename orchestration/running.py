"""Starting a job in this process, on the persistent instance, so that the UI shows what a command did.

Which days to run is decided by the caller.
"""

import logging
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import dagster as dg

from orchestration.at_work import at_work, settle_cut_short
from orchestration.build import build_definitions
from orchestration.full_disk import no_room, says_full_disk, words_of_full_disk
from orchestration.instance import open_instance
from orchestration.resources import say
from orchestration.settings import Settings

# Events go to the instance, where the UI shows them; the terminal gets the platform's own progress, and errors.
_QUIET = {"loggers": {"console": {"config": {"log_level": "ERROR"}}}}

RANGE_START = "dagster/asset_partition_range_start"
RANGE_END = "dagster/asset_partition_range_end"


@dataclass(frozen=True)
class RunOutcome:
    """How a run ended: its id, whether it succeeded, the steps and asset checks that failed, and where its log is.

    reason: what can be said in a line of why steps failed, where that is known.
    """

    run_id: str
    success: bool
    failed_steps: tuple[str, ...]
    failed_checks: tuple[str, ...]
    log: Path
    reason: str = ""


def run_job(settings: Settings, job_name: str, first_day: str | None = None, last_day: str | None = None) -> RunOutcome:
    """Run a job to its end; with days, over that range of submission days in one run."""
    tags = {RANGE_START: first_day, RANGE_END: last_day} if first_day and last_day else {}
    log = settings.home.absolute() / "logs" / "process.log"
    log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    run_id = str(uuid.uuid4())
    with open_instance(settings) as instance, _quietly(log):
        for cut_short in settle_cut_short(instance):
            say(f"run {cut_short[:8]} was cut short; its work is taken up")
        job = build_definitions(settings).resolve_job_def(job_name)
        with at_work(instance, run_id):
            result = job.execute_in_process(
                instance=instance, run_id=run_id, tags=tags, run_config=_QUIET, raise_on_error=False
            )
    return RunOutcome(
        result.run_id,
        result.success,
        tuple(event.step_key or "" for event in result.get_step_failure_events()),
        tuple(sorted(_failed_checks(result))),
        log,
        words_of_full_disk(settings.home) if not result.success and _disk_was_full(result, settings.home) else "",
    )


def _disk_was_full(result: dg.ExecuteInProcessResult, home: Path) -> bool:
    errors = [event.step_failure_data.error for event in result.get_step_failure_events()]
    return no_room(home) or any(says_full_disk(error.to_string()) for error in errors if error)


def _failed_checks(result: dg.ExecuteInProcessResult) -> Iterator[str]:
    for evaluation in result.get_asset_check_evaluations():
        if not evaluation.passed:
            severity, asset = evaluation.severity.value.lower(), evaluation.asset_key.to_user_string()
            yield f"{severity}: {evaluation.check_name} on {asset}"


@contextmanager
def _quietly(log: Path) -> Iterator[None]:
    """Send what dbt and Dagster print to a log file; the terminal keeps the platform's own progress."""
    dagster_log = logging.getLogger("dagster")
    kept = dagster_log.level
    dagster_log.setLevel(logging.ERROR)
    with log.open("a", encoding="utf-8") as handle, redirect_stdout(handle):
        try:
            yield
        finally:
            dagster_log.setLevel(kept)
            sys.stdout.flush()
