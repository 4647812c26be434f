"""What a folder of the lake consists of: its members, and the part files that hold their rows.

A folder (`records/day=2026-03-31`) has many members (`204-d2i`, ...), whose rows stand together in the folder's part
files: 150 streams with a table a file each would be two thousand files a day. Reading and writing files is in lake.py.
"""

import json
import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

MANIFEST = "_manifest.json"
LOADED = "_loaded.json"
WHOLE = "*"  # stands beside the members there, with the digest of a manifest all of which is loaded
_MEMBER = "/stream="


@dataclass(frozen=True)
class Part:
    """A part file of one table, and the members whose rows it holds."""

    table: str
    name: str
    members: tuple[str, ...]


@dataclass
class Member:
    """One partition: rows by table, what its writer noted about where it came from, and which writing it is."""

    rows: dict[str, int] = field(default_factory=dict)
    note: dict[str, str] = field(default_factory=dict)
    written: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass
class Manifest:
    """A folder as it is for its readers."""

    members: dict[str, Member] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    def parts_of(self, members: Collection[str], table: str | None = None) -> Iterator[Part]:
        """Parts that hold rows of any of these members, of one table or of all."""
        wanted = set(members)
        return (p for p in self.parts if (table is None or p.table == table) and not wanted.isdisjoint(p.members))

    def to_json(self) -> bytes:
        """The manifest as kept in its file."""
        said = {
            "members": {name: vars(each) for name, each in self.members.items()},
            "parts": [[part.table, part.name, list(part.members)] for part in self.parts],
        }
        return json.dumps(said, sort_keys=True).encode()

    @classmethod
    def from_json(cls, content: bytes) -> "Manifest":
        """The manifest that a file holds."""
        said = json.loads(content)
        members = {name: Member(**each) for name, each in said["members"].items()}
        return cls(members, [Part(table, name, tuple(of)) for table, name, of in said["parts"]])


def located(partition: str) -> tuple[str, str]:
    """Folder and member of a partition; one that shares its folder with no other is a member without a name."""
    folder, is_shared, member = partition.rpartition(_MEMBER)
    return (folder, member) if is_shared else (partition, "")


def partition_of(folder: str, member: str) -> str:
    """The partition's name again."""
    return f"{folder}{_MEMBER}{member}" if member else folder


def by_folder(partitions: Iterable[str]) -> dict[str, list[str]]:
    """Members asked for, by folder, each once, in the order asked."""
    found: dict[str, list[str]] = {}
    for partition in dict.fromkeys(partitions):
        folder, member = located(partition)
        found.setdefault(folder, []).append(member)
    return found
