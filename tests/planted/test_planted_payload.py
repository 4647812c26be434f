"""Child records with one planted fault of each kind give exactly that finding, and clean ones none."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import planted_payload_adoption
import planted_payload_care
import planted_payload_contents
import planted_payload_details
import planted_payload_structure
import polars as pl
import pytest
from judged_answers import could_not_run, failed, unanswered, unlike
from payload_answers import said
from planted_payload_children import CHILDREN
from planting import Plant

PLANTS: tuple[Plant, ...] = (
    *planted_payload_structure.PLANTS,
    *planted_payload_details.PLANTS,
    *planted_payload_contents.PLANTS,
    *planted_payload_care.PLANTS,
    *planted_payload_adoption.PLANTS,
)
# So that no child's number is another's.
_PLANTED_FROM, _CLEAN_FROM = 1, 901


def _clean() -> Iterable[dict[str, Any]]:
    return [draw(_CLEAN_FROM + number) for number, draw in enumerate([*CHILDREN] * 3)]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """Answers on a record for each plant, and clean ones after them."""
    records = [each.record(_PLANTED_FROM + number) for number, each in enumerate(PLANTS)]
    return said(tmp_path_factory.mktemp("payload"), [*records, *_clean()])


def test_clean_children_break_no_rule(tmp_path: Path) -> None:
    answered = said(tmp_path, list(_clean()))
    assert failed(answered) == {}
    assert could_not_run(answered) == []
    # of a request, and of a collection over time: nothing that a file could answer
    assert unanswered(answered, "payload") == {"CSC-004", "CSC-005", "CSC-364"}


def test_each_planted_fault_is_found_and_nothing_else(planted: pl.DataFrame) -> None:
    found = failed(planted)
    wrong = {each.rule_id: unlike(found.get(number, set()), each.breaks) for number, each in enumerate(PLANTS)}
    assert {rule_id: said for rule_id, said in wrong.items() if said} == {}
    assert set(found) == set(range(len(PLANTS)))
    assert could_not_run(planted) == []


def test_no_rule_is_planted_twice_and_each_overlap_says_why() -> None:
    rules = [each.rule_id for each in PLANTS]
    assert len(rules) == len(set(rules))
    assert [each.rule_id for each in PLANTS if bool(each.beside) != bool(each.note)] == []
