"""Each rule on its cases, and the catalogue beside the logic and the cases: nothing without the other two."""

import importlib
from pathlib import Path

import pytest
from rule_cases import Verdict, judged

from quality.rules.catalogue import catalogue
from quality.rules.model import KINDS, REPORTED_AS
from quality.rules.registry import all_rules

CASE_FILES = sorted(path.stem for path in Path(__file__).parent.glob("cases_*.py"))
ALL_CASES = [cases for name in CASE_FILES for cases in importlib.import_module(name).CASES]
NAMED = [pytest.param(cases.rule_id, verdict, id=name) for cases in ALL_CASES for name, verdict in cases.each()]


@pytest.mark.parametrize(("rule_id", "verdict"), NAMED)
def test_rule_fails_the_rows_it_should(rule_id: str, verdict: Verdict) -> None:
    judgement = judged(rule_id, verdict)
    assert judgement.findings["row"].to_list() == list(verdict.rows)
    assert not {"could_not_run"} & set(judgement.outcomes["outcome"]), judgement.outcomes["reason"].to_list()
    if verdict.rows:
        assert judgement.outcomes["outcome"].to_list() == ["failed"]
        assert judgement.outcomes["rows_failed"].sum() == len(verdict.rows)
        assert judgement.outcomes["rows_checked"].sum() >= len(verdict.rows)
    if verdict.severity:
        assert set(judgement.findings["severity"]) == {verdict.severity}


@pytest.mark.parametrize("cases", ALL_CASES, ids=lambda cases: cases.rule_id)
def test_every_aspect_of_a_rule_has_a_case(cases) -> None:
    assert cases.passing, "no passing case"
    assert any(verdict.rows for verdict in cases.failing), "no failing case"
    assert cases.boundary, "no boundary case"
    assert cases.null, "no null case"


def test_catalogue_logic_and_cases_name_the_same_rules() -> None:
    listed = {entry.rule_id for entry in catalogue().values() if entry.judged_by == "rule"}
    with_logic = {rule.id for rule in all_rules()}
    with_cases = [cases.rule_id for cases in ALL_CASES]
    assert listed - with_logic == set(), "in the catalogue, without logic"
    assert with_logic - listed == set(), "with logic, not in the catalogue"
    assert with_logic - set(with_cases) == set(), "without cases"
    assert len(with_cases) == len(set(with_cases)), "a rule has cases twice"


def test_rules_judge_the_entity_that_the_catalogue_says() -> None:
    reported = {rule.id: REPORTED_AS.get(rule.on, rule.on) for rule in all_rules()}
    assert reported == {rule.id: catalogue()[rule.id].entity for rule in all_rules()}


@pytest.mark.parametrize("kind", KINDS)
def test_logic_exists_for_every_kind_a_rule_is_asked_of(kind) -> None:
    without = [rule.id for rule in all_rules() if kind in rule.sources and _logic(rule, kind) is None]
    assert without == []


def _logic(rule, kind):
    try:
        return rule.logic_for(kind)
    except KeyError:
        return None


def test_every_category_has_a_rule() -> None:
    categories = {entry.category for entry in catalogue().values()}
    assert categories == {
        *("structure", "format", "code", "date_order", "cross_field", "cross_entity", "cross_record", "plausibility")
    }
