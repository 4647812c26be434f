"""A census judged where it lies: children without an id are judged as all others, and named by nothing."""

from pathlib import Path

import polars as pl
import pytest
from made_up_returns import census, cin_child, saved

from assets.validation.returns import Asked, check_return

BORN = "<PersonBirthDate>2015-03-27</PersonBirthDate>"


def failed(folder: Path, *children: str, year: int = 2025) -> pl.DataFrame:
    """What failed in a census of these children."""
    header = {"year": str(year), "reference_date": f"{year}-03-31"}
    file = saved(folder, {"census.xml": census(*children, **header)}) / "census.xml"
    checked = check_return([file], Asked("cin", "201", year))
    return checked.answers.filter(pl.col("outcome") == "failed")


def places(answers: pl.DataFrame, code: str) -> list[tuple[str | None, int]]:
    """Child's id and place of the child in the file, of each finding of a DfE rule."""
    return answers.filter(pl.col("dfe_code_cin") == code).select("la_child_id", "record").rows()


def test_a_child_without_an_id_is_judged_by_every_other_rule(tmp_path: Path) -> None:
    found = failed(tmp_path, cin_child("A1", f"{BORN}<Sex>F</Sex>"), cin_child("", "<Sex>F</Sex>"), cin_child(" "))
    assert places(found, "8500") == [(None, 1), (None, 2)]
    assert places(found, "8525Q") == [(None, 1), (None, 2)]
    assert places(found, "4180") == [(None, 2)]
    assert places(found, "8590") == [("A1", 0), (None, 1), (None, 2)]
    assert places(found, "8510") == []


@pytest.mark.parametrize(
    ("sex", "year", "failing"),
    [
        ("<GenderCurrent>0</GenderCurrent>", 2024, set()),
        ("<GenderCurrent>u</GenderCurrent>", 2024, {"4180", "8750"}),
        ("<GenderCurrent>U</GenderCurrent>", 2024, {"4180", "8750"}),
        ("<GenderCurrent>M</GenderCurrent>", 2024, {"4180", "8750"}),
        ("<Sex>U</Sex>", 2025, set()),
        ("<Sex>u</Sex>", 2025, {"4180", "8750"}),
        ("<Sex>0</Sex>", 2025, {"4180", "8750"}),
        ("<Sex>M</Sex>", 2025, {"8750"}),
    ],
)
def test_the_sex_of_an_unborn_child_is_found_once_whatever_is_wrong_with_it(
    tmp_path: Path, sex: str, year: int, failing: set[str]
) -> None:
    unborn = "<ExpectedPersonBirthDate>2024-06-01</ExpectedPersonBirthDate>"
    found = failed(tmp_path, cin_child("A1", unborn + sex), year=year)
    codes = found.filter(pl.col("dfe_code_cin").is_in(["4180", "8750"]))["dfe_code_cin"].to_list()
    assert sorted(codes) == sorted(failing)


@pytest.mark.parametrize(("flag", "failing"), [("true", 0), ("False", 0), ("1", 0), ("no", 1), ("", 1)])
def test_a_flag_that_is_none_is_found_once(tmp_path: Path, flag: str, failing: int) -> None:
    details = f"<CINreferralDate>2024-06-01</CINreferralDate><ReferralNFA>{flag}</ReferralNFA>"
    found = failed(tmp_path, cin_child("A1", BORN, details=[details]))
    assert len(places(found, "8568")) == failing
    assert "RET-000" not in found["rule_id"].to_list()
