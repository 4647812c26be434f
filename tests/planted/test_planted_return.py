"""An SSDA903 of children with one planted fault of each kind gives exactly those findings, a clean one none."""

from collections.abc import Callable
from pathlib import Path

import planted_return_adoption
import planted_return_care
import planted_return_details
import planted_return_episodes
import planted_return_sequence
import pytest
from judged_answers import could_not_run, failed, unanswered, unlike
from planted_people import pupil_number
from planted_return_children import CHILDREN, WITHOUT_SUPPORTED, YEAR, Child, newly_in_care, went_home
from planted_return_years import BY_YEAR
from planting import Plant, put
from return_answers import said, said_of_xml

PLANTS: tuple[Plant, ...] = (
    *planted_return_details.PLANTS,
    *planted_return_episodes.PLANTS,
    *planted_return_sequence.PLANTS,
    *planted_return_care.PLANTS,
    *planted_return_adoption.PLANTS,
)
# A rule on structure that is not asked in this year has no answer, as one on values would have.
_OF_LATER_YEARS = {"903-701"}
_PLANTED_FROM, _CLEAN_FROM = 1, 901


def _clean(year: int = YEAR) -> list[Child]:
    drawn = CHILDREN if year > 2024 else WITHOUT_SUPPORTED  # when its code came in
    return [draw(_CLEAN_FROM + number) for number, draw in enumerate([*drawn] * 2)]


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027])
def test_a_clean_return_breaks_no_rule(tmp_path: Path, year: int) -> None:
    answered = said(tmp_path, _clean(year), year)
    assert failed(answered) == {}
    assert could_not_run(answered) == []
    assert unanswered(answered, "ssda903") <= _OF_LATER_YEARS


def test_a_clean_return_breaks_no_rule_as_xml(tmp_path: Path) -> None:
    answered = said_of_xml(tmp_path, _clean())
    assert failed(answered) == {}
    assert could_not_run(answered) == []


@pytest.mark.parametrize(("year", "plants"), [(YEAR, PLANTS), *BY_YEAR.items()])
def test_each_planted_fault_is_found_and_nothing_else(tmp_path: Path, year: int, plants: tuple[Plant, ...]) -> None:
    children = [each.record(_PLANTED_FROM + number) for number, each in enumerate(plants)]
    answered = said(tmp_path, [*children, *_clean(year)], year)
    found = failed(answered)
    wrong = {
        each.rule_id: unlike(found.get(child["id"], set()), each.breaks)
        for each, child in zip(plants, children, strict=True)
    }
    assert {rule_id: said for rule_id, said in wrong.items() if said} == {}
    assert set(found) == {child["id"] for child in children}
    assert could_not_run(answered) == []


def test_no_rule_is_planted_twice_and_each_overlap_says_why() -> None:
    plants = [*PLANTS, *(each for of_year in BY_YEAR.values() for each in of_year)]
    rules = [each.rule_id for each in plants]
    assert len(rules) == len(set(rules))
    assert [each.rule_id for each in plants if bool(each.beside) != bool(each.note)] == []


Children = list[Child]


def _without_id(children: Children) -> set[str | None]:
    children.append({"id": "", "now": {"Reviews": [{"REVIEW": "2025-06-10", "REVIEW_CODE": "PN1"}]}})
    return {None}


def _one_number(children: Children) -> set[str | None]:
    for child in (went_home(801), went_home(802)):
        for year in ("now", "before"):
            put(f"{year}.Header.0.UPN", pupil_number(555))(child)
        children.append(child)
    return {child["id"] for child in children[-2:]}


OF_SEVERAL = (("CSC-007", _without_id), ("903-444", _one_number))


@pytest.mark.parametrize(("rule_id", "change"), OF_SEVERAL)
def test_a_fault_of_several_children(
    tmp_path: Path, rule_id: str, change: Callable[[Children], set[str | None]]
) -> None:
    children = _clean()
    concerned = change(children)
    assert failed(said(tmp_path, children)) == dict.fromkeys(concerned, {rule_id})


OF_XML_ENDS, OF_XML_FLAG, OF_COLUMNS = ("CSC-207", "CSC-334"), "CSC-134", "RET-000"


def test_an_end_of_asylum_status_without_the_status(tmp_path: Path) -> None:
    """Only XML can hold it: in CSV, whoever is in the table of asylum seekers is one."""
    child = went_home(801)
    put("now.Header.0.DUC", "2025-12-01")(child)
    answered = said_of_xml(tmp_path, [*_clean(), child])
    # nor had the child the status before
    assert failed(answered) == {child["id"]: {*OF_XML_ENDS}}


def test_a_status_that_is_no_flag(tmp_path: Path) -> None:
    """Only XML has the flag."""
    child = newly_in_care(801)
    put("now.Header.0.UPN", "UN3")(child)
    flag = "<UPN>UN3</UPN><UASC>{}</UASC>"
    answered = said_of_xml(tmp_path, [*_clean(), child], {flag.format("0"): flag.format("2")})
    assert failed(answered) == {child["id"]: {OF_XML_FLAG}}


def _with_a_column_of_notes(folder: Path) -> None:
    file = folder / "OC3.csv"
    names, *rows = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([f"{names},NOTES", *(f"{row},left" for row in rows)]), encoding="utf-8")


def test_a_file_with_a_column_of_its_own(tmp_path: Path) -> None:
    assert failed(said(tmp_path, _clean(), spoil=_with_a_column_of_notes)) == {None: {OF_COLUMNS}}
