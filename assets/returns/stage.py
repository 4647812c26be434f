"""A landed return into its partition of the lake, whole or not at all.

Where landed files come from is the business of the landing store, what is in them of the reader.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from assets.lake import Lake, return_partition
from assets.records.pseudonyms import Pseudonyms
from assets.returns.reader import CHUNK_CHILDREN, Kind, ReturnHeader, open_return


@dataclass(frozen=True)
class ReturnSummary:
    """What was loaded, in counts: nothing in it is about a child."""

    return_id: str
    header: ReturnHeader
    children: int
    rows: Mapping[str, int]  # by lake table
    faults: Mapping[str, int]  # by kind of fault


def load_return(
    kind: Kind,
    landed: Sequence[Path] | bytes,
    lake: Lake,
    *,
    return_id: str,
    la_code: str,
    year: int,
    received_at: datetime,
    pseudonyms: Pseudonyms,
    chunk_children: int = CHUNK_CHILDREN,
    note: Mapping[str, str] | None = None,
) -> ReturnSummary:
    """Replace the return's lake partition by what was landed: paths, or the bytes of one zip.

    note: what the partition's manifest is to say about where it came from.
    Raises ReturnError when it is not that return; the partition is then as it was.
    """
    opened = open_return(kind, landed, return_id=return_id, la_code=la_code, year=year, received_at=received_at)
    faults: Counter[str] = Counter()
    with lake.replacing(return_partition(return_id)) as writer:
        writer.note |= note or {}
        for frames in opened.chunks(pseudonyms, chunk_children=chunk_children):
            writer.append(frames)
            faults += _by_kind(frames["faults"])
    rows = dict(sorted(writer.rows.items()))
    return ReturnSummary(return_id, opened.header, rows.get("records", 0), rows, dict(sorted(faults.items())))


def _by_kind(faults: pl.DataFrame) -> Counter[str]:
    return Counter(dict(faults["fault"].value_counts().iter_rows()))
