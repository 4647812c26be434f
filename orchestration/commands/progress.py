"""How far a long command is, on standard error: a line that moves in a terminal, else a line now and then."""

import time
from types import TracebackType

from rich.console import Console
from rich.markup import escape
from rich.status import Status

_SECONDS_BETWEEN_LINES = 2.0


class Progress:
    """Called with what is being done; a context, at the end of which the moving line is gone."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._status = Status("starting", console=console) if console.is_terminal else None
        self._last_line = time.monotonic()

    def __enter__(self) -> "Progress":
        if self._status:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status:
            self._status.stop()

    def __call__(self, doing: str) -> None:
        """Show what is being done."""
        if self._status:
            self._status.update(escape(doing))
            return
        now = time.monotonic()
        if now - self._last_line >= _SECONDS_BETWEEN_LINES:
            self._last_line = now
            self._console.print(doing, markup=False)

    def note(self, text: str) -> None:
        """Something to be kept in sight."""
        self._console.print(text, markup=False)
