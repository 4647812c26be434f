"""A CIN census of children with one planted fault of each kind gives exactly those findings, a clean one none."""

from collections.abc import Callable
from pathlib import Path

import planted_census
import planted_census_contents
import polars as pl
import pytest
from census_answers import said
from judged_answers import could_not_run, failed, unanswered, unlike
from planted_census import CLOSED, REFERRED
from planted_census_children import CHILDREN, Child, cp_plan, in_care, on_cin_plan, on_cp_plan, referred_only
from planting import add, drop, put

PLANTS = (*planted_census.PLANTS, *planted_census_contents.PLANTS)
_PLANTED_FROM, _CLEAN_FROM = 1, 901


def _clean() -> list[Child]:
    return [draw(_CLEAN_FROM + number) for number, draw in enumerate([*CHILDREN] * 3)]


def test_a_clean_census_breaks_no_rule(tmp_path: Path) -> None:
    answered = said(tmp_path, _clean())
    assert failed(answered) == {}
    assert could_not_run(answered) == []
    assert unanswered(answered, "cin") == set()


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """Answers on a child for each plant, and clean ones after them."""
    children = [each.record(_PLANTED_FROM + number) for number, each in enumerate(PLANTS)]
    return said(tmp_path_factory.mktemp("census"), [*children, *_clean()])


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


Children = list[Child]


def _without_id(children: Children) -> set[int | None]:
    drop("LAchildID")(children[0])
    return {0}


def _sent_twice(children: Children) -> set[int | None]:
    """Each time with another referral: what is said of a child is taken together."""
    first = next(number for number, child in enumerate(children) if child.get("UPNunknown") == "UN7")
    again = referred_only(first + 1)
    put(REFERRED, "2025-12-01")(again)
    put(CLOSED, "2025-12-03")(again)
    drop("Disabilities")(again)
    children.append(again)
    return {first}


def _one_number(children: Children) -> set[int | None]:
    put("UPN", children[1]["UPN"])(children[0])
    return {0, 1}


def _without_sex(children: Children) -> set[int | None]:
    put("Sex", "U")(children[0])
    return {None}


def _few_disabilities(children: Children) -> set[int | None]:
    children[:] = [draw(number + 1) for number, draw in enumerate([on_cin_plan, on_cp_plan, in_care, referred_only])]
    return {None}


def _one_disability_each(children: Children) -> set[int | None]:
    codes = ("AUT", "LD", "BEH", "COMM", "CON", "HEAR", "MOB", "INC", "VIS")
    for number, child in enumerate(children):
        child["Disabilities"] = [codes[number % len(codes)]]
    return {None}


OF_SEVERAL = (
    ("CSC-007", _without_id),
    ("CSC-055", _sent_twice),
    ("CSC-294", _one_number),
    ("CSC-336", _without_sex),
    ("CSC-337", _few_disabilities),
    ("CSC-338", _one_disability_each),
)


@pytest.mark.parametrize(("rule_id", "change"), OF_SEVERAL)
def test_a_fault_of_several_children(
    tmp_path: Path, rule_id: str, change: Callable[[Children], set[int | None]]
) -> None:
    children = [draw(number + 1) for number, draw in enumerate([*CHILDREN] * 2)]
    concerned = change(children)
    answered = said(tmp_path, children)
    assert failed(answered) == dict.fromkeys(concerned, {rule_id})
    assert could_not_run(answered) == []


OF_PLANS_AND_CONFERENCES, OF_HEADER = "CSC-335", "CIN-100"


def test_more_plans_than_conferences(tmp_path: Path) -> None:
    children = _clean()
    added = [on_cin_plan(701 + number) for number in range(20)]
    for child in added:
        add("CINdetails.0.ChildProtectionPlans", cp_plan("2025-04-01", "2025-04-15"))(child)
    found = failed(said(tmp_path, [*children, *added]))
    # each of these plans lacks a conference of its own too
    assert found.pop(None) == {OF_PLANS_AND_CONFERENCES}
    assert found == {len(children) + number: {"CSC-265"} for number in range(len(added))}


@pytest.mark.parametrize("day", ["2026-03-30", "2026-02-30", ""])
def test_a_header_of_another_day(tmp_path: Path, day: str) -> None:
    assert failed(said(tmp_path, _clean(), reference_date=day)) == {None: {OF_HEADER}}
