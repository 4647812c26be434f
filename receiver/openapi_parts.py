"""What the paths of the OpenAPI document have in common: refusals as problem details, their headers, references."""

from collections.abc import Mapping
from typing import Any

from receiver.problems import MEDIA_TYPE


def header(description: str, schema: Mapping[str, Any], *, required: bool = True) -> dict[str, Any]:
    """A header of an answer: text, of which the schema says more."""
    return {"description": description, "required": required, "schema": {"type": "string"} | dict(schema)}


RETRY_AFTER = header("Seconds to wait before sending again", {"type": "integer", "minimum": 1})
CLOSE = header("That the rest of the body is not read", {"const": "close"}, required=False)
_ALLOW = header("The methods that the path takes", {"minLength": 1})
# What every path may answer; a path says more where there is more to say.
_ANYWHERE: dict[int, tuple[str, dict[str, Any]]] = {
    405: ("Another method than the path takes", {"Allow": _ALLOW}),
    500: ("A fault of the receiver's own; nothing of the request counts", {}),
}


def refusal(description: str, headers: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """An answer with problem details."""
    said: dict[str, Any] = {"description": description, "content": {MEDIA_TYPE: {"schema": to_schema("Problem")}}}
    return said | {"headers": dict(headers)} if headers else said


def refusals(*statuses: int) -> dict[str, Any]:
    """Those that read the same at every path."""
    return {str(status): refusal(*_ANYWHERE[status]) for status in statuses}


def problem_schema() -> dict[str, Any]:
    """Problem details, with the faults of a batch one by one."""
    text = {"type": "string"}
    parts = {
        "record": {"type": "string", "pattern": r"^\[\d+\]$"},
        "rule": {"type": "string", "pattern": r"^CSC-\d{3}$"},
        "message": text,
    }
    error = {"type": "object", "required": ["rule", "message"], "properties": parts}
    told = {"type": text, "title": text, "status": {"type": "integer"}, "detail": text}
    return {
        "type": "object",
        "required": list(told),
        "properties": told | {"errors": {"type": "array", "items": error}},
    }


def to_schema(name: str) -> dict[str, str]:
    """A reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def json_of(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Content that is JSON of that schema."""
    return {"application/json": {"schema": schema}}
