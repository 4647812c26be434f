"""Which submission days hold batches that lake or warehouse have not taken in: durable states compared, no memory.

Taking them in is stage.py's work.
"""

import hashlib
from collections.abc import Iterable
from datetime import date

from assets.lake import Lake, day_folder
from assets.submissions.landed_batch import LandedBatch
from assets.submissions.landing import LandingStore

# Raised when the frames made from a batch change, so that days taken in by older code count as pending again.
TAKEN_IN_BY = "1"
NOTE = "batches"


def batches_state(batches: Iterable[LandedBatch]) -> str:
    """A short hash of which batches a stream's day consists of: the note of the lake partition made from them."""
    digest = hashlib.sha256(TAKEN_IN_BY.encode())
    for batch in sorted(batches):
        digest.update(batch.key.encode())
    return digest.hexdigest()[:16]


def pending_days(
    landing: LandingStore,
    lake: Lake,
    since: date | None = None,
    streams: frozenset[str] | None = None,
    removed: frozenset[str] = frozenset(),
    *,
    and_loaded: bool = True,
) -> dict[str, str]:
    """Submission day (ISO) to the state of its landing folder, for days of which lake or warehouse lack something.

    since: leave out earlier days. streams: look at these streams only (default all). removed: days that are gone, of
    which a killed removal may have left files. and_loaded: whether a day that is in the lake and not in the warehouse
    is pending too; it may be that a run is just between the two.
    """
    pending = {}
    for day in landing.days():
        if (since is not None and day < since) or str(day) in removed:
            continue
        wanted = [s for s in landing.streams(day) if streams is None or s in streams]
        landed = {stream: batches_state(landing.batches(day, stream)) for stream in wanted}
        held = lake.members(day_folder(str(day)))
        taken_in = {stream: held[stream].note.get(NOTE) if stream in held else None for stream in landed}
        not_loaded = lake.not_loaded(day_folder(str(day))) if and_loaded else set()
        if landed != taken_in or not not_loaded.isdisjoint(landed):
            pending[str(day)] = hashlib.sha256(repr(sorted(landed.items())).encode()).hexdigest()[:16]
    return pending
