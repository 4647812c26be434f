"""An issuer of tokens that is down, slow, or answers what is no key: senders are told to come again."""

import asyncio
import json
import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings
from hypothesis import strategies as st
from issuer_server import NAME, Issuer, jwk_of
from issuer_world import Clock, IssuerWorld, on
from receiver_world import CHILD, ReceiverWorld

from receiver import issuer_keys
from receiver.issuer_keys import AGAIN_SECONDS, FRESH_SECONDS, LONGEST_SECONDS, IssuerError, IssuerKeys

PATH = "/api/children_social_care_data/204/children"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return on(Clock(), monkeypatch)


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    made = Issuer()
    yield made
    made.down()


@pytest.fixture
def world(tmp_path: Path, issuer: Issuer, clock: Clock) -> IssuerWorld:
    return IssuerWorld(tmp_path / "home", issuer).joined()


# An issuer that is down, or answers what is no key


def test_while_the_issuer_was_never_reached_senders_are_told_to_come_again(
    world: IssuerWorld, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    world.issuer.down()
    answer = world.with_token(world.issuer.token(world.sender.issued.client_id))
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) >= 1
    assert answer.headers["content-type"] == "application/problem+json"
    assert "www-authenticate" not in answer.headers
    assert answer.json()["detail"].startswith("tokens cannot be checked just now")
    assert "127.0.0.1" not in answer.text
    assert [record.levelno for record in caplog.records if "cannot be fetched" in record.message] == [logging.WARNING]
    assert world.statuses() == [503]
    world.issuer.up()
    clock.later(AGAIN_SECONDS)
    assert world.status() == 200


def test_while_the_issuer_is_down_known_keys_hold_for_a_day(world: IssuerWorld, clock: Clock) -> None:
    assert world.status() == 200
    world.issuer.down()
    clock.later(FRESH_SECONDS)
    assert world.status() == 200
    assert world.status(_headers={"kid": "another"}) == 503
    assert world.status(scope="csc.read") == 403
    assert world.status(exp=1) == 401
    clock.later(LONGEST_SECONDS - FRESH_SECONDS - 1)
    assert world.status() == 200
    clock.later(1)
    assert world.status() == 503
    world.issuer.up()
    clock.later(AGAIN_SECONDS)
    assert world.status() == 200


def test_an_issuer_that_fails_is_not_asked_without_end(world: IssuerWorld, clock: Clock) -> None:
    world.issuer.answer = lambda: Issuer.saying({}, 500)
    assert {world.status() for _ in range(30)} == {503}
    assert len(world.issuer.asked) == 1
    clock.later(AGAIN_SECONDS)
    assert {world.status() for _ in range(30)} == {503}
    assert len(world.issuer.asked) == 2


_WEAK = rsa.generate_private_key(65537, 1024)  # noqa: S505 - that is the point
_PRIVATE = {"kty": "EC", "crv": "P-256", "kid": "one", "x": "a", "y": "b", "d": "c"}
_SECRET = {"kty": "oct", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0", "kid": "one", "alg": "HS256"}


@pytest.mark.parametrize(
    "answer",
    [
        Issuer.saying(b""),
        Issuer.saying(b"<html>maintenance</html>"),
        Issuer.saying(b"\xff\xfe"),
        Issuer.saying([]),
        Issuer.saying("keys"),
        Issuer.saying({}),
        Issuer.saying({"keys": {}}),
        Issuer.saying({"keys": []}),
        Issuer.saying({"keys": [None, 5, "x", [], {}]}),
        Issuer.saying({"keys": [{"kid": "one", "kty": "RSA", "n": 5, "e": None}]}),
        Issuer.saying({"keys": [{"kid": "one", "kty": ["RSA"], "n": "x"}]}),
        Issuer.saying({"keys": [{"kid": ["one"], "kty": "RSA"}]}),
        Issuer.saying({"keys": [jwk_of(_WEAK, "one")]}),
        Issuer.saying({"keys": [_PRIVATE, _SECRET]}),
        Issuer.saying(b'{"keys":' + b"[" * 100_000),
        Issuer.saying(b'{"keys": [' + b" " * 20_000_000 + b"]}"),
        Issuer.saying({"keys": []}, **{"Content-Encoding": "gzip"}),
        Issuer.saying({"keys": []}, **{"Content-Length": "5000000000"}),
        Issuer.saying({}, 404),
        Issuer.saying({}, 204, **{"Content-Length": "0"}),
    ],
    ids=range(20),
)
def test_an_answer_that_holds_no_key_is_the_issuers_fault_and_not_the_senders(world: IssuerWorld, answer: Any) -> None:
    world.issuer.answer = lambda: answer
    assert world.status() == 503
    assert world.landed() == 0


def test_one_key_that_cannot_be_read_does_not_spoil_the_others(world: IssuerWorld) -> None:
    good = jwk_of(world.issuer.keys["one"], "one")
    bad = [{"kid": "x", "kty": "EC", "crv": "P-999", "x": 1}, {"kid": "y", "kty": "new"}, jwk_of(_WEAK, "z"), 5]
    world.issuer.answer = lambda: Issuer.saying({"keys": [*bad, good]})
    assert world.status() == 200


def test_the_issuer_does_not_send_the_receiver_elsewhere(world: IssuerWorld) -> None:
    other = Issuer()
    try:
        world.issuer.answer = lambda: Issuer.saying({}, 302, Location=other.url)
        assert world.status() == 503
        assert other.asked == []
    finally:
        other.down()


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://issuer/keys", "data:application/json,{}", "issuer/keys"])
def test_keys_come_over_the_web_only(tmp_path: Path, url: str) -> None:
    with pytest.raises(ValueError, match="https://"):
        IssuerKeys(url)
    with pytest.raises(ValueError, match="JWKS_URL|https://"):
        ReceiverWorld(tmp_path / "home", token_issuer=NAME, token_jwks_url=url)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
key_like = st.fixed_dictionaries(
    {"kid": json_values | st.just("one"), "kty": st.sampled_from(["RSA", "EC", "OKP", "oct"]) | json_values},
    optional={name: json_values | st.text("AQAB_-", max_size=12) for name in ("n", "e", "x", "y", "crv", "alg", "use")},
)


@given(said=json_values | st.fixed_dictionaries({"keys": st.lists(key_like, max_size=3) | json_values}))
@settings(max_examples=300, deadline=None)
def test_whatever_the_issuer_says_is_keys_or_refused_as_a_whole(said: Any) -> None:
    try:
        keys = issuer_keys._keys_in(json.dumps(said).encode())
    except issuer_keys._FetchError:
        return
    assert keys
    assert all(isinstance(kid, str) for kid in keys)


# Waiting for the issuer holds up nobody else


def test_an_issuer_that_trickles_is_given_up(issuer: Issuer) -> None:
    pieces = (time.sleep(0.05) or b" " for _ in range(100))
    issuer.answer = lambda: (200, {"Content-Length": "100"}, pieces)
    with pytest.raises(TimeoutError):
        asyncio.run(issuer_keys._document(issuer.url, 0.3))


def test_others_are_served_while_keys_are_waited_for(world: IssuerWorld, clock: Clock) -> None:
    """Good tokens of a key that is known, and health, are answered while an unknown key is asked for."""
    assert world.status() == 200
    clock.later(AGAIN_SECONDS)
    goes_on, asked = threading.Event(), threading.Event()

    def late() -> Any:
        asked.set()
        goes_on.wait(5)
        return Issuer.key_set(world.issuer)

    world.issuer.answer = late
    client_id = world.sender.issued.client_id
    known = world.sender.headers(Authorization=f"Bearer {world.issuer.token(client_id)}")
    unknown = world.sender.headers(Authorization=f"Bearer {world.issuer.token(client_id, _headers={'kid': 'another'})}")

    async def both() -> list[int]:
        transport = httpx2.ASGITransport(world.client.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://receiver") as http:
            waiting = [asyncio.create_task(http.post(PATH, json=[CHILD], headers=unknown)) for _ in range(60)]
            await asyncio.to_thread(asked.wait, 5)
            served = [await http.get("/health"), await http.post(PATH, json=[CHILD], headers=known)]
            assert not any(each.done() for each in waiting)
            goes_on.set()
            return [each.status_code for each in (*served, *await asyncio.gather(*waiting))]

    health, let_in, *refused = asyncio.run(both())
    assert (health, let_in) == (200, 200)
    assert set(refused) <= {401, 429}
    assert len(world.issuer.asked) == 2


def test_many_who_come_first_wait_for_one_answer(issuer: Issuer) -> None:
    keys = IssuerKeys(issuer.url)

    async def all_at_once() -> list[Any]:
        return await asyncio.gather(*(keys.key_of(issuer.token(f"c{number}")) for number in range(50)))

    assert len(set(map(id, asyncio.run(all_at_once())))) == 1
    assert len(issuer.asked) == 1


def test_an_issuer_that_is_down_is_said_to_be_so_by_all_who_waited(issuer: Issuer) -> None:
    issuer.down()
    keys = IssuerKeys(issuer.url)

    async def all_at_once() -> list[Any]:
        waiting = (keys.key_of(issuer.token(f"c{number}")) for number in range(50))
        return await asyncio.gather(*waiting, return_exceptions=True)

    assert {type(each) for each in asyncio.run(all_at_once())} == {IssuerError}
    issuer.up()
