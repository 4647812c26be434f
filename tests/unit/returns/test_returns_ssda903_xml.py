"""SSDA903 as XML. That it reads as the same return in CSV does is a property test."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from made_up_returns import faults, only, read_files

from assets.returns.errors import ReturnError


def read(folder: Path, *children: str) -> dict[str, pl.DataFrame]:
    return read_files("ssda903", folder, {"903.xml": f"<EXPSSDA903>{''.join(children)}</EXPSSDA903>"})


def child(header: str, episodes: str = "", la_child_id: str = "1") -> str:
    return f"<CHILD><HEADER><CHILDID>{la_child_id}</CHILDID>{header}</HEADER>{episodes}</CHILD>"


@pytest.mark.parametrize(
    ("header", "flag", "end"),
    [
        ("<UASC>1</UASC><DUC>05/06/2023</DUC>", True, date(2023, 6, 5)),
        ("<UASC>1</UASC>", True, None),
        ("<DUC>05/06/2023</DUC>", True, date(2023, 6, 5)),
        ("<UASC>0</UASC>", False, None),
        ("<UASC>0</UASC><DUC>05/06/2023</DUC>", False, date(2023, 6, 5)),
        ("<UASC/>", None, None),
        ("", None, None),
    ],
)
def test_uasc_is_in_the_header(tmp_path: Path, header: str, flag: bool | None, end: date | None) -> None:
    found = only(read(tmp_path, child(header)), "children")
    assert (found["uasc_flag"], found["uasc_end_date"]) == (flag, end)


def test_tables_that_come_once_may_stand_in_the_header_itself_or_in_a_block(tmp_path: Path) -> None:
    leaver = "<IN_TOUCH>YES</IN_TOUCH><ACTIV>F1</ACTIV><ACCOM>K1</ACCOM>"
    flat = read(tmp_path / "flat", child(leaver))
    block = read(tmp_path / "block", child(f"<OC3>{leaver}</OC3>"))
    assert flat["care_leavers"].equals(block["care_leavers"])
    assert only(flat, "care_leavers")["in_touch"] == "YES"


def test_a_block_is_known_by_its_columns_whatever_it_is_called(tmp_path: Path) -> None:
    worker = "<ANYTHING><SW_ID>SW1</SW_ID><SW_DECOM>01/05/2023</SW_DECOM></ANYTHING>"
    frames = read(tmp_path, child(worker))
    assert (only(frames, "care_workers")["worker_id"], faults(frames)) == ("SW1", [])


def test_a_block_without_a_known_column_is_told_once(tmp_path: Path) -> None:
    stranger = "<STRANGER><THING>x</THING></STRANGER>"
    frames = read(tmp_path, child(stranger), child(stranger, la_child_id="2"))
    assert faults(frames) == [("return", "STRANGER", "unknown_element")]


def test_an_element_that_should_come_once_keeps_its_first_value(tmp_path: Path) -> None:
    frames = read(tmp_path, child("<SEX>M</SEX><SEX>F</SEX>", "<EPISODE><PL>U1</PL><PL>U2</PL></EPISODE>"))
    assert only(frames, "children")["sex"] == "M"
    assert only(frames, "placements")["placement_type"] == "U1"
    assert faults(frames) == [("children", "sex", "repeated"), ("placements", "placement_type", "repeated")]


def test_a_child_without_an_id_is_set_aside_and_told(tmp_path: Path) -> None:
    frames = read(tmp_path, child("", la_child_id=""), "<CHILD/>", child(""))
    assert frames["records"].select("child_key", "batch_index").rows() == [("201:1", 2)]
    assert faults(frames) == [("children", "la_child_id", "no_child_id")] * 2


def test_a_file_without_a_child_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReturnError, match=r"903\.xml: holds no CHILD; expected at least one child"):
        read(tmp_path)
