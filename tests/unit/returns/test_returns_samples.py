"""The sample returns beside the checkout, and that the layouts have every attribute of the mapping."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest
from made_up_returns import faults, read_paths

from assets.returns.cin import CIN_FIELDS
from assets.returns.ssda903_layout import SSDA903_TABLES

# The samples' ids and pupil numbers are made up without regard to what they should look like.
_IDS = ("la_child_id", "unique_pupil_number", "former_unique_pupil_number")


def _apart_from_ids(frames: Mapping[str, pl.DataFrame]) -> list[tuple[str, str, str]]:
    return [fault for fault in faults(frames) if fault[1] not in _IDS]


@pytest.mark.parametrize(
    ("name", "year", "rows", "told"),
    [
        (
            "CIN_Census_2021.xml",
            2023,
            {"children": 1, "episodes": 1, "assessment_factors": 2, "cp_plan_reviews": 1},
            [],
        ),
        (
            "CIN_Census_2024.xml",
            2024,
            {"children": 2, "episodes": 2, "assessment_factors": 3, "disabilities": 3, "cp_plans": 1},
            [("children", "sex", "not_of_this_year")] * 2 + [("return", "year", "differs")],
        ),
        (
            "CIN2rows.xml",
            2023,
            {"children": 1, "assessments": 1, "cp_plans": 2},
            [("return", "reference_date", "differs")],
        ),
    ],
)
def test_a_sample_census_is_read(
    shared_dir: Path, name: str, year: int, rows: dict[str, int], told: list[tuple[str, str, str]]
) -> None:
    frames = read_paths("cin", shared_dir / "data" / "returns" / "cin" / name, year=year)
    assert {table: frames[table].height for table in rows} == rows
    assert _apart_from_ids(frames) == told


def test_the_sample_ssda903_is_read(shared_dir: Path) -> None:
    folder = shared_dir / "data" / "returns" / "ssda903"
    frames = read_paths("ssda903", folder, year=2018)
    for entity, file in {
        "children": "header", "placements": "episodes", "reviews": "reviews", "cla_health": "oc2",
        "care_leavers": "oc3", "previous_permanence": "previous_permanence", "missing_episodes": "missing",
    }.items():  # fmt: skip
        with (folder / f"{file}.csv").open() as handle:
            assert frames[entity].height == sum(1 for row in csv.reader(handle) if row) - 1, entity
    assert frames["children"]["uasc_flag"].sum() == 5
    assert frames["adoptions"]["matched_date"].drop_nulls().len() == 4
    assert _apart_from_ids(frames) == []


def test_every_census_element_of_the_mapping_is_in_the_layout(shared_dir: Path) -> None:
    read = {field.column for fields in CIN_FIELDS.values() for field in fields}
    with (shared_dir / "spec" / "mapping.csv").open() as handle:
        paths = [
            row["cin_path"] for row in csv.DictReader(handle) if row["cin_path"].startswith(("Child/", "NOT Child/"))
        ]
    named = {re.split(r"[ (]", path.removeprefix("NOT "))[0].rsplit("/", 1)[-1] for path in paths}
    listed = {name for path in paths if "(" in path for name in re.findall(r"\w+", path.split("(")[1])}
    groups = {"PreProceedingsandFGDM"}
    assert (named | (listed & {field.column for field in CIN_FIELDS["pre_proceedings"]})) - groups <= read
    assert {field.column for field in CIN_FIELDS["pre_proceedings"]} <= listed


def test_every_ssda903_column_of_the_mapping_is_in_the_layout(shared_dir: Path) -> None:
    columns = {table.name: set(table.columns) for table in SSDA903_TABLES}
    with (shared_dir / "spec" / "mapping.csv").open() as handle:
        text = "\n".join(row["ssda903_column"] for row in csv.DictReader(handle))
    named = re.findall(
        r"\b(Header|Episodes|OC2|OC3|AD1|PlacedAdoption|UASC|PrevPerm|Missing|Reviews|SWEpisodes|DoLo)\.([A-Z0-9_]+)",
        text,
    )
    assert named
    assert [(table, column) for table, column in named if column not in columns[table]] == []
