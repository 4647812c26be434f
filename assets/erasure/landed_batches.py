"""Taking what was purged out of landed batches: each file is replaced whole by one without it.

Which records these are is worked out in affected.py, what is left of one in payload_parts.py.
"""

from collections import Counter
from collections.abc import Iterable

import polars as pl

from assets.erasure.payload_parts import KeyOf, Part, without_message, without_part
from assets.records.batch import ERASED, split, with_records
from assets.submissions.landing import LandedBatch, LandingStore

_MESSAGE = ("batch_id", "batch_index", "is_purge_message")
Messages = dict[tuple[str, int], bool]


def erase_in_batches(
    landing: LandingStore, affected: pl.DataFrame, messages: pl.DataFrame, key_of: KeyOf
) -> Counter[str]:
    """Rewrite every batch in which one of these records (AFFECTED) holds what is to go; records changed, by tombstone.

    messages: which of the records (batch_id, batch_index) carry purge flags, and (is_purge_message) nothing else: the
    message of a purge goes as well.
    """
    changed: Counter[str] = Counter()
    carrying = {(batch, index): only for batch, index, only in messages.select(_MESSAGE).iter_rows()}
    for (stream_id, day), of_day in affected.group_by(["source_id", "submission_day"], maintain_order=True):
        landed = {batch.batch_id: batch for batch in landing.batches(day, str(stream_id))}
        for (batch_id,), records in of_day.group_by(["batch_id"], maintain_order=True):
            batch = landed.get(str(batch_id))
            if batch is not None:
                changed += _erase_in(landing, batch, records, carrying, key_of)
    return changed


def _erase_in(
    landing: LandingStore, batch: LandedBatch, records: pl.DataFrame, carrying: Messages, key_of: KeyOf
) -> Counter[str]:
    body = landing.read(batch)
    before = split(body)
    left: dict[int, bytes] = {}
    changed: Counter[str] = Counter()
    for tombstone_id, index, *named in _parts(records):
        raw = left.get(index, before[index])
        after = without_part(raw, Part(*named), key_of)
        if after != raw:
            left[index] = after
            changed[tombstone_id] += 1
    for index in sorted(set(records["batch_index"])):
        raw = left.get(index, before[index])
        is_only_message = carrying.get((batch.batch_id, index))
        after = raw if is_only_message is None else ERASED if is_only_message else without_message(raw)
        if after != raw:
            left[index] = after
    if left:
        landing.erase(batch, with_records(body, left))
    return changed


def _parts(records: pl.DataFrame) -> Iterable[tuple]:
    return records.select("tombstone_id", "batch_index", "level", "episode_key", "item_key").iter_rows()
