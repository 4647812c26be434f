"""Writing partitions of one folder of the lake, part file by part file. Nothing counts until the lake commits it."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from assets.files import FileStore
from assets.lake_manifest import Member, Part
from assets.parquet_parts import as_parquet
from quality.schemas.frames import checked


@dataclass
class FolderWriter:
    """Collects the part files of partitions of one folder; nothing is visible until the lake commits it."""

    files: FileStore
    folder: str
    parts: list[Part] = field(default_factory=list)
    members: dict[str, Member] = field(default_factory=dict)

    def append(self, frames: Mapping[str, pl.DataFrame], members: Iterable[str], *, proven: bool = False) -> None:
        """Check each frame against its table's schema and write it as one more part; empty frames write nothing.

        members: whose rows they are, by source_id where there are several.
        proven: the frames are slices of ones already checked. A check costs some 7 ms a table whatever its size, which
        over a backfill's partitions is more than all other work on them.
        """
        of = tuple(members)
        for member in of:
            self.members.setdefault(member, Member())
        fresh: list[tuple[Part, pl.DataFrame]] = []
        for table, frame in frames.items():
            if not frame.height:
                continue
            if not proven:
                checked(table, frame)
            counts = self._counts(frame, of)
            part = Part(table, f"{table}-{uuid.uuid4().hex}.parquet", tuple(counts))
            fresh.append((part, frame))
            for member, count in counts.items():
                rows = self.members[member].rows
                rows[table] = rows.get(table, 0) + count
        self.files.write_all((f"{self.folder}/{part.name}", as_parquet(frame)) for part, frame in fresh)
        self.parts += [part for part, _ in fresh]

    def leave_out(self, member: str) -> None:
        """Take a partition back that is not to be replaced after all."""
        self.members.pop(member, None)

    @staticmethod
    def _counts(frame: pl.DataFrame, members: tuple[str, ...]) -> dict[str, int]:
        if len(members) == 1:
            return {members[0]: frame.height}
        return dict(frame["source_id"].value_counts().sort("source_id").iter_rows())


@dataclass
class PartitionWriter:
    """The writer of a single partition."""

    folder: FolderWriter
    member: str

    def append(self, frames: Mapping[str, pl.DataFrame], *, proven: bool = False) -> None:
        """See FolderWriter.append."""
        self.folder.append(frames, [self.member], proven=proven)

    @property
    def rows(self) -> dict[str, int]:
        """Rows written so far, by table."""
        return self.folder.members[self.member].rows

    @property
    def note(self) -> dict[str, str]:
        """What the partition was made from; kept in the manifest."""
        return self.folder.members[self.member].note

    @note.setter
    def note(self, note: dict[str, str]) -> None:
        self.folder.members[self.member].note = note
