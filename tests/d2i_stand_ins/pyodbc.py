"""Stands in for the ODBC driver of the Data to Insight client: the same calls, on a SQLite file as its database."""

import sqlite3


class Cursor:
    """Runs statements with their values one after another, as ODBC takes them."""

    def __init__(self, inner: sqlite3.Cursor) -> None:
        self._inner = inner

    def __enter__(self) -> "Cursor":
        return self

    def __exit__(self, *_: object) -> None:
        self._inner.close()

    @property
    def description(self) -> object:
        """Columns of the last result."""
        return self._inner.description

    def execute(self, statement: str, *values: object) -> "Cursor":
        """Run one statement; TOP, which SQLite does not have, is left out."""
        self._inner.execute(statement.replace("TOP 0 ", ""), values)
        return self

    def fetchall(self) -> list[tuple]:
        """All rows that are left."""
        return self._inner.fetchall()

    def fetchone(self) -> tuple | None:
        """The next row."""
        row: tuple | None = self._inner.fetchone()
        return row


class Connection:
    """One database file."""

    def __init__(self, path: str) -> None:
        self._inner = sqlite3.connect(path)

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def cursor(self) -> Cursor:
        """A new cursor."""
        return Cursor(self._inner.cursor())

    def commit(self) -> None:
        """Keep what was done."""
        self._inner.commit()

    def close(self) -> None:
        """Let go of the file."""
        self._inner.close()


def connect(path: str, timeout: int = 0) -> Connection:
    """The connection text is the path of the file."""
    del timeout
    return Connection(path)
