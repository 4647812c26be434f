"""A receiver whose disk is full, whose landing is read-only, whose clock jumps back: nothing is lost or half kept."""

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from receiver_killed import landed
from receiver_server import Running
from receiver_world import ReceiverWorld, Sender

from assets.submissions.moments import submission_day

PATH = "/api/children_social_care_data/204/children"


def batch(number: int) -> list[dict[str, object]]:
    """A batch of a child of its own."""
    return [{"la_child_id": f"C{number}", "child_details": {"sex": "F"}}]


@contextmanager
def mounted(*options: str, place: Path) -> Iterator[None]:
    """A file system at that place, or a skip where none may be mounted."""
    done = subprocess.run(["mount", *options, str(place)], capture_output=True, check=False)  # noqa: S607
    if done.returncode:
        pytest.skip("mounting a file system is not allowed here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)  # noqa: S607


def fill(place: Path) -> Path:
    """Take all the room that there is."""
    filler = place / "filler"
    with filler.open("wb", buffering=0) as handle, suppress(OSError):
        while True:
            handle.write(bytes(64 * 1024))
    return filler


class Deployment:
    """A running receiver with one sender."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.world = ReceiverWorld(home)
        self.sender: Sender = self.world.add("204-d2i")
        self.running = Running(home)
        self._http = httpx2.Client(base_url=f"http://127.0.0.1:{self.running.port}", timeout=30)

    def send(self, number: int) -> httpx2.Response:
        """Send a batch."""
        return self._http.post(PATH, content=json.dumps(batch(number)), headers=self.sender.headers())

    def becomes(self, status: int) -> bool:
        """Whether readiness has that status within some seconds; it is not looked into anew for every question."""
        for _ in range(100):
            if self._http.get("/ready").status_code == status:
                return True
            time.sleep(0.1)
        return False

    def receipts(self) -> set[str]:
        """Those of all that is landed."""
        return {receipt for _, of_batch in landed(self.world) for receipt in of_batch}

    def check_all_is_well_again(self, given: list[str], shut_out: range) -> None:
        """What was refused is taken now; every receipt, of before as well, has its record, and nothing is left over."""
        assert self.becomes(200)
        for number in shut_out:
            answer = self.send(number)
            assert answer.status_code == 200
            given += answer.json()
        assert len(set(given)) == len(given)
        assert self.receipts() == set(given)
        assert not list((self.home / "landing").rglob("*.tmp"))


@contextmanager
def deployed(home: Path) -> Iterator[Deployment]:
    made = Deployment(home)
    try:
        yield made
    finally:
        made.running.end(signal.SIGTERM)


def check_shut(deployment: Deployment, numbers: range) -> None:
    """That batches are refused for now, and that the sender is told when to come again, and no more."""
    assert deployment.becomes(503)
    for number in numbers:
        answer = deployment.send(number)
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) >= 1
        assert answer.headers["content-type"] == "application/problem+json"
        assert str(deployment.home) not in answer.text


def test_a_full_disk_gives_no_receipt_and_with_room_again_all_is_well(tmp_path: Path) -> None:
    place = tmp_path / "small"
    place.mkdir()
    with mounted("-t", "tmpfs", "-o", "size=24m", "tmpfs", place=place), deployed(place / "home") as deployment:
        given = [receipt for number in range(5) for receipt in deployment.send(number).json()]
        filler = fill(place)
        check_shut(deployment, range(5, 10))
        assert set(given) <= deployment.receipts()
        filler.unlink()
        deployment.check_all_is_well_again(given, range(5, 10))


def test_a_landing_that_may_not_be_written_to_gives_no_receipt(tmp_path: Path) -> None:
    with deployed(tmp_path / "home") as deployment:
        given = [receipt for number in range(5) for receipt in deployment.send(number).json()]
        landing = deployment.home / "landing"
        with mounted("--bind", str(landing), place=landing):
            subprocess.run(["mount", "-o", "remount,ro,bind", str(landing)], check=True)  # noqa: S607
            check_shut(deployment, range(5, 10))
            assert deployment.receipts() == set(given)
            assert deployment.world.statuses() == [200] * 5 + [503] * 5
        deployment.check_all_is_well_again(given, range(5, 10))


class Clock:
    """A clock that is set by hand, in the place of datetime in a module."""

    def __init__(self) -> None:
        self.moment = datetime.now(UTC)

    def now(self, zone: object = None) -> datetime:
        """What it says."""
        del zone
        return self.moment


@pytest.mark.parametrize("jump", [timedelta(seconds=1), timedelta(minutes=40), timedelta(days=1), timedelta(days=400)])
def test_a_clock_that_jumps_back_loses_nothing_and_turns_nothing_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jump: timedelta
) -> None:
    clock = Clock()
    monkeypatch.setattr("orchestration.receiving.datetime", clock)
    world = ReceiverWorld(tmp_path / "home")
    sender = world.add("204-d2i", since="2020-01-01")
    given: list[str] = []
    said = [{"la_child_id": "C1", "child_details": {"sex": sex}} for sex in "FMU"]
    for turn, record in enumerate(said):
        answer = world.send(sender, [record])
        assert answer.status_code == 200
        given += answer.json()
        clock.moment += timedelta(seconds=1) if turn else -jump
    assert len(set(given)) == 3
    landing = world.stores.landing
    kept = [json.loads(landing.read(each))[0] for each in landing.batches()]
    assert sorted(kept, key=str) == sorted(said, key=str)
    within_a_day = submission_day(datetime.now(UTC) - jump) == submission_day(datetime.now(UTC))
    if within_a_day:
        assert kept == said, "in the order in which they came"
    assert world.send(sender, said[-1:]).json() == given[-1:], "the same again is still the same"
