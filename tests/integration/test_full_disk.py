"""A full disk is said, nothing is half written, and the last good state stays readable; with room again all is well."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from erasure_world import ErasureWorld, a_child

from assets.records.outcomes import RecordsStageError
from assets.records.taking_in import take_in_days
from assets.warehouse.engine import WarehouseError
from assets.warehouse.loading import load
from orchestration.cli import main

FIRST, SECOND = "2026-03-02", "2026-03-03"
MEGABYTE = 1024**2


@pytest.fixture
def world(tmp_path: Path) -> Iterator[ErasureWorld]:
    """A home on a file system of its own of 24 MB, with one day taken in."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)],  # noqa: S607
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("mounting a small file system is not allowed here")
    try:
        made = ErasureWorld(place)
        made.land(FIRST, [a_child("Quaxor")])
        take_in_days(made.stores, [FIRST], frozenset()).raise_failures()
        load(made.stores, [FIRST])
        yield made
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)  # noqa: S607


def fill(world: ErasureWorld, *, leaving: int) -> Path:
    """Take all the room but so many bytes."""
    filler = world.folder.parent / "filler"
    with filler.open("wb", buffering=0) as handle:
        try:
            while True:
                handle.write(bytes(64 * 1024))
        except OSError:
            pass
    with filler.open("rb+") as handle:
        handle.truncate(max(filler.stat().st_size - leaving, 0))
    return filler


def log_days(world: ErasureWorld) -> list[str]:
    with world.stores.warehouse(read_only=True) as warehouse:
        return [
            str(day) for day in warehouse.query("select submission_day from raw.records order by 1")["submission_day"]
        ]


def test_landing_says_so_and_gives_no_receipt(world: ErasureWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = world.folder.parent.parent / "batch.json"
    batch.write_text('[{"la_child_id":"X1","child_details":{"sex":"F"}}]')
    monkeypatch.setenv("CSC_HOME", str(world.folder))
    filler = fill(world, leaving=0)
    arguments = ["land", "--stream", "204-d2i", "--received-at", f"{SECOND}T09:00:00Z", str(batch)]
    refused = CliRunner().invoke(main, arguments)
    assert refused.exit_code == 1
    assert "disk is full" in refused.output
    assert "make room" in refused.output
    assert len(world.stores.landing.batches()) == 1
    filler.unlink()
    accepted = CliRunner().invoke(main, arguments)
    assert accepted.exit_code == 0, accepted.output
    assert len(world.stores.landing.batches()) == 2


def test_the_lake_keeps_what_it_had(world: ErasureWorld) -> None:
    world.land(SECOND, [a_child("Vuzkyf"), a_child("Wojqip")])
    filler = fill(world, leaving=0)
    with pytest.raises(RecordsStageError, match="No space left on device"):
        take_in_days(world.stores, [SECOND], frozenset()).raise_failures()
    assert world.stores.lake.days() in ([FIRST], [FIRST, SECOND])
    assert world.stores.lake.members(f"records/day={SECOND}") == {}
    filler.unlink()
    take_in_days(world.stores, [SECOND], frozenset()).raise_failures()
    assert set(world.stores.lake.members(f"records/day={SECOND}")) == {"204-d2i"}
    assert not list(world.folder.rglob("*.tmp"))


def test_the_warehouse_keeps_the_last_good_state(world: ErasureWorld) -> None:
    many = [a_child("Vuzkyf", la_child_id=f"Z{number}") for number in range(100)]
    for hour in range(12):
        world.land(SECOND, [each | {"la_child_id": f"{each['la_child_id']}h{hour}"} for each in many], hour=hour + 1)
    take_in_days(world.stores, [SECOND], frozenset()).raise_failures()
    filler = fill(world, leaving=MEGABYTE // 4)
    with pytest.raises(WarehouseError, match="make room"):
        load(world.stores, [SECOND])
    assert log_days(world) == [FIRST]
    filler.unlink()
    load(world.stores, [SECOND])
    assert log_days(world) == [FIRST] + [SECOND] * 1200


@pytest.mark.parametrize("leaving", [0, 3 * MEGABYTE])
def test_a_whole_run_ends_with_the_reason_in_words(
    world: ErasureWorld, monkeypatch: pytest.MonkeyPatch, leaving: int
) -> None:
    world.land(SECOND, [a_child("Vuzkyf")])
    monkeypatch.setenv("CSC_HOME", str(world.folder))
    filler = fill(world, leaving=leaving)
    ended = CliRunner().invoke(main, ["process", "--from", SECOND, "--to", SECOND])
    assert ended.exit_code == 1
    assert "error: the disk is full" in ended.output
    assert ended.exception is None or isinstance(ended.exception, SystemExit)
    filler.unlink()
    assert log_days(world) in ([FIRST], [FIRST, SECOND]), "what was known before is still there to be read"
