""".../children_social_care_data/{la_code}/children: a batch of children, receipts for all of it or for none."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import limits
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assets.submissions.land import NO_CONTENT, Landed, Places, Refused, Verdict, land
from assets.submissions.log import Attempt
from assets.submissions.register import Environment, RegisterError, Stream
from receiver.attempts import RefusedAttempts
from receiver.bodies import BodyError, Limits, body_of, said_length
from receiver.credentials import CredentialsError
from receiver.issuer_keys import IssuerError
from receiver.problems import problem, refused_batch
from receiver.senders import DeniedError, Senders
from receiver.tokens import TokenChecks, TokenError

TEST_SEGMENT = "test"  # the last part of the base path by which the test environment is told from the live one
FIRST_SEGMENT = "children_social_care_data"  # of what follows the base path
_STEPS = {".", ".."}
_CHALLENGE = {"WWW-Authenticate": "Bearer"}
_RETRY_LATER = {"Retry-After": "5"}

log = logging.getLogger("receiver")


@dataclass(frozen=True)
class Receiving:
    """All that receiving a batch needs. places: read anew for every request, since the register changes meanwhile."""

    checks: TokenChecks
    senders: Senders
    places: Callable[[], Places]
    verdict: Verdict
    body: Limits
    requests_a_second: int
    record_refused: Callable[[Sequence[Attempt]], None]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


class _TooOftenError(Exception):
    """A sender who has sent too much within a second."""


_REFUSED = (TokenError, IssuerError, _TooOftenError, DeniedError, BodyError, RegisterError, CredentialsError)


class Children:
    """The endpoint."""

    def __init__(self, receiving: Receiving) -> None:
        self._receiving = receiving
        self._attempts = RefusedAttempts(receiving.record_refused)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._rate = limits.RateLimitItemPerSecond(receiving.requests_a_second)

    async def receive(self, request: Request) -> Response:
        """Admit, read, land, and answer; an attempt that does not come to landing is logged here."""
        moment, stream = self._receiving.now(), None
        try:
            stream = await self._sender(request, moment)
            body = await body_of(request, self._receiving.body)
        except _REFUSED as error:
            return await self._refuse(request, moment, _refusal_of(error), stream)
        landed = await run_in_threadpool(self._landed, body, stream, moment)
        if landed is None:
            return await self._refuse(request, moment, _NOT_STORED, stream)
        return _answer(landed)

    async def check(self, request: Request) -> Response:
        """Say whether who asks may send here now: clients try so whether they are set up rightly. Nothing is sent."""
        try:
            await self._sender(request, self._receiving.now())
        except _REFUSED as error:
            refusal = _refusal_of(error)
            return problem(refusal.status, refusal.reason, refusal.headers)
        return Response(status_code=NO_CONTENT)

    async def _sender(self, request: Request, moment: datetime) -> Stream:
        client_id = await self._receiving.checks.client_of(_only(request, "authorization"))
        if not self._limiter.hit(self._rate, client_id):
            raise _TooOftenError
        return await run_in_threadpool(self._admitted, request, client_id, moment)

    def _admitted(self, request: Request, client_id: str, moment: datetime) -> Stream:
        return self._receiving.senders.admitted(
            client_id,
            _only(request, "supplierkey"),
            request.path_params["la_code"],
            environment_of(request.scope["path"], request.path_params.get("base", "")),
            moment,
        )

    def _landed(self, body: bytes, stream: Stream, moment: datetime) -> Landed | Refused | None:
        try:
            return land(
                body,
                stream.source_id,
                moment,
                self._receiving.places(),
                max_bytes=self._receiving.body.max_bytes,
                verdict=self._receiving.verdict,
                as_it_comes=True,
            )
        except Exception:
            # nobody has a receipt, so sending again is right, whatever it was; the log says what, without content
            log.exception("a batch of %s could not be stored", stream.source_id)
            return None

    async def _refuse(self, request: Request, moment: datetime, refusal: "_Refusal", stream: Stream | None) -> Response:
        attempt = Attempt(
            received_at=moment,
            stream_id=stream.source_id if stream else None,
            la_code=stream.la_code if stream else None,
            outcome="refused",
            http_status=refusal.status,
            bytes=said_length(request),
            records=None,
            error_rules={refusal.rule_id: 1} if refusal.rule_id else {},
        )
        await self._attempts.record(attempt)
        return problem(refusal.status, refusal.reason, refusal.headers)


@dataclass(frozen=True)
class _Refusal:
    """What a refused attempt is answered, and the rule that is noted of it."""

    status: int
    rule_id: str | None
    reason: str
    headers: Mapping[str, str] = field(default_factory=dict)


_NOT_STORED = _Refusal(
    503, None, "the batch could not be stored, and nothing of it counts; send it again", _RETRY_LATER
)


def _refusal_of(error: Exception) -> _Refusal:
    match error:
        case TokenError():
            return _Refusal(error.status, "CSC-005", error.reason, _CHALLENGE if error.status == 401 else {})
        case _TooOftenError():
            return _Refusal(429, None, "too many requests at once; wait and send again", {"Retry-After": "1"})
        case DeniedError():
            return _Refusal(403, "CSC-005", str(error))
        case BodyError():
            # what else comes on such a connection is the rest of the body
            headers = {"Connection": "close"} if error.status in (408, 413) else {}
            return _Refusal(error.status, "CSC-002" if error.status == 413 else "CSC-001", error.reason, headers)
        case IssuerError():
            # a sender that were told 401 would look for the fault in its own credentials
            return _Refusal(503, None, "tokens cannot be checked just now; send the batch again", _RETRY_LATER)
        case _:
            log.error("who may send cannot be read: %s", error)
            return _Refusal(503, None, "nothing can be taken just now; send the batch again", _RETRY_LATER)


def _only(request: Request, name: str) -> str:
    """A header that says who sends. Said twice it says nothing: what stands before us may have believed the other."""
    said = request.headers.getlist(name)
    return said[0] if len(said) == 1 else ""


def environment_of(path: str, base: str) -> Environment:
    """Which environment a base path belongs to. Raises DeniedError for a path that others may read otherwise."""
    parts = base.split("/")
    if _STEPS.intersection(parts) or FIRST_SEGMENT in parts or not path.isprintable():
        raise DeniedError("the path has parts that no base path has; use the api_path that was given with the key")
    return "test" if base.rstrip("/").rpartition("/")[2] == TEST_SEGMENT else "live"


def _answer(landed: Landed | Refused) -> Response:
    if isinstance(landed, Refused):
        return refused_batch(landed.http_status, landed.faults)
    if landed.http_status == NO_CONTENT:
        return Response(status_code=NO_CONTENT)
    return JSONResponse(landed.receipts)
