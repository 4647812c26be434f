"""What csc validate finds in a return is what the pipeline finds in the same one: rule, child, row and fields."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from made_up_returns import as_csv, census, cin_child, saved
from validating import Validate, few_postcodes

from assets.findings.judge_returns import judge_returns
from assets.findings.return_frames import References
from assets.lake import Lake
from assets.records.pseudonyms import Pseudonymiser
from assets.returns.reader import Kind
from assets.returns.stage import load_return
from assets.warehouse.engine import open_warehouse
from assets.warehouse.tables import RETURNS, ensure_tables

LA = "204"
PSEUDONYMS = Pseudonymiser(b"a key for this test alone, nothing else")
Found = Counter[tuple[Any, ...]]


def _by_the_pipeline(
    folder: Path, kind: Kind, returns: dict[int, Path], year: int
) -> tuple[Found, set[tuple[str, str, str]], dict[str, str]]:
    """Findings and outcomes of one of these returns, loaded by year, and the LA's own id of each child key."""
    lake = Lake(folder / "lake")
    identifiers = []
    for of_year, path in returns.items():
        received_at = datetime(of_year, 6, 1, tzinfo=UTC)
        load_return(
            kind,
            [path],
            lake,
            return_id=f"{LA}-{kind}-{of_year}",
            la_code=LA,
            year=of_year,
            received_at=received_at,
            pseudonyms=PSEUDONYMS,
        )
        identifiers.append(lake.read(f"returns/return={LA}-{kind}-{of_year}", "identifiers"))
    with open_warehouse(f"duckdb:///{folder / 'warehouse.duckdb'}") as warehouse:
        ensure_tables(warehouse)
        warehouse.insert("raw.returns", pl.DataFrame([_about(kind, each) for each in returns], RETURNS, orient="row"))
        judge_returns(warehouse, lake, [f"{LA}-{kind}-{year}"], References(few_postcodes()))
        found = warehouse.query("select * from findings.finding where source_id = ?", (f"{LA}-{kind}-{year}",))
        said = warehouse.query("select * from findings.rule_outcome where source_id = ?", (f"{LA}-{kind}-{year}",))
    ids = dict(pl.concat(identifiers).select("child_key", "la_child_id").unique().iter_rows())
    outcomes = set(said.select("rule_id", "entity", "outcome").iter_rows())
    return Counter(found.select("rule_id", "severity", "child_key", "row", "fields").iter_rows()), outcomes, ids


def _about(kind: str, year: int) -> dict[str, Any]:
    return {
        "return_id": f"{LA}-{kind}-{year}",
        "la_code": LA,
        "kind": kind,
        "year": year,
        "reference_date": date(year, 3, 31),
        "period_start": date(year - 1, 4, 1),
        "received_at": datetime(year, 6, 1, tzinfo=UTC),
    }


def _are_the_same(
    validate: Validate, folder: Path, kind: Kind, returns: dict[int, Path], year: int
) -> list[dict[str, Any]]:
    previous = ["--previous", returns[year - 1]] if year - 1 in returns else []
    rows = validate.rows(kind, returns[year], "--la", LA, "--year", str(year), *previous, "--all")
    findings, outcomes, ids = _by_the_pipeline(folder, kind, returns, year)
    failed = [row for row in rows if row["outcome"] == "failed"]
    ours = Counter((r["rule_id"], r["severity"], r["la_child_id"], r["row"], r["fields"]) for r in failed)
    theirs = Counter({(rule, severity, ids.get(key), *rest): n for (rule, severity, key, *rest), n in findings.items()})
    assert ours == theirs
    quiet = {(row["rule_id"], row["entity"], row["outcome"]) for row in rows if row["outcome"] != "failed"}
    assert quiet == {said for said in outcomes if said[2] != "failed"}
    assert {row["rule_id"] for row in failed} == {rule_id for rule_id, _, outcome in outcomes if outcome == "failed"}
    return failed


@pytest.fixture
def validate(monkeypatch: pytest.MonkeyPatch) -> Validate:
    return Validate(monkeypatch)


@pytest.mark.parametrize(
    ("name", "year"), [("CIN2rows.xml", 2023), ("CIN_Census_2021.xml", 2023), ("CIN_Census_2024.xml", 2024)]
)
def test_of_a_sample_census(validate: Validate, shared_dir: Path, tmp_path: Path, name: str, year: int) -> None:
    text = (shared_dir / "data" / "returns" / "cin" / name).read_text().replace("<LEA>201</LEA>", f"<LEA>{LA}</LEA>")
    path = saved(tmp_path / "given", {name: text}) / name
    assert len(_are_the_same(validate, tmp_path, "cin", {year: path}, year)) > 5


def test_of_the_sample_ssda903_beside_itself_a_year_before(
    validate: Validate, shared_dir: Path, tmp_path: Path
) -> None:
    folder = shared_dir / "data" / "returns" / "ssda903"
    found = _are_the_same(validate, tmp_path, "ssda903", {2017: folder, 2018: folder}, 2018)
    assert len(found) > 1000


def test_of_a_census_with_cells_that_cannot_be_read(validate: Validate, tmp_path: Path) -> None:
    details = ["<CINreferralDate>soon</CINreferralDate><ReferralSource>1A</ReferralSource>"]
    children = [
        cin_child("A1", "<PersonBirthDate>2030-02-30</PersonBirthDate>", "<Ethnicity>X</Ethnicity>", details),
        cin_child("A1", "<PersonBirthDate>2014-02-20</PersonBirthDate><PersonBirthDate>x</PersonBirthDate>"),
        cin_child("", "<UPN>A123</UPN>"),
        cin_child("not letters", "<Unheard>of</Unheard>", "<Disabilities><Disability>HAND</Disability></Disabilities>"),
    ]
    text = census(*children, year="2023", lea=LA)
    path = saved(tmp_path / "given", {"a.xml": text}) / "a.xml"
    found = _are_the_same(validate, tmp_path, "cin", {2025: path}, 2025)
    assert {"CSC-007", "CSC-008", "CSC-055", "CSC-058", "CSC-062", "CIN-100", "RET-000"} <= {
        row["rule_id"] for row in found
    }


def test_of_tables_that_disagree(validate: Validate, tmp_path: Path) -> None:
    born = {"SEX": "F", "DOB": "01/02/2010"}
    tables = {
        "header.csv": as_csv("Header", [{"CHILD": "1", **born}, {"CHILD": "2", **born}, {"CHILD": "1", **born}]),
        "oc2.csv": as_csv("OC2", [{"CHILD": "1", "DOB": "02/02/2010"}, {"CHILD": "9", "SDQ_SCORE": "many"}]),
        "episodes.csv": as_csv("Episodes", [{"CHILD": "1", "DECOM": "31/02/2024"}, {"DECOM": "01/02/2024"}])
        + "2,01/03/2024,,,,,,,,,,,,,,,,,,,,,,,,one too many\n",
        "uasc.csv": as_csv("UASC", [{"CHILD": "2", "SEX": "M", "DOB": "01/02/2010", "DUC": "01/01/2024"}]),
        "notes.txt": "kept beside the return",
    }
    found = _are_the_same(validate, tmp_path, "ssda903", {2024: saved(tmp_path / "given", tables)}, 2024)
    places = {(row["rule_id"], row["file"], row["row"]) for row in found}
    assert {
        ("903-INT14", "oc2.csv", 0),
        ("903-INT05", "oc2.csv", 1),
        ("903-INT21", "uasc.csv", 0),
        ("CSC-055", "header.csv", 2),
        ("CSC-007", "episodes.csv", 1),
        ("RET-000", "episodes.csv", 2),
    } <= places
