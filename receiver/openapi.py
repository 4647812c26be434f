"""What the receiver serves, as an OpenAPI document made from our own models. The schema of a child is handed in."""

from collections.abc import Mapping
from typing import Any

from assets.submissions.envelope import MAX_RECORDS
from receiver.problems import MEDIA_TYPE

CHILDREN = "/children_social_care_data/{la_code}/children"
_RECEIPT = r"^\d{4}-\d{2}-\d{2}_\d{2}:\d{2}:\d{2}\.\d{2}_[0-9a-f-]{36}\.json$"
_REFUSALS = {
    400: "Something is wrong with the batch; none of it was stored. Records at fault are named by their index.",
    401: "No token, or one that is not good here",
    403: "The token, the key, the authority in the path and the environment do not belong together",
    408: "The body did not arrive in time",
    413: "More children, or more bytes, than a batch may have",
    415: "Not plain JSON in UTF-8",
    429: "Too many requests; Retry-After says when to send again",
    503: "The batch could not be stored; Retry-After says when to send again",
}


def document(child: Mapping[str, Any], token_path: str | None, base_paths: Mapping[str, str]) -> dict[str, Any]:
    """The document: one path on a server for each environment, and the token endpoint where there is one.

    child: JSON Schema of a child record, with its definitions in `$defs`.
    """
    definitions = {name: _moved(said) for name, said in child.get("$defs", {}).items()}
    schemas = definitions | {"Receipts": _receipts(), "Problem": _problem()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Children's social care receiver", "version": "1.0.1"},
        "servers": [{"url": path, "description": environment} for environment, path in base_paths.items()],
        "paths": {CHILDREN: {"post": _post(_moved({name: said for name, said in child.items() if name != "$defs"}))}},
        "components": {"schemas": schemas, "securitySchemes": _security(token_path)},
    }


def _post(child: Mapping[str, Any]) -> dict[str, Any]:
    batch = {"type": "array", "minItems": 0, "maxItems": MAX_RECORDS, "items": child}
    refusals = {
        str(status): {"description": text, "content": {MEDIA_TYPE: {"schema": _to("Problem")}}}
        for status, text in _REFUSALS.items()
    }
    taken = {"description": "A receipt for each child, in order", "content": _json(_to("Receipts"))}
    return {
        "operationId": "sendChildren",
        "summary": "Send a batch of children",
        "security": [{"token": [], "supplierKey": []}],
        "parameters": [
            {
                "name": "la_code",
                "in": "path",
                "required": True,
                "schema": {"type": "string", "pattern": r"^\d{3}$"},
            }
        ],
        "requestBody": {"required": True, "content": _json(batch)},
        "responses": {"200": taken, "204": {"description": "An empty array was taken"}} | refusals,
    }


def _receipts() -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "maxItems": MAX_RECORDS, "items": {"type": "string", "pattern": _RECEIPT}}


def _problem() -> dict[str, Any]:
    text = {"type": "string"}
    error = {"type": "object", "required": ["rule", "message"], "properties": dict.fromkeys(_ERROR_PARTS, text)}
    told = {"type": text, "title": text, "status": {"type": "integer"}, "detail": text}
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": told | {"errors": {"type": "array", "items": error}},
    }


_ERROR_PARTS = ("record", "rule", "message")


def _security(token_path: str | None) -> dict[str, Any]:
    key = {"type": "apiKey", "in": "header", "name": "SupplierKey"}
    if token_path is None:
        return {"token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}, "supplierKey": key}
    flow = {"tokenUrl": token_path, "scopes": {}}
    return {"token": {"type": "oauth2", "flows": {"clientCredentials": flow}}, "supplierKey": key}


def _moved(said: Any) -> Any:
    """The same, with references into the document's own place for schemas."""
    if isinstance(said, Mapping):
        return {name: _moved(each) for name, each in said.items()}
    if isinstance(said, list):
        return [_moved(each) for each in said]
    return said.replace("#/$defs/", "#/components/schemas/") if isinstance(said, str) else said


def _to(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _json(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
