"""Where a finding stands in the LA's own files, and what is left out without the postcode directory."""

from datetime import date
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import polars as pl
import pytest
from made_up_returns import as_csv, as_xml, census, cin_child, saved
from validating import Validate

from assets.validation import places
from assets.validation.payload_files import PayloadError, payload_files
from assets.validation.payloads import check_payload
from assets.validation.places import NoDirectoryError, rules_on_places, users_directory
from assets.validation.returns import Asked, check_return
from orchestration.commands import validating
from quality.reference import postcodes

ON = date(2026, 3, 31)


def test_equal_faults_of_one_child_stand_at_their_own_records(tmp_path: Path) -> None:
    blank = '{"la_child_id":"A1","child_details":{"first_name":" "}}'
    saved(tmp_path, {"a.json": f'[{{"la_child_id":"B1"}},{blank}]', "b.json": f"[{blank},{blank}]"})
    found = check_payload([tmp_path], as_of=ON).answers.filter(pl.col("rule_id") == "CSC-114")
    assert sorted(found.select("file", "record", "la_child_id").rows()) == [
        ("a.json", 1, "A1"),
        ("b.json", 0, "A1"),
        ("b.json", 1, "A1"),
    ]


@pytest.mark.parametrize(("kind", "name"), [("cin", "a.xml"), ("ssda903", "b.xml")])
def test_of_a_return_in_one_file_that_file_is_named(tmp_path: Path, kind: str, name: str) -> None:
    children = [{"Header": [{"CHILD": "1", "SEX": "X"}], "Episodes": [{"CHILD": "1", "DECOM": "soon"}]}]
    saved(tmp_path, {"a.xml": census(cin_child()), "b.xml": as_xml(children)})
    checked = check_return([tmp_path / name], Asked(kind, "201", 2024))  # type: ignore[arg-type]
    found = checked.answers.filter((pl.col("outcome") == "failed") & pl.col("la_child_id").is_not_null())
    assert found["file"].unique().to_list() == [name]


def test_each_row_of_a_return_in_tables_is_in_the_file_it_was_read_from(tmp_path: Path) -> None:
    tables = {
        "h.csv": as_csv("Header", [{"CHILD": "1", "SEX": "X", "DOB": "32/01/2010"}]),
        "e.csv": as_csv("Episodes", [{"CHILD": "1", "DECOM": "01/02/2024", "DEC": "soon"}]),
        "p.csv": as_csv("PlacedAdoption", [{"CHILD": "1", "DATE_PLACED_CEASED": "soon"}]),
        "a.csv": as_csv("AD1", [{"CHILD": "7", "DATE_MATCH": "soon"}, {"CHILD": "1"}]),
        "u.csv": as_csv("UASC", [{"CHILD": "1", "SEX": "M", "DUC": "soon"}]),
    }
    checked = check_return([saved(tmp_path, tables)], Asked("ssda903", "201", 2024))
    found = checked.answers.filter(pl.col("outcome") == "failed").select("rule_id", "fields", "file", "row").unique()
    said = {(fields, file, row) for _, fields, file, row in found.rows()}
    assert {
        ("date_of_birth", "h.csv", 0),
        ("la_child_id", None, 1),  # the child of AD1 alone: what is wrong with it is in no one file
        ("end_date", "e.csv", 0),
        ("decision_reversed_date", "p.csv", 0),
        ("matched_date", "a.csv", 0),
        ("uasc_end_date", "u.csv", 0),
        ("AD1.CHILD", "a.csv", 0),
    } <= said


def test_files_are_named_by_as_much_of_their_path_as_tells_them_apart(tmp_path: Path) -> None:
    for name in ("a/x.json", "b/x.json", "b/y.JSON", "b/.z.json", "b/words.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("[]")
    found = payload_files([tmp_path, tmp_path / "a" / "x.json", tmp_path / "b" / "words.txt"])
    assert [file.name for file in found] == [
        str(tmp_path / "a/x.json"),
        str(tmp_path / "b/x.json"),
        "y.JSON",
        "words.txt",
    ]
    with pytest.raises(PayloadError, match=r"a\?\.json: is not a file"):
        payload_files([tmp_path / "a\x1b.json"])[0].read()


def test_the_rules_that_need_the_directory_are_known() -> None:
    assert rules_on_places("cin") == []
    assert {"CSC-108", "CSC-109", "CSC-231", "CSC-366"} <= set(rules_on_places("payload"))
    assert {"903-164", "903-169", "903-392a", "CSC-108"} <= set(rules_on_places("ssda903"))
    assert "CSC-138" not in rules_on_places("payload")


def test_a_cache_that_cannot_be_written_leaves_no_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(postcodes.platformdirs, "user_cache_path", lambda name: tmp_path / "file" / name)
    with pytest.raises(NoDirectoryError, match="cannot be kept in the user's cache folder"):
        users_directory()


def test_a_package_that_is_not_there_leaves_no_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> Path:
        raise PackageNotFoundError("postcodes-of-all-places")

    monkeypatch.setattr(places, "default_folder", absent)
    with pytest.raises(NoDirectoryError, match="the package postcodes-of-all-places is not installed"):
        users_directory()


@pytest.mark.parametrize("kind", ["payload", "ssda903"])
def test_without_a_directory_the_rest_is_judged_and_what_is_left_out_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    def none_at_hand() -> None:
        raise NoDirectoryError("it is not at hand")

    validate = Validate(monkeypatch)
    monkeypatch.setattr(validating, "users_directory", none_at_hand)
    episodes = as_csv("Episodes", [{"CHILD": "1", "DECOM": "01/02/2024", "RNE": "S", "HOME_POST": "QX1 1AA"}])
    given = saved(tmp_path, {"a.csv": episodes, "a.json": '[{"la_child_id":"A1"}]'})
    result = validate(kind, given / ("a.json" if kind == "payload" else "a.csv"))
    assert result.exit_code == 1
    assert "no postcode directory: it is not at hand; these rules are left out, or see less: " in result.stderr
    assert "CSC-109" in result.stderr
    assert "finding" in result.stdout
