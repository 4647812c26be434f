"""The parquet lake: entity frames by partition, replaced whole.

A partition (`records/day=2026-03-31/stream=204-d2i`, `returns/return=204-cin-2026`) is what its manifest lists and
nothing else. A writer adds part files under new names, then swaps the manifest in one rename, so a reader never sees
half a partition, and a crash leaves the last good one. What is in the frames is the business of the stages.
"""

import io
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from assets.files import FileStore
from quality.schemas.entities import empty, schema_of
from quality.schemas.frames import checked

MANIFEST = "_manifest.json"


@dataclass
class PartitionWriter:
    """Collects the part files of one partition; nothing is visible until the lake commits it."""

    files: FileStore
    partition: str
    parts: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    note: dict[str, str] = field(default_factory=dict)  # what the partition was made from; kept in the manifest

    def append(self, frames: Mapping[str, pl.DataFrame], *, proven: bool = False) -> None:
        """Check each frame against its table's schema and write it as one more part; empty frames write nothing.

        proven: the frames are slices of ones already checked. A check costs some 7 ms a table whatever its size, which
        over a backfill's partitions is more than all other work on them.
        """
        named = {f"{table}-{uuid.uuid4().hex}.parquet": table for table, frame in frames.items() if frame.height}
        if not proven:
            for table in named.values():
                checked(table, frames[table])
        self.files.write_all((f"{self.partition}/{name}", _parquet(frames[table])) for name, table in named.items())
        for name, table in named.items():
            self.parts.setdefault(table, []).append(name)
            self.rows[table] = self.rows.get(table, 0) + frames[table].height


def _parquet(frame: pl.DataFrame) -> bytes:
    """A frame as a parquet file. The types are in the tables' schemas, so readers need no Arrow schema in the file.

    Arrow's writer, because polars' costs half as much again for a big frame, and twice as much for one of 500 rows.
    Keys, hashes and ids are all different, and zstd at level 1 halves them. For the rest lz4 does as well, and zstd
    takes longer to set up for a small column than to compress it. Looking for repeats (dictionaries) costs more than
    it saves.
    """
    table = frame.to_arrow(compat_level=pl.CompatLevel.newest())
    long = {name for name in table.column_names if name.endswith(_LONG) and name != "source_id"}
    target = pa.BufferOutputStream()
    pq.write_table(
        table,
        target,
        compression={name: "zstd" if name in long else "lz4" for name in table.column_names},
        compression_level=dict.fromkeys(long, 1) or None,
        use_dictionary=False,
        write_statistics=False,
        store_schema=False,
        row_group_size=_ROW_GROUP,
    )
    content: bytes = target.getvalue().to_pybytes()
    return content


# How the names of columns of keys, hashes and ids end.
_LONG = ("_key", "_hash", "_id")
_ROW_GROUP = 122_880  # DuckDB's own, so that its threads share a big file


class Lake:
    """Reads and replaces partitions under one folder or object store URL."""

    def __init__(self, url: str | Path) -> None:
        self.files = FileStore(url)

    @contextmanager
    def replacing(self, partition: str) -> Iterator[PartitionWriter]:
        """Write a partition part by part; on leaving without an error it becomes the partition, whole."""
        before = self._manifest(partition)
        writer = PartitionWriter(self.files, partition)
        yield writer
        manifest = {"parts": writer.parts, "rows": writer.rows, "note": writer.note}
        self.files.write(f"{partition}/{MANIFEST}", json.dumps(manifest, sort_keys=True).encode())
        for names in (before or {"parts": {}})["parts"].values():
            for name in names:
                self.files.delete(f"{partition}/{name}")

    def replace(self, partition: str, frames: Mapping[str, pl.DataFrame]) -> dict[str, int]:
        """Replace a partition by these frames; returns rows by table."""
        with self.replacing(partition) as writer:
            writer.append(frames)
        return writer.rows

    def remove(self, partition: str) -> None:
        """Take a partition away: first the manifest, so that no reader sees a part of it."""
        self.files.delete(f"{partition}/{MANIFEST}")
        self.files.delete(partition)

    def partitions(self, under: str) -> list[str]:
        """Every committed partition below a folder of the lake, sorted."""
        return [key.removesuffix(f"/{MANIFEST}") for key in self.files.walk(under) if key.endswith(f"/{MANIFEST}")]

    def rows(self, partition: str) -> dict[str, int]:
        """Rows by table, from the manifest; empty when the partition does not exist."""
        manifest = self._manifest(partition)
        return dict(manifest["rows"]) if manifest else {}

    def note(self, partition: str) -> dict[str, str]:
        """What the writer noted about where the partition came from; empty when the partition does not exist."""
        manifest = self._manifest(partition)
        return dict(manifest.get("note", {})) if manifest else {}

    def parts(self, partition: str, table: str) -> list[str]:
        """Full paths of the part files of one table of a partition."""
        manifest = self._manifest(partition)
        names = manifest["parts"].get(table, []) if manifest else []
        return [self.files.path(f"{partition}/{name}") for name in names]

    def read(self, partitions: str | Iterable[str], table: str) -> pl.DataFrame:
        """One table of one or several partitions as a frame; no rows, rightly typed, where there are none."""
        wanted = [partitions] if isinstance(partitions, str) else list(partitions)
        found = [self._read_part(path) for partition in wanted for path in self.parts(partition, table)]
        return pl.concat(found).select(list(schema_of(table))) if found else empty(table)

    def _read_part(self, path: str) -> pl.DataFrame:
        if self.files.is_local:
            return pl.read_parquet(path, hive_partitioning=False)
        return pl.read_parquet(io.BytesIO(self.files.fs.cat_file(path)))

    def _manifest(self, partition: str) -> dict[str, dict] | None:
        key = f"{partition}/{MANIFEST}"
        if not self.files.exists(key):
            return None
        manifest: dict[str, dict] = json.loads(self.files.read(key))
        return manifest


def day_partition(day: str, stream_id: str) -> str:
    """The lake partition of one stream's records of one submission day."""
    return f"records/day={day}/stream={stream_id}"


def return_partition(return_id: str) -> str:
    """The lake partition of one annual return."""
    return f"returns/return={return_id}"
