"""Receipts: the string given back for each accepted record. They follow from the batch alone, so none is stored."""

from datetime import datetime
from uuid import UUID, uuid5

from assets.submissions.moments import as_utc


def receipts(batch_id: str, received_at: datetime, count: int) -> list[str]:
    """One receipt a record, in the order of the batch: `YYYY-MM-DD_HH:MM:SS.ff_<uuid>.json`, in UTC.

    A batch id cannot be guessed, so neither can a receipt, although anyone who holds the batch can work it out again.
    """
    moment = as_utc(received_at)
    hundredths = moment.microsecond // 10_000
    prefix = f"{moment:%Y-%m-%d_%H:%M:%S}.{hundredths:02d}"
    namespace = UUID(batch_id)
    return [f"{prefix}_{uuid5(namespace, str(index))}.json" for index in range(count)]
