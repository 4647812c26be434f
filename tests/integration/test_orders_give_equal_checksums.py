"""The same landed days, processed at once, backwards or in another order, give equal checksums on either engine."""

from datetime import date
from pathlib import Path

import pytest
from erasure_world import LA, ErasureWorld, a_child
from test_erasure import MARKS, message

from assets.erasure.finishing import finish
from assets.erasure.steps import erase
from assets.records.taking_in import take_in_days
from assets.submissions.register import Stream
from assets.submissions.register_file import add_stream
from assets.warehouse.checksum import checksums
from assets.warehouse.loading import load
from quality.schemas.entities import ENTITIES

DAYS = ("2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05")
GONE, LESS, STAYS, BACK = MARKS["child"], MARKS["child_details"], "Pogvek", "Rixwud"
SWITCHING = "204-byo"
SWITCHED_ON = DAYS[2]


def receive(world: ErasureWorld) -> None:
    """Everyone; changes; purges at every level; stubs, and a child who comes back; a stream that becomes a full one."""
    episode = {"social_care_episode_id": f"EP{STAYS}"}
    plans = [{"child_in_need_plan_id": f"CN{STAYS}"}, {"child_in_need_plan_id": "never described"}]
    world.land(DAYS[0], [a_child(mark) for mark in (*MARKS.values(), STAYS, BACK)])
    world.land(DAYS[1], [{"la_child_id": f"ID{STAYS}", "child_details": {"sex": "M", "disabilities": []}}])
    world.land(DAYS[1], [{"la_child_id": f"ID{GONE}", "child_details": {"ethnicity": "WIRI"}}], hour=11)
    world.land(DAYS[2], [*(message(level, mark) for level, mark in MARKS.items()), message("child", BACK)])
    world.land(DAYS[2], [message("cin_plans", LESS)], hour=10)
    world.land(
        DAYS[3], [{"la_child_id": f"ID{STAYS}", "social_care_episodes": [episode | {"child_in_need_plans": plans}]}]
    )
    world.land(DAYS[3], [{"la_child_id": f"ID{BACK}", "child_details": {"sex": "M"}}], hour=12)
    _switch(world)


def _switch(world: ErasureWorld) -> None:
    """A stream that sends deltas until one day and full records from it on; what it sends is the same every day."""
    row = Stream(SWITCHING, LA, "build_your_own", "live", "full", date.fromisoformat(SWITCHED_ON))
    add_stream(world.stores.register_path, row)
    child = a_child(STAYS)
    child["social_care_episodes"][0]["care_worker_details"] = [{"worker_id": "W1", "start_date": "2025-04-09"}]
    world.land(DAYS[0], [child], stream_id=SWITCHING)
    for day, sex in zip(DAYS[1:], "MFM", strict=True):
        world.land(day, [{"la_child_id": f"ID{STAYS}", "child_details": {"sex": sex}}], stream_id=SWITCHING)


def receive_late(world: ErasureWorld) -> None:
    """A batch of the second day, before all others of that day: found once the day has been processed, or in time."""
    world.land(DAYS[1], [{"la_child_id": f"ID{STAYS}", "child_details": {"sex": "F"}}], hour=8)
    world.land(DAYS[1], [a_child(BACK), a_child(GONE)], hour=7)


def closings(world: ErasureWorld) -> set[tuple[str, str, str]]:
    """Which streams closed rows because they were absent: the stream, the entity and the day."""
    with world.stores.warehouse(read_only=True) as warehouse:
        return {
            (source, entity, closed.date().isoformat())
            for entity in ENTITIES
            for source, closed in warehouse.query(
                f"select source_id, known_to from history.{entity} where closed_reason = 'absent_from_full'"
            ).rows()
        }


def process(world: ErasureWorld, *groups: tuple[str, ...]) -> list[tuple]:
    """Groups of days one after the other; history after the first and at the end; then its checksums.

    The late batch is there from the first, or, where a group is empty, from then on.
    """
    if () not in groups:
        receive_late(world)
    for number, days in enumerate(groups):
        if not days:
            receive_late(world)
            continue
        take_in_days(world.stores, list(days), frozenset()).raise_failures()
        erase(world.stores, list(days))
        load(world.stores, list(days))
        if number in (0, len(groups) - 1):
            world.build()
    finish(world.stores)
    with world.stores.warehouse(read_only=True) as warehouse:
        return checksums(warehouse).rows()


@pytest.fixture(scope="module")
def all_at_once(tmp_path_factory: pytest.TempPathFactory) -> ErasureWorld:
    """Every day processed in one go."""
    world = ErasureWorld(tmp_path_factory.mktemp("in-order"))
    receive(world)
    process(world, DAYS)
    return world


@pytest.fixture(scope="module")
def in_order(all_at_once: ErasureWorld) -> list[tuple]:
    """The checksums to which every other order must come."""
    with all_at_once.stores.warehouse(read_only=True) as warehouse:
        return checksums(warehouse).rows()


def test_every_entity_has_history_and_only_a_full_stream_closes_what_is_absent(
    all_at_once: ErasureWorld, in_order: list[tuple]
) -> None:
    assert {name for name, versions, _ in in_order if versions} == set(ENTITIES)
    assert closings(all_at_once) == {(SWITCHING, entity, SWITCHED_ON) for entity in ENTITIES if entity != "children"}


def test_backwards_and_one_by_one(in_order: list[tuple], tmp_path: Path) -> None:
    world = ErasureWorld(tmp_path)
    receive(world)
    assert process(world, *((day,) for day in reversed(DAYS))) == in_order


def test_another_order_and_a_late_batch_on_postgres(in_order: list[tuple], tmp_path: Path, postgres_url: str) -> None:
    world = ErasureWorld(tmp_path, postgres_url)
    receive(world)
    assert process(world, (DAYS[2], DAYS[0]), (DAYS[3], DAYS[1]), (), (DAYS[1],)) == in_order
