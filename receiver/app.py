"""The receiver as an ASGI application: what it serves at which path."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from receiver.bodies import BodyError, Limits, arrived
from receiver.children import Children, Receiving
from receiver.credentials import CredentialsError
from receiver.guard import GUARD, Guarded
from receiver.metrics import Endpoint, Metrics
from receiver.openapi import CHILDREN, document
from receiver.problems import problem
from receiver.token_endpoint import TokenServer

TOKEN_PATH = "/oauth2/token"  # noqa: S105 - a path
CHILDREN_PATH = "/{base:path}" + CHILDREN
# What senders are told; whatever else stands before the path, such as a gateway's own prefix, or nothing, is taken too.
API_PATHS = {"live": "/api", "test": "/api/test"}
_MOST_FORM_FIELDS, _LONGEST_FORM = 10, 16_384
_READY_SECONDS = 1.0

log = logging.getLogger("receiver")


def receiver_app(
    receiving: Receiving, tokens: TokenServer | None, child: Mapping[str, Any], is_ready: Callable[[], bool]
) -> Starlette:
    """The application. Without tokens no tokens are given out here: they come from an issuer elsewhere.

    child: the JSON Schema of a child record, for the document that describes the API.
    """
    children, metrics = Children(receiving), Metrics()
    of_batches = _children(children, metrics)
    described = document(child, TOKEN_PATH if tokens else None, API_PATHS)

    async def openapi(request: Request) -> Response:
        del request
        return JSONResponse(described)

    routes = [
        *(Route(path, of_batches, methods=["POST", "GET"]) for path in (CHILDREN_PATH, CHILDREN)),
        Route("/openapi.json", openapi, methods=["GET"]),
        Route("/metrics", metrics.tell, methods=["GET"]),
        Route("/health", _health, methods=["GET"]),
        Route("/ready", _ready(is_ready), methods=["GET"]),
    ]
    if tokens is not None:
        token = _token(tokens, receiving.body.seconds)
        routes.append(Route(TOKEN_PATH, metrics.counted("token", token), methods=["POST"]))
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guarded)],
        exception_handlers={HTTPException: _as_problem, Exception: _unexpected},
    )
    # The way to a path with another slash would be told as an address made of what the request says of its host, and
    # without TLS where that ends before us; a client would follow it with its token and the children.
    app.router.redirect_slashes = False
    return app


def _children(children: Children, metrics: Metrics) -> Endpoint:
    send, check = metrics.counted("children", children.receive), metrics.counted("credentials", children.check)

    async def asked(request: Request) -> Response:
        return await (send if request.method == "POST" else check)(request)

    return asked


def _token(tokens: TokenServer, seconds: float) -> Endpoint:
    async def token(request: Request) -> Response:
        try:
            form = await arrived(request, Limits(_LONGEST_FORM, seconds))
            pairs = parse_qsl(form.decode("ascii"), max_num_fields=_MOST_FORM_FIELDS)
        except BodyError as error:
            return problem(error.status, error.reason, {"Connection": "close"})
        except ValueError:
            return problem(400, "the form cannot be read; send four fields, URL-encoded")
        said = dict(pairs)
        if len(said) < len(pairs) or len(request.headers.getlist("authorization")) > 1:
            return problem(400, "something is said twice; send each field, and each header, once")
        try:
            return await tokens.answer_to(said, request.headers)
        except CredentialsError as error:
            log.error("who may ask for tokens cannot be read: %s", error)
            return problem(503, "no tokens can be given just now; ask again", {"Retry-After": "5"})

    return token


async def _health(request: Request) -> Response:
    """The process answers."""
    del request
    return JSONResponse({"status": "ok"})


def _ready(is_ready: Callable[[], bool]) -> Endpoint:
    """Anybody may ask, and looking is work: one thread does it, and what it saw holds for a moment."""
    looking = ThreadPoolExecutor(1, "ready")
    looked_at, saw = float("-inf"), False

    def look() -> bool:
        nonlocal looked_at, saw
        if time.monotonic() - looked_at >= _READY_SECONDS:
            saw, looked_at = is_ready(), time.monotonic()
        return saw

    async def ready(request: Request) -> Response:
        del request
        if await asyncio.get_running_loop().run_in_executor(looking, look):
            return JSONResponse({"status": "ready"})
        return problem(503, "batches cannot be stored just now; see the receiver's log", {"Retry-After": "5"})

    return ready


async def _as_problem(request: Request, error: Exception) -> Response:
    """Refusals of Starlette's own, such as of a path that is not served."""
    del request
    if not isinstance(error, HTTPException):
        raise error
    return problem(error.status_code, "this is not served here; correct path and method", error.headers)


async def _unexpected(request: Request, error: Exception) -> Response:
    """A fault of ours: logged by the server, and told without anything of it."""
    del request, error
    return problem(500, "something went wrong here; nothing of the request counts; send it again later", GUARD)
