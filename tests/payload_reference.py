"""What a payload must be, judged a second time: strict JSON, and a published schema, in plain Python.

Of JSON Schema it knows what the payload's schema uses, no more.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

_IS = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
}


class NotStrictJsonError(ValueError):
    """Bytes that only a lax parser would take for JSON."""


def read_strictly(raw: bytes) -> Any:
    """One JSON value: UTF-8, no constants of other languages, no property twice, no half characters."""
    try:
        value = json.loads(raw.decode(), object_pairs_hook=_once_each, parse_constant=_refuse)
        json.dumps(value, ensure_ascii=False).encode()
    except (UnicodeError, json.JSONDecodeError, RecursionError) as error:
        raise NotStrictJsonError from error
    return value


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise NotStrictJsonError
    return dict(pairs)


def _refuse(_: str) -> None:
    raise NotStrictJsonError


def breaches(schema: dict[str, Any], value: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """The path of every place where a value is not as the schema asks."""
    if not _IS[schema["type"]](value):
        yield ".".join(path)
        return
    if isinstance(value, dict):
        properties = schema["properties"]
        yield from (".".join((*path, name)) for name in schema.get("required", ()) if name not in value)
        yield from (".".join(path) for name in value if name not in properties)
        for name in value.keys() & properties.keys():
            yield from breaches(properties[name], value[name], (*path, name))
    elif isinstance(value, list):
        twice = schema.get("uniqueItems") and any(item in value[:place] for place, item in enumerate(value))
        if twice or len(value) > schema.get("maxItems", len(value)):
            yield ".".join(path)
        for place, item in enumerate(value):
            yield from breaches(schema["items"], item, (*path, f"#{place}"))
    elif isinstance(value, str) and not _is_such_text(schema, value):
        yield ".".join(path)


def _is_such_text(schema: dict[str, Any], text: str) -> bool:
    pattern = schema.get("pattern", "").replace("$", r"\Z")
    return (
        schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", len(text))
        and re.search(pattern, text) is not None
        and (schema.get("format") != "date" or _is_date(text))
    )


def _is_date(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False
