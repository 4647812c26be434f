"""The receiver killed outright under load, again and again: every receipt given stands for a record, kept once."""

import signal
import threading
import time
from pathlib import Path

import pytest
from receiver_killed import CHILDREN, Persistent, landed
from receiver_server import Running
from receiver_world import ReceiverWorld

from assets.records.taking_in import take_in_days

KILLS, SECONDS_OF_LOAD, SENDERS = 3, 1.0, 4


def under_load(home: Path, senders: list[Persistent], how: signal.Signals) -> int:
    """Run a receiver under load and end it like that; how it ended."""
    running, stop = Running(home), threading.Event()
    threads = [threading.Thread(target=sender.send, args=(running, stop)) for sender in senders]
    for thread in threads:
        thread.start()
    time.sleep(SECONDS_OF_LOAD)
    ended = running.end(how)
    stop.set()
    for thread in threads:
        thread.join(timeout=30)
    return ended


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_every_receipt_has_its_record_and_no_record_is_there_twice(tmp_path: Path, how: signal.Signals) -> None:
    home = tmp_path / "home"
    world = ReceiverWorld(home)
    sender = world.add("204-d2i")
    senders = [Persistent(number, sender) for number in range(SENDERS)]
    for _ in range(KILLS if how is signal.SIGKILL else 1):
        assert under_load(home, senders, how) == (-signal.SIGKILL if how is signal.SIGKILL else 0)
        kept = dict(landed(world))
        assert all(kept[body] == given for each in senders for body, given in each.given.items())
    assert under_load(home, senders, signal.SIGTERM) == 0, "what got no answer is sent once more"
    assert not any(each.faults for each in senders)

    bodies = [body for body, _ in landed(world)]
    assert len(set(bodies)) == len(bodies), "what was stored without an answer is not stored again"
    given = {body: told for each in senders for body, told in each.given.items()}
    assert len(given) * CHILDREN > 100 * KILLS if how is signal.SIGKILL else given
    assert given.items() <= dict(landed(world)).items()
    told = [receipt for of_batch in given.values() for receipt in of_batch]
    assert len(set(told)) == len(told) == len(given) * CHILDREN
    accepted = world.stores.log.attempts().filter(outcome="accepted")
    assert set(accepted["batch_id"]) == {batch.batch_id for batch in world.stores.landing.batches()}
    _each_child_is_processed_once(world, len(bodies) * CHILDREN)


def _each_child_is_processed_once(world: ReceiverWorld, children: int) -> None:
    days = [str(day) for day in world.stores.landing.days()]
    take_in_days(world.stores, days, frozenset()).raise_failures()
    records = world.stores.lake.read(world.stores.lake.partitions("records"), "records")
    assert records.height == records["child_key"].n_unique() == children
    assert set(records["receipt_id"]) == {receipt for _, of_batch in landed(world) for receipt in of_batch}
