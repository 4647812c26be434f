"""Landing is killed outright, again and again: what a receipt was given for is there, and nothing is half written."""

import json
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from assets.submissions.landing import LandingStore
from assets.submissions.log import SubmissionLog

ROUNDS = 6

# Lands batch after batch, each about two children and 40 KB, and prints what it was given for it.
SENDER = """
import json, random, sys
from datetime import UTC, date, datetime
from assets.submissions.land import Places, land
from assets.submissions.landing import LandingStore
from assets.submissions.log import SubmissionLog
from assets.submissions.register import Stream, StreamRegister

home, seed = sys.argv[1], int(sys.argv[2])
register = StreamRegister([Stream("204-d2i", "204", "data_to_insight", "live", "full", date(2020, 1, 1))])
places = Places(register, LandingStore(f"{home}/landing"), SubmissionLog(f"sqlite:///{home}/submissions.db"))
random.seed(seed)
print("ready", flush=True)
while True:
    children = [{"la_child_id": f"C{random.random()}", "filling": random.randbytes(10_000).hex()} for _ in range(2)]
    landed = land(json.dumps(children).encode(), "204-d2i", datetime.now(UTC), places)
    print(json.dumps({"batch": landed.batch.batch_id, "ids": [c["la_child_id"] for c in children],
                      "receipts": landed.receipts}), flush=True)
"""


def killed_in_the_middle(home: Path, round_number: int) -> list[dict]:
    """Start two senders, kill both at a moment that differs from round to round; what they had printed by then.

    In odd rounds each has landed at least one batch by then, however slow the machine.
    """
    command = [sys.executable, "-c", SENDER, str(home)]
    senders = [
        subprocess.Popen([*command, str(round_number * 2 + n)], stdout=subprocess.PIPE, text=True) for n in range(2)
    ]
    printed = []
    for sender in senders:
        assert sender.stdout is not None
        assert sender.stdout.readline() == "ready\n"
        if round_number % 2:
            printed.append(json.loads(sender.stdout.readline()))
    time.sleep(0.05 + 0.037 * round_number)
    for sender in senders:
        sender.kill()
        assert sender.wait(30) == -signal.SIGKILL
        assert sender.stdout is not None
        with sender.stdout as lines:  # a last line without its end was not printed whole
            printed += [json.loads(line) for line in lines if line.endswith("\n")]
    return printed


def test_every_receipt_has_its_batch_after_kills(tmp_path: Path) -> None:
    printed = [given for round_number in range(ROUNDS) for given in killed_in_the_middle(tmp_path, round_number)]
    assert printed, "no sender lived long enough to land anything: the test proved nothing"

    store = LandingStore(tmp_path / "landing")
    batches = {batch.batch_id: batch for batch in store.batches()}
    bodies = {batch_id: json.loads(store.read(batch)) for batch_id, batch in batches.items()}
    for given in printed:
        assert [record["la_child_id"] for record in bodies[given["batch"]]] == given["ids"]
    assert all(len(records) == 2 for records in bodies.values())
    assert store.strays() == []

    # at most one batch a sender was stored without its receipt being printed, and none logged that is not stored
    assert len(batches) - len(printed) <= 2 * ROUNDS
    logged = set(SubmissionLog(f"sqlite:///{tmp_path}/submissions.db").attempts().get_column("batch_id"))
    assert {given["batch"] for given in printed} <= logged <= set(batches)

    store.sweep()
    assert not list((tmp_path / "landing").rglob("*.tmp"))
    assert {batch.batch_id for batch in store.batches()} == set(batches)


def test_a_sender_that_got_no_receipt_sends_again_and_is_recognised(tmp_path: Path) -> None:
    killed_in_the_middle(tmp_path, 3)
    store = LandingStore(tmp_path / "landing")
    batches = store.batches()
    assert batches
    again = [store.store(batch.stream_id, datetime.now(UTC), store.read(batch)) for batch in batches]
    today = [batch for batch in again if batch.submission_day == batches[-1].submission_day]
    assert all(batch.duplicate for batch in today)
