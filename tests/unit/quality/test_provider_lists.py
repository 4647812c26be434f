"""Lists of Ofsted's providers: our CSV, the workbooks that DfE gives to LAs, and what is said of one not understood."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from quality.reference.provider_errors import ProviderListError
from quality.reference.providers import read_providers
from quality.rules.model import PROVIDER_COLUMNS

HEADER = "urn,la_code,provider_codes,placement_types,postcode,deregistered\n"
HOMES = ["URN", "Local Authority", "Provider Code", "Provider Placement Code", "Closed Date", "Setting Postcode"]
OPEN = ["URN", "Local authority", "Placement code", "Placement provider code", "Setting postcode"]
CLOSED = [*OPEN, "Deregistration date"]
SUPPORTED = ["URN", "Provider Local Authority", "Closed Date", "Setting Address Postcode"]


def _csv(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "providers.csv"
    path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def _workbook(folder: Path, name: str = "providers.xlsx", **sheets: list[list[Any]]) -> Path:
    """A workbook of these sheets, whose names have _ for a space."""
    path = folder / name
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        for sheet, rows in sheets.items():
            page = book.add_worksheet(sheet.replace("_", " "))
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return path


def test_our_own_list(tmp_path: Path) -> None:
    read = read_providers(_csv(tmp_path, "1234567,204,pr1; PR2,K1;K2,ab1 2cd,2025-03-31", "sc012345,,,,,"))
    assert read.schema == pl.Schema(PROVIDER_COLUMNS)
    assert read.row(0) == ("1234567", "204", ["PR1", "PR2"], ["K1", "K2"], "AB12CD", date(2025, 3, 31))
    assert read.row(1) == ("SC012345", None, None, None, None, None)


def test_a_list_of_no_providers(tmp_path: Path) -> None:
    assert read_providers(_csv(tmp_path)).schema == pl.Schema(PROVIDER_COLUMNS)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",204,,,,", "line 3: urn must not be empty"),
        ("1234567,Camden,,,,", "line 3: la_code must be three digits"),
        ("1234567,204,,,,31/03/2025", "line 3: deregistered must be a date"),
        ("1234567,204,,,,2025-02-30", "line 3: deregistered must be a date"),
    ],
)
def test_a_line_that_is_wrong_is_named(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(ProviderListError, match=said):
        read_providers(_csv(tmp_path, "1234567,204,,,,", line))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProviderListError, match="line 1: the column deregistered is missing"):
        read_providers(_csv(tmp_path, header="urn,la_code,provider_codes,placement_types,postcode\n"))


def test_the_lists_of_homes_and_of_other_providers_in_a_folder(tmp_path: Path) -> None:
    _workbook(
        tmp_path, "homes.xlsx", Provider_information=[HOMES, [1234567, "Hackney", "K1/K2", "PR4", None, "AB1 2CD"]]
    )
    _workbook(
        tmp_path,
        "others.xlsx",
        Current_providers=[OPEN, ["SC1", "Camden", "U1,U4", "PR1, PR2", "REDACTED"], [None, "Total", None, None, None]],
        Providers_closed=[CLOSED, ["SC2", "Atlantis", "U4", "PR4", "AB1 2CE", date(2025, 3, 31)]],
    )
    read = read_providers(tmp_path)
    assert read.schema == pl.Schema(PROVIDER_COLUMNS)
    assert read.rows() == [
        ("1234567", "204", ["PR4"], ["K1", "K2"], "AB12CD", None),
        ("SC1", "202", ["PR1", "PR2"], ["U1", "U4"], None, None),
        ("SC2", None, ["PR4"], ["U4"], "AB12CE", date(2025, 3, 31)),
    ]


def test_the_list_of_both_with_supported_accommodation(tmp_path: Path) -> None:
    of_both = ["URN", "Local authority", "Placement code", "Placement provider code", "Deregistration date"]
    path = _workbook(
        tmp_path,
        Providers=[[*of_both, "Setting address postcode"], ["SC1", "Camden", "K2", "PR1/PR4", "31/03/2025", "AB1 2CD"]],
        Supported=[SUPPORTED, ["2700001", "Bristol, City of", 45747, "AB1 2CE"]],
    )
    assert read_providers(path).rows() == [
        ("SC1", "202", ["PR1", "PR4"], ["K2"], "AB12CD", date(2025, 3, 31)),
        ("2700001", "801", ["PR4"], ["K3"], "AB12CE", date(2025, 3, 31)),
    ]


def test_supported_accommodation_may_say_whose_it_is(tmp_path: Path) -> None:
    path = _workbook(tmp_path, Supported=[[*SUPPORTED, "Placement provider code"], ["1", "Camden", None, None, "PR1"]])
    assert read_providers(path).row(0) == ("1", "202", ["PR1"], ["K3"], None, None)


def test_homes_with_their_addresses_on_another_sheet(tmp_path: Path) -> None:
    path = _workbook(
        tmp_path,
        Settings_and_Inspection_Info=[
            HOMES[:-1],
            ["SC1", "Camden", "K2", "PR4", None],
            ["SC2", "Camden", "K2", "PR4", None],
        ],
        Address_Details=[["URN", "Setting Address Postcode"], ["SC2", "AB1 2CD"], ["SC9", "AB1 2CE"]],
    )
    assert read_providers(path)["postcode"].to_list() == [None, "AB12CD"]


def test_a_day_that_is_none_is_named(tmp_path: Path) -> None:
    path = _workbook(tmp_path, Closed=[CLOSED, [], ["SC2", "Camden", "U4", "PR4", "AB1 2CE", "in spring"]])
    with pytest.raises(ProviderListError, match="sheet 'Closed', row 3: the day of closing must be a date"):
        read_providers(path)


def test_a_workbook_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(ProviderListError, match="no sheet has the columns URN and Placement code"):
        read_providers(_workbook(tmp_path, Notes=[["Read me"]], Empty=[]))


def test_a_file_that_only_claims_to_be_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "providers.xlsx"
    path.write_bytes(b"no workbook")
    with pytest.raises(ProviderListError, match="cannot be read as a workbook"):
        read_providers(path)


def test_what_is_no_list_at_all(tmp_path: Path) -> None:
    with pytest.raises(ProviderListError, match="there is none; put one here"):
        read_providers(tmp_path)
    with pytest.raises(ProviderListError, match="there is no such file"):
        read_providers(tmp_path / "providers.csv")
    with pytest.raises(ProviderListError, match=r"expected a \.csv or \.xlsx file"):
        read_providers(tmp_path / "providers.pdf")
