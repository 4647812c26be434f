"""Requests to an ASGI application as a server hands them over, with nothing tidied on the way: clients mend paths."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

Headers = Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Headers and body, as one text to look for things in."""
        return f"{self.status} {self.headers} {self.body.decode('utf-8', 'replace')}"

    def json(self) -> Any:
        """The body."""
        return json.loads(self.body)


async def answer_to(app: Any, target: str, headers: Headers, body: bytes = b"", method: str = "POST") -> Answered:
    """The answer to a request for that target, which may hold anything that fits on a request line."""
    raw_path, _, query = target.partition("?")
    said = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    if body and b"content-length" not in dict(said):
        said.append((b"content-length", b"%d" % len(body)))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(raw_path),
        "raw_path": raw_path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": said,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
        "state": {},
    }
    sent: list[dict[str, Any]] = []
    pieces = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> dict[str, Any]:
        return next(pieces, {"type": "http.disconnect"})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start = next(message for message in sent if message["type"] == "http.response.start")
    content = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    return Answered(start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, content)


def answered(app: Any, target: str, headers: Headers, body: bytes = b"", method: str = "POST") -> Answered:
    """The same, where nothing else is going on."""
    return asyncio.run(answer_to(app, target, headers, body, method))
