"""Submission days from the landing store into the lake.

What becomes of a record is decided in stage.py and below; which days to take in, by the caller.
"""

from collections.abc import Iterable
from datetime import date

from assets.records.outcomes import Outcome, Summary
from assets.records.pending import NOTE, batches_state
from assets.records.stage import Partition, Work, asked_for, process
from assets.stores import Stores
from assets.submissions.landed_batch import LandedBatch


def take_in_days(stores: Stores, days: list[str] | tuple[str, ...], la_codes: frozenset[str]) -> Summary:
    """Replace the lake partitions of these days, of all LAs or of those named."""
    removed = stores.removals.days()
    days = [day for day in days if day not in removed]  # what is gone is not empty: it stays as the warehouse knows it
    wanted = [date.fromisoformat(day) for day in days]
    batches = [batch for day in wanted for batch in stores.landing.batches(day)]
    partitions = {
        key: its_batches
        for key, its_batches in asked_for(batches, stores.lake, days).items()
        if not la_codes or key[1][:3] in la_codes
    }
    return _taken_in(stores, partitions)


def take_in_again(stores: Stores, partitions: Iterable[Partition]) -> Summary:
    """Replace these lake partitions (submission day and stream id) by what landing now holds of them."""
    found = {
        (day, stream_id): stores.landing.batches(date.fromisoformat(day), stream_id) for day, stream_id in partitions
    }
    return _taken_in(stores, found)


def _taken_in(stores: Stores, partitions: dict[Partition, list[LandedBatch]]) -> Summary:
    register = stores.register
    progress = _Progress(stores, len(partitions))
    work: Work[LandedBatch] = Work(
        read=stores.landing.read,
        lake=stores.lake,
        mode_at=register.mode_at,
        pseudonyms=stores.pseudonyms,
        chunk_records=stores.deployment.chunk_records,
        note=lambda made_from: {NOTE: batches_state(made_from)},
        on_outcome=progress,
    )
    return process(partitions, work)


class _Progress:
    """Says now and then how many partitions are done."""

    def __init__(self, stores: Stores, expected: int) -> None:
        self.stores = stores
        self.expected = expected
        self.done = 0
        self.records = 0

    def __call__(self, outcome: Outcome) -> None:
        self.done += 1
        self.records += outcome.received
        if self.done % 100 == 0 or self.done == self.expected:
            self.stores.progress(f"records: {self.done} of {self.expected} stream days, {self.records:,} records")
