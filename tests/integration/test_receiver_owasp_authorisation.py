"""OWASP's ten risks of APIs (2023): who may send for whom. API1, other authorities' data; API5, other functions.

Five senders, of two authorities and both environments, among them a live stream and its own sandbox: only what was
given together opens anything, and only its own.
"""

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from raw_asgi import Answered, answered
from receiver_world import CHILD, ReceiverWorld, Sender

from receiver.app import API_PATHS, TOKEN_PATH

SENDERS = {"204-d2i": "live", "204-cms": "live", "301-d2i": "live", "301-byo-test": "test", "204-d2i-test": "test"}
LIVE, TEST = "204-d2i", "204-d2i-test"
MARK = "children_social_care_data"


class Authorities(ReceiverWorld):
    """The receiver with its senders. What is landed counts from the last look on."""

    def __init__(self, home: Path) -> None:
        super().__init__(home, receiver_batches_a_second=100_000)
        self.senders: dict[str, Sender] = {
            name: self.add(name.removesuffix("-test"), where) for name, where in SENDERS.items()
        }
        self.seen: set[str] = set()
        self.sent = 0

    def ask(self, target: str, token: str, key: str | None = None, method: str = "POST", **other: str) -> Answered:
        """The answer to a batch, new each time, with one sender's token and another's key."""
        self.sent += 1
        body = json.dumps([CHILD | {"la_child_id": f"X{self.sent}"}]).encode()
        headers = self.senders[token].headers(SupplierKey=self.senders[key or token].issued.supplier_key, **other)
        return answered(self.client.app, target, headers.items(), body, method)

    def newly_landed(self) -> list[str]:
        """The streams and sandboxes of batches that were landed since the last look."""
        found = {batch.key: batch.stream_id for batch in self.stores.landing.batches()}
        new = [stream for key, stream in found.items() if key not in self.seen]
        self.seen = set(found)
        return new


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Authorities:
    return Authorities(tmp_path_factory.mktemp("authorities") / "home")


@pytest.fixture(autouse=True)
def _look(world: Authorities) -> Iterator[None]:
    world.newly_landed()
    yield
    assert not world.newly_landed(), "what a test lands it looks at itself"


def path(la_code: str, base: str = "/api") -> str:
    return f"{base}/{MARK}/{la_code}/children"


def refused(world: Authorities, answer: Answered, status: int = 403) -> None:
    """Refused, with nothing landed, and nothing told of anybody."""
    assert answer.status == status
    assert world.newly_landed() == []
    told = json.dumps(answer.json())
    for stream_id, sender in world.senders.items():
        for secret in (stream_id, sender.issued.client_id, sender.issued.supplier_key, sender.token):
            assert secret not in told
    assert "301" not in told
    assert "204" not in told


# API1: object-level authorisation


@pytest.mark.parametrize("environment", ["live", "test"])
@pytest.mark.parametrize("la_code", ["204", "301", "202", "999"])
def test_only_what_was_given_together_is_let_in(world: Authorities, la_code: str, environment: str) -> None:
    """Every pairing of token, key, authority and environment; 202 is an authority that does not send, 999 is none."""
    let_in = []
    for token, key in product(SENDERS, SENDERS):
        answer = world.ask(path(la_code, API_PATHS[environment]), token, key)
        if answer.status == 200:
            let_in.append((token, key))
            assert world.newly_landed() == [token]
        else:
            refused(world, answer)
    own = [name for name, where in SENDERS.items() if where == environment and name.startswith(la_code)]
    assert let_in == [(name, name) for name in own]


@pytest.mark.parametrize("key", SENDERS)
def test_an_answer_does_not_tell_whether_another_authority_sends(world: Authorities, key: str) -> None:
    """The same to the letter for one that sends, one that does not, and one that there is not."""
    answers = {world.ask(path(la_code), LIVE, key).text for la_code in ("301", "202", "999", "abc")}
    assert len(answers) == 1


def test_two_streams_of_one_authority_do_not_land_in_each_other(world: Authorities) -> None:
    for token, key in (("204-d2i", "204-cms"), ("204-cms", "204-d2i")):
        refused(world, world.ask(path("204"), token, key))


def test_the_same_child_sent_by_two_streams_is_two_batches_with_receipts_of_their_own(world: Authorities) -> None:
    body = json.dumps([CHILD | {"la_child_id": "Same"}]).encode()
    told = []
    for name in ("204-d2i", "204-cms", "301-d2i"):
        sender = world.senders[name]
        told += answered(world.client.app, path(sender.la_code), sender.headers().items(), body).json()
    assert len(set(told)) == 3
    assert sorted(world.newly_landed()) == ["204-cms", "204-d2i", "301-d2i"]


def test_a_purge_is_of_the_senders_own_stream(world: Authorities) -> None:
    body = json.dumps([{"la_child_id": "Gone", "purge": True}]).encode()
    own = world.senders[LIVE]
    assert answered(world.client.app, path("204"), own.headers().items(), body).status == 200
    assert world.newly_landed() == [LIVE]
    refused(world, answered(world.client.app, path("301"), own.headers().items(), body))


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (path("%32%30%34"), 200),
        (path("%33%30%31"), 403),
        (path("%2532%2530%2534"), 403),
        (path("%D9%A2%D9%A0%D9%A4"), 403),  # 204 in Arabic-Indic digits
        (path("%EF%BC%92%EF%BC%90%EF%BC%94"), 403),  # and in wide ones
        (path("0204"), 403),
        (path("204%20"), 403),
        (path("%20204"), 403),
        (path("204%00"), 403),
        (path("204%0A"), 403),
        (path("204,301"), 403),
        (path("204;301"), 403),
        (path("204-d2i"), 403),
        (path("*"), 403),
        (path("204") + "%0A", 403),
        (path("204") + "?la_code=301", 200),
        (path("301") + "?la_code=204", 403),
        (path("204") + "/", 404),
        (path("204/") + "/", 404),
        (path("/204"), 404),
        (path("204/301"), 404),
        (path("301/204"), 404),
        (path("204%2F301"), 404),
        (path("301/../204"), 404),
        (path("301%2F..%2F204"), 404),
        (path("204") + "/../../301/children", 404),
        (path("204", path("301")), 403),
        (path("204", f"/api/{MARK}/301"), 403),
        (path("301", f"/api/{MARK}/204"), 403),
        (f"/api/{MARK.upper()}/204/children", 404),
        (f"/api/{MARK}/204/Children", 404),
        (f"/api/{MARK}/204/children.json", 404),
        (f"/api/{MARK}/204", 404),
        (f"/{MARK}/204/children", 200),
        (f"/{MARK}/301/children", 403),
        (path("204", "/api/."), 403),
        (path("204", "/api/x/.."), 403),
        (path("204", "/api/%2E%2E"), 403),
        (path("204", "/api" + "/x" * 20_000), 200),
        (path("2" * 60_000), 403),
    ],
)
def test_a_path_is_what_it_says_and_nothing_else(world: Authorities, target: str, status: int) -> None:
    answer = world.ask(target, LIVE)
    if status == 200:
        assert answer.status == 200
        assert world.newly_landed() == [LIVE]
    else:
        refused(world, answer, status)


@pytest.mark.parametrize(
    ("base", "environment"),
    [
        ("/api", "live"),
        ("", "live"),
        ("/", "live"),
        ("/test/api", "live"),
        ("/api/Test", "live"),
        ("/api/TEST", "live"),
        ("/api/testing", "live"),
        ("/api/test/v1", "live"),
        ("/api/test%20", "live"),
        ("/api/test;live", "live"),
        ("/api%2Flive", "live"),
        ("/api/test", "test"),
        ("/test", "test"),
        ("//test", "test"),
        ("/api/test/", "test"),
        ("/api/test//", "test"),
        ("/api/%74est", "test"),
        ("/api%2Ftest", "test"),
        ("/api/test%2F", "test"),
        ("/gateway/v2/api/test", "test"),
        ("/api/test/..", "neither"),
        ("/api/test/.", "neither"),
        ("/api/../test", "neither"),
        ("/api/test/%2e%2e", "neither"),
        ("/api/te%09st", "neither"),
    ],
)
def test_the_environment_is_the_last_part_of_the_base_path(world: Authorities, base: str, environment: str) -> None:
    """However it is written, a sender of the one is never let into the other."""
    for sender, where in ((LIVE, "live"), (TEST, "test")):
        answer = world.ask(path("204", base), sender)
        if where == environment:
            assert answer.status == 200
            assert world.newly_landed() == [sender]
        else:
            refused(world, answer)


@pytest.mark.parametrize("la_code", ["204", "301"])
@pytest.mark.parametrize(
    "headers",
    [
        {"X_Original_URL": path("301")},
        {"X_Rewrite_URL": path("301")},
        {"X_Forwarded_Prefix": "/api/test"},
        {"X_Forwarded_Path": path("301")},
        {"X_HTTP_Method_Override": "GET"},
        {"X_Environment": "test"},
        {"X_LA_Code": "301"},
        {"X_Client_Id": "csc-301-d2i"},
        {"Host": "301.receiver.example"},
        {"Host": "receiver.example/api/test"},
        {"Host": ""},
        {"X_Forwarded_Host": "test.receiver.example"},
        {"Forwarded": "for=127.0.0.1;host=test"},
        {"X_Forwarded_For": "127.0.0.1"},
        {"Cookie": "client_id=csc-301-d2i"},
        {"Referer": "https://receiver.example/api/children_social_care_data/301/children"},
    ],
)
def test_no_other_header_says_who_sends_or_where(world: Authorities, headers: dict[str, str], la_code: str) -> None:
    answer = world.ask(path(la_code), LIVE, **headers)
    if la_code == "204":
        assert answer.status == 200
        assert world.newly_landed() == [LIVE]
    else:
        refused(world, answer)


odd = st.text(alphabet="0123456789abcxyz٢٠٤２０４²⁰ -_.~;,:@!$&'()*+=", max_size=6)


@given(la_code=st.sampled_from(["204", "301", "202"]) | odd, token=st.sampled_from([*SENDERS]), data=st.data())
@settings(max_examples=200, deadline=None)
def test_whatever_stands_for_the_authority_only_ones_own_code_lets_in(
    world: Authorities, la_code: str, token: str, data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from([token, *SENDERS]))
    parts = data.draw(st.lists(st.sampled_from(["api", "test", "Test", "v1", "", ".", "..", MARK, "301"]), max_size=4))
    answer = world.ask(path(la_code, "/" + "/".join(parts)), token, key)
    named = [part for part in parts if part]
    last = named[-1] if named else ""
    belongs = (
        key == token
        and la_code == token[:3]
        and (last == "test") == (SENDERS[token] == "test")
        and not {".", "..", MARK} & set(parts)
    )
    if belongs:
        assert answer.status == 200
        assert world.newly_landed() == [token]
    else:
        assert answer.status in (403, 404)
        assert world.newly_landed() == []


# API5: function-level authorisation


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "post"])
def test_batches_are_posted_and_nothing_else(world: Authorities, method: str) -> None:
    """There is nothing to read, change or delete, whatever the token; nor by asking for another method in a header."""
    override = {"X_HTTP_Method_Override": "POST", "X_Method_Override": "POST"}
    answer = world.ask(path("204"), LIVE, method=method, **override)
    refused(world, answer, 405)
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_asking_tells_who_may_send_and_nothing_else(world: Authorities, method: str) -> None:
    answer = world.ask(path("204"), LIVE, method=method)
    assert (answer.status, answer.body) == (204, b"")
    assert world.newly_landed() == []
    assert world.ask(path("204"), LIVE, method=method, Authorization="Bearer x").status == 401
    assert world.ask(path("204"), LIVE, key="301-d2i", method=method).status == 403
    assert world.ask(path("301"), LIVE, method=method).status == 403


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
def test_tokens_are_asked_for_by_post_alone(world: Authorities, method: str) -> None:
    assert world.ask(TOKEN_PATH, LIVE, method=method).status == 405


@pytest.mark.parametrize("name", ["/health", "/ready", "/metrics", "/openapi.json"])
def test_what_is_for_reading_is_not_written(world: Authorities, name: str) -> None:
    assert {world.ask(name, LIVE, method=method).status for method in ("POST", "PUT", "DELETE", "TRACE")} == {405}
