"""What became of a run of the records stage: counts by partition, and what went wrong. Nothing is about a child."""

from dataclasses import dataclass, field

from assets.submissions.register import RegisterError
from assets.submissions.vault import LandingError
from quality.schemas.frames import FrameError

# Errors whose text is ours, or the file system's, and so holds nothing of a record.
_SPEAKING = (LandingError, RegisterError, FrameError, OSError)


@dataclass
class Outcome:
    """What became of one partition. Counts only."""

    day: str
    stream_id: str
    batches: int = 0
    received: int = 0
    stored: int = 0
    rejected: int = 0
    erased: int = 0
    unreadable_files: int = 0
    rows: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Failure:
    """One partition, or one batch of it, that went wrong for a reason that is not the data's structure."""

    day: str
    stream_id: str
    error: Exception

    def __str__(self) -> str:
        """Where, and why: in full for errors of our own, which repeat no value; else only what kind of error it is."""
        known = isinstance(self.error, _SPEAKING)
        return f"{self.day} {self.stream_id}: {type(self.error).__name__}{f': {self.error}' if known else ''}"


class RecordsStageError(ExceptionGroup):
    """Everything that went wrong in a run of the stage; the partitions not named in it are written."""


@dataclass
class Summary:
    """What a run of the stage did."""

    outcomes: list[Outcome] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    @property
    def wrong_frames(self) -> list[FrameError]:
        """The failures that are frames of the wrong shape."""
        return [each.error for each in self.failures if isinstance(each.error, FrameError)]

    def raise_failures(self, *, but_shapes: bool = False) -> None:
        """Raise RecordsStageError when any partition failed. For the caller, when all else is done.

        but_shapes: leave out frames of the wrong shape, if there is nothing else; the caller tells of them.
        """
        if but_shapes and len(self.wrong_frames) == len(self.failures):
            return
        if self.failures:
            why = "\n".join(sorted({str(each) for each in self.failures}))
            raise RecordsStageError(f"records stage failed for\n{why}", [each.error for each in self.failures])
