"""Reading a request's body within limits: what is too large is refused as soon as that is clear."""

import asyncio
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request

JSON = "application/json"
_LONGEST_NUMBER = 16  # digits of a length; more is no body's, and Python will not read thousands of them


@dataclass(frozen=True)
class Limits:
    """How much of a body is taken, and how long it may take to arrive."""

    max_bytes: int
    seconds: float


class BodyError(Exception):
    """A body that is not taken: the status that says so, and why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


async def body_of(request: Request, limits: Limits) -> bytes:
    """The whole body. Raises BodyError: 415 for what is not plain JSON, 413 too large, 408 too slow, 400 cut short."""
    _check_kind(request)
    return await arrived(request, limits)


def said_length(request: Request) -> int:
    """How long the body is as the request says; 0 where it says nothing, or nothing that a body could be."""
    said = request.headers.get("content-length", "")
    return int(said) if said.isdecimal() and len(said) < _LONGEST_NUMBER else 0


async def arrived(request: Request, limits: Limits) -> bytes:
    """The whole body, of whatever kind. Raises BodyError: 413 too large, 408 too slow, 400 cut short."""
    _check_length(request, limits.max_bytes)
    try:
        async with asyncio.timeout(limits.seconds):
            return await _read(request, limits.max_bytes)
    except TimeoutError:
        raise BodyError(408, f"the body did not arrive within {limits.seconds:g} seconds; send it again") from None
    except ClientDisconnect:
        raise BodyError(400, "the body was cut short; send it again") from None


async def _read(request: Request, max_bytes: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            raise _too_large(max_bytes)
    return bytes(body)


def _check_kind(request: Request) -> None:
    if not _has_body(request):
        return  # what is not there is of no kind; that it is missing is said where batches are read
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    if kind.strip().lower() != JSON:
        raise BodyError(415, f"Content-Type: expected {JSON}; send the children as JSON")
    charset = parameters.strip().lower().partition("charset=")[2].strip('" ')
    if charset and charset not in ("utf-8", "utf8"):
        raise BodyError(415, "Content-Type: expected charset utf-8; send the children in UTF-8")
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise BodyError(415, "Content-Encoding: none is taken; send the body as it is")


def _has_body(request: Request) -> bool:
    """As HTTP/1.1 says it: by a length or by sending it in pieces."""
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers


def _check_length(request: Request, max_bytes: int) -> None:
    said = request.headers.get("content-length", "")
    if said.isdecimal() and (len(said) >= _LONGEST_NUMBER or int(said) > max_bytes):
        raise _too_large(max_bytes)


def _too_large(max_bytes: int) -> BodyError:
    return BodyError(413, f"body: expected at most {max_bytes} bytes; send less in one request")
