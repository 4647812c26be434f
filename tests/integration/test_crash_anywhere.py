"""Killed outright at every boundary of the stages and within their writes, then run again: as if never killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from byte_search import files_with
from crash_driver import STEPS
from erasure_world import ErasureWorld, a_child, texts_of

from assets.warehouse.checksum import checksums

DAYS = ("2026-03-02", "2026-03-03", "2026-03-04")
GONE, LESS, STAYS = "Qaxbez", "Vuzkyf", "Pogvek"
# In one home, one after the other; each run finds what the one before left.
POINTS = (
    *("replace:2", "after-fsync:9", "lake"),
    *("after-replace:1:/erasure/tombstones/", "after-replace:1:/landing/day=", "after-replace:1:/erasure/notes/"),
    *("replace:1:/lake/records/day=2026-03-02/_manifest", "erasure"),
    *("insert:3", "commit:1", "after-commit:2", "load"),
    *("dbt:4.5", "history"),
    *("after-replace:2", "free_space"),
)
POSTGRES_POINTS = ("erasure", "load")


def receive(world: ErasureWorld) -> None:
    """Three days: everyone, a change, and two purges."""
    world.land(DAYS[0], [a_child(mark) for mark in (GONE, LESS, STAYS)])
    world.land(DAYS[1], [{"la_child_id": f"ID{STAYS}", "child_details": {"sex": "M"}}])
    purged = {"social_care_episodes": [{"social_care_episode_id": f"EP{LESS}", "purge": True}]}
    world.land(DAYS[2], [{"la_child_id": f"ID{GONE}", "purge": True}, {"la_child_id": f"ID{LESS}"} | purged])


def run(world: ErasureWorld, point: str) -> int:
    """One run of the stages in a process of its own; how it ended."""
    driver = Path(__file__).resolve().parent.parent / "crash_driver.py"
    done = subprocess.run(
        [sys.executable, str(driver), str(world.folder.parent), str(world.dbt_work), point, *DAYS],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(driver.parent), str(driver.parent.parent)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr[-3000:]
    return done.returncode


def known(world: ErasureWorld) -> list[tuple]:
    """What the warehouse knows: checksums of history, and the log."""
    with world.stores.warehouse(read_only=True) as warehouse:
        log = warehouse.query(
            "select source_id, submission_day, batch_index, content_hash, is_purge_message from raw.records"
            " order by 1, 2, 3, 4, 5"
        )
        return [*checksums(warehouse).rows(), *log.rows()]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> ErasureWorld:
    """The same days, never killed."""
    world = ErasureWorld(tmp_path_factory.mktemp("undisturbed"))
    receive(world)
    world.process(*DAYS)
    return world


def test_after_kills_anywhere_all_is_as_if_there_had_been_none(undisturbed: ErasureWorld, tmp_path: Path) -> None:
    world = ErasureWorld(tmp_path)
    receive(world)
    killed = {point: run(world, point) for point in POINTS}
    survived = [point for point, ended in killed.items() if ended == 0]
    assert survived == [], "these points were never reached, so they prove nothing"
    assert run(world, "none") == 0
    assert known(world) == known(undisturbed)
    assert files_with(world.folder, texts_of(GONE) + [f"EP{LESS}"]) == []
    assert files_with(world.folder, [f"Sur{LESS}"])
    left = [path.name for path in world.folder.rglob("*") if path.name.endswith((".tmp", ".rewritten"))]
    assert left == []
    assert layout(world) == layout(undisturbed)


def test_on_postgres_a_run_killed_at_a_boundary_is_made_good_by_the_next(
    undisturbed: ErasureWorld, tmp_path: Path, postgres_url: str
) -> None:
    world = ErasureWorld(tmp_path, postgres_url)
    receive(world)
    os.environ["CRASH_DRIVER_WAREHOUSE"] = postgres_url
    try:
        assert [run(world, point) for point in POSTGRES_POINTS] == [-signal.SIGKILL] * len(POSTGRES_POINTS)
        assert run(world, "none") == 0
    finally:
        del os.environ["CRASH_DRIVER_WAREHOUSE"]
    assert known(world) == known(undisturbed)


def layout(world: ErasureWorld) -> dict[str, int]:
    """Files by folder, whatever their names: nothing half done is left beside the lake's parts and landed batches."""
    counted: dict[str, int] = {}
    for place in ("lake/records", "landing"):
        for path in (world.folder / place).rglob("*"):
            if path.is_file():
                folder = path.parent.relative_to(world.folder).as_posix()
                counted[folder] = counted.get(folder, 0) + 1
    return counted


def test_every_boundary_is_among_the_points() -> None:
    assert set(STEPS) <= set(POINTS)
