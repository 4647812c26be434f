"""csc stream add, rotate-key, end: what they print opens the receiver, once and for as long as they say."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command_line import Csc
from receiver_world import CHILD, ReceiverWorld, Sender

from receiver.credentials import Issued

ADD = ("stream", "add", "204-d2i", "--cms-supplier", "Made Up", "--mode", "delta")
NAMES = {"client_id", "client_secret", "scope", "supplier_key", "token_path", "api_path"}


@pytest.fixture
def csc(tmp_path: Path) -> Csc:
    return Csc(tmp_path / "home")


def sender_of(home: Path, told: dict[str, str]) -> tuple[ReceiverWorld, Sender]:
    world = ReceiverWorld(home)
    issued = Issued(told["client_id"], told["client_secret"], told["supplier_key"])
    return world, Sender(issued, world.token(issued, scope=told["scope"]).json().get("access_token", ""), "204")


@pytest.mark.parametrize(("environment", "base"), [("live", "/api"), ("test", "/api/test")])
def test_what_add_prints_is_all_that_a_sender_needs(csc: Csc, tmp_path: Path, environment: str, base: str) -> None:
    added = csc(*ADD, "--environment", environment, "--format", "json")
    assert added.exit_code == 0
    told = json.loads(added.stdout)
    assert set(told) == NAMES
    assert told["api_path"] == base
    world, sender = sender_of(tmp_path / "home", told)
    assert world.send(sender, [CHILD], base=told["api_path"]).status_code == 200


def test_a_change_of_mode_keeps_the_credentials(csc: Csc) -> None:
    assert "client_secret" in csc(*ADD).stdout
    later = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
    changed = csc(*ADD[:-1], "full", "--start-date", later)
    assert changed.exit_code == 0
    assert changed.stdout == ""


def test_rotating_lets_the_old_ones_hold_for_the_overlap(csc: Csc, tmp_path: Path) -> None:
    old = json.loads(csc(*ADD, "--format", "json").stdout)
    new = json.loads(csc("stream", "rotate-key", "204-d2i", "--format", "json").stdout)
    assert new["client_id"] == old["client_id"]
    assert new["client_secret"] != old["client_secret"]
    for told in (old, new):
        world, sender = sender_of(tmp_path / "home", told)
        assert world.send(sender, [CHILD]).status_code == 200
    csc("stream", "rotate-key", "204-d2i", "--overlap-days", "0")
    world, sender = sender_of(tmp_path / "home", new)
    assert sender.token == ""
    assert world.send(sender, [CHILD]).status_code == 401


def test_a_sandbox_beside_a_live_stream_has_credentials_of_its_own(csc: Csc, tmp_path: Path) -> None:
    live = json.loads(csc(*ADD, "--format", "json").stdout)
    test = json.loads(csc(*ADD, "--environment", "test", "--format", "json").stdout)
    assert (live["api_path"], test["api_path"]) == ("/api", "/api/test")
    assert not {live[name] for name in ("client_id", "client_secret", "supplier_key")} & set(test.values())
    for told, other in ((live, test), (test, live)):
        world, sender = sender_of(tmp_path / "home", told)
        assert world.send(sender, [CHILD], base=told["api_path"]).status_code == 200
        assert world.send(sender, [CHILD], base=other["api_path"]).status_code == 403
    rotated = json.loads(csc("stream", "rotate-key", "204-d2i", "--environment", "test", "--format", "json").stdout)
    assert rotated["client_id"] == test["client_id"]
    rotated = json.loads(csc("stream", "rotate-key", "204-d2i", "--format", "json").stdout)
    assert rotated["client_id"] == live["client_id"], "live is meant where nothing is said"
    assert "204-d2i-test ends" in csc("stream", "end", "204-d2i", "--environment", "test").stderr
    assert csc("stream", "rotate-key", "301-cms", "--environment", "test").exit_code == 1


def test_rotating_a_stream_that_is_not_there_says_so(csc: Csc) -> None:
    refused = csc("stream", "rotate-key", "204-d2i")
    assert refused.exit_code == 1
    assert "csc stream add" in refused.stderr


def test_an_ended_stream_is_shut_from_the_next_day(csc: Csc, tmp_path: Path) -> None:
    told = json.loads(csc(*ADD, "--start-date", "2026-01-01", "--format", "json").stdout)
    yesterday = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
    assert csc("stream", "end", "204-d2i", "--on", yesterday).exit_code == 0
    world, sender = sender_of(tmp_path / "home", told)
    assert world.send(sender, [CHILD]).status_code == 403
    again = csc("stream", "end", "204-d2i")
    assert again.exit_code == 1
    assert "nothing to end" in again.stderr
