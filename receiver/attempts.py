"""Refused attempts on their way to the submission log. Anybody can make them, so those at once share one write to disk.

A sender waits for its attempt to be in the log; who comes while a write is under way goes into the next one. So however
many strangers call, a process writes for them one thing at a time, and batches are not held up by many small writes.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence

from starlette.concurrency import run_in_threadpool

from assets.submissions.log import Attempt

log = logging.getLogger("receiver")


class RefusedAttempts:
    """For one event loop at a time. record_all: writes them, or raises."""

    def __init__(self, record_all: Callable[[Sequence[Attempt]], None]) -> None:
        self._record_all = record_all
        self._waiting: list[tuple[Attempt, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def record(self, attempt: Attempt) -> None:
        """Return when it is in the log, or has been given up with a word in the receiver's own log."""
        written = asyncio.get_running_loop().create_future()
        self._waiting.append((attempt, written))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        await written

    async def _write(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting, []
            try:
                await run_in_threadpool(self._record_all, [attempt for attempt, _ in taken])
            except Exception:
                log.exception("%d refused attempts could not be logged", len(taken))
            finally:
                for _, written in taken:
                    if not written.done():
                        written.set_result(None)
