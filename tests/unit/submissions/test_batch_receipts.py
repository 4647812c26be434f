"""Receipts: their form, their order, and that they can be worked out again."""

import re
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid5

from assets.submissions.receipts import receipts

BATCH = "5f0c7a0e-1111-5222-8333-444455556666"
FORM = re.compile(r"\d{4}-\d{2}-\d{2}_\d{2}:\d{2}:\d{2}\.\d{2}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.json")


def test_a_receipt_has_two_decimals_in_utc_and_a_uuid() -> None:
    moment = datetime(2026, 5, 1, 10, 30, 0, 129_999, tzinfo=timezone(timedelta(hours=1)))
    (receipt,) = receipts(BATCH, moment, 1)
    assert FORM.fullmatch(receipt)
    assert receipt.startswith("2026-05-01_09:30:00.12_")


def test_one_receipt_a_record_in_order_and_the_same_every_time() -> None:
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    hundred = receipts(BATCH, moment, 100)
    assert len(set(hundred)) == 100
    assert receipts(BATCH, moment, 7) == hundred[:7]
    assert receipts(BATCH, moment, 0) == []


def test_splitting_on_underscores_gives_date_time_and_file_name() -> None:
    (receipt,) = receipts(BATCH, datetime(2026, 5, 1, tzinfo=UTC), 1)
    assert [len(part) for part in receipt.split("_")] == [10, 11, 41]


def test_the_uuid_is_the_name_based_one_of_the_position_in_the_batch() -> None:
    for batch_id in (BATCH, BATCH.upper(), str(UUID(int=7))):
        given = receipts(batch_id, datetime(2026, 5, 1, tzinfo=UTC), 200)
        expected = [str(uuid5(UUID(batch_id), str(index))) for index in range(200)]
        assert [each.rpartition("_")[2].removesuffix(".json") for each in given] == expected
