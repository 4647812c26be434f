"""Annual returns on their way from the files given, through landing, into the lake.

What is in the files is the reader's business.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import cast

import polars as pl

from assets.lake import Lake, return_partition
from assets.records.pseudonyms import Pseudonymiser
from assets.returns.reader import Kind, open_return
from assets.returns.sources import files_under
from assets.returns.stage import ReturnSummary, load_return
from assets.submissions.returns_landing import LandedReturn, ReturnsLanding

# Raised when the frames made from a return change, so that returns taken in by older code are taken in again.
TAKEN_IN_BY = "1"
NOTE = "landing"


def land_return(
    landing: ReturnsLanding,
    pseudonyms: Pseudonymiser,
    *,
    kind: str,
    la_code: str,
    year: int,
    received_at: datetime,
    paths: Sequence[Path],
) -> LandedReturn:
    """Read a return to its end, and keep its files only if it is one. Raises ReturnError, and then keeps nothing."""
    return_id = f"{la_code}-{kind}-{year}"
    opened = open_return(
        cast(Kind, kind), paths, return_id=return_id, la_code=la_code, year=year, received_at=received_at
    )
    for _ in opened.chunks(pseudonyms):
        pass
    return landing.store(return_id, received_at, files_under(paths))


def take_in(landing: ReturnsLanding, lake: Lake, pseudonyms: Pseudonymiser, landed: LandedReturn) -> ReturnSummary:
    """Write the lake partition of a landed return."""
    with landing.extracted(landed) as files:
        return load_return(
            cast(Kind, landed.kind),
            sorted({file.parent for file in files}),  # as a folder: what lay beside the return is passed over
            lake,
            return_id=landed.return_id,
            la_code=landed.la_code,
            year=landed.year,
            received_at=landed.received_at,
            pseudonyms=pseudonyms,
            note={NOTE: _state(landed)},
        )


def pending_returns(landing: ReturnsLanding, lake: Lake) -> list[LandedReturn]:
    """Returns whose latest landing the lake has not taken in."""
    return [
        landed for landed in landing.all() if lake.note(return_partition(landed.return_id)).get(NOTE) != _state(landed)
    ]


def returns_held(landing: ReturnsLanding, lake: Lake) -> pl.DataFrame:
    """One row per return in the lake: return_id, la_code, kind, year, reference_date, period_start, received_at."""
    held = [landed for landed in landing.all() if lake.note(return_partition(landed.return_id))]
    return _years({landed.return_id: landed.received_at for landed in held})


def returns_removed(received: Mapping[str, str]) -> pl.DataFrame:
    """The same of returns whose files retention has removed: return id to the time (ISO) at which it was received."""
    return _years({return_id: datetime.fromisoformat(moment) for return_id, moment in received.items()})


def _years(received: Mapping[str, datetime]) -> pl.DataFrame:
    parts = [return_id.split("-") for return_id in received]
    years = pl.DataFrame(
        {
            "return_id": list(received),
            "la_code": [la_code for la_code, _, _ in parts],
            "kind": [kind for _, kind, _ in parts],
            "year": [int(year) for _, _, year in parts],
            "received_at": list(received.values()),
        },
        schema={
            "return_id": pl.String,
            "la_code": pl.String,
            "kind": pl.String,
            "year": pl.Int32,
            "received_at": pl.Datetime("us", "UTC"),
        },
    )
    return years.with_columns(
        reference_date=pl.date(pl.col("year"), 3, 31), period_start=pl.date(pl.col("year") - 1, 4, 1)
    )


def _state(landed: LandedReturn) -> str:
    return f"{TAKEN_IN_BY}:{landed.key}"
