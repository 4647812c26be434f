"""Two ways of knowing what is landed agree: by the notes beside the batches, and by looking at every batch."""

import json
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.files import FileStore
from assets.submissions.landed_batch import LandedBatch
from assets.submissions.landing import LandingStore

START = datetime(2026, 3, 31, 6, tzinfo=UTC)
STREAM = "204-d2i"
FOLDER = Path("day=2026-03-31") / f"stream={STREAM}"

# Bodies about one child, several, none, and about children who cannot be told.
bodies = st.one_of(
    st.tuples(st.lists(st.integers(0, 3), max_size=3), st.integers(0, 1)).map(
        lambda said: json.dumps([{"la_child_id": f"C{child}", "version": said[1]} for child in said[0]]).encode()
    ),
    st.sampled_from([b"not JSON", b"[{}]", b'[{"la_child_id": 5}]', b'[{"la_child_id": "\\u0043\\u0030"}]']),
)
sendings = st.lists(st.tuples(bodies, st.integers(0, 6)), max_size=14)
# What may befall the notes before a process starts: nothing, loss, a cut, zeros as a power cut leaves them.
mishaps = st.sampled_from(["none", "lost", "children lost", "cut", "zeros"])


def a_store(url: str) -> LandingStore:
    """With names as in every other here: batches of one moment are in the order of their names."""
    FileStore(url).write(".naming-salt", bytes(32))
    return LandingStore(url)


def outcome(batch: LandedBatch) -> tuple[datetime, bool]:
    return batch.received_at, batch.duplicate


def befall(folder: Path, mishap: str) -> None:
    held, spoken = folder / ".held", folder / ".spoken"
    if not held.exists():
        return
    if mishap == "lost":
        held.unlink()
    elif mishap == "children lost":
        spoken.unlink()
    elif mishap == "cut":
        held.write_bytes(held.read_bytes()[:-7])
    elif mishap == "zeros":
        held.write_bytes(held.read_bytes()[:-40] + bytes(40))


@settings(max_examples=150, derandomize=True, deadline=None)
@given(sendings, mishaps, st.integers(0, 14))
def test_notes_tell_what_the_batches_tell(sent: list[tuple[bytes, int]], mishap: str, when: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        noted, listed = a_store(folder), a_store(f"memory://held-{uuid4()}")
        for turn, (body, minute) in enumerate(sent):
            if turn == when:
                befall(Path(folder) / FOLDER, mishap)
                noted = LandingStore(folder)
            moment = START + timedelta(minutes=minute)
            by_notes, by_looking = (store.store(STREAM, moment, body) for store in (noted, listed))
            assert outcome(by_notes) == outcome(by_looking)
        kept = [[(batch.received_at, store.read(batch)) for batch in store.batches()] for store in (noted, listed)]
        assert sorted(kept[0]) == sorted(kept[1])


def test_a_batch_that_was_noted_and_not_stored_is_none(tmp_path: Path) -> None:
    store, hour = LandingStore(tmp_path), timedelta(hours=1)
    first = store.store(STREAM, START, b'[{"la_child_id":"A"}]')
    between = store.store(STREAM, START + hour, b'[{"la_child_id":"A","purge":true}]')
    (tmp_path / between.key).unlink()  # as after a kill between the note and the file
    assert store.store(STREAM, START + 2 * hour, b'[{"la_child_id":"A"}]') == first
    again = store.store(STREAM, START + 3 * hour, b'[{"la_child_id":"A","purge":true}]')
    assert (again.duplicate, again.received_at) == (False, START + 3 * hour)
    assert again.batch_id == between.batch_id


def test_notes_hold_no_child_and_go_with_erasure(tmp_path: Path) -> None:
    store = LandingStore(tmp_path, "an invented key of good length")
    batch = store.store(STREAM, START, b'[{"la_child_id":"CHILD7"}]')
    notes = [tmp_path / FOLDER / ".held", tmp_path / FOLDER / ".spoken"]
    assert all(b"CHILD7" not in note.read_bytes() for note in notes)
    store.erase(batch, b"[null]")
    assert not any(note.exists() for note in notes)
    assert not store.store(STREAM, START + timedelta(hours=1), b'[{"la_child_id":"CHILD7"}]').duplicate


def test_many_batches_are_found_without_looking_at_each(tmp_path: Path) -> None:
    store = LandingStore(tmp_path)
    sent = [f'[{{"la_child_id":"C{number}"}}]'.encode() for number in range(300)]
    first = [store.store(STREAM, START + timedelta(seconds=number), body) for number, body in enumerate(sent)]
    other = LandingStore(tmp_path)
    again = [other.store(STREAM, START + timedelta(hours=1), body) for body in reversed(sent)]
    assert again == first[::-1]
    assert len(other.batches()) == 300
