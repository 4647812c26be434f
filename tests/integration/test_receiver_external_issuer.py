"""Tokens of an issuer elsewhere: whom they let in, and what becomes of it when the issuer changes its keys."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from issuer_server import NAME, Issuer, jwk_of
from issuer_world import SKEW, Clock, IssuerWorld, on
from receiver_world import ReceiverWorld

from receiver.issuer_keys import AGAIN_SECONDS, FRESH_SECONDS


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


# Whom tokens let in


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (rsa.generate_private_key(65537, 2048), "RS256"),
        (rsa.generate_private_key(65537, 2048), "RS512"),
        (rsa.generate_private_key(65537, 2048), "PS256"),
        (ec.generate_private_key(ec.SECP256R1()), "ES256"),
        (ec.generate_private_key(ec.SECP384R1()), "ES384"),
        (ed25519.Ed25519PrivateKey.generate(), "EdDSA"),
    ],
)
def test_tokens_of_usual_algorithms_are_let_in(world: IssuerWorld, key: Any, algorithm: str) -> None:
    world.issuer.keys = {"one": key}
    assert world.status(algorithm=algorithm) == 200
    assert world.landed() == 1


@pytest.mark.parametrize("claim", ["client_id", "azp", "appid", "sub"])
def test_the_client_is_known_by_whichever_claim_names_it(world: IssuerWorld, claim: str) -> None:
    named = {claim: world.sender.issued.client_id}
    assert world.status(**({"client_id": None} | named)) == 200
    assert world.status(**({"client_id": None} | {claim: "another"})) == 403


@pytest.mark.parametrize("said", [5, None, "", ["x"], {"x": 1}, True])
def test_a_client_id_that_is_no_text_is_not_made_good_by_another_claim(world: IssuerWorld, said: Any) -> None:
    claims = {"sub": world.sender.issued.client_id, "client_id": said}
    if said is None:
        claims["azp"] = 5
    assert world.status(**claims) == 401


@pytest.mark.parametrize("name", ["scope", "scp", "roles"])
@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("csc.send", 200),
        ("other csc.send more", 200),
        (["other", "csc.send"], 200),
        (["csc.send", 5, {"x": 1}, None], 200),
        ("csc.sender", 403),
        ("CSC.SEND", 403),
        (["csc.send csc.read"], 403),
        ({"csc.send": True}, 403),
        (5, 403),
        ("", 403),
    ],
)
def test_the_scope_is_found_where_issuers_put_it(world: IssuerWorld, name: str, said: Any, status: int) -> None:
    assert world.status(**({"scope": None} | {name: said})) == status


@pytest.mark.parametrize(
    ("claim", "good", "bad"),
    [("exp", -SKEW + 5, -SKEW - 5), ("nbf", SKEW - 5, SKEW + 5), ("iat", SKEW - 5, SKEW + 5)],
)
def test_clocks_may_differ_by_the_skew_and_no_more(world: IssuerWorld, claim: str, good: int, bad: int) -> None:
    now = int(time.time())
    assert world.status(**{claim: now + good}) == 200
    assert world.status(**{claim: now + bad}) == 401


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://issuer.example/other"},
        {"iss": NAME + "/"},
        {"iss": [NAME]},
        {"iss": None},
        {"aud": "other"},
        {"aud": ["other"]},
        {"aud": None},
        {"exp": None},
        {"exp": "soon"},
        {"exp": 1e999},
        {"exp": [9_999_999_999]},
        {"nbf": "9" * 5000},
    ],
)
def test_a_claim_that_is_not_right_lets_nobody_in(world: IssuerWorld, claims: dict[str, Any]) -> None:
    assert world.status(**claims) == 401
    assert world.landed() == 0


def test_a_key_holds_for_the_algorithm_that_the_issuer_names(world: IssuerWorld) -> None:
    key = rsa.generate_private_key(65537, 2048)
    world.issuer.keys = {"one": key}
    world.issuer.answer = lambda: Issuer.saying({"keys": [jwk_of(key, "one", alg="RS256")]})
    assert world.status(algorithm="RS256") == 200
    assert world.status(algorithm="RS512") == 401


def test_no_tokens_are_given_out_here_and_none_of_another_issuer_is_good(world: IssuerWorld, tmp_path: Path) -> None:
    assert world.token(world.sender.issued).status_code == 404
    own = ReceiverWorld(tmp_path / "home").token(world.sender.issued).json()["access_token"]
    assert world.with_token(own).status_code == 401


# What a token says of keys is not followed


@pytest.mark.parametrize("header", ["jku", "x5u", "jwk", "x5c", "kid"])
def test_no_token_says_where_its_key_is(world: IssuerWorld, header: str) -> None:
    other = Issuer()
    try:
        said = {"jwk": jwk_of(other.keys["one"], "one"), "x5c": ["MIIB"]}.get(header, other.url)
        token = other.token(world.sender.issued.client_id, _headers={header: said})
        assert world.with_token(token).status_code == 401
        assert other.asked == []
        assert world.landed() == 0
    finally:
        other.down()


@pytest.mark.parametrize("kid", [None, "", "../../etc/passwd", "file:///dev/null", "one\x00", "ONE", "x" * 8000])
def test_an_id_of_no_key_is_no_key(world: IssuerWorld, kid: str | None) -> None:
    assert world.status(_headers={"kid": kid}) == 401
    assert set(world.issuer.asked) <= {"/keys"}


# Keys that change


def test_a_new_key_is_fetched_without_a_restart(world: IssuerWorld, clock: Clock) -> None:
    assert world.status() == 200
    world.issuer.keys["two"] = rsa.generate_private_key(65537, 2048)
    clock.later(AGAIN_SECONDS)
    assert world.status("two", "RS256") == 200
    assert world.status() == 200
    assert len(world.issuer.asked) == 2


def test_a_key_that_the_issuer_has_dropped_is_not_good_for_long(world: IssuerWorld, clock: Clock) -> None:
    dropped = world.issuer.keys["one"]
    assert world.status() == 200
    world.issuer.keys = {"one": dropped, "two": ec.generate_private_key(ec.SECP256R1())}
    world.issuer.answer = lambda: Issuer.saying({"keys": [jwk_of(world.issuer.keys["two"], "two")]})
    clock.later(FRESH_SECONDS)
    assert world.status() == 401
    assert world.status("two") == 200


def test_a_key_of_the_same_id_takes_the_place_of_the_old_one(world: IssuerWorld, clock: Clock) -> None:
    old = world.issuer.token(world.sender.issued.client_id)
    assert world.with_token(old).status_code == 200
    world.issuer.keys["one"] = ec.generate_private_key(ec.SECP256R1())
    clock.later(FRESH_SECONDS)
    assert world.status() == 200
    assert world.with_token(old).status_code == 401


def test_a_flood_of_unknown_keys_does_not_make_the_receiver_ask_without_end(world: IssuerWorld, clock: Clock) -> None:
    assert world.status() == 200
    for number in range(100):
        assert world.status(_headers={"kid": f"made-up-{number}"}) == 401
    assert len(world.issuer.asked) == 1
    clock.later(AGAIN_SECONDS)
    for number in range(20):
        assert world.status(_headers={"kid": f"made-up-{number}"}) == 401
    assert len(world.issuer.asked) == 2
    assert world.status() == 200


def test_two_receivers_each_follow_the_issuer(tmp_path: Path, world: IssuerWorld, clock: Clock) -> None:
    other = IssuerWorld(tmp_path / "home", world.issuer)
    other.sender = world.sender
    assert [each.status() for each in (world, other)] == [200, 200]
    world.issuer.keys = {"two": ec.generate_private_key(ec.SECP256R1())}
    clock.later(FRESH_SECONDS)
    assert [each.status("two") for each in (other, world)] == [200, 200]
    assert len(world.issuer.asked) == 4
    assert world.landed() == 1
