"""What retention has removed, or is about to: written down before anything goes, and kept for good.

    retention/<UTC time>_<uuid>.json   the days and returns of one removal, and how many files and bytes they were

Nobody may take the absence of a day's files for an empty day: whoever reads landing or lake asks here. Nothing in a
record is about a child.
"""

import json
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from assets.files import FileStore
from assets.submissions.moments import stamp

_ROOT = "retention"


@dataclass(frozen=True)
class Removal:
    """One removal. days: submission days, all streams of each. returns: return id to the time it was received."""

    removed_at: str
    kept_from: str
    days: tuple[str, ...]
    returns: dict[str, str]
    files: int
    bytes: int


class RemovalLog:
    """Every removal, beside the lake."""

    def __init__(self, files: FileStore) -> None:
        self._files = files

    def add(self, removal: Removal, now: datetime) -> None:
        """Write down what is about to go; it counts as gone from then on."""
        self._files.write(f"{_ROOT}/{stamp(now)}_{uuid.uuid4().hex}.json", json.dumps(asdict(removal)).encode())

    def all(self) -> Iterator[Removal]:
        """Every removal, in order."""
        for name in self._files.names(_ROOT):
            said = json.loads(self._files.read(f"{_ROOT}/{name}"))
            yield Removal(**said | {"days": tuple(said["days"])})

    def days(self) -> frozenset[str]:
        """Submission days (ISO) that are gone."""
        return frozenset(day for removal in self.all() for day in removal.days)

    def kept_from(self) -> str | None:
        """The first submission day that nothing was removed of, and before which nothing is taken in any more."""
        return max((removal.kept_from for removal in self.all()), default=None)

    def returns(self) -> dict[str, str]:
        """Annual returns that are gone, to the time (ISO) at which they were received."""
        return {return_id: at for removal in self.all() for return_id, at in removal.returns.items()}
