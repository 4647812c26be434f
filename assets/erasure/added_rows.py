"""Rows that are only ever added: a small file each time, in several places at once, gathered when they become many.

What the rows say is the business of whoever keeps them.
"""

import io
import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime

import polars as pl

from assets.files import FileStore
from assets.submissions.moments import stamp

_GATHERED = "gathered_"
# In a gathered file: the file in which each row was first kept.
_KEPT_IN = "kept_in"
# A run reads every file once, at half a millisecond from a disk and some 30 from an object store.
_MANY = 64
_ATTEMPTS = 5


class AddedRows:
    """Rows of one schema, in one folder of each place. What any one of the places has counts.

    A place may be lost or put back to what it was: the others make up for it (heal). A run that dies while it gathers
    leaves rows in two files; they are told by the file in which they were first kept, and given once.
    """

    def __init__(self, folder: str, schema: dict[str, pl.DataType], places: Sequence[FileStore]) -> None:
        self._folder = folder
        self._schema = schema
        self._places = places
        self._read_before: dict[str, pl.DataFrame] = {}  # a file never changes

    def add(self, rows: pl.DataFrame, now: datetime) -> None:
        """Keep rows, durably in every place before this returns."""
        if rows.is_empty():
            return
        self._write(f"{stamp(now)}_{uuid.uuid4().hex}.parquet", rows)
        if sum(not name.startswith(_GATHERED) for name in self._names()) > _MANY:
            self._gather(now)

    def all(self) -> pl.DataFrame:
        """Every row, each once, as far as any place has it."""
        return self._rows(self._files()).drop(_KEPT_IN)

    def heal(self) -> None:
        """Copy to every place what another one has."""
        for name, having in self._names().items():
            for place in self._places:
                if place not in having:
                    place.write(self._key(name), having[0].read(self._key(name)))

    def drop(self, until: datetime) -> None:
        """Delete the files of rows added up to then: for what need not be kept once it has served."""
        self._delete(name for name in self._names() if _written(name) <= stamp(until))

    def _gather(self, now: datetime) -> None:
        files = self._files()
        self._write(f"{_GATHERED}{stamp(now)}_{uuid.uuid4().hex}.parquet", self._rows(files))
        self._delete(files)

    def _files(self) -> dict[str, pl.DataFrame]:
        """Every file's rows, each with the file in which it was first kept."""
        for _ in range(_ATTEMPTS):
            # another run may gather files between the listing and the reading of them
            with suppress(FileNotFoundError):
                self._read_before = {name: self._file(name, having[0]) for name, having in self._names().items()}
                return self._read_before
        raise OSError(f"{self._folder}: files vanish while they are read; end whatever deletes them, and run it again")

    def _file(self, name: str, place: FileStore) -> pl.DataFrame:
        if name in self._read_before:
            return self._read_before[name]
        rows = pl.read_parquet(io.BytesIO(place.read(self._key(name))))
        return rows if _KEPT_IN in rows.columns else rows.with_columns(pl.lit(name).alias(_KEPT_IN))

    def _rows(self, files: dict[str, pl.DataFrame]) -> pl.DataFrame:
        found = [pl.DataFrame(schema=self._schema | {_KEPT_IN: pl.String()})]
        given: set[str] = set()
        for name in sorted(files, key=lambda name: (not name.startswith(_GATHERED), name)):
            found.append(files[name].filter(~pl.col(_KEPT_IN).is_in(given)) if given else files[name])
            given |= set(files[name][_KEPT_IN])
        return pl.concat(found)

    def _names(self) -> dict[str, list[FileStore]]:
        """The files' names, sorted, and which places have each."""
        having: dict[str, list[FileStore]] = {}
        for place in self._places:
            for name in place.names(self._folder):
                having.setdefault(name, []).append(place)
        return dict(sorted(having.items()))

    def _write(self, name: str, rows: pl.DataFrame) -> None:
        buffer = io.BytesIO()
        rows.write_parquet(buffer)
        for place in self._places:
            place.write(self._key(name), buffer.getvalue())

    def _delete(self, names: Iterable[str]) -> None:
        for name in list(names):
            for place in self._places:
                with suppress(FileNotFoundError):
                    place.delete(self._key(name))

    def _key(self, name: str) -> str:
        return f"{self._folder}/{name}"


def _written(name: str) -> str:
    return name.removeprefix(_GATHERED).partition("_")[0]
