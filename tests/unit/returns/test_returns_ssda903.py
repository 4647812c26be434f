"""SSDA903 as CSV, table by table, and what a child and an adoption are put together from."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from made_up_returns import COLUMNS, Row, as_csv, faults, only, read_files

from assets.returns.ssda903_layout import SSDA903_TABLES, TABLE
from quality.schemas.entities import ALL_ENTITIES

HEADER: Row = {"CHILD": "1", "SEX": "F", "DOB": "01/02/2010", "ETHNIC": "WBRI", "UPN": "A204123456008"}
EPISODE: Row = {
    "CHILD": "1", "DECOM": "01/05/2023", "RNE": "S", "LS": "C2", "CIN": "N1", "PLACE": "U1", "PLACE_PROVIDER": "PR1",
    "DEC": "02/06/2023", "REC": "X1", "REASON_PLACE_CHANGE": "CARPL", "HOME_POST": "ZZ1 1ZZ", "PL_POST": "ZZ2 2ZZ",
    "URN": "SC123456",
}  # fmt: skip


def read(folder: Path, tables: Mapping[str, list[Row]], **options: object) -> dict[str, pl.DataFrame]:
    files = {f"{table}.csv": as_csv(table, rows) for table, rows in tables.items()}
    return read_files("ssda903", folder, files, **options)


STATED = "stated_date_of_birth"
TABLES: dict[str, tuple[str, Row, tuple]] = {
    "placements": (
        "Episodes",
        EPISODE,
        (None, "1", date(2023, 5, 1), "S", "U1", "ZZ2 2ZZ", date(2023, 6, 2), "X1", "CARPL", "C2", "PR1", "SC123456",
         "N1", "ZZ1 1ZZ"),
    ),
    "reviews": ("Reviews", {"REVIEW": "01/05/2023", "REVIEW_CODE": "PN1"}, (date(2023, 5, 1), "PN1")),
    "sdq_assessments": ("OC2", {"SDQ_SCORE": "12", "SDQ_REASON": "SDQ1"}, (None, 12, "SDQ1")),
    "cla_health": (
        "OC2",
        {
            "CONVICTED": "0", "HEALTH_CHECK": "1", "IMMUNISATIONS": "0", "TEETH_CHECK": "1", "HEALTH_ASSESSMENT": "0",
            "SUBSTANCE_MISUSE": "1", "INTERVENTION_RECEIVED": "0", "INTERVENTION_OFFERED": "1",
        },
        ("0", "1", "0", "1", "0", "1", "0", "1"),
    ),
    "care_leavers": ("OC3", {"IN_TOUCH": "YES", "ACTIV": "F1", "ACCOM": "K2"}, (None, None, "F1", "K", "2", "YES")),
    "previous_permanence": (
        "PrevPerm",
        {"PREV_PERM": "P1", "LA_PERM": "202", "DATE_PERM": "ZZ/05/2020"},
        ("P1", "202", "ZZ/05/2020"),
    ),
    "missing_episodes": (
        "Missing",
        {"MISSING": "M", "MIS_START": "01/05/2023", "MIS_END": "02/05/2023"},
        (date(2023, 5, 1), date(2023, 5, 2), "M"),
    ),
    "care_workers": (
        "SWEpisodes",
        {"SW_ID": "SW1", "SW_DECOM": "01/05/2023", "SW_DEC": "02/05/2023", "SW_REASON": "MANAGE"},
        (None, "SW1", date(2023, 5, 1), date(2023, 5, 2), "MANAGE"),
    ),
    "dolo": ("DoLo", {"DOLO_START": "01/05/2026", "DOLO_END": "02/05/2026"}, (date(2026, 5, 1), date(2026, 5, 2))),
}  # fmt: skip


@pytest.mark.parametrize("entity", TABLES)
def test_a_table_is_read_with_all_its_attributes(tmp_path: Path, entity: str) -> None:
    table, row, expected = TABLES[entity]
    frames = read(tmp_path, {"Header": [HEADER], table: [{"CHILD": "1"} | row]})
    attributes = [name for name in ALL_ENTITIES[entity].attributes if name != STATED]
    assert frames[entity].select(attributes).rows() == [expected]
    assert faults(frames) == []


@pytest.mark.parametrize("table", ["Reviews", "OC2", "OC3", "Missing", "DoLo", "PlacedAdoption"])
def test_a_row_keeps_the_date_of_birth_that_it_states_where_it_is_not_the_childs(tmp_path: Path, table: str) -> None:
    entity = TABLE[table].entity
    said = TABLES[entity][1] if entity in TABLES else {"DATE_PLACED": "01/05/2023"}
    rows = [said | {"CHILD": "1", "DOB": born} for born in ("01/02/2010", "02/02/2010", "", "31/02/2010", "2010-02-03")]
    stated = read(tmp_path, {"Header": [HEADER], table: rows})[entity].sort("row_index")[STATED].to_list()
    assert stated == [None, date(2010, 2, 2), None, None, date(2010, 2, 3)]


def test_every_table_has_a_case() -> None:
    assert {table.name for table in SSDA903_TABLES} - {table for table, _, _ in TABLES.values()} == {
        "Header",
        "UASC",
        "AD1",
        "PlacedAdoption",
    }


def test_a_child_is_put_together_from_header_uasc_and_episodes(tmp_path: Path) -> None:
    episodes = [
        EPISODE | {"DECOM": "01/07/2023", "HOME_POST": "ZZ3 3ZZ", "DEC": "09/09/2023", "REC": "E2"},
        EPISODE,
    ]
    mother = HEADER | {"MOTHER": "1", "MC_DOB": "03/04/2023"}
    uasc = [{"CHILD": "1", "SEX": "F", "DOB": "01/02/2010", "DUC": "05/06/2023"}]
    child = only(read(tmp_path, {"Header": [mother], "Episodes": episodes, "UASC": uasc}), "children")
    assert {name: child[name] for name in ALL_ENTITIES["children"].attributes if child[name] is not None} == {
        "unique_pupil_number": "hashed A204123456008",
        "date_of_birth": date(2010, 2, 1),
        "sex": "F",
        "ethnicity": "WBRI",
        "home_postcode": "ZZ3 3ZZ",
        "uasc_flag": True,
        "uasc_end_date": date(2023, 6, 5),
        "date_of_death": date(2023, 9, 9),
        "is_mother": True,
        "mother_child_date_of_birth": date(2023, 4, 3),
    }
    uasc[0]["DOB"] = "02/02/2010"
    again = only(read(tmp_path / "again", {"Header": [mother], "Episodes": episodes, "UASC": uasc}), "children")
    assert (again["date_of_birth"], again["uasc_date_of_birth"]) == (date(2010, 2, 1), date(2010, 2, 2))


@pytest.mark.parametrize(
    ("sex", "expected", "of_years"),
    [
        ("1", "M", (2024,)),
        ("2", "F", (2024,)),
        ("M", "M", (2025,)),
        ("f", "F", (2025,)),
        ("U", "U", (2024, 2025)),
        ("X", "X", (2024, 2025)),
    ],
)
def test_sex_is_one_code_whatever_the_year_and_told_where_it_is_not_of_this_one(
    tmp_path: Path, sex: str, expected: str, of_years: tuple[int, ...]
) -> None:
    for year in (2024, 2025):
        frames = read(tmp_path / str(year), {"Header": [HEADER | {"SEX": sex}]}, year=year)
        assert only(frames, "children")["sex"] == expected
        assert faults(frames) == ([] if year in of_years else [("children", "sex", "not_of_this_year")])


@pytest.mark.parametrize(
    ("upn", "number", "reason"),
    [("A204123456008", "hashed A204123456008", None), ("UN3", None, "UN3"), ("un5", None, "UN5"), ("", None, None)],
)
def test_the_pupil_number_column_is_split(tmp_path: Path, upn: str, number: str | None, reason: str | None) -> None:
    child = only(read(tmp_path, {"Header": [HEADER | {"UPN": upn}]}), "children")
    assert (child["unique_pupil_number"], child["unique_pupil_number_unknown_reason"]) == (number, reason)


@pytest.mark.parametrize(
    ("uasc", "expected"),
    [(None, None), ([], False), ([{"CHILD": "2", "DUC": ""}], False), ([{"CHILD": "1", "DUC": ""}], True)],
)
def test_a_child_is_known_not_to_be_uasc_only_if_the_table_came(
    tmp_path: Path, uasc: list[Row] | None, expected: bool | None
) -> None:
    frames = read(tmp_path, {"Header": [HEADER]} | ({} if uasc is None else {"UASC": uasc}))
    assert frames["children"].filter(child_key="201:1")["uasc_flag"].to_list() == [expected]


@pytest.mark.parametrize("column", ["UASC", "uasc_status"])
def test_a_header_that_says_uasc_itself_is_believed(tmp_path: Path, column: str) -> None:
    frames = read_files("ssda903", tmp_path, {"h.csv": f"CHILD,SEX,DOB,ETHNIC,UPN,{column}\n1,M,,,,1\n2,M,,,,0\n"})
    assert frames["children"]["uasc_flag"].to_list() == [True, False]


def test_a_child_who_is_not_in_header_comes_after_those_who_are(tmp_path: Path) -> None:
    oc2 = [{"CHILD": "9", "DOB": "09/09/2009", "SDQ_SCORE": "1"}]
    uasc = [{"CHILD": "8", "SEX": "1", "DOB": "08/08/2008"}]
    frames = read(tmp_path, {"OC2": oc2, "UASC": uasc, "Header": [HEADER]})
    children = frames["children"].select("child_key", "batch_index", "date_of_birth", "sex").rows()
    assert children == [
        ("201:1", 0, date(2010, 2, 1), "F"),
        ("201:8", 1, date(2008, 8, 8), "M"),
        ("201:9", 2, date(2009, 9, 9), None),
    ]


AD1 = {"CHILD": "1", "DATE_INT": "01/05/2023", "DATE_MATCH": "02/05/2023", "FOSTER_CARE": "0", "NB_ADOPTR": "2",
       "SEX_ADOPTR": "MF", "LS_ADOPTR": "L11"}  # fmt: skip


def test_an_adoption_is_put_together_from_ad1_placed_adoption_and_episodes(tmp_path: Path) -> None:
    placed = {"CHILD": "1", "DATE_PLACED": "01/05/2023", "DATE_PLACED_CEASED": "09/05/2023",
              "REASON_PLACED_CEASED": "RD1"}  # fmt: skip
    episodes = [
        EPISODE | {"PLACE": "A5", "DECOM": "09/07/2023"},
        EPISODE | {"PLACE": "A4", "DECOM": "08/07/2023"},
        EPISODE | {"PLACE": "A2", "DECOM": "07/07/2023"},
    ]
    frames = read(tmp_path, {"Header": [HEADER], "AD1": [AD1], "PlacedAdoption": [placed], "Episodes": episodes})
    decided = date(2023, 5, 1)
    assert frames["adoptions"].select(ALL_ENTITIES["adoptions"].attributes).rows() == [
        (None, decided, date(2023, 5, 2), date(2023, 7, 8), decided, decided, True, True, date(2023, 5, 9), "RD1", "0")
        + ("2", "MF", "L11", None)
    ]
    assert faults(frames) == []


def test_where_the_decision_dates_differ_ad1_counts_and_the_difference_is_told(tmp_path: Path) -> None:
    placed = {"CHILD": "1", "DATE_PLACED": "03/03/2023"}
    frames = read(tmp_path, {"Header": [HEADER], "AD1": [AD1], "PlacedAdoption": [placed]})
    adoption = only(frames, "adoptions")
    assert adoption["initial_decision_date"] == adoption["ad1_decision_date"] == date(2023, 5, 1)
    assert adoption["placed_adoption_decision_date"] == date(2023, 3, 3)
    assert faults(frames) == [("adoptions", "initial_decision_date", "tables_differ")]


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"AD1": [AD1]}, (True, False)),
        ({"PlacedAdoption": [{"CHILD": "1", "DATE_PLACED": ""}]}, (False, True)),
        ({"Episodes": [EPISODE | {"PLACE": "A3"}]}, (False, False)),
    ],
)
def test_an_adoption_tells_which_tables_the_child_is_in(tmp_path: Path, tables, said) -> None:
    adoption = only(read(tmp_path, {"Header": [HEADER], **tables}), "adoptions")
    assert (adoption["in_ad1"], adoption["in_placed_adoption"]) == said


def test_an_earlier_decision_of_the_same_child_stays_a_row_of_its_own(tmp_path: Path) -> None:
    placed = [
        {"CHILD": "1", "DATE_PLACED": "03/03/2022", "DATE_PLACED_CEASED": "04/04/2022"},
        {"CHILD": "1", "DATE_PLACED": "01/05/2023"},
    ]
    adoptions = read(tmp_path, {"Header": [HEADER], "AD1": [AD1], "PlacedAdoption": placed})["adoptions"]
    assert adoptions.select("row_index", "initial_decision_date", "matched_date").rows() == [
        (0, date(2022, 3, 3), None),
        (1, date(2023, 5, 1), date(2023, 5, 2)),
    ]


def test_placements_are_numbered_within_the_child_and_a_change_of_legal_status_is_left_as_it_is(tmp_path: Path) -> None:
    episodes = [EPISODE, EPISODE | {"CHILD": "2"}, EPISODE | {"RNE": "L", "DECOM": "02/06/2023"}]
    frames = read(tmp_path, {"Episodes": episodes})
    rows = frames["placements"].select("child_key", "child_looked_after_placement_id", "start_reason", "row_index")
    assert sorted(rows.rows()) == [("201:1", "1", "S", 0), ("201:1", "2", "L", 2), ("201:2", "1", "S", 1)]


def test_a_row_of_oc2_without_score_or_reason_is_no_assessment(tmp_path: Path) -> None:
    frames = read(tmp_path, {"Header": [HEADER], "OC2": [{"CHILD": "1", "CONVICTED": "1"}]})
    assert (frames["sdq_assessments"].height, frames["cla_health"].height) == (0, 1)


@pytest.mark.parametrize(
    ("table", "row", "fault"),
    [
        ("Header", {"DOB": "1/2"}, ("children", "date_of_birth", "not_a_date")),
        ("Header", {"MOTHER": "?"}, ("children", "is_mother", "not_a_flag")),
        ("Episodes", {"DEC": "soon"}, ("placements", "end_date", "not_a_date")),
        ("OC2", {"SDQ_SCORE": "high"}, ("sdq_assessments", "score", "not_a_number")),
        ("OC3", {"ACCOM": "K12"}, ("care_leavers", "accommodation", "not_a_code")),
        ("UASC", {"DUC": "31/31/2020"}, ("children", "uasc_end_date", "not_a_date")),
        ("AD1", {"DATE_MATCH": "x"}, ("adoptions", "matched_date", "not_a_date")),
    ],
)
def test_a_cell_that_cannot_be_read_is_a_fault_at_its_place(
    tmp_path: Path, table: str, row: Row, fault: tuple[str, str, str]
) -> None:
    tables = {"Header": [HEADER, HEADER | {"CHILD": "2"}]} | ({table: [{"CHILD": "1"}]} if table != "Header" else {})
    frames = read(tmp_path, tables | {table: [*tables[table][:1], {"CHILD": "2"} | row]})
    place = frames["faults"].select("child_key", "batch_index", "row_index").rows()
    assert (place, faults(frames)) == ([("201:2", 1, 1)], [fault])


def test_a_child_that_comes_twice_in_header_is_one_child(tmp_path: Path) -> None:
    frames = read(tmp_path, {"Header": [HEADER, HEADER | {"CHILD": "2"}, HEADER], "Episodes": [EPISODE, EPISODE]})
    assert frames["records"].select("child_key", "batch_index").rows() == [("201:1", 0), ("201:2", 1)]
    assert frames["children"].filter(child_key="201:1")["row_index"].to_list() == [0, 2]


def test_every_column_of_every_table_is_read() -> None:
    assert {table: len(columns) - 1 for table, columns in COLUMNS.items()} == {
        "Header": 8, "Episodes": 12, "Reviews": 3, "UASC": 3, "OC2": 11, "OC3": 4, "AD1": 7, "PlacedAdoption": 4,
        "PrevPerm": 4, "Missing": 4, "SWEpisodes": 5, "DoLo": 3,
    }  # fmt: skip
