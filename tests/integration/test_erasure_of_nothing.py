"""A purge that erased something is not one of nothing, though nothing of what it named reaches the warehouse."""

from pathlib import Path
from typing import Any

import pytest
from erasure_world import ErasureWorld, a_child

from assets.erasure import steps
from assets.records.taking_in import take_in_days
from assets.warehouse.loading import load

FIRST, SECOND = "2026-03-02", "2026-03-03"
KNOWN, UNKNOWN = "Qaxbez", "Pogvek"


def purge_of_placement(mark: str, placement: str) -> dict[str, Any]:
    item = {"child_looked_after_placement_id": placement, "purge": True}
    episode = {"social_care_episode_id": f"EP{mark}", "child_looked_after_placements": [item]}
    return {"la_child_id": f"ID{mark}", "social_care_episodes": [episode]}


def purges_of_new(mark: str) -> list[dict[str, Any]]:
    """A client that marks what is new, instead of what is gone: its content comes beside the flag."""
    placement = {"child_looked_after_placement_id": "PLnew", "start_date": "2025-09-01"}
    item = {"social_care_episode_id": f"EP{mark}", "child_looked_after_placements": [placement | {"purge": True}]}
    episode = {"social_care_episode_id": "EPnew", "child_looked_after_placements": [placement], "purge": True}
    of_known = [{"la_child_id": f"ID{mark}", "social_care_episodes": [each]} for each in (item, episode)]
    return [*of_known, a_child("Zaqwub", purge=True)]


def of_nothing(world: ErasureWorld) -> list[int]:
    with world.stores.warehouse(read_only=True) as warehouse:
        found = warehouse.query("select batch_index from control.purges_of_nothing order by 1")
    return found["batch_index"].to_list()


def process(world: ErasureWorld, *days: str) -> None:
    take_in_days(world.stores, list(days), frozenset()).raise_failures()
    steps.erase(world.stores, list(days))
    load(world.stores, list(days))


@pytest.mark.parametrize("runs", [[(FIRST,), (SECOND,)], [(FIRST, SECOND)]], ids=["day by day", "both at once"])
@pytest.mark.parametrize("dies_after", [None, steps.erase_batches])
def test_only_purges_that_named_nothing_are_noted(
    runs: list[tuple[str, ...]], dies_after: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = ErasureWorld(tmp_path)
    world.land(FIRST, [a_child(KNOWN), a_child("Vuzkyf")])
    messages = [
        purge_of_placement("Vuzkyf", "PLVuzkyf"),
        purge_of_placement(UNKNOWN, "PLnever"),
        {"la_child_id": f"ID{KNOWN}", "purge": True},
        {"la_child_id": f"ID{UNKNOWN}", "purge": True},
        *purges_of_new("Vuzkyf"),
    ]
    world.land(SECOND, messages)
    if dies_after:
        take_in_days(world.stores, [FIRST, SECOND], frozenset()).raise_failures()
        with monkeypatch.context() as patch:
            patch.setattr(steps, "STEPS", steps.STEPS[: steps.STEPS.index(dies_after) + 1])
            steps.erase(world.stores, [FIRST, SECOND])
        steps.erase(world.stores, [FIRST, SECOND])
        load(world.stores, [FIRST, SECOND])
    else:
        for days in runs:
            process(world, *days)
    # After a run that died, whatever was received of the child before counts as erased by it: of a child who is known,
    # a purge of what is new is then not told from a purge of what was held.
    assert of_nothing(world) == ([1, 3, 6] if dies_after else [1, 3, 4, 5, 6])
