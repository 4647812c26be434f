"""What one more day costs when there is ten times as much history: the load into the warehouse and dbt's history.

Two made-up streams, one full and one delta, of a thousand children each. A day brings the full stream's children all
again with 3 in 100 changed, and 5 in 100 of the delta stream's. No child is behind any of them.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from assets.lake import Lake, day_partition
from assets.warehouse.dbt_environment import dbt_environment
from assets.warehouse.engine import open_warehouse
from assets.warehouse.held_ids import Purging
from assets.warehouse.load import load_days
from quality.schemas.entities import empty, schema_of
from quality.schemas.logs import IDENTIFIERS, RECORDS

PROJECT = Path(__file__).resolve().parent.parent / "dbt_project"
FIRST_DAY = date(2024, 1, 1)
CHILDREN = 1000
STREAMS = {"204-cms": ("full", 1.0, 0.03), "301-d2i": ("delta", 0.05, 1.0)}
MEASURED_DAYS = 3

AIMS = {"ratio": 1.5}


def run(days: int = 20, times: int = 10) -> dict[str, Any]:
    """Seconds of one more day with `days` of history and with `times` as many, and the ratios between them.

    Of several days measured the quickest counts: what slows the others is the machine's other work. ratio is of the
    whole (wall clock), ratio_of_cpu of the processor time, ratio_of_load of the load alone.
    """
    with tempfile.TemporaryDirectory() as folder:
        short, long = (_one_more_day(Path(folder) / str(length), length) for length in (days, days * times))
    return {
        "days": days,
        "times": times,
        "short": short,
        "long": long,
        "ratio": round(long["total_s"] / short["total_s"], 2),
        "ratio_of_load": round(long["load_s"] / short["load_s"], 2),
        "ratio_of_cpu": round(long["cpu_s"] / short["cpu_s"], 2),
    }


def _one_more_day(folder: Path, days: int) -> dict[str, float]:
    lake, url = Lake(folder / "lake"), f"duckdb:///{folder / 'warehouse.duckdb'}"
    sent = {stream: _Stream(stream, *how) for stream, how in STREAMS.items()}
    _load(lake, url, [part for day in range(days) for part in _send(lake, sent, day)])
    _history(url, folder)
    costs = []
    for day in range(days, days + MEASURED_DAYS):
        partitions = _send(lake, sent, day)
        cpu = _cpu_seconds()
        load_s = _load(lake, url, partitions)
        dbt_s = _history(url, folder)
        costs.append({"load_s": load_s, "dbt_s": dbt_s, "total_s": load_s + dbt_s, "cpu_s": _cpu_seconds() - cpu})
    with open_warehouse(url, read_only=True) as warehouse:
        rows = warehouse.query("select count(*) as n from raw.records")["n"][0]
    return {name: round(min(cost[name] for cost in costs), 2) for name in costs[0]} | {"log_rows": rows}


def _load(lake: Lake, url: str, partitions: list[str]) -> float:
    start = time.perf_counter()
    with open_warehouse(url) as warehouse:
        load_days(warehouse, lake, partitions, Purging(lambda ids: ids, empty("purges")))
    return time.perf_counter() - start


def _history(url: str, folder: Path) -> float:
    start = time.perf_counter()
    subprocess.run(  # noqa: S603
        [
            *(str(Path(sys.executable).parent / "dbt"), "run", "--quiet", "--select", "tag:history"),
            *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
            *("--target-path", str(folder / "target"), "--log-path", str(folder / "logs")),
        ],
        env=os.environ | dbt_environment(url, 2, 3.0),
        check=True,
    )
    return time.perf_counter() - start


def _cpu_seconds() -> float:
    """Processor time of this process and of those it has waited for."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


class _Stream:
    """What a stream's children look like by now: how often each has changed."""

    def __init__(self, stream_id: str, mode: str, share_sent: float, share_changed: float) -> None:
        self.stream_id, self.mode = stream_id, mode
        self.share_sent, self.share_changed = share_sent, share_changed
        self.dice = np.random.default_rng(7)
        self.changes = np.zeros(CHILDREN, dtype=np.int64)

    def next_day(self) -> np.ndarray:
        """Positions of the children sent today."""
        sent = np.flatnonzero(self.dice.random(CHILDREN) < self.share_sent)
        changed = sent[self.dice.random(sent.size) < self.share_changed]
        self.changes[changed] += 1
        return sent


def _send(lake: Lake, streams: dict[str, _Stream], day: int) -> list[str]:
    """Write one day of each stream into the lake; gives the partitions."""
    written = []
    for stream in streams.values():
        moment = datetime.combine(FIRST_DAY + timedelta(days=day), datetime.min.time(), UTC) + timedelta(hours=6)
        partition = day_partition(moment.date().isoformat(), stream.stream_id)
        lake.replace(partition, _frames(stream, moment))
        written.append(partition)
    return written


def _frames(stream: _Stream, moment: datetime) -> dict[str, pl.DataFrame]:
    sent = stream.next_day()
    base = (
        pl.DataFrame({"child": sent, "version": stream.changes[sent]})
        .with_columns(
            source_type=pl.lit("timely"),
            source_id=pl.lit(stream.stream_id),
            la_code=pl.lit(stream.stream_id[:3]),
            child_key=pl.format("{}-{}", pl.lit(stream.stream_id), pl.col("child"))
            .hash(1)
            .cast(pl.String)
            .repeat_by(3),
            received_at=pl.lit(moment).cast(pl.Datetime("us", "UTC")),
            submission_day=pl.lit(moment.date()),
            batch_id=pl.lit("b1"),
            batch_index=pl.int_range(pl.len(), dtype=pl.Int32),
            receipt_id=pl.format("{}_{}", pl.lit(moment.isoformat()), pl.int_range(pl.len())),
            payload_mode=pl.lit(stream.mode),
            content_hash=pl.format("{}:{}", pl.col("child"), pl.col("version")),
            schema_version=pl.lit("1.0.1"),
            la_child_id=pl.col("child").cast(pl.String),
            purge=pl.lit(False),
            social_care_episode_id=pl.lit("e1"),
            **{name: pl.lit(name != "is_purge_message") for name, kind in RECORDS.items() if kind == pl.Boolean()},
        )
        .with_columns(pl.col("child_key").list.join(""))
    )
    started = pl.lit(FIRST_DAY) + pl.duration(days=pl.col("child") % 300)
    ended = started + pl.duration(days=pl.col("version"))
    said = {
        "children": {"sex": pl.lit("F"), "ethnicity": pl.format("E{}", pl.col("version") % 5)},
        "disabilities": {"disability_code": pl.lit("HAND")},
        "episodes": {"referral_date": started},
        "assessments": {"child_and_family_assessment_id": pl.lit("a1"), "start_date": started, "has_factors": True},
        "assessment_factors": {"child_and_family_assessment_id": pl.lit("a1"), "factor": pl.lit("1A")},
        "care_workers": {"worker_id": pl.lit("w1"), "start_date": started},
        "cin_plans": {"child_in_need_plan_id": pl.lit("c1"), "start_date": started, "end_date": ended},
        "placements": {"child_looked_after_placement_id": pl.lit("p1"), "start_date": started, "end_date": ended},
    }
    frames = {name: _shaped(name, base, **columns) for name, columns in said.items()}
    return frames | {"records": _shaped("records", base), "identifiers": _shaped("identifiers", base)}


def _shaped(table: str, base: pl.DataFrame, **columns: Any) -> pl.DataFrame:
    given = base.with_columns(row_index=pl.lit(0, pl.Int32), **columns)
    known = set(RECORDS) | set(IDENTIFIERS) | set(given.columns)
    return given.select(
        (pl.col(name) if name in given.columns and name in known else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in schema_of(table).items()
    )


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))  # noqa: T201
