"""Child records with one planted fault of each kind give exactly that finding, and clean ones none."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import planted_payload_adoption
import planted_payload_care
import planted_payload_contents
import planted_payload_details
import planted_payload_structure
import polars as pl
import pytest
from planted_payload_children import CHILDREN
from planted_places import LA, directory
from planting import Plant

from assets.records.payload_model import MAX_RECORDS_PER_BATCH
from assets.validation.payloads import check_payload

RECEIVED = date(2026, 3, 31)
PLANTS: tuple[Plant, ...] = (
    *planted_payload_structure.PLANTS,
    *planted_payload_details.PLANTS,
    *planted_payload_contents.PLANTS,
    *planted_payload_care.PLANTS,
    *planted_payload_adoption.PLANTS,
)
# So that no child's number is another's.
_CLEAN_FROM, _PLANTED_FROM = 901, 1


def said(folder: Path, records: Sequence[Any]) -> pl.DataFrame:
    """Answers on these records, in as many files as they need; `number` is a record's place among all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(records), MAX_RECORDS_PER_BATCH):
        batch = records[start : start + MAX_RECORDS_PER_BATCH]
        (folder / f"{start:06}.json").write_text(json.dumps(batch), encoding="utf-8")
    checked = check_payload([folder], LA, as_of=RECEIVED, postcodes=directory())
    start_of_file = pl.col("file").str.strip_suffix(".json").cast(pl.Int64)
    return checked.answers.with_columns((start_of_file + pl.col("record")).alias("number"))


def failed(answers: pl.DataFrame) -> dict[int, set[str]]:
    """The rules broken, by the number of the record."""
    broken = answers.filter(pl.col("outcome") == "failed").group_by("number").agg(pl.col("rule_id").unique())
    return {number: set(rules) for number, rules in broken.iter_rows()}


def _unlike(found: set[str], expected: set[str]) -> list[str]:
    """Which rules are broken beside those expected, and which are not."""
    return [*(f"also {rule_id}" for rule_id in found - expected), *(f"not {rule_id}" for rule_id in expected - found)]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """Answers on a record for each plant, and clean ones after them."""
    records = [each.record(_PLANTED_FROM + number) for number, each in enumerate(PLANTS)]
    return said(tmp_path_factory.mktemp("payload"), [*records, *_clean()])


def _clean() -> Iterable[dict[str, Any]]:
    return [draw(_CLEAN_FROM + number) for number, draw in enumerate([*CHILDREN] * 3)]


def test_clean_children_break_no_rule(tmp_path: Path) -> None:
    answers = said(tmp_path, list(_clean()))
    assert failed(answers) == {}
    assert answers.filter(pl.col("outcome") == "could_not_run").is_empty()


def test_each_planted_fault_is_found_and_nothing_else(planted: pl.DataFrame) -> None:
    found = failed(planted)
    expected = {number: each.breaks for number, each in enumerate(PLANTS)}
    wrong = {PLANTS[number].rule_id: _unlike(found.get(number, set()), expected[number]) for number in expected}
    assert {rule_id: unlike for rule_id, unlike in wrong.items() if unlike} == {}
    assert set(found) == set(expected)
    assert planted.filter(pl.col("outcome") == "could_not_run").is_empty()
