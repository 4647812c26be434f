"""What became of each child, in a local file of the sender's own: receipt or error, so that a run can go on.

It holds the authority's own child ids, and belongs where those belong.
"""

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Self

from sender.children import Child

Status = Literal["accepted", "error"]

_TABLE = """
create table if not exists sent (
    la_child_id text not null,
    content text not null,
    status text not null,
    receipt text,
    error text,
    file text not null,
    position integer not null,
    at text not null,
    primary key (la_child_id)
)
"""


class Ledger:
    """The last known outcome of each child. A context manager; each note is on disk when it returns."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, timeout=60)
        self._connection.execute("pragma journal_mode=wal")
        self._connection.execute("pragma synchronous=full")
        self._connection.execute(_TABLE)
        self._connection.commit()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def is_accepted(self, child: Child) -> bool:
        """Whether this very content was the last that was accepted of the child."""
        found = self._connection.execute(
            "select 1 from sent where la_child_id = ? and content = ? and status = 'accepted'",
            (child.la_child_id, child.content),
        )
        return found.fetchone() is not None

    def note(
        self, outcomes: Iterable[tuple[Child, Status, str | None, str | None]], at: datetime | None = None
    ) -> None:
        """Write down outcomes: child, status, receipt, error."""
        moment = (at or datetime.now(UTC)).isoformat()
        rows = [
            (child.la_child_id, child.content, status, receipt, error, child.file, child.position, moment)
            for child, status, receipt, error in outcomes
        ]
        with self._connection:
            self._connection.executemany("insert or replace into sent values (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def errors(self) -> list[tuple[str, int, str]]:
        """Children that were refused: file, position, why."""
        found = self._connection.execute("select file, position, error from sent where status = 'error' order by 1, 2")
        return found.fetchall()
