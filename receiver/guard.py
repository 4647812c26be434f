"""Headers that every answer carries: nothing of it is kept on the way, or taken for anything but what it says it is."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

GUARD = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class Guarded:
    """An application whose answers carry them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in GUARD.items():
                    headers[name] = value
            await send(message)

        await self._app(scope, receive, sending)
