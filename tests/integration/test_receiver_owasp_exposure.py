"""OWASP's ten risks of APIs (2023): API7, requests for others; API8, configuration; API9, what is served; API10, input.

A mark that nobody else would write is put in every place of a request and looked for wherever anything is told or kept.
"""

import base64
import json
import logging
import socket
from pathlib import Path
from typing import Any

import pytest
from issuer_server import Issuer
from raw_asgi import Answered, answered
from receiver_world import CHILD, ReceiverWorld, Sender
from starlette.routing import Route

import receiver.children as children_module
from receiver.app import TOKEN_PATH
from receiver.credentials import FILE

PATH = "/api/children_social_care_data/204/children"
MARK = "Zebedee9Quillfeather"
FORM = "grant_type=client_credentials&client_id={}&client_secret={}&scope={}"


class Watched(ReceiverWorld):
    """A receiver with one sender, asked without a client that tidies."""

    sender: Sender

    def post(self, body: bytes | list[Any], target: str = PATH, method: str = "POST", **other: str) -> Answered:
        """The answer to a batch."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return answered(self.client.app, target, self.sender.headers(**other).items(), content, method)

    def form(self, client_id: str = "", secret: str = "", scope: str = "csc.send", **headers: str) -> Answered:
        """The answer to a request for a token."""
        said = FORM.format(client_id or self.sender.issued.client_id, secret or self.sender.issued.client_secret, scope)
        return answered(self.client.app, TOKEN_PATH, headers.items(), said.encode())

    def kept(self) -> str:
        """All files with their names; landed bodies are compressed, so that what is in them does not show."""
        files = [path for path in self.stores.deployment.home.rglob("*") if path.is_file()]
        return "".join(f"{path} {path.read_bytes().decode('latin-1')}" for path in files)


@pytest.fixture
def world(tmp_path: Path) -> Watched:
    made = Watched(tmp_path / "home", receiver_batches_a_second=100_000)
    made.sender = made.add("204-d2i")
    return made


# API7: requests made for others


def test_nothing_of_a_request_is_used_as_an_address(world: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Issuer()
    reached: list[Any] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: reached.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *said, **_: reached.append(said))
    url = other.url
    try:
        header = base64.urlsafe_b64encode(json.dumps({"alg": "ES256", "jku": url, "x5u": url, "kid": url}).encode())
        token = f"{header.decode().rstrip('=')}.{world.sender.token.partition('.')[2]}"
        names = ("Host", "Origin", "Referer", "Forwarded", "X_Forwarded_Host", "X_Original_URL", "Callback", "Link")
        assert world.post([CHILD], Authorization=f"Bearer {token}").status == 401
        assert world.post([CHILD], target=url, **dict.fromkeys(names, url)).status == 404
        assert world.post([CHILD], **dict.fromkeys(names, url)).status == 200
        assert world.post([CHILD | {"la_child_id": url, "$ref": url}]).status == 400
        assert world.post([{"$schema": url, "$ref": url}]).status == 400
        assert world.form(url, url, url).status == 401
        assert world.form(scope=f"{url}&redirect_uri={url}&request_uri={url}&client_assertion={url}").status == 400
        assert reached == []
        assert other.asked == []
    finally:
        monkeypatch.undo()
        other.down()


@pytest.mark.parametrize("target", [PATH + "/", "/health/", TOKEN_PATH + "/", "//attacker.example/..", "/ready/"])
def test_nobody_is_sent_elsewhere(world: Watched, target: str) -> None:
    """Not even to the same path with another slash: the address would be made of what the request says."""
    for method in ("GET", "POST"):
        answer = world.post([CHILD], target=target, method=method, Host="attacker.example")
        assert answer.status == 404
        assert "attacker" not in answer.text


# API8: configuration


def in_every_place(world: Watched) -> list[Answered]:
    """The answers to requests that hold the mark, each somewhere else, and that are refused."""
    head, _, tail = world.sender.token.partition(".")
    as_json = base64.urlsafe_b64encode(json.dumps({"alg": "ES256", "kid": MARK, "x": MARK}).encode()).decode()
    basic = base64.b64encode(f"{MARK}:{MARK}".encode()).decode()
    episode = {"social_care_episode_id": "E1", "referral_date": MARK, "care_worker_details": [{"worker_id": MARK * 9}]}
    bodies: list[Any] = [
        MARK.encode(),
        f'["{MARK}"'.encode(),
        f'[{{"la_child_id": {MARK}}}]'.encode(),
        [MARK],
        [{MARK: MARK}],
        [CHILD | {MARK: 1}],
        [{"la_child_id": f"{MARK} {MARK}"}],
        [CHILD | {"child_details": {"sex": MARK, "first_name": 5, "surname": [MARK], "date_of_birth": MARK}}],
        [CHILD | {"child_details": {"first_name": MARK * 50, "postcode": MARK * 9, "disabilities": [MARK, MARK]}}],
        [CHILD | {"purge": MARK}],
        [CHILD | {"social_care_episodes": [episode, {MARK: {MARK: MARK}}]}],
        f'[{{"{MARK}": 1, "{MARK}": 2}}]'.encode(),
        f'[{{"la_child_id": "X1", "la_child_id": "{MARK}"}}]'.encode(),
        json.dumps([CHILD | {"la_child_id": MARK}] * 101).encode(),
        json.dumps([{"la_child_id": MARK}]).encode("utf-16"),
        json.dumps([{"la_child_id": MARK}]).encode() + b"\xff",
    ]
    headers = {"Authorization": f"Bearer {MARK}", "SupplierKey": MARK, "Content_Type": MARK, "Content_Encoding": MARK}
    return [
        *(world.post(body) for body in bodies),
        *(world.post([CHILD], **{name: value}) for name, value in headers.items()),
        world.post([CHILD], Authorization=MARK),
        world.post([CHILD], Authorization=f"Bearer {as_json}.{tail}"),
        world.post([CHILD], Authorization=f"Bearer {head}.{as_json}.{tail}"),
        world.post([CHILD], Content_Type=f"application/json; charset={MARK}"),
        world.post([CHILD], Content_Length=MARK, SupplierKey="x"),
        world.post([CHILD], target=PATH.replace("204", MARK)),
        world.post([CHILD], target=f"/{MARK}{PATH}/{MARK}?{MARK}={MARK}"),
        world.post([CHILD], target=f"/{MARK}/test{PATH.removeprefix('/api')}"),
        world.post([CHILD], method=MARK),
        world.post([CHILD], SupplierKey="x", **dict.fromkeys(("Host", "User_Agent", "Cookie", "Origin", MARK), MARK)),
        world.form(MARK),
        world.form(secret=MARK),
        world.form(scope=MARK),
        world.form(scope=f"csc.send&state={MARK}&{MARK}={MARK}&scope={MARK}"),
        world.form(MARK, Authorization=f"Basic {basic}"),
        answered(world.client.app, TOKEN_PATH, [], f"grant_type={MARK}".encode()),
        answered(world.client.app, TOKEN_PATH, [], f"{MARK}\u00e9".encode()),
    ]


def test_what_was_sent_is_told_and_kept_nowhere(world: Watched, caplog: pytest.LogCaptureFixture) -> None:
    """Neither in answers, nor in logs, the submission log, figures, or any file, however it is refused."""
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.DEBUG, "receiver")
    answers = in_every_place(world)
    assert {answer.status for answer in answers} == {400, 401, 403, 404, 405, 413, 415}
    assert world.landed() == 0
    told = [answer.text for answer in answers]
    figures = answered(world.client.app, "/metrics", [], method="GET").text
    rows = str(world.stores.log.attempts().to_dicts())
    for each in (*told, caplog.text, figures, rows, world.kept()):
        assert MARK.lower() not in each.lower()
    for secret in (world.sender.token, world.sender.issued.client_secret, world.sender.issued.supplier_key):
        assert not any(secret in each for each in (*told, caplog.text, figures, rows, world.kept()))


def test_a_batch_that_is_taken_is_in_its_file_and_nowhere_else(
    world: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    caplog.set_level(logging.DEBUG, "receiver")
    answer = world.post([CHILD | {"la_child_id": MARK, "child_details": {"first_name": MARK}}])
    assert answer.status == 200
    figures = answered(world.client.app, "/metrics", [], method="GET").text
    landing = world.stores.deployment.home / "landing"
    elsewhere = [
        path for path in world.stores.deployment.home.rglob("*") if path.is_file() and landing not in path.parents
    ]
    kept = "".join(f"{path} {path.read_bytes().decode('latin-1')}" for path in elsewhere)
    for each in (answer.text, caplog.text, figures, str(world.stores.log.attempts().to_dicts()), kept):
        assert MARK not in each
    assert MARK in world.stores.landing.read(world.stores.landing.batches()[0]).decode()


def test_a_fault_of_ours_is_told_without_anything_of_it(
    world: Watched, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the inside of it")

    monkeypatch.setattr(children_module, "land", broken)
    stored = world.post([CHILD | {"la_child_id": MARK}])
    monkeypatch.setattr(children_module, "body_of", broken)
    unexpected = world.client.post(PATH, content=json.dumps([CHILD]), headers=world.sender.headers())
    assert (stored.status, unexpected.status_code) == (503, 500)
    for text in (stored.text, unexpected.text):
        assert not any(part in text for part in ("inside", "Traceback", "RuntimeError", ".py", MARK))
    assert MARK not in caplog.text
    assert "the inside of it" in caplog.text, "whoever runs it must find out"
    assert unexpected.headers["cache-control"] == "no-store"
    assert unexpected.headers["x-content-type-options"] == "nosniff"


def test_every_answer_is_for_nobodys_cache_and_is_what_it_says(world: Watched) -> None:
    answers = [
        world.post([CHILD]),
        world.post(b"[]"),
        world.form(),
        world.post([CHILD], target="/nothing"),
        *in_every_place(world),
        *(world.post(b"", target=name, method="GET") for name in ("/health", "/ready", "/metrics", "/openapi.json")),
    ]
    assert all(answer.headers["cache-control"] == "no-store" for answer in answers)
    assert all(answer.headers["x-content-type-options"] == "nosniff" for answer in answers)
    kinds = {answer.headers.get("content-type", "").partition(";")[0] for answer in answers}
    assert kinds <= {"", "application/json", "application/problem+json", "text/plain"}


@pytest.mark.parametrize("method", ["OPTIONS", "POST", "GET"])
def test_no_page_of_another_site_may_ask(world: Watched, method: str) -> None:
    asking = {"Origin": "https://attacker.example", "Access_Control_Request_Method": "POST"}
    answer = world.post(b"[]", method=method, **asking)
    assert not any(name.startswith("access-control") for name in answer.headers)
    assert "set-cookie" not in answer.headers
    assert answer.status == {"OPTIONS": 405, "POST": 204, "GET": 204}[method]


@pytest.mark.parametrize("target", [PATH, TOKEN_PATH, "/health", "/ready", "/metrics", "/openapi.json", "/", "*"])
def test_nothing_is_echoed_by_trace(world: Watched, target: str) -> None:
    answer = world.post(b"", target=target, method="TRACE", X_Secret=MARK)
    assert answer.status in (404, 405)
    assert MARK not in answer.text


# API9: what is served


def test_what_is_served_is_what_is_meant_to_be(world: Watched) -> None:
    served = {route.path: route.methods for route in world.client.app.routes if isinstance(route, Route)}
    reading, writing = {"GET", "HEAD"}, {"POST"}
    assert served == {
        "/{base:path}/children_social_care_data/{la_code}/children": reading | writing,
        "/children_social_care_data/{la_code}/children": reading | writing,
        TOKEN_PATH: writing,
        "/openapi.json": reading,
        "/metrics": reading,
        "/health": reading,
        "/ready": reading,
    }
    assert len(world.client.app.routes) == len(served), "and no sockets or mounted applications"
    assert world.client.app.debug is False


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/docs",
        "/redoc",
        "/debug",
        "/admin",
        "/api",
        "/api/test",
        "/.env",
        "/.git/config",
        "/api/v1/health",
        "/HEALTH",
    ]
    + ["/metrics/..", "/static/../credentials.json", "/credentials.json", "/openapi.yaml", "/oauth2/keys", "/oauth2"],
)
def test_nothing_else_is(world: Watched, target: str) -> None:
    for method in ("GET", "POST", "PUT", "DELETE"):
        assert world.post(b"", target=target, method=method).status == 404


# API10: what is read from elsewhere. Of issuers, see test_receiver_issuer_fails.py.


@pytest.mark.parametrize("name", [FILE, "streams.csv"])
@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"x": 5}', b"\xff\xfe", b"null", b'{"x": {"secrets": 5}}'])
def test_credentials_or_a_register_that_cannot_be_read_let_nobody_in(
    world: Watched, name: str, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path = world.stores.deployment.home / name
    good = path.read_bytes()
    path.write_bytes(content)
    answer = world.post([CHILD])
    assert answer.status == 503
    assert int(answer.headers["retry-after"]) >= 1
    assert name not in answer.text
    assert name in caplog.text
    if name == FILE:
        assert world.form().status == 503
    assert world.landed() == 0
    path.with_suffix(".new").write_bytes(good)
    path.with_suffix(".new").replace(path)
    assert world.post([CHILD]).status == 200
