"""The receiver held against its own OpenAPI document and against the one that DfE has published, by schemathesis.

What it sends is made from the documents: every boundary of every field, and drawn examples. Besides its own checks (no
fault of the server, nothing that is not documented, misfits refused, no way in without a token) each answer is held
against the landing zone: receipts for what is in it, and nothing in it of what was refused.
"""

import json
import re
from base64 import b64encode
from collections import defaultdict
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import given, settings
from hypothesis import strategies as st
from receiver_world import CHILD, ReceiverWorld, Sender
from schemathesis import BaseSchema
from schemathesis.specs.openapi import checks
from schemathesis_runs import Exchange, Run, config, phases, run

from assets.records.structure_rules import DATES
from assets.submissions.landing import LandedBatch
from assets.submissions.receipts import receipts
from receiver.app import CHILDREN_PATH, TOKEN_PATH
from receiver.openapi import CHILDREN

INDEX = re.compile(r"\[(\d+)\]")
LA = "204"
PATH = f"/api/children_social_care_data/{LA}/children"
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"}
ANSWER_CHECKS = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
# Both documents say so of a batch that is too large; schemathesis takes a misfit to be answered with less.
MISFIT = ["400", "401", "403", "405", "413", "415"]
ACCEPTED = (200, 204)


@pytest.fixture
def world(tmp_path: Path) -> ReceiverWorld:
    return ReceiverWorld(tmp_path / "home", receiver_batches_a_second=100_000)


@pytest.fixture
def sender(world: ReceiverWorld) -> Sender:
    return world.add(f"{LA}-d2i")


@pytest.fixture
def described(world: ReceiverWorld) -> dict[str, Any]:
    """What the receiver says of itself."""
    said: dict[str, Any] = world.client.get("/openapi.json").json()
    return said


def schema_of(
    document: dict[str, Any], world: ReceiverWorld, sender: Sender | None = None, *, examples: int = 1, **more: Any
) -> BaseSchema:
    """The document, for the authority of the sender, whose credentials go with every request."""
    document = deepcopy(document)
    if sender is not None:
        key = sender.issued.supplier_key
        more["headers"] = {"Authorization": f"Bearer {sender.token}", "SupplierKey": key}
        # schemathesis looks whether nobody gets in without a token only where the header is named, as it is by this
        document["components"].setdefault("securitySchemes", {})["token"] = {"type": "http", "scheme": "bearer"}
    for path in document["paths"].values():
        operations = [path, *(path[name.lower()] for name in METHODS if name.lower() in path)]
        for parameter in (each for operation in operations for each in operation.get("parameters", [])):
            said = parameter["schema"]
            parameter["schema"] = {"type": said["type"], "enum": [int(LA) if said["type"] == "integer" else LA]}
    schema = schemathesis.openapi.from_dict(document, config=config(examples=examples, **more))
    schema.app = world.client.app
    return schema


def batches(result: Run) -> list[Exchange]:
    """What was sent as a batch."""
    return [each for each in result.exchanges if CHILDREN in each.what and each.method == "POST"]


def records_in(body: bytes) -> int:
    """How many records a body has; none if it is no array."""
    try:
        parsed = json.loads(body)
    except ValueError:
        return 0
    return len(parsed) if isinstance(parsed, list) else 0


def check_answers(world: ReceiverWorld, exchanges: list[Exchange]) -> None:
    """Refusals name records of the batch and nothing else; receipts are those of what is in landing, one a record."""
    landed: dict[bytes, list[LandedBatch]] = defaultdict(list)
    for batch in world.stores.landing.batches():
        landed[world.stores.landing.read(batch)].append(batch)
    for each in exchanges:
        count = records_in(each.body)
        if each.status == 200:
            expected = [receipts(batch.batch_id, batch.received_at, count) for batch in landed[each.body]]
            assert each.json() in expected, f"{each.what}: receipts are of nothing in landing"
            assert len(set(each.json())) == count > 0
        elif each.status == 204:
            assert (json.loads(each.body), each.content) == ([], b"")
        else:
            check_refusal(each, count)
    accepted = {each.body for each in exchanges if each.status == 200}
    assert set(landed) == accepted, "something is in landing that got no receipts"


def check_refusal(each: Exchange, count: int) -> None:
    """Problem details, with rules for what is wrong with a batch."""
    told = each.json()
    assert each.headers["content-type"] == ["application/problem+json"], each.what
    assert told["status"] == each.status
    assert told["detail"]
    assert all(int(index) < count for index in INDEX.findall(each.text)), f"{each.what}: names no record of the batch"
    if each.status == 400:
        assert told["errors"], f"{each.what}: no rule is named"
        assert all(("record" in error) == (error["rule"] != "CSC-001") for error in told["errors"])


def test_the_receiver_does_what_it_says_of_itself(
    world: ReceiverWorld, sender: Sender, described: dict[str, Any]
) -> None:
    expected = {
        "negative_data_rejection": {"expected-statuses": MISFIT},
        # whatever our JSON Schema allows is taken
        "positive_data_acceptance": {"expected-statuses": ["200", "204"]},
    }
    # it would try to get in without credentials, in four ways, after every batch that was taken; the drawn ones will do
    unasked = phases(coverage={"checks": expected | {"ignored_auth": {"enabled": False}}})
    schema = schema_of(described, world, sender, examples=5, checks=expected, phases=unasked).exclude(path=TOKEN_PATH)
    result = run(schema)
    assert result.wrong == []
    sent = batches(result)
    assert {each.status for each in sent} >= {200, 204, 400, 401, 403, 413, 415}
    assert all(each.status not in ACCEPTED for each in sent if each.fits is None), "let in without credentials"
    check_answers(world, sent)


def test_the_token_endpoint_does_what_the_receiver_says_of_it(world: ReceiverWorld, described: dict[str, Any]) -> None:
    expected = {"negative_data_rejection": {"expected-statuses": MISFIT}}
    result = run(schema_of(described, world, None, examples=40, checks=expected).include(path=TOKEN_PATH))
    assert result.wrong == []
    assert {each.status for each in result.exchanges} == {400, 401, 405}


def test_the_receiver_does_what_dfe_has_published(
    world: ReceiverWorld, sender: Sender, described: dict[str, Any], shared_dir: Path
) -> None:
    published = json.loads((shared_dir / "spec" / "dfe_csc_api_openapi_1.0.1.json").read_text())
    expected = {
        "negative_data_rejection": {"expected-statuses": MISFIT},
        # a day that is none, such as of a year 0000, is allowed there and refused here
        "positive_data_acceptance": {"expected-statuses": ["200", "204", "400"]},
        # one uuid is published; what the service gives out and its clients read is a list of names with a uuid in each
        "response_schema_conformance": {"enabled": False},
    }
    # the answer to a kind of body that is not published, and not published itself
    next(iter(published["paths"].values()))["post"]["responses"]["415"] = {"description": "Another kind of body"}
    # what the receiver takes beside what is published is for its own document to say
    unknown = METHODS - {"HEAD", "OPTIONS"} - {name.upper() for name in described["paths"][CHILDREN]}
    asked = phases(coverage={"unexpected-methods": sorted(unknown)})
    schema = schema_of(published, world, sender, examples=5, checks=expected, phases=asked)
    result = run(schema)
    assert result.wrong == []
    sent = batches(result)
    assert {each.status for each in sent if each.fits} <= {200, 204, 400}
    # there is no leniency: what the published schema does not allow in a body is never taken; 403 has a wrong path too
    assert {each.status for each in sent if each.has_misfit_body} <= {400, 403, 413, 415}
    check_answers(world, sent)


def test_what_only_looks_like_a_date_is_refused_by_its_rule(
    world: ReceiverWorld, sender: Sender, described: dict[str, Any]
) -> None:
    looks_so = {"enum": ["2025-02-29", "2025-04-31", "2025-13-01", "0000-01-01", "2025-04-00", "2024-02-29"]}
    schemas = described["components"]["schemas"]
    for schema in schemas.values():
        of_day = [name for name, said in schema.get("properties", {}).items() if said.get("format") == "date"]
        schema.get("properties", {}).update(dict.fromkeys(of_day, looks_so))
    only_drawn = phases(coverage={"enabled": False}, examples={"enabled": False})
    generation = {"deterministic": True, "database": "none", "max-examples": 10, "mode": "positive"}
    expected = {"positive_data_acceptance": {"expected-statuses": ["200", "204", "400"]}}
    more = {"phases": only_drawn, "generation": generation, "checks": expected}
    schema = schema_of(described, world, sender, **more).include(path=CHILDREN, method="POST")
    result = run(schema)
    assert result.wrong == []
    sent = batches(result)
    refused = [error for each in sent if each.status == 400 for error in each.json()["errors"]]
    assert refused
    assert {error["rule"] for error in refused} <= set(DATES.values())
    check_answers(world, sent)


@pytest.fixture(scope="module")
def one_world(tmp_path_factory: pytest.TempPathFactory) -> ReceiverWorld:
    """A receiver for all examples of a test."""
    return ReceiverWorld(tmp_path_factory.mktemp("one") / "home")


@pytest.fixture(scope="module")
def one_schema(one_world: ReceiverWorld) -> BaseSchema:
    """What it says of itself."""
    return schema_of(one_world.client.get("/openapi.json").json(), one_world)


@settings(max_examples=60, derandomize=True, database=None, deadline=None)
@given(
    kind=st.sampled_from(["", "Basic", "Basic ", "basic ", "Bearer "]),
    proof=st.text(st.characters(min_codepoint=32, max_codepoint=255))
    | st.binary().map(lambda said: b64encode(said).decode()),
)
def test_whatever_stands_in_the_authorization_header_is_answered_as_described(
    one_world: ReceiverWorld, one_schema: BaseSchema, kind: str, proof: str
) -> None:
    headers = {"Authorization": (kind + proof).encode("latin-1")}
    form = {"grant_type": "client_credentials"}
    client = one_world.client
    for path, answer in (
        (TOKEN_PATH, client.post(TOKEN_PATH, data=form, headers=headers)),
        (CHILDREN, client.post(PATH, json=[CHILD], headers=headers)),
    ):
        assert answer.status_code == 401
        check_described(one_schema, path, "POST", answer)
    assert one_world.landed() == 0


def check_described(schema: BaseSchema, path: str, method: str, answer: Any) -> None:
    """That the document describes that answer."""
    schema[path][method].Case().validate_response(answer, checks=ANSWER_CHECKS)


def test_a_good_client_gets_a_token_and_other_forms_are_refused_as_described(
    world: ReceiverWorld, sender: Sender, one_schema: BaseSchema
) -> None:
    proof = (sender.issued.client_id, sender.issued.client_secret)
    form = {"grant_type": "client_credentials"}
    asked = {
        200: world.token(sender.issued),
        400: world.token(sender.issued, scope="another"),
        401: world.token(sender.issued, client_secret="another"),
        413: world.client.post(TOKEN_PATH, content=b"a" * 20_000),
    }
    assert {status: answer.status_code for status, answer in asked.items()} == {status: status for status in asked}
    in_header, unreadable = world.client.post(TOKEN_PATH, data=form, auth=proof), b"grant_type=\xff"
    assert in_header.status_code == 200
    for answer in (*asked.values(), in_header, world.client.post(TOKEN_PATH, content=unreadable)):
        check_described(one_schema, TOKEN_PATH, "POST", answer)


def test_no_body_at_all_is_a_batch_that_cannot_be_read(
    world: ReceiverWorld, sender: Sender, one_schema: BaseSchema
) -> None:
    headers = {name: said for name, said in sender.headers().items() if name != "Content-Type"}
    answer = world.client.post(PATH, headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (400, "CSC-001")
    check_described(one_schema, CHILDREN, "POST", answer)


def test_what_cannot_be_taken_just_now_is_refused_as_described(tmp_path: Path, one_schema: BaseSchema) -> None:
    world = ReceiverWorld(tmp_path / "home", receiver_batches_a_second=1, landing=str(tmp_path / "no-folder"))
    sender = world.add(f"{LA}-d2i")
    (tmp_path / "no-folder").write_text("a file")
    answers = [world.send(sender, [CHILD]) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {429, 503}
    for answer in answers:
        check_described(one_schema, CHILDREN, "POST", answer)
    ready = world.client.get("/ready")
    assert ready.status_code == 503
    check_described(one_schema, "/ready", "GET", ready)


@pytest.mark.parametrize(
    "issuer", [{}, {"token_issuer": "https://issuer.example", "token_jwks_url": "https://issuer.example/keys"}]
)
def test_everything_that_is_served_is_described_and_nothing_else(tmp_path: Path, issuer: dict[str, str]) -> None:
    world = ReceiverWorld(tmp_path / "home", **issuer)
    described = world.client.get("/openapi.json").json()
    # the receiver does not know its own address, and the schema of such documents knows no relative one just there
    absolute = json.dumps(described).replace('"tokenUrl": "/', '"tokenUrl": "https://receiver.example/')
    schema_of(json.loads(absolute), world).validate()
    served = {route.path: route.methods - {"HEAD"} for route in world.client.app.routes}
    served[CHILDREN] = served.pop(CHILDREN_PATH)
    assert {path: {name.upper() for name in said} & METHODS for path, said in described["paths"].items()} == served
    assert (TOKEN_PATH in served) == (not issuer)
