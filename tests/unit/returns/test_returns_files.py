"""Folders, zips and single files; and files that are not what they are given as."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from made_up_returns import as_csv, census, cin_child, faults, read_files, read_paths, saved

from assets.returns import xml_stream
from assets.returns.errors import ReturnError
from assets.returns.sources import files_under

SECRET = "Zebedee"
TABLES = {"a.csv": as_csv("Header", [{"CHILD": "1"}]), "b.csv": as_csv("OC2", [{"CHILD": "1", "SDQ_SCORE": "4"}])}
CENSUS = census(cin_child())


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def test_files_a_folder_and_a_zip_are_the_same_return(tmp_path: Path) -> None:
    folder = saved(tmp_path / "folder", TABLES)
    inner = {f"some/where/{name}": text for name, text in TABLES.items()}
    archive = saved(tmp_path, {"return.zip": zipped(inner)}) / "return.zip"
    by_file = read_paths("ssda903", folder / "a.csv", folder / "b.csv")
    for other in (read_paths("ssda903", folder), read_paths("ssda903", archive)):
        assert all(other[name].equals(frame) for name, frame in by_file.items())


def test_a_census_may_come_in_a_zip(tmp_path: Path) -> None:
    frames = read_files("cin", tmp_path, {"census.zip": zipped({"__MACOSX/._c.xml": "x", "c.xml": CENSUS})})
    assert frames["records"].height == 1


def test_what_lies_beside_the_tables_is_left_out_and_told(tmp_path: Path) -> None:
    beside = {".hidden": "x", "notes.txt": "some words", "picture.png": b"\x89PNG\x00", "plain": TABLES["b.csv"]}
    frames = read_paths("ssda903", saved(tmp_path, beside | {"a.csv": TABLES["a.csv"]}))
    assert faults(frames) == [("return", "file", "ignored_file")] * 2
    assert frames["sdq_assessments"].height == 1


def test_the_files_to_keep_are_those_that_would_be_read(tmp_path: Path) -> None:
    folder = saved(tmp_path, TABLES | {".hidden": "x"})
    assert files_under([folder]) == [folder / "a.csv", folder / "b.csv"]
    assert files_under([folder / "b.csv"]) == [folder / "b.csv"]
    with pytest.raises(ReturnError, match="no file to read"):
        files_under([])


NOT_A_CENSUS: list[tuple[dict[str, str | bytes], str]] = [
    ({"a.xml": as_csv("Header", [])}, r"a\.xml: the name says XML, the content is plain text"),
    ({"a.csv": CENSUS}, r"a\.csv: the name says plain text, the content is XML"),
    ({"a.txt": SECRET}, r"a\.txt: is plain text; expected one CIN census XML"),
    ({"a.xml": ""}, r"a\.xml: is empty; expected one CIN census XML"),
    ({"a": b"\x00\x01"}, r"a: is neither text nor XML; expected one CIN census XML"),
    ({"a.xml": f"<EXPSSDA903><CHILD>{SECRET}</CHILD></EXPSSDA903>"}, r"a\.xml: the outermost element is not Message"),
    ({"a.xml": "<Message><Children><Child/></Children></Message>"}, r"a\.xml: has no Header before its first Child"),
    ({"a.xml": CENSUS.replace(">CIN<", f">{SECRET}<")}, r"a\.xml: its header names another collection"),
    ({"a.xml": CENSUS.replace(">201<", ">202<")}, r"a\.xml: its header says LA 202; expected LA 201"),
    ({"a.xml": CENSUS.replace(">201<", f">{SECRET}<")}, r"says something that is no LA code; expected LA 201"),
    ({"a.xml": census()}, r"a\.xml: holds no Child; expected"),
    ({"a.xml": CENSUS[:-20]}, r"a\.xml, line 1: is not well formed XML"),
    ({"a.xml": CENSUS.replace("<Child>", f"<Child>&{SECRET};")}, r"a\.xml(, line 1)?: is not well formed XML"),
    ({"a.xml": CENSUS, "b.xml": CENSUS}, r"2 files, of which 2 XML; expected one CIN census XML"),
]


@pytest.mark.parametrize(("files", "expected"), NOT_A_CENSUS)
def test_what_is_not_a_census_is_refused_in_plain_words(
    tmp_path: Path, files: dict[str, str | bytes], expected: str
) -> None:
    with pytest.raises(ReturnError, match=expected) as refused:
        read_files("cin", tmp_path, files)
    assert SECRET not in str(refused.value)


NOT_SSDA903: list[tuple[dict[str, str | bytes], str]] = [
    ({"a.xml": TABLES["a.csv"]}, r"a\.xml: the name says XML, the content is plain text"),
    ({"a.xml": CENSUS}, r"a\.xml: the outermost element is not EXPSSDA903; expected an SSDA903 return"),
    ({"a.csv": TABLES["a.csv"], "b.xml": "<EXPSSDA903/>"}, r"2 files, of which 1 XML; expected SSDA903 tables as CSV"),
    ({"a.xlsx": zipped({"[Content_Types].xml": "<x/>"})}, r"a\.xlsx: is an Excel workbook; expected CSV or XML"),
    ({"a.zip": zipped({"readme.txt": SECRET})}, "none of the files is part of this return"),
    ({"a.zip": zipped({})}, "no file to read"),
    ({"a.zip": zipped(TABLES)[:-30]}, r"a\.zip: is neither text nor XML"),
]


@pytest.mark.parametrize(("files", "expected"), NOT_SSDA903)
def test_what_is_not_ssda903_is_refused_in_plain_words(
    tmp_path: Path, files: dict[str, str | bytes], expected: str
) -> None:
    with pytest.raises(ReturnError, match=expected) as refused:
        read_files("ssda903", tmp_path, files)
    assert SECRET not in str(refused.value)


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    whole = zipped({"a.csv": TABLES["a.csv"] * 100})
    broken = whole[:60] + b"\x00" * 20 + whole[80:]
    with pytest.raises(ReturnError, match="cannot be unpacked, the zip is damaged"):
        read_files("ssda903", tmp_path, {"a.zip": broken})


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReturnError, match=r"gone\.xml: no such file or folder"):
        read_paths("cin", tmp_path / "gone.xml")


ENTITIES = {
    "one inside another": '<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {after} "{f"&{name};" * 10}">' for name, after in zip("abcdefgh", "bcdefghi", strict=True)),
    "a file": '<!ENTITY a SYSTEM "file:///etc/hostname">',
    "an address": '<!ENTITY % a SYSTEM "http://127.0.0.1:9/a.dtd"> %a;',
    "none": "",
}


@pytest.mark.parametrize("declared", ENTITIES)
def test_a_document_type_is_refused_whatever_it_declares(tmp_path: Path, declared: str) -> None:
    bomb = f"<!DOCTYPE Message [{ENTITIES[declared]}]>{CENSUS.replace('A1', '&i;')}"
    with pytest.raises(ReturnError, match="DOCTYPE|not well formed"):
        read_files("cin", tmp_path, {"a.xml": bomb})


def test_a_child_without_end_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_stream, "MAX_CHILD_BYTES", 500_000)
    with pytest.raises(ReturnError, match="without the end of a child; expected at most 500,000"):
        read_files("cin", tmp_path, {"a.xml": CENSUS.replace("</Child>", "<x/>" * 500_000 + "</Child>")})


def test_elements_nested_without_end_are_refused(tmp_path: Path) -> None:
    deep = CENSUS.replace("</Child>", "<x>" * 1000 + "</x>" * 1000 + "</Child>")
    with pytest.raises(ReturnError, match="not well formed"):
        read_files("cin", tmp_path, {"a.xml": deep})
