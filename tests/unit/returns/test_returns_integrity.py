"""Whether the tables of a return agree on who its children are, and a census on how often and by what name."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from made_up_returns import COLUMNS, Row, as_csv, census, cin_child, read_files

HEADER: Row = {"CHILD": "1", "SEX": "F", "DOB": "01/02/2010", "ETHNIC": "WBRI"}
OTHERS = ("AD1", "PlacedAdoption", "Missing", "OC2", "OC3", "PrevPerm", "Reviews", "UASC")
DOUBTS = ("not_in_header", "differs_from_header", "repeated", "not_letters_or_digits", "too_long")


def doubts(frames: Mapping[str, pl.DataFrame]) -> list[tuple]:
    """Child, row, field and fault of what is asked here, in order."""
    found = frames["faults"].filter(pl.col("fault").is_in(DOUBTS))
    return sorted(found.select("child_key", "row_index", "field", "fault").rows())


def read(folder: Path, tables: Mapping[str, list[Row]], **options: object) -> list[tuple]:
    files = {f"{table}.csv": as_csv(table, rows) for table, rows in tables.items()}
    return doubts(read_files("ssda903", folder, files, **options))


def a_row(table: str, **cells: str) -> Row:
    """A row of the child in Header, born when Header says."""
    born = {"DOB": "01/02/2010"} if "DOB" in COLUMNS[table] else {}
    return {"CHILD": "1"} | born | cells


@pytest.mark.parametrize("table", [*OTHERS, "Episodes"])
def test_a_child_who_is_not_in_header_is_told_at_each_row(tmp_path: Path, table: str) -> None:
    others = [a_row(table), a_row(table, CHILD="2")]
    assert read(tmp_path, {"Header": [HEADER], table: others}) == [
        ("201:2", 1, f"{table}.CHILD", "not_in_header"),
    ]


def test_each_of_its_rows_is_told_wherever_the_chunks_end(tmp_path: Path) -> None:
    header = [HEADER | {"CHILD": str(child)} for child in range(1, 6)]
    rows = [a_row("Missing", CHILD=str(child)) for child in (3, 9, 1, 9, 8)]
    told = [(f"201:{child}", row, "Missing.CHILD", "not_in_header") for child, row in ((8, 4), (9, 1), (9, 3))]
    for size in (1, 2, 100):
        assert read(tmp_path / str(size), {"Header": header, "Missing": rows}, chunk_children=size) == told


@pytest.mark.parametrize("table", ["SWEpisodes", "DoLo"])
def test_tables_that_no_rule_holds_against_header_are_not_asked(tmp_path: Path, table: str) -> None:
    assert read(tmp_path, {"Header": [HEADER], table: [a_row(table, CHILD="2", DOB="03/03/2003")]}) == []


def test_nothing_is_asked_when_header_did_not_come(tmp_path: Path) -> None:
    assert read(tmp_path, {"Episodes": [a_row("Episodes")], "AD1": [a_row("AD1"), a_row("AD1")]}) == []


def test_an_empty_header_lacks_everyone(tmp_path: Path) -> None:
    found = read(tmp_path, {"Header": [], "AD1": [a_row("AD1")]})
    assert found == [("201:1", 0, "AD1.CHILD", "not_in_header")]


@pytest.mark.parametrize("table", OTHERS)
@pytest.mark.parametrize(
    ("born", "in_header", "told"),
    [
        ("01/02/2010", "01/02/2010", False),
        ("02/02/2010", "01/02/2010", True),
        ("1/2/2010", "01/02/2010", False),  # written otherwise, the same day
        (" 01/02/2010", "01/02/2010", False),
        ("2010-02-01", "01/02/2010", False),
        ("", "01/02/2010", False),
        ("01/02/2010", "", False),
        ("last spring", "01/02/2010", False),
        ("01/02/2010", "last spring", False),
    ],
)
def test_a_date_of_birth_that_is_not_the_one_in_header_is_told(
    tmp_path: Path, table: str, born: str, in_header: str, told: bool
) -> None:
    found = read(tmp_path, {"Header": [HEADER | {"DOB": in_header}], table: [a_row(table, DOB=born)]})
    assert found == ([("201:1", 0, f"{table}.DOB", "differs_from_header")] if told else [])


def test_rows_that_agree_are_left_alone_beside_one_that_does_not(tmp_path: Path) -> None:
    header = [HEADER, HEADER | {"CHILD": "2", "DOB": "05/06/2012"}]
    reviews = [a_row("Reviews"), a_row("Reviews", CHILD="2"), a_row("Reviews", CHILD="2", DOB="05/06/2012")]
    assert read(tmp_path, {"Header": header, "Reviews": reviews}) == [
        ("201:2", 1, "Reviews.DOB", "differs_from_header")
    ]


@pytest.mark.parametrize(("sex", "told"), [("F", False), ("M", True), ("2", False), ("1", True), ("", False)])
def test_a_sex_that_is_not_the_one_in_header_is_told(tmp_path: Path, sex: str, told: bool) -> None:
    found = read(tmp_path, {"Header": [HEADER], "UASC": [a_row("UASC", SEX=sex)]})
    assert found == ([("201:1", 0, "UASC.SEX", "differs_from_header")] if told else [])


@pytest.mark.parametrize("table", ["AD1", "OC2", "OC3", "PrevPerm", "UASC"])
def test_a_child_more_than_once_in_a_table_of_one_row_a_child_is_told_at_each(tmp_path: Path, table: str) -> None:
    header = [HEADER, HEADER | {"CHILD": "2"}]
    rows = [a_row(table), a_row(table, CHILD="2"), a_row(table)]
    assert read(tmp_path, {"Header": header, table: rows}) == [
        ("201:1", 0, f"{table}.CHILD", "repeated"),
        ("201:1", 2, f"{table}.CHILD", "repeated"),
    ]


@pytest.mark.parametrize("table", ["Missing", "Reviews", "PlacedAdoption", "Episodes", "SWEpisodes"])
def test_tables_of_several_rows_a_child_may_have_them(tmp_path: Path, table: str) -> None:
    assert read(tmp_path, {"Header": [HEADER], table: [a_row(table), a_row(table)]}) == []


def test_a_child_twice_in_header_is_told_and_held_against_both(tmp_path: Path) -> None:
    header = [HEADER, HEADER | {"CHILD": "2"}, HEADER | {"DOB": "02/02/2010"}]
    assert read(tmp_path, {"Header": header, "AD1": [a_row("AD1"), a_row("AD1", CHILD="2")]}) == [
        ("201:1", 0, "AD1.DOB", "differs_from_header"),
        ("201:1", 0, "la_child_id", "repeated"),
        ("201:1", 2, "la_child_id", "repeated"),
    ]


def test_xml_has_one_header_a_child_and_may_have_it_twice(tmp_path: Path) -> None:
    once = "<CHILD><HEADER><CHILDID>1</CHILDID><UASC>1</UASC>{}</HEADER></CHILD>"
    one = once.format("<A_UASC><DUC>05/06/2023</DUC></A_UASC><OC2><CONVICTED>0</CONVICTED></OC2>")
    assert doubts(read_files("ssda903", tmp_path / "once", {"903.xml": f"<EXPSSDA903>{one}</EXPSSDA903>"})) == []
    two = one + once.format("<PREV_PERM>Z1</PREV_PERM>")
    found = doubts(read_files("ssda903", tmp_path / "twice", {"903.xml": f"<EXPSSDA903>{two}</EXPSSDA903>"}))
    assert found == [("201:1", row, field, "repeated") for row, field in (
        (0, "UASC.CHILD"), (0, "la_child_id"), (1, "UASC.CHILD"), (1, "la_child_id"))]  # fmt: skip


def census_doubts(folder: Path, *children: str) -> list[tuple]:
    return doubts(read_files("cin", folder, {"cin.xml": census(*children)}))


def test_a_child_twice_in_a_census_is_told_at_each_place(tmp_path: Path) -> None:
    assert census_doubts(tmp_path, cin_child("A1"), cin_child("A2"), cin_child("A1")) == [
        ("201:A1", 0, "la_child_id", "repeated"),
        ("201:A1", 2, "la_child_id", "repeated"),
    ]


@pytest.mark.parametrize(
    ("la_child_id", "told"),
    [
        ("A1", []),
        ("A" * 20, []),
        ("A" * 21, ["too_long"]),
        ("A-1", ["not_letters_or_digits"]),
        ("A 1", ["not_letters_or_digits"]),
        ("É1", ["not_letters_or_digits"]),
        (" A1 ", []),
        ("-" * 21, ["not_letters_or_digits", "too_long"]),
    ],
)
def test_an_id_of_another_form_than_the_census_asks_for_is_told(
    tmp_path: Path, la_child_id: str, told: list[str]
) -> None:
    assert [fault for *_, fault in census_doubts(tmp_path, cin_child(la_child_id))] == told


def test_a_disability_given_twice_is_told_at_each_place(tmp_path: Path) -> None:
    codes = "".join(f"<Disability>{code}</Disability>" for code in ("MOB", "AUT", "MOB", "mob", "", ""))
    found = census_doubts(tmp_path, cin_child("A1", characteristics=f"<Disabilities>{codes}</Disabilities>"))
    assert found == [("201:A1", row, "disability_code", "repeated") for row in (0, 2)]


def test_a_factor_given_twice_in_one_assessment_is_told_at_each_place(tmp_path: Path) -> None:
    def assessment(*factors: str) -> str:
        codes = "".join(f"<AssessmentFactors>{factor}</AssessmentFactors>" for factor in factors)
        return f"<Assessments><FactorsIdentifiedAtAssessment>{codes}</FactorsIdentifiedAtAssessment></Assessments>"

    twice = cin_child("A1", details=[assessment("1A", "2A") + assessment("1A"), assessment("1A", "3A", "1A")])
    assert census_doubts(tmp_path, twice) == [("201:A1", row, "factor", "repeated") for row in (3, 5)]
