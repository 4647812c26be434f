"""Receipts: the string given back for each accepted record. They follow from the batch alone, so none is stored."""

import hashlib
from datetime import datetime
from uuid import UUID

from assets.submissions.moments import as_utc


def receipts(batch_id: str, received_at: datetime, count: int) -> list[str]:
    """One receipt a record, in the order of the batch: `YYYY-MM-DD_HH:MM:SS.ff_<uuid>.json`, in UTC.

    A batch id cannot be guessed, so neither can a receipt, although anyone who holds the batch can work it out again.
    """
    moment = as_utc(received_at)
    hundredths = moment.microsecond // 10_000
    prefix = f"{moment:%Y-%m-%d_%H:%M:%S}.{hundredths:02d}"
    namespace = hashlib.sha1(UUID(batch_id).bytes, usedforsecurity=False)
    return [f"{prefix}_{_uuid5(namespace.copy(), b'%d' % index)}.json" for index in range(count)]


def _uuid5(namespace: "hashlib._Hash", name: bytes) -> str:
    """What uuid.uuid5 gives, at a third of its cost: the name's hash with the version and the variant written in."""
    namespace.update(name)
    text = namespace.hexdigest()
    variant = _VARIANT[text[16]]
    return f"{text[:8]}-{text[8:12]}-5{text[13:16]}-{variant}{text[17:20]}-{text[20:32]}"


_VARIANT = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}
