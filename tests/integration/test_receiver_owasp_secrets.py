"""OWASP's ten risks of APIs (2023): API2, broken authentication, by what is guessed, rotated out, or tried a lot."""

import asyncio
import gc
import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from raw_asgi import Answered, answer_to, answered
from receiver_forger import ForgedAt, part
from receiver_world import CHILD

from receiver.app import TOKEN_PATH
from receiver.credentials import FILE, Kept, issue, read_credentials
from receiver.secrets_checked import Secrets

PATH = "/api/children_social_care_data/204/children"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[ForgedAt]:
    made = ForgedAt(tmp_path / "home").joined()
    yield made
    assert made.landed() == 0


def test_keys_and_secrets_that_were_rotated_out_are_shut_and_so_is_a_client_that_was_removed(world: ForgedAt) -> None:
    old = world.sender
    home = world.stores.deployment.home
    new = issue(home, "204-d2i", datetime.now(UTC), timedelta(0))
    assert world.token(old.issued).status_code == 401
    assert world.send(old, [CHILD]).status_code == 403
    assert world.token(new).status_code == 200
    assert world.send(old, b"[]", SupplierKey=new.supplier_key).status_code == 204
    (home / FILE).write_text("{}")
    assert world.token(new).status_code == 401
    assert world.send(old, b"[]", SupplierKey=new.supplier_key).status_code == 403


def test_ten_thousand_bad_tokens_let_nobody_in_and_leave_nothing_behind(world: ForgedAt) -> None:
    app, token = world.client.app, world.sender.token
    head, _, tail = token.rpartition(".")

    async def bad(number: int) -> int:
        forged = (f"{head}.{part(str(number).encode() * 16)}", f"{head[:-9]}{number:09}.{tail}", f"{number}", "")
        headers = world.sender.headers(Authorization=f"Bearer {forged[number % 4]}").items()
        return (await answer_to(app, PATH, headers, b"[]")).status

    async def flood(times: int) -> set[int]:
        found = set()
        for start in range(0, times, 100):
            found |= set(await asyncio.gather(*map(bad, range(start, start + 100))))
        return found

    def left() -> tuple[int, int]:
        gc.collect()
        return len(gc.get_objects()), answered(app, "/metrics", [], method="GET").body.count(b"\n")

    assert asyncio.run(flood(200)) == {401}
    objects, lines = left()
    assert asyncio.run(flood(10_000)) == {401}
    more_objects, more_lines = left()
    assert more_lines == lines
    assert more_objects - objects < 2000
    assert world.statuses() == [401] * 10_200
    assert b'{endpoint="children",status="401"} 10200.0' in answered(app, "/metrics", [], method="GET").body
    assert world.send(world.sender, b"[]").status_code == 204


# Secrets that are guessed


@pytest.mark.parametrize("secret", ["", "x", "x" * 10_000, "\x00", "\ud7ff\U0001f600", "' OR 1=1", "$argon2id$v=19$"])
def test_a_wrong_secret_gets_no_token(world: ForgedAt, secret: str) -> None:
    answer = world.guess(secret)
    assert answer.status_code == 401
    assert answer.json()["error"] == "invalid_client"


def test_a_client_that_is_not_here_is_answered_as_one_with_a_wrong_secret(world: ForgedAt) -> None:
    unknown, wrong = world.guess("x", client_id="csc-301-d2i-00000000"), world.guess("x")
    assert (unknown.status_code, unknown.content) == (wrong.status_code, wrong.content)
    assert unknown.headers == wrong.headers


@pytest.mark.parametrize(
    "said", ["Basic", "Basic ", " ", "Basic /w==", "Basic ===", "Basic é", "Basic eA==", "Bearer x"]
)
def test_what_is_no_proof_of_a_client_is_refused_quietly(world: ForgedAt, said: str) -> None:
    answer = answered(world.client.app, TOKEN_PATH, [("Authorization", said)], b"grant_type=client_credentials")
    assert answer.status == 401


@pytest.mark.parametrize("twice", ["client_id", "client_secret", "scope", "grant_type"])
def test_a_field_said_twice_is_not_believed(world: ForgedAt, twice: str) -> None:
    issued = world.sender.issued
    form = {"grant_type": "client_credentials", "client_id": issued.client_id, "client_secret": issued.client_secret}
    body = "&".join(f"{name}={value}" for name, value in ({"scope": "csc.send"} | form).items()) + f"&{twice}=x"
    assert answered(world.client.app, TOKEN_PATH, [], body.encode()).status == 400


def test_guessing_ends_and_shuts_nobody_out(world: ForgedAt) -> None:
    other = world.add("301-cms")
    answers = [world.guess(f"guess {number}") for number in range(15)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429] * 5
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in answers[10:])
    assert world.token(other.issued).status_code == 200
    assert world.token(world.sender.issued).status_code == 200, "it has proved itself before"
    assert world.guess("another").status_code == 429


def test_a_secret_that_was_proved_is_not_good_for_longer_than_it_holds(world: ForgedAt) -> None:
    assert world.token(world.sender.issued).status_code == 200
    issue(world.stores.deployment.home, "204-d2i", datetime.now(UTC), timedelta(0))
    assert world.token(world.sender.issued).status_code == 401


def test_a_proved_secret_ends_with_its_overlap(tmp_path: Path) -> None:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    times = [now]
    old = issue(tmp_path, "204-d2i", now)
    issue(tmp_path, "204-d2i", now, timedelta(days=7))
    client = read_credentials(tmp_path)[old.client_id]
    secrets = Secrets(lambda: times[-1], 10)
    assert secrets.has_secret(client, old.client_secret)
    times.append(now + timedelta(days=7, seconds=-1))
    assert secrets.has_secret(client, old.client_secret)
    times.append(now + timedelta(days=7))
    assert not secrets.has_secret(client, old.client_secret)


def test_made_up_clients_are_no_work_and_leave_nothing_behind(world: ForgedAt) -> None:
    form = "grant_type=client_credentials&client_secret=x&client_id=made-up-"

    async def ask(name: str, times: int) -> int:
        for number in range(times):
            assert (await answer_to(world.client.app, TOKEN_PATH, [], f"{form}{name}{number}".encode())).status == 401
        gc.collect()
        return len(gc.get_objects())

    before = asyncio.run(ask("a", 20))
    assert asyncio.run(ask("b", 1000)) - before < 500


def test_others_are_served_while_secrets_are_guessed(tmp_path: Path) -> None:
    """Looking at a secret is work on purpose, done by threads of its own: neither batches nor health wait for it."""
    home = ForgedAt(tmp_path / "home", token_wrong_secrets_a_minute=1000).joined()
    form = f"grant_type=client_credentials&client_id={home.sender.issued.client_id}&client_secret="

    async def both() -> list[Answered]:
        app = home.client.app
        guesses = [asyncio.create_task(answer_to(app, TOKEN_PATH, [], f"{form}{n}".encode())) for n in range(60)]
        await asyncio.sleep(0)
        batch = json.dumps([CHILD]).encode()
        served = [
            await answer_to(app, "/health", [], method="GET"),
            await answer_to(app, PATH, home.sender.headers().items(), batch),
        ]
        assert not all(each.done() for each in guesses)
        assert {each.status for each in await asyncio.gather(*guesses)} == {401}
        return served

    assert [answer.status for answer in asyncio.run(both())] == [200, 200]


def test_few_secrets_are_looked_at_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes 19 MB for as long as it is looked at."""
    home = ForgedAt(tmp_path / "home", token_wrong_secrets_a_minute=1000).joined()
    form = f"grant_type=client_credentials&client_id={home.sender.issued.client_id}&client_secret="
    lock, looked_at, most = threading.Lock(), 0, 0

    def slow(_: Kept, secret: str) -> bool:
        nonlocal looked_at, most
        with lock:
            looked_at += 1
            most = max(most, looked_at)
        time.sleep(0.01)
        with lock:
            looked_at -= 1
        return False

    async def all_at_once() -> None:
        await asyncio.gather(*(answer_to(home.client.app, TOKEN_PATH, [], f"{form}{n}".encode()) for n in range(30)))

    monkeypatch.setattr(Kept, "is_of", slow)
    asyncio.run(all_at_once())
    assert most == 2
