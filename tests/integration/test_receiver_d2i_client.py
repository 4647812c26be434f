"""The real client of Data to Insight against the receiver: its staging table ends with the right status for all."""

import copy
import json
import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from d2i_client import FOLDER_VARIABLE, D2iClient, Row
from receiver_server import Running
from receiver_world import ReceiverWorld, Sender

from assets.submissions.receipts import receipts
from benchmarks.varied_records import record
from receiver.app import API_PATHS, TOKEN_PATH

pytestmark = pytest.mark.skipif(
    FOLDER_VARIABLE not in os.environ,
    reason=f"the client is not part of this project: {FOLDER_VARIABLE} names a folder that holds its api_pipeline",
)

FAULTS = {
    "a code that is too long": lambda said: said["child_details"].update(sex="Female"),
    "an id with a hyphen": lambda said: said.update(la_child_id="C-1"),
    "a property that is none": lambda said: said.update(name="Z"),
    "a date that is none": lambda said: said["social_care_episodes"][0].update(referral_date="2023-02-30"),
    "an episode without its id": lambda said: said["social_care_episodes"][0].pop("social_care_episode_id"),
    "null": lambda said: said.update(mis_child_id=None),
}


class Deployment:
    """A receiver with one sender, and that sender's client."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "home"
        self.world = ReceiverWorld(self.home)
        self.sender: Sender = self.world.add("204-d2i")
        self.running = Running(self.home)

    def client(self, *, delta: bool, **other: str) -> D2iClient:
        """A client set up with what the sender was given."""
        address = f"http://127.0.0.1:{self.running.port}"
        issued = self.sender.issued
        settings = {
            "API_ENDPOINT": address + API_PATHS["live"],
            "TOKEN_ENDPOINT": address + TOKEN_PATH,
            "LA_CODE": "204",
            "CLIENT_ID": issued.client_id,
            "CLIENT_SECRET": issued.client_secret,
            "SCOPE": self.world.settings.token_scope,
            "SUPPLIER_KEY": issued.supplier_key,
        }
        return D2iClient(self.folder, settings | other, delta=delta)

    def landed(self) -> dict[str, Any]:
        """Records in landing by receipt."""
        found = {}
        for batch in self.world.stores.landing.batches():
            records = json.loads(self.world.stores.landing.read(batch))
            found |= dict(zip(receipts(batch.batch_id, batch.received_at, len(records)), records, strict=True))
        return found


@pytest.fixture
def deployment(tmp_path: Path) -> Iterator[Deployment]:
    made = Deployment(tmp_path)
    try:
        yield made
    finally:
        made.running.end(signal.SIGTERM)


def people(count: int) -> dict[str, dict[str, Any]]:
    """Made-up payloads as the client stages them, by person."""
    return {f"P{number}": record(number, random.Random(number)) for number in range(count)}


def check_sent(row: Row, sent: Any, landed: dict[str, Any]) -> None:
    """That the row is as it must be for a record that was taken."""
    assert (row.status, row.row_state) == ("sent", "unchanged")
    assert row.sent_at is not None
    assert row.response is not None
    named = [receipt for receipt in landed if receipt.endswith(f"_{row.response}")]
    assert len(named) == 1
    day, moment, _ = named[0].split("_")
    assert row.sent_at.startswith(f"{day} {moment}"), "the moment is the receipt's, not the client's own"
    assert landed[named[0]] == sent


def check_refused(row: Row, *, faulty: bool) -> None:
    """That the row is as it must be for a record of a batch that was refused."""
    assert row.status == "error"
    assert row.response is not None
    assert row.response.startswith("API error (400): Malformed Payload")
    assert ("Record valid but batch failed" in row.response) != faulty


def test_its_smoke_test_passes(deployment: Deployment) -> None:
    client = deployment.client(delta=False)
    assert "[OK] API GET reachable" in client.run("test-endpoint")
    assert "Unexpected status 403" in deployment_with(deployment, SUPPLIER_KEY="another").run("test-endpoint")


def deployment_with(deployment: Deployment, **other: str) -> D2iClient:
    """The client with other settings, in a folder of its own."""
    folder = deployment.folder / "elsewhere"
    folder.mkdir()
    elsewhere = copy.copy(deployment)
    elsewhere.folder = folder
    return elsewhere.client(delta=False, **other)


@pytest.mark.parametrize("faulty", [[], [0], [99], [150], [100, 101, 199], [7, 107, 207], list(range(100, 200))])
def test_full_payloads_end_sent_or_refused_each_by_its_own(deployment: Deployment, faulty: list[int]) -> None:
    staged = people(230)
    for position in faulty:
        FAULTS[list(FAULTS)[position % len(FAULTS)]](staged[f"P{position}"])
    client = deployment.client(delta=False)
    for person, payload in staged.items():
        client.stage(person, payload)
    client.run()
    landed, refused = deployment.landed(), {position // 100 for position in faulty}
    for position, (person, row) in enumerate(client.rows().items()):
        if position // 100 in refused:
            check_refused(row, faulty=position in faulty)
        else:
            check_sent(row, staged[person], landed)

    for person, payload in people(230).items():
        if client.rows()[person].status == "error":
            client.stage(person, payload)
    client.run()
    landed = deployment.landed()
    for person, row in client.rows().items():
        check_sent(row, people(230)[person], landed)
    assert len(landed) == 230


def changed(payload: dict[str, Any]) -> dict[str, Any]:
    """The same child with something new in it."""
    new = copy.deepcopy(payload)
    new["child_details"]["surname"] = "O'Invented"
    new["social_care_episodes"][0]["closure_reason"] = "RC9"
    return new


def test_delta_payloads_deletions_and_faults_end_right(deployment: Deployment) -> None:
    before = people(120)
    client = deployment.client(delta=True)
    after = {person: changed(payload) for person, payload in before.items()}
    deleted, deleted_without_id, faulty = "P3", "P4", "P110"
    del before[deleted_without_id]["mis_child_id"]
    FAULTS["a code that is too long"](after[faulty])
    for person, payload in before.items():
        state = "deleted" if person in (deleted, deleted_without_id) else "updated"
        client.stage(person, after[person], payload, state)
    client.run()
    rows = client.rows()
    assert {person for person, row in rows.items() if row.status == "sent"} == set()
    for person, row in rows.items():
        # a deletion of whom the client holds no second id says null, which the schema does not allow
        check_refused(row, faulty=person in (deleted_without_id, faulty))

    client.stage(faulty, changed(people(120)[faulty]), people(120)[faulty], "updated")
    client.stage(deleted_without_id, after[deleted_without_id] | {"mis_child_id": "M4"}, people(120)["P4"], "deleted")
    client.run()
    landed = deployment.landed()
    assert {row.status for row in client.rows().values()} == {"sent"}
    assert len(landed) == 120
    purged = sorted((said for said in landed.values() if said.get("purge") is True), key=str)
    ids = [(people(120)[person]["la_child_id"], people(120)[person]["mis_child_id"]) for person in ("P3", "P4")]
    assert purged == [{"la_child_id": one, "mis_child_id": other, "purge": True} for one, other in ids]


def test_nothing_new_sends_nothing(deployment: Deployment) -> None:
    client = deployment.client(delta=False)
    assert "No pending records" in client.run()
    assert deployment.landed() == {}


def test_the_same_again_gets_the_receipts_it_had(deployment: Deployment) -> None:
    client = deployment.client(delta=False)
    told = []
    for _ in range(2):
        for person, payload in people(30).items():
            client.stage(person, payload)
        client.run()
        told.append({person: row.response for person, row in client.rows().items()})
    assert told[0] == told[1]
    assert len(deployment.landed()) == 30


def test_a_wrong_secret_or_key_leaves_everyone_unsent(deployment: Deployment) -> None:
    client = deployment.client(delta=False, CLIENT_SECRET="not it")
    client.stage("P0", people(1)["P0"])
    assert "No token retrieved" in client.run()
    assert client.rows()["P0"].status == "pending"
    other = deployment_with(deployment, SUPPLIER_KEY="another", BATCH_SIZE="1")
    other.stage("P0", people(1)["P0"])
    other.run()  # it tries three times, fifteen seconds in all
    row = other.rows()["P0"]
    assert row.status == "error"
    assert row.response is not None
    assert row.response.startswith("API error (403)")
    assert deployment.landed() == {}
