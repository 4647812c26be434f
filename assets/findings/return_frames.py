"""The frames of one annual return as the rules want them: children numbered, places, and the return before beside them.

The same for a return in the lake and for an LA's own file, so that both are judged alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from quality.reference.postcodes import PostcodeDirectory
from quality.rules.model import PROVIDERS, Kind
from quality.rules.places import with_places
from quality.rules.return_header import with_births_of_header
from quality.rules.subjects import with_subjects
from quality.schemas.entities import empty

# Lineage that is the same on every row of a return, or that judging has no use for.
_NOT_NEEDED = ("source_type", "received_at", "receipt_id", "purge")


@dataclass(frozen=True)
class References:
    """What rules look values up in; None where it is not at hand, and then the rules that need it are not asked."""

    postcodes: PostcodeDirectory | None = None
    providers: pl.DataFrame | None = None


def needed(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame without the columns that judging has no use for: a return is judged as a whole, in memory."""
    return frame.drop(_NOT_NEEDED, strict=False)


def ready_to_judge(
    kind: Kind,
    frames: Mapping[str, pl.DataFrame],
    year: int,
    earlier: Mapping[str, pl.DataFrame] | None,
    references: References,
) -> dict[str, pl.DataFrame]:
    """The frames for the engine.

    year: the one in which the collection ends. earlier: the frames of the return of the year before, if there is one.
    """
    # a return in which nothing was found on reading has been asked about it all the same
    read = {"faults": needed(empty("faults")), **frames}
    if kind == "ssda903":
        read, earlier = with_births_of_header(read), with_births_of_header(earlier) if earlier else None
    ready = with_subjects(read, date(year, 3, 31), date(year - 1, 4, 1), earlier)
    ready = with_places(ready, references.postcodes)
    if references.providers is not None:
        ready[PROVIDERS] = references.providers
    return ready
