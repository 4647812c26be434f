"""The stage: partitions written whole, bad things set aside, and trouble in one place left in that place."""

from datetime import date

import pytest
from records_builders import PSEUDONYMS, ABatch, a_batch, a_record, an_episode, work

from assets.lake import Lake, day_partition
from assets.records.batch import without
from assets.records.outcomes import RecordsStageError
from assets.records.stage import asked_for, process
from assets.submissions.vault import LandingError


def by_partition(*batches):
    return asked_for(batches, Lake("/nonexistent"), [])


def test_good_records_are_stored_and_bad_ones_set_aside(tmp_path):
    batch = a_batch(a_record(), a_record(la_child_id=""), a_record(la_child_id="C3"))
    summary = process(by_partition(batch), work(tmp_path))
    (outcome,) = summary.outcomes
    assert (outcome.received, outcome.stored, outcome.rejected) == (3, 2, 1)
    lake = Lake(tmp_path)
    place = day_partition("2026-03-01", "204-d2i")
    assert lake.read(place, "records")["batch_index"].to_list() == [0, 2]
    rejected = lake.read(place, "rejected")
    assert rejected.select("batch_index", "rule_id", "path").rows() == [(1, "CSC-007", "la_child_id")]


def test_an_unreadable_body_is_set_aside_whole_and_the_rest_stored(tmp_path):
    summary = process(by_partition(ABatch(b"[{", number=1), a_batch(a_record(), number=2)), work(tmp_path))
    assert summary.failures == []
    place = day_partition("2026-03-01", "204-d2i")
    assert Lake(tmp_path).read(place, "rejected").select("batch_index", "rule_id").rows() == [(None, "CSC-001")]
    assert Lake(tmp_path).rows(place)["records"] == 1


def test_a_partition_without_batches_is_replaced_by_nothing(tmp_path):
    batch = a_batch(a_record())
    process(by_partition(batch), work(tmp_path))
    lake = Lake(tmp_path)
    wanted = asked_for([], lake, ["2026-03-01"])
    assert wanted == {("2026-03-01", "204-d2i"): []}
    process(wanted, work(tmp_path))
    assert lake.partitions("records") == []


def test_a_partition_of_empty_batches_exists_and_is_empty(tmp_path):
    process(by_partition(a_batch()), work(tmp_path))
    assert Lake(tmp_path).partitions("records") == [day_partition("2026-03-01", "204-d2i")]
    assert Lake(tmp_path).rows(day_partition("2026-03-01", "204-d2i")) == {}


def test_a_big_partition_is_written_in_parts(tmp_path):
    batches = [a_batch(*(a_record(la_child_id=f"C{n}x{i}") for i in range(10)), number=n) for n in range(5)]
    process(by_partition(*batches), work(tmp_path, chunk_records=15))
    lake, place = Lake(tmp_path), day_partition("2026-03-01", "204-d2i")
    assert lake.rows(place)["records"] == 50
    assert len(lake.parts(place, "records")) == 3


def test_one_failing_stream_stops_no_other_and_is_raised_at_the_end(tmp_path):
    def mode_at(stream_id, _day):
        if stream_id == "205-byo":
            raise LookupError("205-byo has no register row")
        return "full"

    batches = by_partition(
        a_batch(a_record()), a_batch(a_record(), stream_id="205-byo"), a_batch(a_record(), stream_id="206-cms")
    )
    surroundings = work(tmp_path)
    summary = process(batches, type(surroundings)(surroundings.read, surroundings.lake, mode_at, PSEUDONYMS))
    assert [outcome.stream_id for outcome in summary.outcomes] == ["204-d2i", "206-cms"]
    with pytest.raises(RecordsStageError, match="2026-03-01 205-byo"):
        summary.raise_failures()


def test_trouble_in_making_frames_is_pinned_to_its_partition(tmp_path, monkeypatch):
    from assets.records import stage

    make = stage.frames_of_batches

    def fragile(batches, pseudonyms):
        if any("205-byo" in batch.head for batch in batches):
            raise RuntimeError("made to fail")
        return make(batches, pseudonyms)

    monkeypatch.setattr(stage, "frames_of_batches", fragile)
    place = day_partition("2026-03-01", "205-byo")
    Lake(tmp_path).replace(place, {})
    before = Lake(tmp_path).partitions("records")
    streams = ("204-d2i", "205-byo", "206-cms")
    summary = process(by_partition(*(a_batch(a_record(), stream_id=each) for each in streams)), work(tmp_path))
    assert [(each.stream_id, str(each.error)) for each in summary.failures] == [("205-byo", "made to fail")]
    assert {outcome.stream_id for outcome in summary.outcomes} == {"204-d2i", "206-cms"}
    assert place in before
    assert Lake(tmp_path).rows(place) == {}


def test_a_failed_partition_keeps_what_it_had(tmp_path):
    process(by_partition(a_batch(a_record())), work(tmp_path))

    def damaged(_batch):
        raise LandingError("the file is damaged")

    surroundings = work(tmp_path)
    summary = process(
        by_partition(a_batch(a_record(), a_record(la_child_id="C2"))),
        type(surroundings)(damaged, surroundings.lake, surroundings.mode_at, PSEUDONYMS),
    )
    assert summary.failures
    assert summary.outcomes == []
    assert Lake(tmp_path).rows(day_partition("2026-03-01", "204-d2i"))["records"] == 1


def test_one_damaged_file_does_not_hide_the_others_of_its_day(tmp_path):
    def read(batch):
        if batch.number == 1:
            raise LandingError("the file is damaged")
        return batch.body

    surroundings = work(tmp_path)
    noting = type(surroundings)(
        read, surroundings.lake, surroundings.mode_at, PSEUDONYMS, note=lambda batches: {"batches": str(len(batches))}
    )
    summary = process(by_partition(a_batch(a_record()), a_batch(a_record(la_child_id="C2"), number=2)), noting)
    place = day_partition("2026-03-01", "204-d2i")
    assert Lake(tmp_path).rows(place) == {
        **{"records": 1, "children": 1, "identifiers": 1},
        "rejected": 1,
    }
    assert len(summary.failures) == 1
    assert Lake(tmp_path).note(place) == {}


def test_erased_records_are_counted_and_leave_positions_alone(tmp_path):
    batch = a_batch(a_record(), a_record(la_child_id="C2"))
    erased = ABatch(without(batch.body, {0}))
    (outcome,) = process(by_partition(erased), work(tmp_path)).outcomes
    assert (outcome.erased, outcome.stored, outcome.rejected) == (1, 1, 0)
    assert Lake(tmp_path).read(day_partition("2026-03-01", "204-d2i"), "records")["batch_index"].to_list() == [1]


def test_progress_is_told_partition_by_partition(tmp_path):
    told = []
    batches = [a_batch(a_record(), day=day) for day in (3, 1, 2)]
    process(by_partition(*batches), work(tmp_path, on_outcome=told.append))
    assert [outcome.day for outcome in told] == ["2026-03-01", "2026-03-02", "2026-03-03"]


def test_the_mode_is_that_of_the_day(tmp_path):
    surroundings = work(tmp_path)
    dated = type(surroundings)(
        surroundings.read,
        surroundings.lake,
        lambda _stream, day: "delta" if day >= date(2026, 3, 2) else "full",
        PSEUDONYMS,
    )
    process(by_partition(a_batch(a_record(social_care_episodes=[an_episode()])), a_batch(a_record(), day=2)), dated)
    lake = Lake(tmp_path)
    records = lake.read(lake.partitions("records"), "records")
    assert records.sort("submission_day")["payload_mode"].to_list() == ["full", "delta"]
