"""Refused attempts in the log: all of them, those at once in one write, and none of them held for ever."""

import asyncio
import logging
import time
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from assets.submissions.log import Attempt
from receiver.attempts import RefusedAttempts


def attempt(number: int) -> Attempt:
    """A refused attempt."""
    return Attempt(datetime.now(UTC), None, None, "refused", 401, number, None)


def recorded(record_all: object, many: int) -> None:
    """Record so many at once."""

    async def at_once() -> None:
        attempts = RefusedAttempts(record_all)  # type: ignore[arg-type]
        await asyncio.gather(*(attempts.record(attempt(number)) for number in range(many)))

    asyncio.run(at_once())


def test_who_comes_while_a_write_is_under_way_goes_into_the_next() -> None:
    writes: list[list[int]] = []

    def record_all(attempts: Sequence[Attempt]) -> None:
        writes.append([each.bytes for each in attempts])
        time.sleep(0.05)

    recorded(record_all, 200)
    assert sorted(number for write in writes for number in write) == list(range(200))
    assert len(writes) <= 3


def test_a_log_that_cannot_be_written_holds_nobody_and_is_said(caplog: pytest.LogCaptureFixture) -> None:
    def record_all(_: Sequence[Attempt]) -> None:
        raise OSError(28, "No space left on device")

    with caplog.at_level(logging.ERROR, "receiver"):
        recorded(record_all, 5)
    assert "5 refused attempts could not be logged" in caplog.text


def test_one_after_another_and_in_another_loop_each_is_written() -> None:
    writes: list[int] = []
    attempts = RefusedAttempts(lambda taken: writes.append(len(taken)))
    for _ in range(3):
        asyncio.run(attempts.record(attempt(1)))
    assert writes == [1, 1, 1]
