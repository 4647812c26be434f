"""Connections on which a request's head must come to an end: uvicorn's own take headers of any length, for any time."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_HEAD = 65_536
HEAD_SECONDS = 20.0


class BoundedHeads(HttpToolsProtocol):
    """uvicorn's protocol, which gives up a connection when a request's line and headers are too long or too slow."""

    largest_head, head_seconds = LARGEST_HEAD, HEAD_SECONDS
    _in_head, _more = False, 0
    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A connection on which nothing is said is given up as well."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """A request begins: its head is waited for, and counted from the next piece on."""
        self._in_head, self._more = True, 0
        if self._patience is None:
            self._await_head()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Its head has come; the body has limits of its own."""
        self._in_head = False
        self._stop_waiting()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """A piece, of at most what is read from a socket at once: the first of a head needs no counting."""
        went_on = self._in_head
        super().data_received(data)
        if went_on and self._in_head:
            self._more += len(data)
            if self._more > self.largest_head and not self.transport.is_closing():
                self.send_400_response("The request's headers are too long.")

    def _await_head(self) -> None:
        self._patience = self.loop.call_later(self.head_seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _give_up(self) -> None:
        self._patience = None
        if self.cycle is not None and not self.cycle.response_complete:
            self._await_head()  # an earlier request on this connection is still being answered
        elif not self.transport.is_closing():
            self.transport.close()
