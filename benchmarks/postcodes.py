"""What the postcode directory costs: made once from its package, opened by every process, asked for every placement.

Run with `python -m benchmarks.postcodes`. Making it, and opening and asking it, are measured in a process each, so that
the memory of one is not that of the other. The reference for asking is polars joining the same postcodes to the whole
table held in memory: no way of looking them up is plainer, and it takes the memory that the mapped file saves.
"""

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.measuring import in_a_process_of_its_own, peak_memory_mb
from quality.reference.postcodes import PostcodeDirectory
from quality.rules.places import with_places

# Asking for the postcodes of a national year of placements takes no longer than the plain join.
AIMS = {"ratio_of_asking_to_joining": 1.0, "ratio_of_opening_to_making": 0.02}

_REPEATS = 3


def run(postcodes: int = 200_000, placements: int = 200_000) -> dict[str, float]:
    """Seconds, megabytes and postcodes a second; of several measurements the quickest counts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = in_a_process_of_its_own(_make, folder)
        asked = in_a_process_of_its_own(_ask, folder, postcodes, placements)
    figures = made | asked
    figures["ratio_of_opening_to_making"] = round(figures["open_s"] / figures["make_s"], 4)
    return figures


def _make(folder: Path) -> dict[str, float]:
    before = peak_memory_mb()
    start = time.perf_counter()
    PostcodeDirectory.open(folder)
    seconds = time.perf_counter() - start
    size = sum(file.stat().st_size for file in folder.iterdir()) / 2**20
    return {"make_s": round(seconds, 2), "make_mb": round(peak_memory_mb() - before), "file_mb": round(size, 1)}


def _ask(folder: Path, postcodes: int, placements: int) -> dict[str, float]:
    before = peak_memory_mb()
    opening = _least_seconds(lambda: PostcodeDirectory.open(folder))
    directory = PostcodeDirectory.open(folder)
    key = directory.columns.key
    drawn = key[np.random.default_rng(7).integers(1, len(key), postcodes)]
    asked = pl.Series("postcode", drawn.astype(">u8").view("S8").astype(str)).str.strip_chars()
    asking = _least_seconds(lambda: directory.located(asked))
    memory = peak_memory_mb() - before
    frame = _placements(asked, placements)
    beside = _least_seconds(lambda: with_places({"placements": frame}, directory))
    joining = _least_seconds(_joined(directory, asked))
    return {
        "postcodes_held": len(key) - 1,
        "postcodes_asked": postcodes,
        "open_s": round(opening, 4),
        "ask_s": round(asking, 3),
        "ask_mb": round(memory),
        "asked_per_second": round(postcodes / asking),
        "placements_per_second": round(placements / beside),
        "ratio_of_asking_to_joining": round(asking / joining, 2),
    }


def _placements(postcodes: pl.Series, rows: int) -> pl.DataFrame:
    """Placements whose homes and carers are at these postcodes."""
    dice = np.random.default_rng(8)
    return pl.DataFrame(
        {
            "subject": np.arange(rows, dtype=np.uint32),
            "la_code": pl.repeat("204", rows, eager=True),
            "home_postcode": postcodes.gather(dice.integers(0, len(postcodes), rows)),
            "placement_postcode": postcodes.gather(dice.integers(0, len(postcodes), rows)),
        }
    )


def _joined(directory: PostcodeDirectory, asked: pl.Series) -> Callable[[], object]:
    columns = directory.columns
    table = pl.DataFrame(
        {
            "postcode": pl.Series(columns.key.astype(">u8").view("S8").astype(str)).str.strip_chars(),
            "easting": columns.easting,
            "northing": columns.northing,
            "area": columns.area,
        }
    )
    return lambda: asked.to_frame().join(table, on="postcode", how="left", maintain_order="left")


def _least_seconds(work: Callable[[], object]) -> float:
    spent = []
    for _ in range(_REPEATS):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent)


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))  # noqa: T201
