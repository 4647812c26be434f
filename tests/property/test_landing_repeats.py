"""Whatever is sent, in whatever order and however often, landing keeps all that matters and nothing twice."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.submissions.landing import LandingStore
from assets.submissions.receipts import receipts

START = datetime(2026, 3, 31, 6, tzinfo=UTC)
STREAM = "204-d2i"
small = settings(max_examples=40, derandomize=True, deadline=None)


@contextmanager
def a_store() -> Iterator[LandingStore]:
    with tempfile.TemporaryDirectory() as folder:
        yield LandingStore(folder)


def body(child: int, version: int) -> bytes:
    return json.dumps([{"la_child_id": f"C{child}", "version": version}]).encode()


def last_said(bodies: list[bytes]) -> dict[str, int]:
    """What a reader knows of each child after these bodies in this order."""
    return {record["la_child_id"]: record["version"] for each in bodies for record in json.loads(each)}


@small
@given(st.lists(st.integers(0, 5), max_size=15))
def test_each_distinct_body_is_kept_once_and_its_receipts_never_change(children: list[int]) -> None:
    with a_store() as store:
        given_out: dict[int, list[str]] = {}
        for minute, child in enumerate(children):
            batch = store.store(STREAM, START + timedelta(minutes=minute), body(child, 1))
            assert batch.duplicate == (child in given_out)
            assert given_out.setdefault(child, receipts(batch.batch_id, batch.received_at, 3)) == receipts(
                batch.batch_id, batch.received_at, 3
            )
        assert [store.read(batch) for batch in store.batches()] == [body(child, 1) for child in dict.fromkeys(children)]


@small
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=15))
def test_leaving_repeats_out_never_changes_what_is_known_in_the_end(sent: list[tuple[int, int]]) -> None:
    with a_store() as store:
        bodies = [body(child, version) for child, version in sent]
        for minute, each in enumerate(bodies):
            store.store(STREAM, START + timedelta(minutes=minute), each)
            known = [store.read(batch) for batch in store.batches()]
            assert last_said(known) == last_said(bodies[: minute + 1])


@small
@given(st.permutations(range(6)), st.lists(st.integers(0, 5), max_size=5))
def test_distinct_batches_are_read_in_the_order_of_receipt_whatever_order_they_were_found_in(
    found: list[int], again: list[int]
) -> None:
    with a_store() as store:
        for n in [*found, *again]:
            store.store(STREAM, START + timedelta(microseconds=n), body(1, n))
        assert [store.read(batch) for batch in store.batches()] == [body(1, n) for n in range(6)]
