"""Tokens let in those who proved themselves, for a while and for sending; secrets are told once and can be changed."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from receiver_world import CHILD, ReceiverWorld

from receiver.credentials import FILE, Client, CredentialsError, issue, read_credentials
from receiver.secrets_checked import Secrets
from receiver.tokens import OwnKey, TokenChecks, TokenError

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
KEY = ec.generate_private_key(ec.SECP256R1())


@pytest.fixture
def world(tmp_path: Path) -> ReceiverWorld:
    return ReceiverWorld(tmp_path / "home")


def test_a_token_is_given_for_the_right_secret(world: ReceiverWorld) -> None:
    sender = world.add("204-d2i")
    answer = world.token(sender.issued)
    assert answer.status_code == 200
    said = answer.json()
    assert said["token_type"] == "Bearer"
    assert said["expires_in"] == 3600
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_id": "nobody"}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"scope": "everything"}, "invalid_scope"),
    ],
)
def test_and_for_nothing_else(world: ReceiverWorld, other: dict[str, str], error: str) -> None:
    sender = world.add("204-d2i")
    answer = world.token(sender.issued, **other)
    assert answer.status_code in (400, 401)
    assert answer.json()["error"] == error
    assert "access_token" not in answer.text


def test_a_form_that_is_no_form_is_refused(world: ReceiverWorld) -> None:
    assert world.client.post("/oauth2/token", content=b"x" * 20_000).status_code == 413
    assert world.client.post("/oauth2/token", content=b"\xff").status_code == 400
    assert world.client.post("/oauth2/token", content=b"&".join(b"a=1" for _ in range(50))).status_code == 400


def test_tokens_hold_in_every_process(tmp_path: Path) -> None:
    sender = ReceiverWorld(tmp_path / "home").add("204-d2i")
    assert ReceiverWorld(tmp_path / "home").send(sender, [CHILD]).status_code == 200


def has_secret(client: Client, given: str, at: datetime) -> bool:
    return Secrets(lambda: at, 10).has_secret(client, given)


def test_the_old_secret_and_key_hold_for_the_overlap_and_no_longer(tmp_path: Path) -> None:
    first = issue(tmp_path, "204-d2i", NOW)
    second = issue(tmp_path, "204-d2i", NOW, timedelta(days=7))
    assert second.client_id == first.client_id
    client = read_credentials(tmp_path)[first.client_id]
    for at, old in ((NOW, True), (NOW + timedelta(days=6, hours=23), True), (NOW + timedelta(days=7), False)):
        assert has_secret(client, first.client_secret, at) is old
        assert client.has_key(first.supplier_key, at) is old
        assert has_secret(client, second.client_secret, at)
        assert client.has_key(second.supplier_key, at)
    issue(tmp_path, "204-d2i", NOW)
    client = read_credentials(tmp_path)[first.client_id]
    assert not has_secret(client, second.client_secret, NOW)


def test_secrets_are_kept_nowhere(tmp_path: Path) -> None:
    issued = issue(tmp_path, "204-d2i", NOW)
    kept = (tmp_path / FILE).read_text()
    assert issued.client_secret not in kept
    assert issued.supplier_key not in kept
    assert issued.client_secret not in repr(issued)


def test_a_damaged_file_is_named_and_nobody_is_let_in(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{")
    with pytest.raises(CredentialsError, match=FILE):
        read_credentials(tmp_path)


def checks(skew: int = 60) -> TokenChecks:
    return TokenChecks("https://issuer", "csc", "csc.send", skew, OwnKey(KEY.public_key()).key_of)


def client_of(authorization: str, skew: int = 60) -> str:
    return asyncio.run(checks(skew).client_of(authorization))


def token(**other: Any) -> str:
    now = datetime.now(UTC)
    said = {"iss": "https://issuer", "aud": "csc", "exp": now + timedelta(minutes=5), "scope": "csc.send", "sub": "c1"}
    claims = {name: value for name, value in (said | other).items() if value is not None}
    return "Bearer " + jwt.encode(claims, KEY, "ES256")


@pytest.mark.parametrize(
    "scope", [{"scope": "a csc.send"}, {"scope": None, "scp": "csc.send"}, {"scope": None, "roles": ["csc.send"]}]
)
def test_a_good_token_of_an_issuer_elsewhere_says_whose_it_is(scope: dict[str, Any]) -> None:
    assert client_of(token(**scope)) == "c1"
    assert client_of(token(**scope, azp="c2")) == "c2"


def ago(seconds: int) -> datetime:
    return datetime.now(UTC) - timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("other", "status"),
    [
        ({"iss": "https://other"}, 401),
        ({"aud": "other"}, 401),
        ({"aud": None}, 401),
        ({"exp": None}, 401),
        ({"exp": ago(90)}, 401),
        ({"nbf": ago(-3600)}, 401),
        ({"sub": None}, 401),
        ({"scope": "csc.read"}, 403),
        ({"scope": None}, 403),
    ],
)
def test_a_token_that_is_not_quite_right_lets_nobody_in(other: dict[str, Any], status: int) -> None:
    with pytest.raises(TokenError) as refused:
        client_of(token(**other))
    assert refused.value.status == status


def test_clocks_may_differ_a_little() -> None:
    assert client_of(token(exp=ago(30))) == "c1"
    with pytest.raises(TokenError):
        client_of(token(exp=ago(30)), skew=0)


def test_a_token_of_another_key_or_of_no_key_lets_nobody_in() -> None:
    claims = {"iss": "https://issuer", "aud": "csc", "exp": ago(-300), "scope": "csc.send", "sub": "c1"}
    others = [
        jwt.encode(claims, ec.generate_private_key(ec.SECP256R1()), "ES256"),
        jwt.encode(claims, None, "none"),
        jwt.encode(claims, "x" * 64, "HS256"),
    ]
    for each in others:
        with pytest.raises(TokenError):
            client_of(f"Bearer {each}")
