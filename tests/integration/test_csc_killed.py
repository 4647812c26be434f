"""A command killed outright leaves nothing in Dagster for which the next would wait, and the next takes up its work."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import dagster as dg
import pytest
from erasure_world import PSEUDONYM_KEY, ErasureWorld, a_child

from assets.records.taking_in import take_in_days
from assets.submissions.register import Stream
from assets.submissions.register_file import add_stream
from assets.warehouse.loading import load
from orchestration.instance import WAREHOUSE_POOL

OLD, YOUNG = "2022-03-01", "2026-03-02"
PATIENCE_SECONDS = 120


@pytest.fixture
def world(tmp_path: Path) -> ErasureWorld:
    """A day past retention that was taken in, and a young one that waits."""
    made = ErasureWorld(tmp_path)
    add_stream(
        made.stores.register_path, Stream("205-d2i", "205", "data_to_insight", "live", "delta", date(2021, 1, 1))
    )
    made.land(OLD, [a_child("Quaxor")], stream_id="205-d2i")
    take_in_days(made.stores, [OLD], frozenset()).raise_failures()
    load(made.stores, [OLD])
    made.land(YOUNG, [a_child("Quaxor")], stream_id="205-d2i")
    return made


def csc(world: ErasureWorld, point: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, killed at that point."""
    tests = Path(__file__).resolve().parent.parent
    others = {name: value for name, value in os.environ.items() if not name.startswith(("CSC_", "DAGSTER_"))}
    ours = {"CSC_HOME": str(world.folder), "CSC_PSEUDONYM_KEY": PSEUDONYM_KEY}
    return subprocess.run(
        [sys.executable, str(tests / "crash_csc.py"), point, *arguments],
        env=others | ours | {"PYTHONPATH": os.pathsep.join([str(tests), str(tests.parent)])},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )


@pytest.fixture
def instance(world: ErasureWorld) -> Iterator[dg.DagsterInstance]:
    """Dagster's storage of that home, looked at from outside."""
    world.settings.dagster_home.mkdir(parents=True)
    (world.settings.dagster_home / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
    with dg.DagsterInstance.from_config(str(world.settings.dagster_home)) as opened:
        yield opened


def statuses(instance: dg.DagsterInstance) -> list[str]:
    """How the runs stand, the first first."""
    return [record.dagster_run.status.value for record in instance.get_run_records(ascending=True)]


def test_the_next_command_waits_for_nobody_and_takes_up_the_work(
    world: ErasureWorld, instance: dg.DagsterInstance
) -> None:
    held = instance.event_log_storage.get_concurrency_info
    killed = csc(world, "insert:1", "process")
    assert killed.returncode == -signal.SIGKILL, killed.stderr[-3000:]
    assert statuses(instance) == ["STARTED"]
    assert len(held(WAREHOUSE_POOL).claimed_slots) == 1, "killed elsewhere than in a step that holds the warehouse"

    killed = csc(world, "delete:2", "retention")
    assert killed.returncode == -signal.SIGKILL, killed.stderr[-3000:]
    assert "was cut short" in killed.stderr
    assert statuses(instance) == ["FAILURE", "STARTED"]
    assert world.stores.lake.members(f"records/day={OLD}") == {}
    assert [str(day) for day in world.stores.landing.days()] == [OLD, YOUNG], "nothing of the day was left to be done"

    done = csc(world, "none", "retention")
    assert done.returncode == 0, done.stderr[-3000:]
    assert statuses(instance) == ["FAILURE", "FAILURE", "SUCCESS"]
    assert held(WAREHOUSE_POOL).claimed_slots == []
    assert held(WAREHOUSE_POOL).pending_steps == []
    assert list((world.settings.dagster_home / "at_work").iterdir()) == []
    assert [str(day) for day in world.stores.landing.days()] == [YOUNG]
    assert world.stores.lake.days() == [YOUNG]
    load(world.stores, [OLD, YOUNG])  # what the killed run took in, and what is gone, are both known
    with world.stores.warehouse(read_only=True) as warehouse:
        rows = warehouse.query("select submission_day from raw.records order by 1")
    assert [str(day) for day in rows["submission_day"]] == [OLD, YOUNG]
