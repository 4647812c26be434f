"""Which rule each fault met while reading a return breaks, and what the engine makes of it."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from made_up_returns import Row, as_csv, census, cin_child, read_files
from rule_building import a_child, a_missing_episode, an_adoption, frames_of

from quality.rules.catalogue import catalogue
from quality.rules.engine import run
from quality.rules.faults import ANY_OTHER, rule_of_fault
from quality.rules.model import Judgement, Kind
from quality.rules.registry import rules_for
from quality.rules.return_faults import ENTITY_OF_TABLE, FOUND_IN_FRAMES, INTEGRITY
from quality.rules.subjects import with_subjects
from quality.schemas.logs import FAULTS

INTEGRITY_RULES = {entry.rule_id: entry for entry in catalogue().values() if entry.rule_id.startswith("903-INT")}
_FAULT = ("source_id", "la_code", "child_key", "batch_index", "row_index", "entity", "field", "fault")
_KINDS_OF_CHECK = {"0": "not_in_header", "1": "differs_from_header", "2": "differs_from_header", "3": "repeated"}


def with_faults(frames: Mapping[str, pl.DataFrame], *faults: tuple) -> dict[str, pl.DataFrame]:
    """The frames, and beside them faults given as (row, entity, field, fault) of their first child."""
    rows = [dict(zip(_FAULT, ("204-d2i", "204", "k0", 0, *fault), strict=True)) for fault in faults]
    return {**frames, "faults": pl.DataFrame(rows, schema=FAULTS)}


def outcome(judgement: Judgement, rule_id: str) -> tuple[str, int, int]:
    """What was said of a rule, and how many rows were checked and failed."""
    said = judgement.outcomes.filter(pl.col("rule_id") == rule_id)
    return said.select("outcome", "rows_checked", "rows_failed").row(0)


@pytest.mark.parametrize("rule_id", INTEGRITY_RULES)
def test_each_integrity_rule_has_the_fault_that_its_number_and_field_say(rule_id: str) -> None:
    entry = INTEGRITY_RULES[rule_id]
    (field,), fault = entry.fields, _KINDS_OF_CHECK[rule_id.removeprefix("903-INT")[0]]
    assert rule_of_fault("ssda903", "children", field, fault) == rule_id
    assert ENTITY_OF_TABLE[field.partition(".")[0]]
    assert (entry.entity, entry.judged_by) == ("children", "structure")


def test_no_fault_answers_for_an_integrity_rule_that_is_not_in_the_catalogue() -> None:
    assert sorted(INTEGRITY.values()) == sorted(INTEGRITY_RULES)


@pytest.mark.parametrize(
    ("kind", "entity", "field", "fault", "rule_id"),
    [
        ("ssda903", "missing_episodes", "start_date", "not_a_date", "903-1004"),
        ("ssda903", "missing_episodes", "end_date", "not_a_date", "903-1005"),
        ("ssda903", "reviews", "review_date", "not_a_date", "903-166"),
        ("ssda903", "children", "mother_child_date_of_birth", "not_a_date", "903-171"),
        ("ssda903", "adoptions", "decision_reversed_date", "not_a_date", "903-116"),
        ("ssda903", "dolo", "start_date", "not_a_date", "903-700"),
        ("ssda903", "dolo", "end_date", "not_a_date", "903-701"),
        ("ssda903", "care_workers", "start_date", "not_a_date", "CSC-064"),
        ("ssda903", "children", "is_mother", "not_a_flag", "903-165"),
        ("ssda903", "children", "is_mother", "written_otherwise", "903-165"),
        ("ssda903", "placements", "la_child_id", "no_child_id", "CSC-007"),
        ("cin", "children", "la_child_id", "no_child_id", "CSC-007"),
        ("cin", "children", "la_child_id", "not_letters_or_digits", "CSC-008"),
        ("cin", "children", "la_child_id", "too_long", "CSC-009"),
        ("cin", "children", "la_child_id", "repeated", "CSC-055"),
        ("ssda903", "children", "la_child_id", "repeated", "CSC-055"),
        ("cin", "disabilities", "disability_code", "repeated", "CSC-029"),
        ("cin", "assessment_factors", "factor", "repeated", "CSC-032"),
        ("cin", "children", "sex", "repeated", ANY_OTHER),
        ("cin", "children", "sex", "not_of_this_year", "CSC-115"),
        ("cin", "children", "sex", "not_of_this_year_unborn", "CSC-197"),
        ("cin", "children", "unique_pupil_number", "blank_last_character", "CSC-106"),
        ("cin", "episodes", "referral_no_further_action_flag", "not_a_flag", "CSC-122"),
        ("ssda903", "children", "AD1.SEX", "differs_from_header", ANY_OTHER),
        ("payload", "missing_episodes", "start_date", "not_a_date", ANY_OTHER),
    ],
)
def test_a_fault_breaks_its_rule(kind: Kind, entity: str, field: str, fault: str, rule_id: str) -> None:
    assert rule_of_fault(kind, entity, field, fault) == rule_id


@pytest.mark.parametrize(
    ("field", "fault", "year", "rule_id"),
    [
        ("end_date", "not_a_date", 2027, "903-701"),
        ("end_date", "not_a_date", 2026, ANY_OTHER),
        ("start_date", "not_a_date", 2026, ANY_OTHER),
        ("end_date", "written_otherwise", 2027, "903-701"),
        ("end_date", "partly_known", 2027, "903-701"),
    ],
)
def test_a_rule_that_is_not_asked_in_the_year_is_not_broken(field: str, fault: str, year: int, rule_id: str) -> None:
    assert rule_of_fault("ssda903", "dolo", field, fault, year) == rule_id


@pytest.mark.parametrize(("year", "rule_id"), [(2025, ANY_OTHER), (2026, "CSC-065")])
def test_a_workers_date_could_be_partly_known_until_2025(year: int, rule_id: str) -> None:
    assert rule_of_fault("ssda903", "care_workers", "end_date", "partly_known", year) == rule_id


def test_integrity_is_counted_by_rows_of_the_table_held_against_header() -> None:
    drawn = frames_of(a_child(an_adoption()), a_child())
    judgement = run(with_faults(drawn, (5, "children", "AD1.CHILD", "not_in_header")), "ssda903", [], 2026)
    assert judgement.findings.select("rule_id", "entity", "row", "fields").rows() == [
        ("903-INT01", "children", 5, "AD1.CHILD")
    ]
    assert outcome(judgement, "903-INT01") == ("failed", 1, 1)
    assert outcome(judgement, "903-INT02") == ("passed", 1, 0)
    assert outcome(judgement, "903-INT04") == ("not_applicable", 0, 0)


def test_nothing_is_held_against_a_header_that_did_not_come() -> None:
    unknown = {"sex": None, "ethnicity": None, "uasc_flag": None}
    judgement = run(with_faults(frames_of(a_child(an_adoption(), **unknown))), "ssda903", [], 2026)
    assert outcome(judgement, "903-INT01") == ("not_applicable", 0, 0)
    assert outcome(judgement, "903-1005") == ("not_applicable", 0, 0)


@pytest.mark.parametrize("rule_id", FOUND_IN_FRAMES)
def test_rules_found_in_the_frames_have_logic_there(rule_id: str) -> None:
    assert catalogue()[rule_id].judged_by == "rule"


def test_a_date_that_is_null_since_it_could_not_be_read_is_found_once() -> None:
    drawn = frames_of(a_child(a_missing_episode(start_date=None), a_missing_episode()))
    faults = [(0, "missing_episodes", "start_date", "not_a_date"), (1, "missing_episodes", "end_date", "not_a_date")]
    judgement = run(with_faults(drawn, *faults), "ssda903", rules_for("ssda903"), 2026)
    found = judgement.findings.filter(pl.col("rule_id").is_in(["903-1004", "903-1005", ANY_OTHER]))
    assert sorted(found.select("rule_id", "row", "fields").rows()) == [
        ("903-1004", 0, "start_date"),
        ("903-1005", 1, "end_date"),
    ]
    assert outcome(judgement, "903-1004") == ("failed", 2, 1)
    assert outcome(judgement, "903-1005") == ("failed", 2, 1)


def found_in(kind: Kind, year: int, folder: Path, files: Mapping[str, str]) -> set[tuple[str, int]]:
    """Rule and row of all that is found in a return of these files."""
    frames = read_files(kind, folder, files, year=year)
    ready = with_subjects(frames, date(year, 3, 31), date(year - 1, 4, 1))
    judgement = run(ready, kind, rules_for(kind), year)
    assert judgement.outcomes.filter(pl.col("outcome") == "could_not_run").is_empty()
    return set(judgement.findings.select("rule_id", "row").iter_rows())


def test_what_reading_an_ssda903_meets_is_found_by_its_rules(tmp_path: Path) -> None:
    header: Row = {"CHILD": "1", "SEX": "F", "DOB": "01/02/2010", "ETHNIC": "WBRI"}
    tables: dict[str, list[Row]] = {
        "Header": [header, header, {**header, "CHILD": ""}],
        "AD1": [{"CHILD": "1", "DOB": "02/02/2010"}, {"CHILD": "7"}, {"CHILD": "7"}],
        "Reviews": [{"CHILD": "1", "REVIEW": "soon", "REVIEW_CODE": "PN1"}],
        "Missing": [{"CHILD": "1", "MISSING": "M", "MIS_START": "01/05/2025", "MIS_END": "late"}],
    }
    found = found_in("ssda903", 2026, tmp_path, {f"{table}.csv": as_csv(table, rows) for table, rows in tables.items()})
    assert found >= {
        ("CSC-055", 0), ("CSC-055", 1), ("CSC-007", 2),
        ("903-INT11", 0), ("903-INT01", 1), ("903-INT01", 2), ("903-INT31", 1), ("903-INT31", 2),
        ("903-166", 0), ("903-1005", 0),
    }  # fmt: skip
    assert {row for rule_id, row in found if rule_id == ANY_OTHER} == set()


def test_what_reading_a_census_meets_is_found_by_its_rules(tmp_path: Path) -> None:
    codes = "<Disabilities><Disability>MOB</Disability><Disability>MOB</Disability></Disabilities>"
    factors = "<AssessmentFactors>1A</AssessmentFactors>" * 2
    listed = f"<FactorsIdentifiedAtAssessment>{factors}</FactorsIdentifiedAtAssessment>"
    children = [
        cin_child("A1", characteristics=codes, details=[f"<Assessments>{listed}</Assessments>"]),
        cin_child("A1"),
        cin_child(""),
        cin_child("A-1"),
        cin_child("A" * 21),
    ]
    sent = {"cin.xml": census(*children, year="2025", reference_date="2025-03-31")}
    assert found_in("cin", 2025, tmp_path / "2025", sent) >= {
        ("CSC-055", 0), ("CSC-055", 1), ("CSC-007", 2), ("CSC-008", 3), ("CSC-009", 4),
        ("CSC-029", 0), ("CSC-029", 1), ("CSC-032", 0), ("CSC-032", 1),
    }  # fmt: skip
    earlier = {"cin.xml": census(*children)}
    assert not {"CSC-008", "CSC-009"} & {rule_id for rule_id, _ in found_in("cin", 2024, tmp_path / "2024", earlier)}
