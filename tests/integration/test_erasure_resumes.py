"""An erasure that dies before, in or after any of its steps is finished by the next run, whichever days that has."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from byte_search import files_with
from erasure_world import ErasureWorld, a_child, texts_of

from assets.erasure import steps
from assets.records.taking_in import take_in_days
from quality.schemas.entities import ALL_ENTITIES

OLD, MIDDLE, NEW, NEXT = "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-05"
PURGED, STAYS = "Qaxbez", "Pogvek"
# Every landing store names its batches by a secret of its own.
_NAMES = ("receipt_id", "batch_id")
# Landing is done and the lake is not; the lake is done and the messages are not back.
_DELICATE = (
    steps.STEPS.index(steps.note_landing),
    steps.STEPS.index(steps.rewrite_days),
    steps.STEPS.index(steps.put_messages_back),
)


class DiedError(Exception):
    """Stands for a process that is killed."""


def dying_after(number: int) -> tuple[object, ...]:
    """The steps, with a death in the place of the one after that many."""

    def die(_: object) -> None:
        raise DiedError

    return (*steps.STEPS[:number], die)


def take_in(world: ErasureWorld, *days: str) -> None:
    take_in_days(world.stores, list(days), frozenset()).raise_failures()


def with_a_purge(folder: Path, level: str) -> ErasureWorld:
    """Two children on two days, of whom one is purged on a third; all taken in, nothing erased yet."""
    world = ErasureWorld(folder)
    world.land(OLD, [a_child(PURGED), a_child(STAYS)])
    world.land(MIDDLE, [a_child(STAYS), a_child(PURGED)])
    flag = {"purge": True} if level == "child" else {"social_care_episodes": [_purged_episode()]}
    world.land(NEW, [{"la_child_id": f"ID{PURGED}"} | flag])
    world.land(NEXT, [{"la_child_id": f"ID{STAYS}", "child_details": {"sex": "M"}}])
    take_in(world, OLD, MIDDLE, NEW)
    return world


def _purged_episode() -> dict[str, object]:
    return {"social_care_episode_id": f"EP{PURGED}", "purge": True}


def in_lake(world: ErasureWorld) -> dict[str, list[str]]:
    """Everything in the lake's days but the names of batches."""
    lake = world.stores.lake
    partitions = lake.partitions("records")
    return {
        table: sorted(map(repr, lake.read(partitions, table).drop(_NAMES, strict=False).rows()))
        for table in (*ALL_ENTITIES, "records", "rejected", "faults", "identifiers")
    }


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[str]]]:
    """What an erasure that is not disturbed leaves, by level."""
    left = {}
    for level in ("child", "episodes"):
        world = with_a_purge(tmp_path_factory.mktemp(level), level)
        steps.erase(world.stores, [NEW])
        take_in(world, NEXT)
        steps.erase(world.stores, [NEXT])
        left[level] = in_lake(world)
    return left


@pytest.mark.parametrize(
    ("level", "number"),
    [*(("child", number) for number in range(len(steps.STEPS) + 1)), *(("episodes", number) for number in _DELICATE)],
)
def test_the_next_run_finishes_it(
    level: str,
    number: int,
    finished: dict[str, dict[str, list[str]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone = texts_of(PURGED) if level == "child" else [f"EP{PURGED}", f"PL{PURGED}"]
    world = with_a_purge(tmp_path, level)
    assert files_with(world.folder / "landing", gone)
    with monkeypatch.context() as patch:
        patch.setattr(steps, "STEPS", dying_after(number))
        with pytest.raises(DiedError):
            steps.erase(world.stores, [NEW])
    take_in(world, NEXT)
    steps.erase(world.stores, [NEXT])
    assert files_with(world.folder, gone) == []
    assert in_lake(world) == finished[level]
    assert world.stores.tombstones.pending("lake").is_empty()
    assert world.stores.tombstones.planned() == []


@pytest.mark.parametrize("number", _DELICATE)
def test_a_late_batch_of_an_old_purge_is_followed_up_too(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = with_a_purge(tmp_path, "child")
    steps.erase(world.stores, [NEW])
    world.land(MIDDLE, [a_child(PURGED), a_child(STAYS, mis_child_id="MISlate")], hour=8)
    take_in(world, MIDDLE)
    with monkeypatch.context() as patch:
        patch.setattr(steps, "STEPS", dying_after(number))
        with pytest.raises(DiedError):
            steps.erase(world.stores, [MIDDLE])
    take_in(world, NEXT)
    steps.erase(world.stores, [NEXT])
    assert files_with(world.folder, texts_of(PURGED)) == []
    assert files_with(world.folder / "landing", ["MISlate"])


def test_doing_it_again_changes_nothing(tmp_path: Path) -> None:
    world = with_a_purge(tmp_path, "child")
    steps.erase(world.stores, [OLD, MIDDLE, NEW])
    before = in_lake(world), _landed(world), world.stores.tombstones.notes()
    again = steps.erase(world.stores, [OLD, MIDDLE, NEW])
    assert (again.tombstones, again.records_changed, again.partitions_rewritten) == (0, 0, 0)
    assert (in_lake(world), _landed(world)) == before[:2]
    assert before[2].equals(world.stores.tombstones.notes())


@pytest.mark.parametrize("scope", ["stream", "la"])
def test_whom_a_purge_reaches_is_a_setting(scope: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = with_a_purge(tmp_path, "child")
    world.land(OLD, [a_child(PURGED), a_child(STAYS)], stream_id="204-byo")
    take_in(world, OLD)
    monkeypatch.setattr(world.stores, "deployment", replace(world.stores.deployment, purge_scope=scope))
    steps.erase(world.stores, [NEW])
    left = files_with(world.folder / "landing", texts_of(PURGED))
    assert [name.split("/")[1] for name in left] == (["stream=204-byo"] if scope == "stream" else [])
    assert bool(files_with(world.folder / "lake", texts_of(PURGED))) == (scope == "stream")
    assert files_with(world.folder / "landing", texts_of(STAYS))
    asked = world.stores.tombstones.all().filter(pl.col("asked_by") == "scope")["source_id"].to_list()
    assert asked == ([] if scope == "stream" else ["204-byo"])


def _landed(world: ErasureWorld) -> dict[str, bytes]:
    return {batch.key: world.stores.landing.read(batch) for batch in world.stores.landing.batches()}
