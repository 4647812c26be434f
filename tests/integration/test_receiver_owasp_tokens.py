"""OWASP's ten risks of APIs (2023): API2, broken authentication, by tokens that are forged, old or odd."""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from issuer_server import jwk_of
from raw_asgi import answered
from receiver_forger import ForgedAt, part
from receiver_world import CHILD, ReceiverWorld

PATH = "/api/children_social_care_data/204/children"
OTHER_KEY = ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ForgedAt]:
    made = ForgedAt(tmp_path_factory.mktemp("tokens") / "home", receiver_batches_a_second=10_000).joined()
    yield made
    assert made.landed() == 0


@pytest.fixture(autouse=True)
def _a_good_token_of_the_same_make_would_be_let_in(world: ForgedAt) -> None:
    good = world.sender.headers(Authorization=f"Bearer {world.signed()}")
    assert answered(world.client.app, PATH, good.items(), b"[]").status == 204


@pytest.mark.parametrize("name", ["none", "None", "NONE", "nOnE", "", None, 0, [], ["ES256"], {"x": 1}])
def test_a_token_without_a_signature_is_none(world: ForgedAt, name: Any) -> None:
    for signature in ("", part(b"x" * 64)):
        assert world.status(f"{part({'alg': name, 'typ': 'JWT'})}.{part(world.claims())}.{signature}") == 401


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
def test_the_public_key_is_not_taken_for_a_shared_secret(world: ForgedAt, algorithm: str) -> None:
    digest = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}[algorithm]
    public = world.key.as_pem(private=False)
    for secret in (
        public,
        public.strip(),
        world.key.as_der(private=False),
        b"",
        json.dumps(world.key.as_dict()).encode(),
    ):
        text = f"{part({'alg': algorithm, 'typ': 'JWT'})}.{part(world.claims())}"
        assert world.status(f"{text}.{part(hmac.digest(secret, text.encode(), digest))}") == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"jwk": jwk_of(OTHER_KEY, "one")},
        {"jku": "https://attacker.example/keys"},
        {"x5u": "https://attacker.example/certificate"},
        {"x5c": ["MIIB"]},
        {"kid": "../../../../dev/null"},
        {"kid": "https://attacker.example/keys"},
        {"kid": "x' OR '1'='1"},
        {"kid": 5},
        {"crit": ["exp"]},
        {"b64": False, "crit": ["b64"]},
    ],
)
def test_what_a_token_says_of_its_key_makes_no_other_key_good(world: ForgedAt, headers: dict[str, Any]) -> None:
    said = {"alg": "ES256"} | headers
    text = f"{part(said)}.{part(world.claims())}"
    signature = jwt.get_algorithm_by_name("ES256").sign(text.encode(), OTHER_KEY)
    assert world.status(f"{text}.{part(signature)}") == 401


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://issuer.example"},
        {"iss": None},
        {"iss": ""},
        {"aud": "another-receiver"},
        {"aud": None},
        {"aud": []},
        {"aud": [5]},
        {"exp": None},
        {"exp": 0},
        {"exp": -1},
        {"exp": "x"},
        {"exp": 1e999},
        {"exp": int(time.time()) - 3600},
        {"nbf": int(time.time()) + 3600},
        {"iat": int(time.time()) + 3600},
        {"nbf": "x"},
        {"client_id": None},
        {"client_id": None, "sub": 5},
        {"client_id": ""},
        {"client_id": 5},
        {"client_id": ["csc-204-d2i"]},
        {"client_id": {"$ne": ""}},
        {"client_id": True},
    ],
)
def test_a_token_of_our_own_key_is_held_to_all_its_claims(world: ForgedAt, claims: dict[str, Any]) -> None:
    assert world.status(world.signed(**claims)) == 401


@pytest.mark.parametrize("scope", ["", "csc.read", "csc.send.all", "CSC.SEND", ["csc.read"], 5, {"csc.send": 1}])
def test_a_token_for_something_else_is_not_for_sending(world: ForgedAt, scope: Any) -> None:
    assert world.status(world.signed(scope=scope)) == 403


@pytest.mark.parametrize("client_id", ["nobody", "csc-204-d2i", "*", "' OR 1=1", "x" * 20_000, "../204-d2i", "\x00"])
def test_a_good_token_of_a_client_that_is_not_here_lets_nobody_in(world: ForgedAt, client_id: str) -> None:
    assert world.status(world.signed(client_id=client_id)) == 403


@pytest.mark.parametrize(
    "token",
    [
        ".",
        "..",
        "...",
        "a.b",
        "a.b.c.d.e",
        f"{part([])}.{part({})}.{part(b'x')}",
        f"{part(b'[' * 60_000)}.{part({})}.{part(b'x')}",
        f"{part({'alg': 'ES256'})}.{part(b'{' * 60_000)}.{part(b'x')}",
        f"{part(b'{' + b'A' * 200_000)}..",
        "\u00e9" * 50,
        "%00",
        "a b c",
    ],
    ids=range(12),
)
def test_what_is_no_token_is_refused_quietly(world: ForgedAt, token: str) -> None:
    headers = world.sender.headers(Authorization=f"Bearer {token}").items()
    assert answered(world.client.app, PATH, headers, b"[]").status == 401


def test_a_token_for_test_does_not_open_live(tmp_path: Path) -> None:
    home = ReceiverWorld(tmp_path / "home")
    test, live = home.add("204-byo", "test"), home.add("204-d2i")
    for sender, base in ((test, "/api"), (live, "/api/test")):
        assert home.send(sender, [CHILD], base=base).status_code == 403
    mixed = test.headers(SupplierKey=live.issued.supplier_key).items()
    assert answered(home.client.app, PATH, mixed, b"[]").status == 403
    assert home.landed() == 0


@pytest.mark.parametrize("name", ["Authorization", "SupplierKey"])
def test_a_header_said_twice_is_not_believed(world: ForgedAt, name: str) -> None:
    """Of two, what stands before us may have looked at the other. Not even twice the same."""
    good = list(world.sender.headers().items())
    said = dict(good)[name]
    for more in ((name, said), (name.lower(), "Bearer x"), (name, "")):
        for headers in ([*good, more], [more, *good]):
            answer = answered(world.client.app, PATH, headers, json.dumps([CHILD]).encode())
            assert answer.status == (401 if name == "Authorization" else 403)
