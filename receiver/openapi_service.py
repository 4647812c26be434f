"""What the OpenAPI document says of all that is served beside the batches: tokens, health, figures, the document.

These paths stand at the root, whatever the environment.
"""

from collections.abc import Mapping
from typing import Any

from receiver.openapi_parts import CLOSE, RETRY_AFTER, header, json_of, refusal, refusals, to_schema

OPENAPI, METRICS, HEALTH, READY = "/openapi.json", "/metrics", "/health", "/ready"

_TEXT = {"type": "string"}
_ROOT = [{"url": "/"}]
# The letters of which RFC 6749 allows the description of an error.
_DESCRIPTION = r"^[\x20-\x21\x23-\x5B\x5D-\x7E]+$"
_NOT_KEPT = {"Cache-Control": header("That nobody keeps the answer", {"const": "no-store"})}
_CHALLENGE = {"WWW-Authenticate": header("How to prove who asks", {"pattern": "^Basic "})}
_ERRORS = [
    "invalid_request",
    "invalid_client",
    "invalid_scope",
    "unauthorized_client",
    "unsupported_grant_type",
    "temporarily_unavailable",
]


def service_paths(token_path: str | None) -> dict[str, Any]:
    """The paths, with that of the token endpoint where there is one."""
    not_ready = {"503": refusal("Batches cannot be stored just now", {"Retry-After": RETRY_AFTER})}
    paths = {
        OPENAPI: _get("describe", "This document", json_of(_object(openapi=_TEXT, info={}, paths={}))),
        METRICS: _get("figures", "Figures for Prometheus", {"text/plain": {"schema": _TEXT}}),
        HEALTH: _get("health", "Whether the receiver answers", json_of(_object(status={"const": "ok"}))),
        READY: _get("ready", "Whether batches can be stored", json_of(_object(status={"const": "ready"})), not_ready),
    }
    return paths | ({token_path: {"servers": _ROOT, "post": _token()}} if token_path else {})


def service_schemas(token_path: str | None) -> dict[str, Any]:
    """The schemas that the paths refer to."""
    if token_path is None:
        return {}
    token = _object(access_token=_TEXT, token_type={"const": "Bearer"}, expires_in={"type": "integer", "minimum": 1})
    error = _object(error={"enum": _ERRORS})
    token["properties"] |= {"scope": _TEXT}
    error["properties"] |= {"error_description": {"type": "string", "pattern": _DESCRIPTION}}
    return {"Token": token, "TokenError": error}


def _get(
    operation: str, summary: str, content: Mapping[str, Any], more: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    answers = {"200": {"description": summary, "content": content}} | dict(more or {}) | refusals(405, 500)
    return {"servers": _ROOT, "get": {"operationId": operation, "summary": summary, "responses": answers}}


def _token() -> dict[str, Any]:
    return {
        "operationId": "askForToken",
        "summary": "Ask for a token (OAuth 2.0, client credentials)",
        "security": [{}, {"client": []}],
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": _form()}}},
        "responses": _token_answers() | refusals(405, 500),
    }


def _token_answers() -> dict[str, Any]:
    close = {"Connection": CLOSE}
    unfit = refusal("A form that cannot be read (problem details), or that asks for what is not given (OAuth)", close)
    unfit["content"] |= json_of(to_schema("TokenError"))
    return {
        "200": _kept_nowhere("A token", "Token"),
        "400": unfit,
        "401": _kept_nowhere("Nobody has proven to be a client", "TokenError", _CHALLENGE),
        "408": refusal("The form did not arrive in time", close),
        "413": refusal("A form that is too long", close),
        "429": _kept_nowhere("Too many wrong secrets", "TokenError", {"Retry-After": RETRY_AFTER}),
        "503": refusal("No tokens can be given just now", {"Retry-After": RETRY_AFTER}),
    }


def _kept_nowhere(description: str, schema: str, headers: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {
        "description": description,
        "content": json_of(to_schema(schema)),
        "headers": _NOT_KEPT | dict(headers or {}),
    }


def _form() -> dict[str, Any]:
    form = _object(grant_type={"const": "client_credentials"})
    form["properties"] |= {"client_id": _TEXT, "client_secret": _TEXT, "scope": _TEXT}
    return form | {"additionalProperties": _TEXT}


def _object(**properties: Mapping[str, Any]) -> dict[str, Any]:
    """An object that has these, and may have more."""
    return {"type": "object", "required": list(properties), "properties": dict(properties)}
