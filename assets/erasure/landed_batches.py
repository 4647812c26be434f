"""Taking what was purged out of landed batches: each file is replaced whole by one without it.

Which records these are is worked out in affected.py, what is left of one in payload_parts.py.
"""

from collections import Counter
from collections.abc import Iterable

import polars as pl

from assets.erasure.payload_parts import KeyOf, Part, without_message, without_part
from assets.records.batch import ERASED, split, with_records
from assets.submissions.landed_batch import LandedBatch
from assets.submissions.landing import LandingStore

_MESSAGE = ("batch_id", "batch_index", "is_purge_message")
Messages = dict[tuple[str, int], bool]


def erase_in_batches(
    landing: LandingStore, affected: pl.DataFrame, messages: pl.DataFrame, key_of: KeyOf
) -> tuple[Counter[str], set[tuple[str, str]]]:
    """Rewrite every batch in which one of these records (AFFECTED) holds what is to go.

    Gives how many records lost something, by tombstone, and the submission days and streams in which any changed.
    messages: which of the records (batch_id, batch_index) carry purge flags, and (is_purge_message) nothing else: the
    message of a purge goes as well.
    """
    changed: Counter[str] = Counter()
    rewritten: set[tuple[str, str]] = set()
    carrying = {(batch, index): only for batch, index, only in messages.select(_MESSAGE).iter_rows()}
    for (stream_id, day), of_day in affected.group_by(["source_id", "submission_day"], maintain_order=True):
        landed = {batch.batch_id: batch for batch in landing.batches(day, str(stream_id))}
        for (batch_id,), records in of_day.group_by(["batch_id"], maintain_order=True):
            batch = landed.get(str(batch_id))
            if batch is None:
                continue
            found, left = _without(landing, batch, records, carrying, key_of)
            if left is not None:
                landing.erase(batch, left)
                changed += found
                rewritten.add((str(day), str(stream_id)))
    return changed, rewritten


def _without(
    landing: LandingStore, batch: LandedBatch, records: pl.DataFrame, carrying: Messages, key_of: KeyOf
) -> tuple[Counter[str], bytes | None]:
    """The records that lose something, by tombstone, and the body that is left; None where it stays as it is."""
    body = landing.read(batch)
    before = split(body)
    left: dict[int, bytes] = {}
    changed: Counter[str] = Counter()
    for tombstone_id, index, is_asking, *named in _parts(records):
        raw = left.get(index, before[index])
        after = without_part(raw, Part(*named), key_of)
        if after != raw:
            left[index] = after
            # a purge that found nothing but purges has erased nothing
            changed[tombstone_id] += not is_asking and not carrying.get((batch.batch_id, index))
    for index in sorted(set(records["batch_index"])):
        raw = left.get(index, before[index])
        is_only_message = carrying.get((batch.batch_id, index))
        after = raw if is_only_message is None else ERASED if is_only_message else without_message(raw)
        if after != raw:
            left[index] = after
    return changed, with_records(body, left) if left else None


def _parts(records: pl.DataFrame) -> Iterable[tuple]:
    return records.select("tombstone_id", "batch_index", "is_asking", "level", "episode_key", "item_key").iter_rows()
