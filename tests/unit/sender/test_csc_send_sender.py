"""The reference sender: every child ends as accepted or refused with its reason, waiting and resuming included."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from receiver_world import BAD, ReceiverWorld

from receiver.app import TOKEN_PATH
from sender.children import FileError, children_of, files_under
from sender.client import Account, Client, SendingError
from sender.ledger import Ledger
from sender.sending import send_files


def child(number: int) -> dict[str, object]:
    return {"la_child_id": f"C{number}", "child_details": {"sex": "F"}}


@pytest.fixture
def world(tmp_path: Path) -> ReceiverWorld:
    return ReceiverWorld(tmp_path / "home", receiver_batches_a_second=1000)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "ledger.sqlite") as opened:
        yield opened


def account_of(world: ReceiverWorld, **other: str) -> Account:
    issued = world.add("204-d2i").issued
    told = {
        "client_id": issued.client_id,
        "client_secret": issued.client_secret,
        "supplier_key": issued.supplier_key,
        "scope": world.settings.token_scope,
    }
    return Account("http://testserver", "204", **(told | other), token_path=TOKEN_PATH, api_path="/api")


def written(path: Path, children: list[dict[str, object]]) -> list[Path]:
    path.write_text(json.dumps(children))
    return [path]


def test_all_children_arrive_in_batches_of_a_hundred(world: ReceiverWorld, ledger: Ledger, tmp_path: Path) -> None:
    paths = written(tmp_path / "a.json", [child(number) for number in range(250)])
    sent = send_files(paths, Client(account_of(world), world.client), ledger, 100)
    assert (sent.accepted, sent.refused, sent.passed_over) == (250, 0, 0)
    assert world.landed() == 3
    again = send_files(paths, Client(account_of_again(world), world.client), ledger, 100)
    assert (again.accepted, again.passed_over) == (0, 250)


def account_of_again(world: ReceiverWorld) -> Account:
    """An account that is never asked: nothing is left to send."""
    return Account("http://testserver", "204", "", "", "", world.settings.token_scope, TOKEN_PATH, "/api")


def test_those_at_fault_are_noted_and_the_others_go_without_them(
    world: ReceiverWorld, ledger: Ledger, tmp_path: Path
) -> None:
    paths = written(tmp_path / "a.json", [child(0), BAD, child(2), BAD | {"la_child_id": "X9"}, child(4)])
    sent = send_files(paths, Client(account_of(world), world.client), ledger, 100)
    assert (sent.accepted, sent.refused) == (3, 2)
    assert [(position, "CSC-" in error) for _, position, error in ledger.errors()] == [(1, True), (3, True)]
    assert world.landed() == 1


def test_a_child_that_changed_is_sent_again(world: ReceiverWorld, ledger: Ledger, tmp_path: Path) -> None:
    account = account_of(world)
    send_files(written(tmp_path / "a.json", [child(0), child(1)]), Client(account, world.client), ledger, 100)
    changed = [child(0), child(1) | {"child_details": {"sex": "M"}}]
    sent = send_files(written(tmp_path / "a.json", changed), Client(account, world.client), ledger, 100)
    assert (sent.accepted, sent.passed_over) == (1, 1)


class Scripted:
    """A receiver that answers as it is told, in turn."""

    def __init__(self, *answers: tuple[int, dict[str, str], object] | Exception) -> None:
        self.answers, self.asked = list(answers), 0

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == TOKEN_PATH:
            return httpx2.Response(200, json={"access_token": f"t{self.asked}"})
        self.asked += 1
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, headers, said = answer
        return httpx2.Response(status, headers=headers, json=said)


def client_of(receiver: Scripted, waited: list[float], attempts: int = 5) -> Client:
    http = httpx2.Client(transport=httpx2.MockTransport(receiver))
    account = Account("http://receiver", "204", "c", "s", "k", "csc.send", TOKEN_PATH, "/api")
    return Client(account, http, attempts, sleep=waited.append)


def test_it_waits_as_long_as_it_is_told_and_longer_each_time(ledger: Ledger, tmp_path: Path) -> None:
    receiver = Scripted(
        (429, {"Retry-After": "90"}, {}),
        (503, {}, {}),
        httpx2.ConnectError("no"),
        (200, {}, ["r1"]),
    )
    waited: list[float] = []
    sent = send_files(written(tmp_path / "a.json", [child(0)]), client_of(receiver, waited), ledger, 100)
    assert sent.accepted == 1
    assert waited[0] >= 90
    assert 1 <= waited[1] <= waited[2] + 1


def test_a_token_that_ended_is_fetched_anew(ledger: Ledger, tmp_path: Path) -> None:
    receiver = Scripted((401, {}, {}), (200, {}, ["r1"]))
    assert send_files(written(tmp_path / "a.json", [child(0)]), client_of(receiver, []), ledger, 100).accepted == 1


def test_when_waiting_does_not_help_it_says_so_and_keeps_what_was_done(ledger: Ledger, tmp_path: Path) -> None:
    paths = written(tmp_path / "a.json", [child(0), child(1)])
    broken = Scripted((200, {}, ["r1"]), *[(503, {}, {})] * 3)
    with pytest.raises(SendingError, match="run it again later"):
        send_files(paths, client_of(broken, [], attempts=3), ledger, 1)
    whole = send_files(paths, client_of(Scripted((200, {}, ["r2"])), []), ledger, 1)
    assert (whole.accepted, whole.passed_over) == (1, 1)


@pytest.mark.parametrize("told", [[], ["r1", "r2"], {}, None])
def test_receipts_that_are_not_one_a_child_are_not_believed(ledger: Ledger, tmp_path: Path, told: object) -> None:
    paths = written(tmp_path / "a.json", [child(0)])
    with pytest.raises(SendingError, match="one a child"):
        send_files(paths, client_of(Scripted((200, {}, told)), []), ledger, 100)
    assert not ledger.is_accepted(next(children_of(paths[0])))


def test_a_refusal_of_the_sender_stops_at_once(world: ReceiverWorld, ledger: Ledger, tmp_path: Path) -> None:
    paths = written(tmp_path / "a.json", [child(0)])
    with pytest.raises(SendingError, match="SupplierKey"):
        send_files(paths, Client(account_of(world, supplier_key="x"), world.client), ledger, 100)
    world = ReceiverWorld(tmp_path / "other")
    with pytest.raises(SendingError, match="client_secret"):
        send_files(paths, Client(account_of(world, client_secret="x"), world.client), ledger, 100)


def test_folders_are_looked_through_and_what_holds_no_children_is_named(tmp_path: Path) -> None:
    (tmp_path / "f").mkdir()
    written(tmp_path / "f" / "b.json", [child(0)])
    written(tmp_path / "f" / "a.json", [child(1)])
    assert [path.name for path in files_under([tmp_path / "f"])] == ["a.json", "b.json"]
    with pytest.raises(FileError, match="nothing.json"):
        files_under([tmp_path / "nothing.json"])
    (tmp_path / "bad.json").write_text('[{"la_child_id": 5}]')
    with pytest.raises(FileError, match=r"bad\.json"):
        list(children_of(tmp_path / "bad.json"))
    (tmp_path / "one.json").write_text('{"la_child_id": "C1"}')
    assert [each.la_child_id for each in children_of(tmp_path / "one.json")] == ["C1"]
