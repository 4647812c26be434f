"""The receiver as an ASGI application: what it serves at which path."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from receiver.children import Children, Receiving
from receiver.metrics import Endpoint, Metrics
from receiver.openapi import CHILDREN, document
from receiver.problems import problem
from receiver.token_endpoint import TokenServer

TOKEN_PATH = "/oauth2/token"  # noqa: S105 - a path
CHILDREN_PATH = "/{base:path}" + CHILDREN
# What senders are told; whatever stands before the path, such as a gateway's own prefix, is taken as well.
API_PATHS = {"live": "/api", "test": "/api/test"}
_MOST_FORM_FIELDS, _LONGEST_FORM = 10, 16_384


def receiver_app(
    receiving: Receiving, tokens: TokenServer | None, child: Mapping[str, Any], is_ready: Callable[[], bool]
) -> Starlette:
    """The application. Without tokens no tokens are given out here: they come from an issuer elsewhere.

    child: the JSON Schema of a child record, for the document that describes the API.
    """
    children, metrics = Children(receiving), Metrics()
    described = document(child, TOKEN_PATH if tokens else None, API_PATHS)

    async def openapi(request: Request) -> Response:
        del request
        return JSONResponse(described)

    routes = [
        Route(CHILDREN_PATH, metrics.counted("children", children.receive), methods=["POST"]),
        Route("/openapi.json", openapi, methods=["GET"]),
        Route("/metrics", metrics.tell, methods=["GET"]),
        Route("/health", _health, methods=["GET"]),
        Route("/ready", _ready(is_ready), methods=["GET"]),
    ]
    if tokens is not None:
        routes.append(Route(TOKEN_PATH, metrics.counted("token", _token(tokens)), methods=["POST"]))
    return Starlette(routes=routes, exception_handlers={HTTPException: _as_problem, Exception: _unexpected})


def _token(tokens: TokenServer) -> Endpoint:
    async def token(request: Request) -> Response:
        form = bytearray()
        async for chunk in request.stream():
            form += chunk
            if len(form) > _LONGEST_FORM:
                return problem(413, f"the form is longer than {_LONGEST_FORM} bytes; send four fields")
        try:
            said = dict(parse_qsl(form.decode("ascii"), max_num_fields=_MOST_FORM_FIELDS))
        except ValueError:
            return problem(400, "the form cannot be read; send four fields, URL-encoded")
        return await run_in_threadpool(tokens.token, said, request.headers)

    return token


async def _health(request: Request) -> Response:
    """The process answers."""
    del request
    return JSONResponse({"status": "ok"})


def _ready(is_ready: Callable[[], bool]) -> Callable[[Request], object]:
    def ready(request: Request) -> Response:
        del request
        if is_ready():
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
    return problem(500, "something went wrong here; nothing of the request counts; send it again later")
