"""POST .../children_social_care_data/{la_code}/children: a batch of children, receipts for all of it or for none."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import limits
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assets.submissions.land import NO_CONTENT, Landed, Places, Refused, Verdict, land
from assets.submissions.log import Attempt
from assets.submissions.register import Environment, Stream
from receiver.bodies import BodyError, Limits, body_of
from receiver.problems import problem, refused_batch
from receiver.senders import DeniedError, Senders
from receiver.tokens import TokenChecks, TokenError

TEST_SEGMENT = "test"  # the last part of the base path by which the test environment is told from the live one
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
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


class Children:
    """The endpoint."""

    def __init__(self, receiving: Receiving) -> None:
        self._receiving = receiving
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._rate = limits.RateLimitItemPerSecond(receiving.requests_a_second)

    async def receive(self, request: Request) -> Response:
        """Admit, read, land, and answer; an attempt that does not come to landing is logged here."""
        moment = self._receiving.now()
        try:
            client_id = self._receiving.checks.client_of(request.headers.get("authorization", ""))
        except TokenError as error:
            headers = _CHALLENGE if error.status == 401 else {}
            return await self._refuse(request, moment, error.status, "CSC-005", error.reason, headers)
        if not self._limiter.hit(self._rate, client_id):
            return await self._refuse(
                request, moment, 429, None, "too many requests at once; wait and send again", {"Retry-After": "1"}
            )
        try:
            stream = await run_in_threadpool(self._admitted, request, client_id, moment)
        except DeniedError as error:
            return await self._refuse(request, moment, 403, "CSC-005", str(error), {})
        try:
            body = await body_of(request, self._receiving.body)
        except BodyError as error:
            headers = {"Connection": "close"} if error.status in (408, 413) else {}
            rule_id = "CSC-002" if error.status == 413 else "CSC-001"
            return await self._refuse(request, moment, error.status, rule_id, error.reason, headers, stream)
        return await run_in_threadpool(self._landed, body, stream, moment)

    def _admitted(self, request: Request, client_id: str, moment: datetime) -> Stream:
        return self._receiving.senders.admitted(
            client_id,
            request.headers.get("supplierkey", ""),
            request.path_params["la_code"],
            environment_of(request.path_params["base"]),
            moment,
        )

    def _landed(self, body: bytes, stream: Stream, moment: datetime) -> Response:
        try:
            landed = land(
                body,
                stream.stream_id,
                moment,
                self._receiving.places(),
                max_bytes=self._receiving.body.max_bytes,
                verdict=self._receiving.verdict,
            )
        except Exception:
            # nobody has a receipt, so sending again is right, whatever it was; the log says what, without content
            log.exception("a batch of %s could not be stored", stream.stream_id)
            return problem(503, "the batch could not be stored, and nothing of it counts; send it again", _RETRY_LATER)
        return _answer(landed)

    async def _refuse(
        self,
        request: Request,
        moment: datetime,
        status: int,
        rule_id: str | None,
        reason: str,
        headers: dict[str, str],
        stream: Stream | None = None,
    ) -> Response:
        attempt = Attempt(
            received_at=moment,
            stream_id=stream.stream_id if stream else None,
            la_code=stream.la_code if stream else None,
            outcome="refused",
            http_status=status,
            bytes=_said_length(request),
            records=None,
            error_rules={rule_id: 1} if rule_id else {},
        )
        try:
            await run_in_threadpool(lambda: self._receiving.places().log.record(attempt))
        except Exception:
            log.exception("a refused attempt could not be logged")
        return problem(status, reason, headers)


def environment_of(base: str) -> Environment:
    """Which environment a base path belongs to."""
    return "test" if base.rstrip("/").rpartition("/")[2] == TEST_SEGMENT else "live"


def _answer(landed: Landed | Refused) -> Response:
    if isinstance(landed, Refused):
        return refused_batch(landed.http_status, landed.faults)
    if landed.http_status == NO_CONTENT:
        return Response(status_code=NO_CONTENT)
    return JSONResponse(landed.receipts)


def _said_length(request: Request) -> int:
    said = request.headers.get("content-length", "")
    return int(said) if said.isdigit() and len(said) < 16 else 0
