"""What the receiver serves, as an OpenAPI document made from our own models. The schema of a child is handed in.

Here are the document as a whole and the path that takes batches; the other paths are in openapi_service.py.
"""

from collections.abc import Mapping
from typing import Any

from assets.submissions.envelope import MAX_RECORDS
from receiver.openapi_parts import CLOSE, RETRY_AFTER, header, json_of, problem_schema, refusal, refusals, to_schema
from receiver.openapi_service import service_paths, service_schemas

CHILDREN = "/children_social_care_data/{la_code}/children"
_RECEIPT = r"^\d{4}-\d{2}-\d{2}_\d{2}:\d{2}:\d{2}\.\d{2}_[0-9a-f-]{36}\.json$"
_CHALLENGE = header("How to prove who sends", {"const": "Bearer"})
_REFUSALS = {
    "400": refusal("The batch is not fit to be stored, and none of it was. Records at fault are named by their index."),
    "401": refusal("No token, or one that is not good here", {"WWW-Authenticate": _CHALLENGE}),
    "403": refusal("The token, the key, the authority in the path and the environment do not belong together"),
    "404": refusal("No such path; before this one stands the path of an environment, and the code is one part of it"),
    "408": refusal("The body did not arrive in time", {"Connection": CLOSE}),
    "413": refusal("More children, or more bytes, than a batch may have", {"Connection": CLOSE}),
    "415": refusal("Not plain JSON in UTF-8"),
    "429": refusal("Too many requests", {"Retry-After": RETRY_AFTER}),
    "503": refusal("Nothing can be taken just now, and nothing of the batch counts", {"Retry-After": RETRY_AFTER}),
} | refusals(405, 500)

_OF_A_BODY = ("400", "408", "413", "415")
_LA_CODE = {"name": "la_code", "in": "path", "required": True, "schema": {"type": "string", "pattern": r"^\d{3}$"}}


def document(child: Mapping[str, Any], token_path: str | None, base_paths: Mapping[str, str]) -> dict[str, Any]:
    """The document: batches go to a server for each environment; tokens, where they are given out, and the rest to one.

    child: JSON Schema of a child record, with its definitions in `$defs`.
    """
    definitions = {name: _moved(said) for name, said in child.get("$defs", {}).items()}
    record = _moved({name: said for name, said in child.items() if name != "$defs"})
    schemas = definitions | {"Receipts": _receipts(), "Problem": problem_schema()} | service_schemas(token_path)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Children's social care receiver", "version": "1.0.1"},
        "servers": [{"url": path, "description": environment} for environment, path in base_paths.items()],
        "paths": {CHILDREN: {"post": _post(record), "get": _get()}} | service_paths(token_path),
        "components": {"schemas": schemas, "securitySchemes": _security(token_path)},
    }


def _post(child: Mapping[str, Any]) -> dict[str, Any]:
    batch = {"type": "array", "minItems": 0, "maxItems": MAX_RECORDS, "items": child}
    taken = {"description": "A receipt for each child, in order", "content": json_of(to_schema("Receipts"))}
    return {
        "operationId": "sendChildren",
        "summary": "Send a batch of children",
        "security": [{"token": [], "supplierKey": []}],
        "parameters": [_LA_CODE],
        "requestBody": {"required": True, "content": json_of(batch)},
        "responses": {"200": taken, "204": {"description": "An empty array was taken"}} | _REFUSALS,
    }


def _get() -> dict[str, Any]:
    allowed = {"204": {"description": "Who asks may send here now"}}
    return {
        "operationId": "checkCredentials",
        "summary": "Ask whether token and key may send here; nothing is sent",
        "security": [{"token": [], "supplierKey": []}],
        "parameters": [_LA_CODE],
        "responses": allowed | {status: _REFUSALS[status] for status in _REFUSALS if status not in _OF_A_BODY},
    }


def _receipts() -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "maxItems": MAX_RECORDS, "items": {"type": "string", "pattern": _RECEIPT}}


def _security(token_path: str | None) -> dict[str, Any]:
    key = {"type": "apiKey", "in": "header", "name": "SupplierKey"}
    if token_path is None:
        return {"token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}, "supplierKey": key}
    flow = {"tokenUrl": token_path, "scopes": {}}
    return {
        "token": {"type": "oauth2", "flows": {"clientCredentials": flow}},
        "supplierKey": key,
        "client": {
            "type": "http",
            "scheme": "basic",
            "description": "Id and secret, instead of in the form",
        },
    }


def _moved(said: Any) -> Any:
    """The same, with references into the document's own place for schemas."""
    if isinstance(said, Mapping):
        return {name: _moved(each) for name, each in said.items()}
    if isinstance(said, list):
        return [_moved(each) for each in said]
    return said.replace("#/$defs/", "#/components/schemas/") if isinstance(said, str) else said
