"""Which runs are at work, told by locks: what a run that was killed still holds in Dagster is given back.

Dagster hears of a run's end from the run. One that is killed stays started, and keeps its place in the pool, so that
every run after it would wait for ever. Here each run holds a lock on a file of its own, which the system lets go of
however the process ends. A file whose lock is free is of a run that is over. Runs of other machines, which have homes
of their own, are left to those.

    dagster/at_work/<run id>.lock    empty
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

CUT_SHORT = "The process of this run ended before the run did. Nothing half done counts; run it again."

_SUFFIX = ".lock"


@contextmanager
def at_work(instance: dg.DagsterInstance, run_id: str) -> Iterator[None]:
    """Hold the run's lock meanwhile. To be left when the run has been noted as ended, and not before."""
    path, descriptor = _hold(instance, run_id)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def at_work_until_exit(instance: dg.DagsterInstance, run_id: str) -> None:
    """Hold the run's lock for as long as this process lives: it is the run's own, and notes its end at the last."""
    _hold(instance, run_id)


def settle_cut_short(instance: dg.DagsterInstance) -> list[str]:
    """Mark as failed every run whose process is gone, and give back what it held. Returns the ids of such runs."""
    settled = []
    for path in sorted(_folder(instance).glob(f"[!.]*{_SUFFIX}")):
        with _if_free(path) as free:
            if free and _settled(instance, path.name.removesuffix(_SUFFIX)):
                settled.append(path.name.removesuffix(_SUFFIX))
            if free:
                path.unlink(missing_ok=True)
    return settled


def _settled(instance: dg.DagsterInstance, run_id: str) -> bool:
    """Done again, it changes nothing: this process may be killed as well."""
    run = instance.get_run_by_id(run_id)
    cut_short = run is not None and not run.is_finished
    if run is not None and cut_short:
        instance.report_run_failed(run, CUT_SHORT)
    instance.event_log_storage.free_concurrency_slots_for_run(run_id)
    return cut_short


def _hold(instance: dg.DagsterInstance, run_id: str) -> tuple[Path, int]:
    """Lock a file that nobody looks at, then name it: one without a holder would count as a run that is over."""
    path = _folder(instance) / f"{run_id}{_SUFFIX}"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unseen = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(unseen, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    unseen.replace(path)
    return path, descriptor


@contextmanager
def _if_free(path: Path) -> Iterator[bool]:
    """Hold the lock at path if nobody does; whether that is so. A file that is gone by then was of a run that ended."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        yield False
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield path.exists()
    except BlockingIOError:
        yield False
    finally:
        os.close(descriptor)


def _folder(instance: dg.DagsterInstance) -> Path:
    return Path(instance.root_directory) / "at_work"
