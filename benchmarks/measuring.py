"""Benchmarks in processes of their own, so that memory is each one's own and a crash stops no other; and its clocks."""

import importlib
import multiprocessing
import resource
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

import psutil

_SECONDS_BETWEEN_LOOKS = 0.05


@dataclass
class Outcome:
    """What became of one benchmark. error: the last lines of what went wrong, empty when nothing did."""

    name: str
    seconds: float = 0.0
    peak_memory_mb: float = 0.0  # of the process and those that it started, together
    figures: dict[str, Any] = field(default_factory=dict)
    aims: dict[str, float] = field(default_factory=dict)
    error: str = ""


def in_a_process_of_its_own(work: Callable[..., Any], *arguments: object) -> Any:
    """What the work gives, done where nothing before it has used memory."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


def cpu_seconds() -> float:
    """Processor time of this process so far, all threads together."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime


def peak_memory_mb() -> float:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def least_cpu_seconds(work: Callable[[], object], times: int) -> float:
    """Processor time of the quickest of several runs: what slows the others is the machine's other work."""
    spent = []
    for _ in range(times):
        start = cpu_seconds()
        work()
        spent.append(cpu_seconds() - start)
    return min(spent)


def watched(work: Callable[..., Any], *arguments: object) -> dict[str, float]:
    """Wall and CPU seconds and peak memory of one piece of work and of the processes that it starts.

    Raises RuntimeError with the end of the traceback when the work breaks off.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, arguments, theirs))
    start = time.monotonic()
    process.start()
    theirs.close()
    peak = _watch(process.pid, ours)
    answer = _received(ours)
    process.join()
    if "cpu_s" not in answer:
        raise RuntimeError(f"{work.__name__} broke off: {answer.get('error', process.exitcode)}")
    wall = round(time.monotonic() - start, 1)
    return {"wall_s": wall, "cpu_s": answer["cpu_s"], "peak_mb": round(max(peak, answer["peak_memory_mb"]))}


def _work(work: Callable[..., Any], arguments: tuple[object, ...], answer: Connection) -> None:
    try:
        work(*arguments)
        spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        found = {"cpu_s": round(sum(each.ru_utime + each.ru_stime for each in spent), 1)}
    except Exception:
        found = {"error": traceback.format_exc(limit=-5)}  # type: ignore[dict-item]
    answer.send(found | {"peak_memory_mb": peak_memory_mb()})


def measured(name: str) -> Outcome:
    """One benchmark in a fresh process, with the most memory that it and its own processes held at one time."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(name, theirs), name=name)
    start = time.monotonic()
    process.start()
    theirs.close()
    peak = _watch(process.pid, ours)
    answer = _received(ours)
    process.join()
    outcome = Outcome(name, round(time.monotonic() - start, 1))
    for key, value in answer.items():
        setattr(outcome, key, value)
    outcome.peak_memory_mb = round(max(peak, outcome.peak_memory_mb), 1)
    if not answer:
        outcome.error = f"the process ended with exit code {process.exitcode} and gave no figures"
    return outcome


def _measure(name: str, answer: Connection) -> None:
    """In the new process: run the benchmark and send what it found, or what broke."""
    try:
        module = importlib.import_module(f"benchmarks.{name}")
        found = {"figures": module.run(), "aims": getattr(module, "AIMS", {})}
    except Exception:
        found = {"error": traceback.format_exc(limit=-5)}
    answer.send(found | {"peak_memory_mb": peak_memory_mb()})


def _received(answer: Connection) -> dict[str, Any]:
    try:
        found: dict[str, Any] = answer.recv()
    except EOFError:
        return {}
    return found


def _watch(pid: int | None, answer: Connection) -> float:
    """The most memory of the process and those below it, until it has answered or is gone."""
    peak = 0.0
    while not answer.poll(_SECONDS_BETWEEN_LOOKS):
        peak = max(peak, _memory_mb(pid))
    return peak


def _memory_mb(pid: int | None) -> float:
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0.0
    held = 0
    for each in family:
        try:
            held += each.memory_info().rss
        except psutil.NoSuchProcess:
            continue  # it has ended since it was listed
    return held / 2**20
