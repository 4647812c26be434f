"""Restored from a backup in part or as a whole, landing and lake bring back nothing that was erased."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from byte_search import files_with
from erasure_world import LA, ErasureWorld, a_child, texts_of
from test_erasure import LETTER, MARKS, STAYS, _census, _ssda903, message

from assets.erasure.steps import erase
from assets.records.taking_in import take_in_days
from assets.returns.landed import pending_returns, take_in
from orchestration.commands.erasing import tombstones_of_letter

FIRST, SECOND, THIRD = "2026-03-02", "2026-03-04", "2026-03-05"
PURGED = MARKS["child"]
GONE = [*texts_of(LETTER), *texts_of(PURGED)]
CENSUS = f"{LA}-cin-2025"


def run(world: ErasureWorld, *days: str) -> None:
    """What a run does before the warehouse."""
    stores = world.stores
    take_in_days(stores, list(days), frozenset()).raise_failures()
    for landed in pending_returns(stores.returns_landing, stores.lake):
        take_in(stores.returns_landing, stores.lake, stores.pseudonyms, landed)
    erase(stores, list(days))


@pytest.fixture
def world(tmp_path: Path) -> ErasureWorld:
    """Two children have been erased, one by a purge and one by a letter; of before there are copies."""
    made = ErasureWorld(tmp_path)
    made.land(FIRST, [a_child(LETTER), a_child(STAYS), a_child(PURGED)])
    made.land_return("cin", [_census(tmp_path)])
    made.land_return("ssda903", _ssda903(tmp_path))
    run(made, FIRST)
    for name in ("landing", "lake"):
        shutil.copytree(made.folder / name, tmp_path / f"old-{name}")
    made.land(SECOND, [message("child", PURGED)])
    made.stores.tombstones.add(tombstones_of_letter(made.stores, LA, f"ID{LETTER}"), made.stores.now())
    run(made, SECOND)
    assert files_with(made.folder, GONE) == []
    return made


def put_back(world: ErasureWorld, name: str) -> None:
    """As a whole: what the folder has learnt since, tombstones among it, is lost."""
    shutil.rmtree(world.folder / name)
    shutil.copytree(world.folder.parent / f"old-{name}", world.folder / name)


def lake(world: ErasureWorld) -> None:
    put_back(world, "lake")


def landing(world: ErasureWorld) -> None:
    put_back(world, "landing")


def both(world: ErasureWorld) -> None:
    put_back(world, "lake")
    put_back(world, "landing")


def returns_alone(world: ErasureWorld) -> None:
    old = world.folder.parent / "old-landing" / "returns"
    shutil.copytree(old, world.folder / "landing" / "returns", dirs_exist_ok=True)


@pytest.mark.parametrize("restore", [lake, landing, both, returns_alone])
def test_nothing_comes_back(restore: Callable[[ErasureWorld], None], world: ErasureWorld) -> None:
    restore(world)
    assert files_with(world.folder, GONE)
    run(world, FIRST, SECOND)
    assert files_with(world.folder, GONE) == []
    assert files_with(world.folder, texts_of(STAYS))
    assert len(world.stores.tombstones.all()) == 5


def test_a_lake_put_back_is_seen_without_its_days_being_named(world: ErasureWorld) -> None:
    lake(world)
    world.land(THIRD, [a_child(STAYS)])
    run(world, THIRD)
    assert files_with(world.folder, GONE) == []


def test_a_return_handed_in_after_the_letter_stays(world: ErasureWorld) -> None:
    stores = world.stores
    later = stores.now() + timedelta(hours=1)
    fresh = stores.returns_landing.store(CENSUS, later, [world.folder.parent / "census.xml"])
    assert not fresh.duplicate
    returns_alone(world)
    run(world, FIRST)
    where = [name for name in files_with(world.folder, [f"ID{LETTER}"]) if name.startswith("landing")]
    assert where == [f"landing/{fresh.key}"]
    assert files_with(world.folder / "lake" / "returns" / f"return={CENSUS}", [f"ID{LETTER}"])


def test_returns_are_not_looked_through_again_without_need(
    world: ErasureWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(world.stores.returns_landing), "extracted", None)
    run(world, FIRST, SECOND)
