"""Writes down what was made: the mistakes, and the counts that the platform must arrive at.

Counts come from the truth and the recorded mistakes; nothing here reads the files that were generated.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from synthetic.expected import compare
from synthetic.expected_indicators import Count, indicators
from synthetic.expected_timeliness import first_sent, lags, summary
from synthetic.faults import FaultBook
from synthetic.held import held_by
from synthetic.lifecycle import Truth
from synthetic.returned import Returns, Tables, dates
from synthetic.scenario import Scenario
from synthetic.streams import StreamLog

_FAULTS = {"kind": pl.String, "stream": pl.String, "entity": pl.String, "field": pl.String, "count": pl.Int64}
_INDICATORS = {
    "source_id": pl.String,
    "la_code": pl.String,
    "indicator_id": pl.String,
    "period_end": pl.Date,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
}


@dataclass
class Manifest:
    """What was generated, and where. files, records and size are of the feed; the frames are those of the CSV files."""

    scenario: Scenario
    out: Path
    files: int = 0
    records: int = 0
    size: int = 0
    streams: list[str] = field(default_factory=list)
    returns: list[str] = field(default_factory=list)
    frames: dict[str, pl.DataFrame] = field(default_factory=dict)


class ManifestBook:
    """Gathers what is expected, LA by LA, and writes it at the end."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.faults = FaultBook()
        self.parts: dict[str, list[pl.DataFrame]] = {}
        self.indicators: list[dict[str, object]] = []

    def add(self, truth: Truth, logs: Iterable[StreamLog], returns: Returns) -> None:
        """Everything expected of one LA."""
        year, code = self.scenario.return_year, truth.authority.code
        annual: dict[str, Tables] = {"cin": returns.cin, "ssda903": returns.ssda903}
        for kind, tables in annual.items():
            self._count(
                f"{code}-{kind}-{year}", code, indicators(tables, truth.authority.population, self.scenario, kind)
            )
        self._count("truth", code, indicators(truth_tables(truth), truth.authority.population, self.scenario))
        for log in logs:
            held = held_by(log, truth)
            for kind, tables in annual.items():
                found = compare(kind, log.plan.stream_id, f"{code}-{kind}-{year}", held, tables, self.scenario)
                self._part("expected_coverage", found.coverage)
                self._part("expected_field_agreement", found.agreement)
                self._part("detail_comparison", found.detail)
            lagged = lags(log, held, self.scenario)
            self._part("expected_lags", lagged)
            self._part("expected_timeliness", summary(lagged))
            self._part("detail_first_sent", first_sent(log, self.scenario))
            self._count(log.plan.stream_id, code, indicators(held, truth.authority.population, self.scenario))

    def _part(self, name: str, frame: pl.DataFrame) -> None:
        self.parts.setdefault(name, []).append(frame)

    def _count(self, source_id: str, la_code: str, counts: dict[str, Count]) -> None:
        for name, (numerator, denominator) in counts.items():
            self.indicators.append(
                {
                    "source_id": source_id,
                    "la_code": la_code,
                    "indicator_id": name,
                    "period_end": self.scenario.year_end,
                    "numerator": numerator,
                    "denominator": denominator,
                }
            )

    def write(self, folder: Path) -> dict[str, pl.DataFrame]:
        """Write every file of the manifest; the CSV ones are returned."""
        folder.mkdir(parents=True, exist_ok=True)
        frames = {name: pl.concat(parts, how="diagonal_relaxed") for name, parts in self.parts.items()}
        frames["faults"] = pl.DataFrame(self.faults.counts, schema=_FAULTS)
        frames["expected_indicators"] = pl.DataFrame(self.indicators, schema=_INDICATORS)
        if self.faults.details:
            frames["detail_faults"] = pl.concat(
                [detail.with_columns(pl.col("child").cast(pl.Int64)) for detail in self.faults.details],
                how="diagonal_relaxed",
            )
        for name, frame in frames.items():
            if name.startswith("detail"):
                frame.write_parquet(folder / f"{name}.parquet")
            else:
                frame.write_csv(folder / f"{name}.csv")
        return {name: frame for name, frame in frames.items() if not name.startswith("detail")}


def truth_tables(truth: Truth) -> Tables:
    """The truth in the shape of what a source holds: every fact of the year, and what came true after it too."""
    tables = {}
    for entity, frame in truth.tables.items():
        days = [name for name in frame.columns if name == "date" or name.endswith(("_date", "date_of_birth"))]
        named = frame.rename({"row": "truth_row"}) if "row" in frame.columns else frame
        tables[entity] = dates(named, *days)
    return tables


def child_ids(truth: Truth) -> pl.DataFrame:
    """Which LA child id each child number of the detail files stands for."""
    return truth["children"].select("child", "la_child_id", la_code=pl.lit(truth.authority.code))
