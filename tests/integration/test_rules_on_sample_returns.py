"""The rules on the sample returns: read as any return is, no rule breaks, and the counts hold together."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from assets.lake import Lake, return_partition
from assets.records.pseudonyms import Pseudonymiser
from assets.returns.stage import load_return
from quality.rules.engine import run
from quality.rules.model import Kind
from quality.rules.registry import all_rules
from quality.rules.subjects import with_subjects
from quality.schemas.entities import ALL_ENTITIES


def _judged(kind: Kind, paths: list[Path], year: int, lake: Lake):
    return_id = f"201-{kind}-{year}"
    load_return(
        kind,
        paths,
        lake,
        return_id=return_id,
        la_code="201",
        year=year,
        received_at=datetime(year, 6, 1, tzinfo=UTC),
        pseudonyms=Pseudonymiser(b"a key for this test alone, nothing else"),
    )
    held = {name: lake.read(return_partition(return_id), name) for name in (*ALL_ENTITIES, "records", "faults")}
    frames = with_subjects(held, date(year, 3, 31), date(year - 1, 4, 1))
    return run(frames, kind, all_rules(), year)


@pytest.mark.parametrize(
    ("kind", "files", "year"),
    [("cin", "cin/CIN_Census_2021.xml", 2023), ("ssda903", "ssda903/*.csv", 2021)],
)
def test_every_rule_runs_on_the_sample_return(
    shared_dir: Path, tmp_path: Path, kind: Kind, files: str, year: int
) -> None:
    paths = sorted((shared_dir / "data" / "returns").glob(files))
    judgement = _judged(kind, paths, year, Lake(tmp_path))
    broken = judgement.outcomes.filter(pl.col("outcome") == "could_not_run")
    assert broken.select("rule_id", "reason").rows() == []
    counted = dict(judgement.findings.group_by("rule_id").len().iter_rows())
    said = {row["rule_id"]: row["rows_failed"] for row in judgement.outcomes.to_dicts() if row["rows_failed"]}
    assert counted == said
    assert judgement.outcomes.filter(pl.col("outcome") == "passed").height > 10
