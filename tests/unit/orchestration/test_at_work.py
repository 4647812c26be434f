"""Who holds its lock is at work; who does not is over, and gives back what it held."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from orchestration.at_work import CUT_SHORT, at_work, at_work_until_exit, settle_cut_short
from orchestration.jobs import EXECUTOR

POOL = "warehouse"


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.local_temp(str(tmp_path)) as opened:
        yield opened


@dg.job
def anything() -> None:
    """A job without steps."""


def started(instance: dg.DagsterInstance) -> str:
    """A run that Dagster takes to be running, with a slot of the pool; returns its id."""
    run = instance.create_run_for_job(anything)
    instance.report_engine_event("begins", run)
    instance.report_dagster_event(
        dg.DagsterEvent(dg.DagsterEventType.RUN_START.value, job_name=run.job_name), run_id=run.run_id
    )
    instance.event_log_storage.set_concurrency_slots(POOL, 1)
    assert instance.event_log_storage.claim_concurrency_slot(POOL, run.run_id, "load").is_claimed
    return run.run_id


def abandoned(instance: dg.DagsterInstance, run_id: str) -> Path:
    """What the lock file of a killed process is: there, and held by nobody."""
    folder = Path(instance.root_directory) / "at_work"
    folder.mkdir(exist_ok=True)
    path = folder / f"{run_id}.lock"
    path.touch()
    return path


def status(instance: dg.DagsterInstance, run_id: str) -> str:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    return run.status.value


def claimed(instance: dg.DagsterInstance) -> int:
    return len(instance.event_log_storage.get_concurrency_info(POOL).claimed_slots)


def test_a_run_at_work_is_left_alone(instance: dg.DagsterInstance) -> None:
    run_id = started(instance)
    with at_work(instance, run_id):
        assert settle_cut_short(instance) == []
        assert status(instance, run_id) == "STARTED"
        assert claimed(instance) == 1
    assert settle_cut_short(instance) == [], "whoever leaves in order has noted its own end"


def test_a_run_held_until_exit_is_left_alone_too(instance: dg.DagsterInstance) -> None:
    run_id = started(instance)
    at_work_until_exit(instance, run_id)
    assert settle_cut_short(instance) == []
    assert status(instance, run_id) == "STARTED"


def test_a_run_whose_process_is_gone_fails_and_gives_its_slot_back(instance: dg.DagsterInstance) -> None:
    run_id = started(instance)
    path = abandoned(instance, run_id)
    assert settle_cut_short(instance) == [run_id]
    assert status(instance, run_id) == "FAILURE"
    assert claimed(instance) == 0
    assert not path.exists()
    (said,) = instance.all_logs(run_id, of_type=dg.DagsterEventType.RUN_FAILURE)
    assert said.dagster_event is not None
    assert said.dagster_event.message == CUT_SHORT
    assert settle_cut_short(instance) == []


def test_of_a_run_that_ended_only_the_slot_is_given_back(instance: dg.DagsterInstance) -> None:
    run_id = started(instance)
    run = instance.get_run_by_id(run_id)
    assert run is not None
    instance.report_run_canceled(run)
    path = abandoned(instance, run_id)
    assert settle_cut_short(instance) == []
    assert (status(instance, run_id), claimed(instance), path.exists()) == ("CANCELED", 0, False)


def test_the_file_of_a_run_that_dagster_never_saw_is_swept(instance: dg.DagsterInstance) -> None:
    path = abandoned(instance, "11111111-2222-3333-4444-555555555555")
    assert settle_cut_short(instance) == []
    assert not path.exists()


@dg.op
def look(context: dg.OpExecutionContext) -> None:
    """Fails unless this very run is at work."""
    assert (Path(context.instance.root_directory) / "at_work" / f"{context.run_id}.lock").exists()
    assert settle_cut_short(context.instance) == []


@dg.job(executor_def=EXECUTOR)
def looking() -> None:
    """A job on the executor of all jobs."""
    look()


def test_the_executor_of_the_jobs_holds_the_lock(instance: dg.DagsterInstance) -> None:
    with dg.execute_job(dg.reconstructable(looking), instance) as result:
        assert result.success
