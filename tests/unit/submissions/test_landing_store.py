"""The landing store: what is kept, under which name, what counts as a repeat, and what a reader gets back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

import pytest

from assets.submissions.landed_batch import LandedBatch
from assets.submissions.landing import LandingStore
from assets.submissions.vault import LandingError

NOON = datetime(2026, 3, 31, 12, 0, 0, 123456, tzinfo=UTC)
HOUR, TICK = timedelta(hours=1), timedelta(microseconds=1)
A, B, OTHER = b'[{"la_child_id":"A1"}]', b'[{"la_child_id":"A1","purge":true}]', b'[{"la_child_id":"Z9"}]'
KEY = "an invented key of good length"


@pytest.mark.parametrize(
    "body", [A, b' [ {"la_child_id" : "A1"} ]\r\n', b"\xef\xbb\xbf[{}]", b"", b"\x00\xff not JSON", b"[" + b"x" * 10**6]
)
def test_a_body_is_read_back_byte_for_byte(landing: LandingStore, body: bytes) -> None:
    assert landing.read(landing.store("204-d2i", NOON, body)) == body


def test_the_file_name_says_day_stream_and_moment_to_the_microsecond(landing: LandingStore, tmp_path: Path) -> None:
    batch = landing.store("204-d2i", NOON, A)
    assert batch.key == f"day=2026-03-31/stream=204-d2i/20260331T120000.123456Z_{batch.batch_id}.json.zst"
    assert (tmp_path / "landing" / batch.key).is_file()
    assert landing.batches() == [batch]
    assert batch.la_code == "204"


@pytest.mark.parametrize(
    ("received_at", "day"),
    [
        (datetime(2026, 3, 31, 22, 59, tzinfo=UTC), date(2026, 3, 31)),
        (datetime(2026, 3, 31, 23, 0, tzinfo=UTC), date(2026, 4, 1)),  # British Summer Time: midnight in London
        (datetime(2026, 1, 31, 23, 59, tzinfo=UTC), date(2026, 1, 31)),
        (datetime(2026, 2, 1, 3, 0, tzinfo=timezone(timedelta(hours=5))), date(2026, 1, 31)),
    ],
)
def test_the_submission_day_is_the_date_in_london(landing: LandingStore, received_at: datetime, day: date) -> None:
    assert landing.store("204-d2i", received_at, A).submission_day == day
    assert landing.days() == [day]


def test_a_moment_without_a_time_zone_is_refused(landing: LandingStore) -> None:
    with pytest.raises(ValueError, match="time zone"):
        landing.store("204-d2i", datetime(2026, 3, 31), A)  # noqa: DTZ001 the case under test


@pytest.mark.parametrize("stream_id", ["204-xyz", "204", "../../204-d2i", "204-d2i/..", ""])
def test_what_is_not_a_stream_id_makes_no_folder(landing: LandingStore, stream_id: str) -> None:
    with pytest.raises(LandingError, match="204-d2i"):
        landing.store(stream_id, NOON, A)
    assert landing.days() == []


def test_a_repeat_is_stored_once_and_says_so(landing: LandingStore) -> None:
    first = landing.store("204-d2i", NOON, A)
    again = landing.store("204-d2i", NOON + HOUR, A)
    assert (first.duplicate, again.duplicate) == (False, True)
    assert again == first
    assert landing.batches() == [first]


def test_a_repeat_is_recognised_across_batches_about_other_children_and_by_another_process(tmp_path: Path) -> None:
    first = LandingStore(tmp_path).store("204-d2i", NOON, A)
    LandingStore(tmp_path).store("204-d2i", NOON + HOUR, OTHER)
    assert LandingStore(tmp_path).store("204-d2i", NOON + 2 * HOUR, A) == first


def test_the_same_body_on_another_day_or_stream_is_another_batch(landing: LandingStore) -> None:
    ids = {
        landing.store("204-d2i", NOON, A).batch_id,
        landing.store("204-d2i", NOON + 24 * HOUR, A).batch_id,
        landing.store("204-byo", NOON, A).batch_id,
    }
    assert len(ids) == len(landing.batches()) == 3


def test_copies_sent_at_once_become_one_file(tmp_path: Path) -> None:
    def send(n: int) -> LandedBatch:
        return LandingStore(tmp_path).store("204-d2i", NOON + timedelta(microseconds=n), A)

    with ThreadPoolExecutor(8) as pool:
        stored = list(pool.map(send, range(24)))
    assert len(set(stored)) == len(LandingStore(tmp_path).batches()) == 1
    assert [batch.duplicate for batch in stored].count(False) == 1


def test_a_body_sent_again_after_news_about_its_children_is_news_itself(landing: LandingStore) -> None:
    bodies = [A, B, A, A]
    stored = [landing.store("204-d2i", NOON + n * HOUR, body) for n, body in enumerate(bodies)]
    assert [batch.duplicate for batch in stored] == [False, False, False, True]
    assert [landing.read(batch) for batch in landing.batches()] == [A, B, A]


def test_an_older_batch_found_late_is_a_repeat_only_if_nothing_lies_between(landing: LandingStore) -> None:
    latest = landing.store("204-d2i", NOON + 2 * HOUR, A)
    assert landing.store("204-d2i", NOON + HOUR, A) == latest
    landing.store("204-d2i", NOON + HOUR, B)
    assert not landing.store("204-d2i", NOON, A).duplicate
    assert [landing.read(batch) for batch in landing.batches()] == [A, B, A]


def test_where_the_children_cannot_be_told_nothing_is_dropped(landing: LandingStore) -> None:
    for n, body in enumerate([A, b"not JSON", A]):
        landing.store("204-d2i", NOON + n * HOUR, body)
    assert len(landing.batches()) == 3


def test_different_batches_of_one_microsecond_are_both_kept_in_an_order_that_stays(landing: LandingStore) -> None:
    landing.store("204-d2i", NOON, B)
    landing.store("204-d2i", NOON, A)
    batches = landing.batches()
    assert len(batches) == 2
    assert batches == sorted(batches, key=lambda batch: (batch.received_at, batch.batch_id))


def test_batches_are_chosen_by_day_and_stream_in_the_order_of_receipt(landing: LandingStore) -> None:
    late = landing.store("204-d2i", NOON + HOUR, A)
    early = landing.store("204-d2i", NOON, OTHER)
    tomorrow = landing.store("301-cms", NOON + 24 * HOUR, A)
    assert landing.batches("2026-03-31") == [early, late]
    assert landing.batches(stream_id="301-cms") == [tomorrow]
    assert landing.batches(date(2026, 3, 31), "301-cms") == []
    assert landing.streams(date(2026, 4, 1)) == ["301-cms"]


def test_batch_ids_cannot_be_worked_out_from_the_body_alone(tmp_path: Path) -> None:
    ids = {LandingStore(tmp_path / place).store("204-d2i", NOON, A).batch_id for place in ("one", "other")}
    assert len(ids) == 2


def test_half_written_and_foreign_files_are_not_batches(landing: LandingStore, tmp_path: Path) -> None:
    batch = landing.store("204-d2i", NOON, A)
    folder = (tmp_path / "landing" / batch.key).parent
    (folder / f".20260331T120000.000000Z_{uuid4()}.json.zst.0a.tmp").write_bytes(b"half")
    (folder / "by hand.json").write_bytes(A)
    assert landing.batches() == [batch]
    assert landing.strays() == ["day=2026-03-31/stream=204-d2i/by hand.json"]
    assert landing.sweep() == 1
    assert landing.sweep() == 0
    assert landing.batches() == [batch]


def test_two_copies_of_a_batch_count_as_the_earlier_one(landing: LandingStore, tmp_path: Path) -> None:
    batch = landing.store("204-d2i", NOON, A)
    path = tmp_path / "landing" / batch.key
    path.with_name(path.name.replace("T12", "T13")).write_bytes(path.read_bytes())
    assert landing.batches() == [batch]


@pytest.mark.parametrize("damage", [b"", b"not zstd", None])
def test_a_damaged_file_is_named_and_a_good_copy_is_taken_in(
    landing: LandingStore, tmp_path: Path, damage: bytes | None
) -> None:
    batch = landing.store("204-d2i", NOON, A)
    path = tmp_path / "landing" / batch.key
    path.write_bytes(path.read_bytes()[:-3] if damage is None else damage)
    with pytest.raises(LandingError, match=batch.key):
        landing.read(batch)
    assert not landing.store("204-d2i", NOON + HOUR, A).duplicate


def test_erasure_keeps_the_name_and_lets_the_same_body_in_again(landing: LandingStore) -> None:
    batch = landing.store("204-d2i", NOON, A)
    landing.erase(batch, b"[null]")
    assert landing.batches() == [batch]
    assert landing.read(batch) == b"[null]"
    assert not landing.store("204-d2i", NOON + HOUR, A).duplicate


class TestEncrypted:
    def test_the_body_is_nowhere_in_the_files(self, tmp_path: Path) -> None:
        store = LandingStore(tmp_path, KEY)
        batch = store.store("204-d2i", NOON, A)
        assert batch.key.endswith(".json.zst.enc")
        assert store.read(batch) == A
        assert store.store("204-d2i", NOON + HOUR, A) == batch
        content = (tmp_path / batch.key).read_bytes()
        assert b"A1" not in content
        assert b"\x28\xb5\x2f\xfd" not in content  # how a zstd frame begins

    @pytest.mark.parametrize(("key", "says"), [(None, "no key is set"), ("another invented key", "another key's")])
    def test_without_the_right_key_it_does_not_open(self, tmp_path: Path, key: str | None, says: str) -> None:
        batch = LandingStore(tmp_path, KEY).store("204-d2i", NOON, A)
        with pytest.raises(LandingError, match=says) as refused:
            LandingStore(tmp_path, key).read(batch)
        assert KEY not in str(refused.value)

    def test_a_file_put_under_another_name_does_not_open(self, tmp_path: Path) -> None:
        store = LandingStore(tmp_path, KEY)
        one, other = store.store("204-d2i", NOON, A), store.store("204-d2i", NOON, OTHER)
        (tmp_path / one.key).write_bytes((tmp_path / other.key).read_bytes())
        with pytest.raises(LandingError, match="moved"):
            store.read(one)

    def test_files_from_before_the_key_stay_readable(self, tmp_path: Path) -> None:
        plain = LandingStore(tmp_path).store("204-d2i", NOON, A)
        store = LandingStore(tmp_path, KEY)
        assert store.read(plain) == A
        store.erase(plain, b"[]")
        assert LandingStore(tmp_path).read(plain) == b"[]"

    def test_a_short_key_is_refused_without_being_repeated(self, tmp_path: Path) -> None:
        with pytest.raises(LandingError, match="at least 16") as refused:
            LandingStore(tmp_path, "sh0rt")
        assert "sh0rt" not in str(refused.value)


def test_an_object_store_serves_as_well_as_a_folder() -> None:
    url = f"memory://landing-{uuid4()}"
    first = LandingStore(url).store("204-d2i", NOON, A)
    store = LandingStore(url)
    assert store.store("204-d2i", NOON + HOUR, A) == first
    assert [store.read(batch) for batch in store.batches()] == [A]
    assert store.sweep() == 0


@pytest.mark.parametrize("url", [None, "memory://clock-{}"])
def test_what_comes_when_the_clock_has_jumped_back_counts_as_the_last(tmp_path: Path, url: str | None) -> None:
    store = LandingStore(url.format(uuid4()) if url else tmp_path)
    moments = [NOON, NOON + HOUR, NOON - HOUR, NOON]
    stored = [
        store.store("204-d2i", moment, body, as_it_comes=True)
        for moment, body in zip(moments, [A, B, A, OTHER], strict=True)
    ]
    assert [store.read(batch) for batch in store.batches()] == [A, B, A, OTHER]
    assert [batch.received_at - NOON for batch in stored] == [timedelta(0), HOUR, HOUR + TICK, HOUR + 2 * TICK]
    again = store.store("204-d2i", NOON - HOUR, OTHER, as_it_comes=True)
    assert again == stored[-1]
    assert again.duplicate
