"""A return without a child keeps every other byte: XML in any namespace and encoding, CSV with any line ends, zips."""

import zipfile
from pathlib import Path

import pytest

from assets.erasure.return_files import without_children
from assets.returns.errors import ReturnError


def erased(tmp_path: Path, name: str, content: bytes) -> tuple[bytes, int, bool]:
    source, target = tmp_path / name, tmp_path / f"left-{name}"
    source.write_bytes(content)
    left = without_children(source, target, lambda child_id: child_id == "gone1")
    return target.read_bytes(), left.taken_out, left.is_opaque


def xml(prefix: str, children: str) -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<{prefix}Message><!-- é --><{prefix}Children>{children}'
        f"</{prefix}Children></{prefix}Message>\n"
    )


def one(prefix: str, child_id: str) -> str:
    return (
        f"<{prefix}Child>\n <{prefix}ChildIdentifiers><{prefix}LAchildID> {child_id} </{prefix}LAchildID>"
        f"</{prefix}ChildIdentifiers><{prefix}Surname>é</{prefix}Surname></{prefix}Child>"
    )


@pytest.mark.parametrize("prefix", ["", "dfe:"])
def test_a_child_goes_from_xml_and_nothing_else_changes(tmp_path: Path, prefix: str) -> None:
    before = xml(prefix, one(prefix, "stay1") + "\n<!-- between -->" + one(prefix, "gone1") + one(prefix, "stay2"))
    after = before.replace(one(prefix, "gone1"), "")
    assert erased(tmp_path, "census.xml", before.encode()) == (after.encode(), 1, False)


def test_a_child_goes_from_xml_in_utf_16(tmp_path: Path) -> None:
    before = xml("", one("", "stay1") + one("", "gone1")).replace("utf-8", "utf-16")
    after, count, _ = erased(tmp_path, "census.xml", before.encode("utf-16"))
    assert (after.decode("utf-16"), count) == (before.replace(one("", "gone1"), ""), 1)


def test_an_xml_that_breaks_off_is_refused_and_names_no_child(tmp_path: Path) -> None:
    with pytest.raises(ReturnError, match="not well formed") as raised:
        erased(tmp_path, "census.xml", xml("", one("", "gone1"))[:-12].encode())
    assert "gone1" not in str(raised.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_childs_lines_go_from_csv(tmp_path: Path, encoding: str, end: str) -> None:
    lines = ["CHILD,DECOM,PLACE", "stay1,01/04/2024,é", '"gone1",01/04/2024,"two', 'lines"', "stay2,02/04/2024,"]
    before, after = (end.join([*some, ""]).encode(encoding) for some in (lines, [*lines[:2], lines[4]]))
    assert erased(tmp_path, "episodes.csv", before) == (after, 1, False)


def test_a_csv_without_the_child_keeps_every_byte(tmp_path: Path) -> None:
    before = b"CHILD,DECOM\r\nstay1,01/04/2024\n\n"
    assert erased(tmp_path, "episodes.csv", before) == (before, 0, False)


def test_a_file_that_names_no_children_is_kept_and_said_to_be_opaque(tmp_path: Path) -> None:
    assert erased(tmp_path, "notes.txt", b"gone1 is in here") == (b"gone1 is in here", 0, True)


def test_a_zip_is_made_anew_with_the_same_names(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("in/header.csv", "CHILD,SEX\nstay1,1\ngone1,2\n")
        archive.writestr("census.xml", xml("", one("", "gone1")))
    target = tmp_path / "left.zip"
    assert without_children(path, target, lambda child_id: child_id == "gone1").taken_out == 2
    with zipfile.ZipFile(target) as archive:
        assert archive.read("in/header.csv") == b"CHILD,SEX\nstay1,1\n"
        assert archive.read("census.xml") == xml("", "").encode()
