"""What is older than the period goes from landing and lake, is said, and is never taken for an empty day."""

from datetime import date
from pathlib import Path

import pytest
from erasure_world import ErasureWorld, a_child

from assets.records.pending import pending_days
from assets.records.taking_in import take_in_days
from assets.retention.removing import aged, months_earlier, remove
from assets.submissions.land import Refused, land
from assets.submissions.landing import LandingStore
from assets.submissions.register import Stream
from assets.submissions.register_file import add_stream
from assets.warehouse.loading import load

OLD, YOUNG = "2022-03-01", "2026-03-02"


@pytest.fixture
def world(tmp_path: Path) -> ErasureWorld:
    """A stream with a day that is past retention and one that is not, both taken in, and returns of both ages."""
    made = ErasureWorld(tmp_path)
    early = Stream("205-d2i", "205", "data_to_insight", "live", "delta", date(2021, 1, 1))
    add_stream(made.stores.register_path, early)
    for day in (OLD, YOUNG):
        made.land(day, [a_child("Quaxor")], stream_id="205-d2i")
    for received_at, name in ((2021, "first"), (2022, "second")):
        path = tmp_path / f"{name}.xml"
        path.write_text(f"<Message>{name}</Message>")
        made.stores.returns_landing.store("205-cin-2021", made.stores.now().replace(year=received_at), [path])
    take_in_days(made.stores, [OLD, YOUNG], frozenset()).raise_failures()
    load(made.stores, [OLD, YOUNG])
    return made


def log_rows(world: ErasureWorld) -> list[str]:
    with world.stores.warehouse(read_only=True) as warehouse:
        days = warehouse.query("select submission_day from raw.records order by 1")["submission_day"]
    return [str(day) for day in days]


def test_old_days_and_returns_go_and_the_warehouse_keeps_what_it_knows(world: ErasureWorld) -> None:
    stores = world.stores
    what = aged(stores)
    assert (what.days, set(what.returns), len(what.superseded)) == ((OLD,), {"205-cin-2021"}, 2)
    assert what.files == 3
    assert what.bytes > 0
    remove(stores, what)
    assert [str(day) for day in stores.landing.days()] == [YOUNG]
    assert stores.lake.days() == [YOUNG]
    assert stores.returns_landing.return_ids() == []
    (removal,) = stores.removals.all()
    assert (removal.days, removal.files) == ((OLD,), 3)
    # a backfill over the removed day changes nothing
    take_in_days(stores, [OLD, YOUNG], frozenset()).raise_failures()
    load(stores, [OLD, YOUNG])
    assert log_rows(world) == [OLD, YOUNG]
    with stores.warehouse(read_only=True) as warehouse:
        assert warehouse.query("select return_id from raw.returns")["return_id"].to_list() == ["205-cin-2021"]
    assert pending_days(stores.landing, stores.lake, removed=stores.removals.days()) == {}
    assert aged(stores).days == ()


def test_nothing_is_taken_in_any_more_for_a_day_that_is_gone(world: ErasureWorld) -> None:
    remove(world.stores, aged(world.stores))
    moment = world.stores.now().replace(year=2022, month=3, day=1)
    refused = land(b'[{"la_child_id":"X1"}]', "205-d2i", moment, world.stores.submissions)
    assert isinstance(refused, Refused)
    assert "past the period of retention" in refused.text


def test_a_removal_that_was_cut_short_is_finished_by_the_next(
    world: ErasureWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(LandingStore, "remove_day", killed)
        with pytest.raises(KeyboardInterrupt):
            remove(world.stores, aged(world.stores))
    assert [str(day) for day in world.stores.landing.days()] == [OLD, YOUNG]
    assert pending_days(world.stores.landing, world.stores.lake, removed=world.stores.removals.days()) == {}
    load(world.stores, [OLD, YOUNG])
    assert log_rows(world) == [OLD, YOUNG]
    remove(world.stores, aged(world.stores))
    assert [str(day) for day in world.stores.landing.days()] == [YOUNG]


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 11, 26), 36, date(2023, 11, 26)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 2, date(2025, 11, 30)),
    ],
)
def test_months_are_counted_by_the_calendar(day: date, months: int, earlier: date) -> None:
    assert months_earlier(day, months) == earlier
