"""What every row of a return carries, and a return's partition in the lake."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from made_up_returns import RECEIVED, PlainPseudonyms, as_csv, census, cin_child, read_files, saved

from assets.lake import Lake, return_partition
from assets.records.pseudonyms import Pseudonymiser
from assets.returns.errors import ReturnError
from assets.returns.reader import open_return
from assets.returns.stage import ReturnSummary, load_return
from quality.schemas.entities import ALL_ENTITIES
from quality.schemas.logs import LOGS

PLAN = "<CINPlanDates><CINPlanStartDate>2023-05-01</CINPlanStartDate></CINPlanDates>"


def load(folder: Path, lake: Lake, content: str, la_code: str = "201") -> ReturnSummary:
    path = saved(folder, {"census.xml": content}) / "census.xml"
    return load_return(
        "cin",
        [path],
        lake,
        return_id="201-cin-2024",
        la_code=la_code,
        year=2024,
        received_at=RECEIVED,
        pseudonyms=Pseudonymiser(b"a key that is made up for this test"),
        chunk_children=1,
    )


def test_every_table_of_the_lake_is_there_in_every_chunk(tmp_path: Path) -> None:
    frames = read_files("cin", tmp_path, {"census.xml": census(cin_child())})
    assert set(frames) == set(ALL_ENTITIES) | set(LOGS)


def test_a_row_carries_where_it_came_from(tmp_path: Path) -> None:
    frames = read_files("cin", tmp_path, {"census.xml": census(cin_child("A1"), cin_child("A2", details=[PLAN]))})
    plan = frames["cin_plans"].row(0, named=True)
    assert plan["content_hash"] == frames["records"].filter(child_key="201:A2")["content_hash"].item()
    lineage = (
        "source_type",
        "source_id",
        "la_code",
        "child_key",
        "received_at",
        "receipt_id",
        "batch_index",
        "row_index",
    )
    assert [plan[name] for name in lineage] == [
        "return", "201-cin-2024", "201", "201:A2", RECEIVED, "201-cin-2024", 1, 0,
    ]  # fmt: skip
    assert plan["purge"] is False


def test_a_child_of_a_return_is_a_full_record(tmp_path: Path) -> None:
    record = read_files("cin", tmp_path, {"census.xml": census(cin_child())})["records"].row(0, named=True)
    said = ("payload_mode", "submission_day", "has_child_details", "has_disabilities", "has_sdq_assessments")
    assert [record[name] for name in said] == ["full", date(2024, 7, 2), True, True, True]
    assert (record["is_purge_message"], record["schema_version"]) == (False, "cin-2024")


def test_identifiers_are_kept_apart(tmp_path: Path) -> None:
    frames = read_files("ssda903", tmp_path, {"h.csv": as_csv("Header", [{"CHILD": "007"}])})
    assert frames["identifiers"].select("la_code", "la_child_id", "mis_child_id", "child_key").rows() == [
        ("201", "007", None, "201:007")
    ]
    assert not any("la_child_id" in frame.columns for name, frame in frames.items() if name != "identifiers")


def test_the_hash_of_a_child_follows_its_content_and_nothing_else(tmp_path: Path) -> None:
    def hashes(name: str, *children: str) -> dict[str, str]:
        records = read_files("cin", tmp_path / name, {"census.xml": census(*children)})["records"]
        return dict(records.select("child_key", "content_hash").iter_rows())

    before = hashes("before", cin_child("A1", details=[PLAN]), cin_child("A2", details=[PLAN]))
    moved = hashes("moved", cin_child("A3"), cin_child("A2", details=[PLAN]), cin_child("A1", details=[PLAN]))
    changed = hashes("changed", cin_child("A1", details=[PLAN.replace("01<", "02<")]), cin_child("A2", details=[PLAN]))
    assert {key: moved[key] for key in before} == before
    assert changed["201:A1"] != before["201:A1"]
    assert changed["201:A2"] == before["201:A2"]


def test_a_return_becomes_its_partition_whole(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    children = [cin_child("A1", details=[PLAN, PLAN]), cin_child("A2", "<PersonBirthDate>x</PersonBirthDate>")]
    summary = load(tmp_path, lake, census(*children, year="2023"))
    assert summary.children == 2
    assert summary.rows == {
        "children": 2, "cin_plans": 2, "episodes": 2, "faults": 2, "identifiers": 2, "records": 2,
    }  # fmt: skip
    assert summary.faults == {"differs": 1, "not_a_date": 1}
    assert (summary.header.collection_year, summary.header.lea) == (2023, "201")
    assert (summary.header.period_start, summary.header.reference_date) == (date(2023, 4, 1), date(2024, 3, 31))
    assert lake.rows(return_partition("201-cin-2024")) == summary.rows
    assert lake.read(return_partition("201-cin-2024"), "cin_plans")["child_key"].n_unique() == 1


def test_a_return_landed_again_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "lake")
    load(tmp_path, lake, census(cin_child("A1"), cin_child("A2")))
    load(tmp_path, lake, census(cin_child("A1")))
    assert lake.read(return_partition("201-cin-2024"), "records").height == 1


@pytest.mark.parametrize("content", [census(cin_child())[:-9], census(cin_child()).replace(">201<", ">202<")])
def test_a_return_that_is_refused_leaves_the_one_before(tmp_path: Path, content: str) -> None:
    lake = Lake(tmp_path / "lake")
    load(tmp_path, lake, census(cin_child("A1"), cin_child("A2")))
    with pytest.raises(ReturnError):
        load(tmp_path, lake, content)
    assert lake.read(return_partition("201-cin-2024"), "records").height == 2


def test_a_return_is_read_from_the_bytes_of_a_zip(tmp_path: Path) -> None:
    import io
    import zipfile

    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("census.xml", census(cin_child()))
    opened = open_return(
        "cin", content.getvalue(), return_id="201-cin-2024", la_code="201", year=2024, received_at=RECEIVED
    )
    assert sum(frames["records"].height for frames in opened.chunks(PlainPseudonyms())) == 1


def test_the_time_of_receipt_must_know_its_zone(tmp_path: Path) -> None:
    naive = datetime(2024, 7, 1, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ReturnError, match="no time zone"):
        open_return("cin", [tmp_path], return_id="201-cin-2024", la_code="201", year=2024, received_at=naive)


def test_rows_of_a_fault_hold_places_and_names_only(tmp_path: Path) -> None:
    frames = read_files("ssda903", tmp_path, {"h.csv": as_csv("Header", [{"CHILD": "1", "DOB": "Zebedee"}])})
    cells = [str(cell) for row in frames["faults"].rows() for cell in row]
    assert not any("Zebedee" in cell for cell in cells)
    assert isinstance(frames["faults"].schema["row_index"], pl.Int32)
