"""The same landed days, processed at once, backwards or in another order, give equal checksums on either engine."""

from pathlib import Path

import pytest
from erasure_world import ErasureWorld, a_child

from assets.erasure.finishing import finish
from assets.erasure.steps import erase
from assets.records.taking_in import take_in_days
from assets.warehouse.checksum import checksums
from assets.warehouse.loading import load

DAYS = ("2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05")
GONE, LESS, STAYS, BACK = "Qaxbez", "Vuzkyf", "Pogvek", "Rixwud"


def receive(world: ErasureWorld) -> None:
    """Everyone; changes and a late batch; purges; a full record anew, stubs, and a child who comes back."""
    episode = {"social_care_episode_id": f"EP{STAYS}"}
    plans = [{"child_in_need_plan_id": f"CN{STAYS}"}, {"child_in_need_plan_id": "never described"}]
    world.land(DAYS[0], [a_child(mark) for mark in (GONE, LESS, STAYS, BACK)])
    world.land(DAYS[1], [{"la_child_id": f"ID{STAYS}", "child_details": {"sex": "M", "disabilities": []}}])
    world.land(DAYS[1], [{"la_child_id": f"ID{GONE}", "child_details": {"ethnicity": "WIRI"}}], hour=11)
    world.land(DAYS[1], [{"la_child_id": f"ID{STAYS}", "child_details": {"sex": "F"}}], hour=8)
    world.land(DAYS[2], [{"la_child_id": f"ID{mark}", "purge": True} for mark in (GONE, BACK)])
    purged = {"social_care_episode_id": f"EP{LESS}", "child_in_need_plans": [plans[0] | {"purge": True}]}
    purged["child_in_need_plans"][0]["child_in_need_plan_id"] = f"CN{LESS}"
    world.land(DAYS[2], [{"la_child_id": f"ID{LESS}", "social_care_episodes": [purged]}], hour=10)
    world.land(
        DAYS[3], [{"la_child_id": f"ID{STAYS}", "social_care_episodes": [episode | {"child_in_need_plans": plans}]}]
    )
    world.land(DAYS[3], [{"la_child_id": f"ID{BACK}", "child_details": {"sex": "M"}}], hour=12)


def process(world: ErasureWorld, *groups: tuple[str, ...]) -> list[tuple]:
    """Groups of days one after the other; history in the middle and at the end; then its checksums."""
    for number, days in enumerate(groups):
        take_in_days(world.stores, list(days), frozenset()).raise_failures()
        erase(world.stores, list(days))
        load(world.stores, list(days))
        if number in (0, len(groups) - 1):
            world.build()
    finish(world.stores)
    with world.stores.warehouse(read_only=True) as warehouse:
        return checksums(warehouse).rows()


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> list[tuple]:
    world = ErasureWorld(tmp_path_factory.mktemp("in-order"))
    receive(world)
    return process(world, DAYS)


def test_backwards_and_one_by_one(in_order: list[tuple], tmp_path: Path) -> None:
    world = ErasureWorld(tmp_path)
    receive(world)
    assert process(world, *((day,) for day in reversed(DAYS))) == in_order
    assert {name for name, versions, _ in in_order if versions} >= {"children", "cin_plans", "disabilities"}


def test_another_order_on_postgres(in_order: list[tuple], tmp_path: Path, postgres_url: str) -> None:
    world = ErasureWorld(tmp_path, postgres_url)
    receive(world)
    assert process(world, (DAYS[2], DAYS[0]), (DAYS[3],), (DAYS[1],)) == in_order
