"""The parquet lake: entity frames by partition, replaced whole.

A partition (`records/day=2026-03-31/stream=204-d2i`, `returns/return=204-cin-2026`) is what the manifest of its
folder lists and nothing else. Partitions of one day share part files. A writer adds part files under new names, then
swaps the manifest in one rename, so a reader never sees half a partition, and a crash leaves the last good one. Two
writers of one folder take turns; an object store has no lock, so there one run at a time writes a day. What is in the
frames is the business of the stages.
"""

import io
import json
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import polars as pl

from assets.files import FileStore
from assets.lake_manifest import LOADED, MANIFEST, WHOLE, Manifest, Member, Part, by_folder, located, partition_of
from assets.lake_writing import FolderWriter, PartitionWriter
from assets.locks import locked
from assets.parquet_parts import as_parquet
from quality.schemas.entities import empty, schema_of

_LOCKS = ".locks"


@dataclass(frozen=True)
class Selection:
    """Part files of one table, and of which sources their rows are wanted; None means all that is in them."""

    paths: tuple[str, ...]
    sources: tuple[str, ...] | None


class Lake:
    """Reads and replaces partitions under one folder or object store URL."""

    def __init__(self, url: str | Path) -> None:
        self.files = FileStore(url)

    @contextmanager
    def replacing(self, partition: str) -> Iterator[PartitionWriter]:
        """Write a partition part by part; on leaving without an error it becomes the partition, whole."""
        folder, member = located(partition)
        with self.replacing_in(folder) as writer:
            writer.members[member] = Member()
            yield PartitionWriter(writer, member)

    @contextmanager
    def replacing_in(self, folder: str) -> Iterator[FolderWriter]:
        """Write several partitions of a folder together; on leaving without an error each becomes what was written.

        The folder's other partitions stay. What earlier writers left behind without committing it is deleted.
        """
        with self._lock(folder):
            before = self._manifest(folder)
            self._sweep(folder, before)
            writer = FolderWriter(self.files, folder)
            yield writer
            self._commit(folder, before, writer)

    def replace(self, partition: str, frames: Mapping[str, pl.DataFrame]) -> dict[str, int]:
        """Replace a partition by these frames; returns rows by table."""
        with self.replacing(partition) as writer:
            writer.append(frames)
        return writer.rows

    def remove(self, partition: str) -> None:
        """Take a partition away."""
        folder, member = located(partition)
        self.remove_in(folder, [member])

    def remove_in(self, folder: str, members: Iterable[str]) -> None:
        """Take partitions of a folder away; the folder goes with the last of them."""
        with self._lock(folder):
            before = self._manifest(folder)
            self._commit(folder, before, FolderWriter(self.files, folder), without=members)

    def partitions(self, under: str) -> list[str]:
        """Every committed partition below a folder of the lake, sorted."""
        folders = (key.removesuffix(f"/{MANIFEST}") for key in self.files.walk(under) if key.endswith(f"/{MANIFEST}"))
        return sorted(partition_of(folder, member) for folder in folders for member in self._manifest(folder).members)

    def days(self) -> list[str]:
        """Submission days (ISO) that have a folder."""
        return [name.removeprefix("day=") for name in self.files.names("records") if name.startswith("day=")]

    def members(self, folder: str) -> dict[str, Member]:
        """The partitions of one folder, by the name that each has in it."""
        return self._manifest(folder).members

    def written(self, folder: str) -> dict[str, str]:
        """Which writing of each member of the folder is there now."""
        return {name: member.written for name, member in self.members(folder).items()}

    def note_loaded(self, folder: str, written: Mapping[str, str]) -> None:
        """Write down which writing of its members the warehouse has taken in; theirs alone, if only some are named."""
        if written:
            with self._lock(folder):
                loaded = {**self._loaded(folder), **written}
                manifest = self._manifest_file(folder)
                if _lacking(loaded, manifest):
                    loaded.pop(WHOLE, None)
                else:
                    loaded[WHOLE] = _digest(manifest)
                self.files.write(f"{folder}/{LOADED}", json.dumps(loaded, sort_keys=True).encode())

    def not_loaded(self, folder: str) -> set[str]:
        """Members of the folder that were written since the warehouse last took it in.

        Years of days are asked this every day, so a folder that was taken in whole is known by its manifest's bytes.
        """
        loaded, manifest = self._loaded(folder), self._manifest_file(folder)
        return set() if loaded.get(WHOLE) == _digest(manifest) else _lacking(loaded, manifest)

    def rows(self, partition: str) -> dict[str, int]:
        """Rows by table, from the manifest; empty when the partition does not exist."""
        return dict(self._member(partition).rows)

    def note(self, partition: str) -> dict[str, str]:
        """What the writer noted about where the partition came from; empty when the partition does not exist."""
        return dict(self._member(partition).note)

    def parts(self, partition: str, table: str) -> list[str]:
        """Full paths of the part files with rows of one table of a partition; others' rows may be in them too."""
        folder, member = located(partition)
        return [self._path(folder, part) for part in self._manifest(folder).parts_of([member], table)]

    def select(self, partitions: Iterable[str], tables: Iterable[str]) -> dict[str, list[Selection]]:
        """By table, the part files that hold rows of these partitions, and which of their rows are these."""
        chosen: dict[str, dict[tuple[str, ...] | None, list[str]]] = {table: {} for table in tables}
        for folder, members in by_folder(partitions).items():
            wanted = set(members)
            for part in self._manifest(folder).parts_of(wanted):
                if part.table in chosen:
                    of = None if wanted.issuperset(part.members) else tuple(sorted(wanted.intersection(part.members)))
                    chosen[part.table].setdefault(of, []).append(self._path(folder, part))
        return {
            table: [Selection(tuple(paths), sources) for sources, paths in found.items()]
            for table, found in chosen.items()
        }

    def read(self, partitions: str | Iterable[str], table: str, columns: Sequence[str] | None = None) -> pl.DataFrame:
        """One table of one or several partitions as a frame; no rows, rightly typed, where there are none.

        columns: those wanted (default all).
        """
        names = list(columns or schema_of(table))
        wanted = [partitions] if isinstance(partitions, str) else list(partitions)
        found = [
            self.read_part(path, selection.sources, {*names, "source_id"}).select(names)
            for selection in self.select(wanted, [table])[table]
            for path in selection.paths
        ]
        return pl.concat(found) if found else empty(table).select(names)

    def read_part(
        self, path: str, sources: Iterable[str] | None, columns: Collection[str] | None = None
    ) -> pl.DataFrame:
        """The rows of a part file, of these sources or (None) all, with these columns or (None) all."""
        wanted = None if columns is None else sorted(columns)
        if self.files.is_local:
            frame = pl.read_parquet(path, columns=wanted, hive_partitioning=False)
        else:
            frame = pl.read_parquet(io.BytesIO(self.files.fs.cat_file(path)), columns=wanted)
        return frame if sources is None else frame.filter(pl.col("source_id").is_in(list(sources)))

    def _commit(self, folder: str, before: Manifest, writer: FolderWriter, without: Iterable[str] = ()) -> None:
        """Make the folder what it was, less what is replaced or removed, and what the writer wrote."""
        gone = writer.members.keys() | set(without)
        kept = {name: member for name, member in before.members.items() if name not in gone}
        parts = [self._less(folder, part, gone) for part in before.parts]
        uncommitted = {name for part in writer.parts for name in part.members} - writer.members.keys()
        parts += [self._less(folder, part, uncommitted) for part in writer.parts]
        after = Manifest(kept | writer.members, [part for part in parts if part])
        if after.members:
            self.files.write(f"{folder}/{MANIFEST}", after.to_json())
            self._sweep(folder, after)
        else:
            self.files.delete(f"{folder}/{MANIFEST}")
            self.files.delete(folder)

    def _less(self, folder: str, part: Part, gone: Iterable[str]) -> Part | None:
        """The part without the rows of these members: itself, another file, or None where nothing is left."""
        left = tuple(member for member in part.members if member not in set(gone))
        if left == part.members or not left:
            return part if left else None
        fresh = Part(part.table, f"{part.table}-{uuid.uuid4().hex}.parquet", left)
        self.files.write(f"{folder}/{fresh.name}", as_parquet(self.read_part(self._path(folder, part), left)))
        return fresh

    def _sweep(self, folder: str, manifest: Manifest) -> None:
        """Delete what is in the folder and not in its manifest: replaced, or never committed."""
        listed = {MANIFEST, LOADED, *(part.name for part in manifest.parts)}
        for name in self.files.names(folder):
            if name not in listed:
                self.files.delete(f"{folder}/{name}")
        self.files.sweep(folder)

    def _path(self, folder: str, part: Part) -> str:
        return self.files.path(f"{folder}/{part.name}")

    def _member(self, partition: str) -> Member:
        folder, member = located(partition)
        return self._manifest(folder).members.get(member, Member())

    def _manifest(self, folder: str) -> Manifest:
        return Manifest.from_json(self._manifest_file(folder))

    def _manifest_file(self, folder: str) -> bytes:
        try:
            return self.files.read(f"{folder}/{MANIFEST}")
        except FileNotFoundError:
            return Manifest().to_json()

    def _loaded(self, folder: str) -> dict[str, str]:
        try:
            loaded: dict[str, str] = json.loads(self.files.read(f"{folder}/{LOADED}"))
        except FileNotFoundError:
            return {}
        return loaded

    def _lock(self, folder: str) -> AbstractContextManager[None]:
        if not self.files.is_local:
            return nullcontext()
        return locked(Path(self.files.path(f"{_LOCKS}/{folder.replace('/', '.')}.lock")))


def day_partition(day: str, stream_id: str) -> str:
    """The lake partition of one stream's records of one submission day."""
    return partition_of(day_folder(day), stream_id)


def day_folder(day: str) -> str:
    """The folder of a submission day's partitions."""
    return f"records/day={day}"


def return_partition(return_id: str) -> str:
    """The lake partition of one annual return."""
    return f"returns/return={return_id}"


def _lacking(loaded: Mapping[str, str], manifest: bytes) -> set[str]:
    """Members of a manifest of which another writing was loaded, or none."""
    members = Manifest.from_json(manifest).members
    return {name for name, member in members.items() if loaded.get(name) != member.written}


def _digest(manifest: bytes) -> str:
    return blake2b(manifest, digest_size=16).hexdigest()
