"""Frames as the stages make them (lake or warehouse columns) turned into frames that the engine judges."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from quality.rules.dates import a_year_before
from quality.rules.model import RECORDS, before
from quality.rules.unread import with_unread
from quality.schemas.entities import ALL_ENTITIES


def with_subjects(
    frames: Mapping[str, pl.DataFrame],
    as_of: date,
    period_start: date | None = None,
    earlier: Mapping[str, pl.DataFrame] | None = None,
    child: str = "child_key",
) -> dict[str, pl.DataFrame]:
    """Each child of one source becomes a subject at as_of, and each row gets its number; `row_index` stays beside it.

    frames: of one source. earlier: the same of the return of the year before, for the children who are in this one.
    child: the column that tells subjects apart, receipt_id where each record is to be judged by itself.
    Entities, `records` and `faults` are taken, other tables left out; `row` is the row's place in its frame.
    """
    judged = {name: frame for name, frame in frames.items() if name in ALL_ENTITIES or name == RECORDS}
    if not judged:
        return {}
    children = pl.concat([frame.select(child) for frame in judged.values()]).unique().sort(child)
    numbered = children.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("subject"))
    marked = with_unread(judged, frames.get("faults") if period_start else None)
    ready = {name: _numbered(frame, child, numbered, as_of, period_start) for name, frame in marked.items()}
    then, start_then = a_year_before(as_of), period_start and a_year_before(period_start)
    for name, frame in with_unread(earlier or {}, (earlier or {}).get("faults")).items():
        if name in ALL_ENTITIES:
            known = frame.join(children, on=child, how="semi", maintain_order="left")
            ready[before(name)] = _numbered(known, child, numbered, then, start_then)
    return ready | ({"faults": frames["faults"]} if "faults" in frames else {})


def _numbered(
    frame: pl.DataFrame, child: str, subjects: pl.DataFrame, as_of: date, period_start: date | None
) -> pl.DataFrame:
    return frame.join(subjects, on=child, how="left", maintain_order="left").with_columns(
        pl.lit(as_of, dtype=pl.Date).alias("as_of"),
        pl.lit(period_start, dtype=pl.Date).alias("period_start"),
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"),
    )
