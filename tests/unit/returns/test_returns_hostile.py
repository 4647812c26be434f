"""Files made to fill the memory, or by mistake larger than any return: refused in one line, before they are read."""

import os
import zipfile
from pathlib import Path

import pytest
from made_up_returns import as_csv, as_xml, census, cin_child, faults, read_files, read_paths, saved

from assets.returns import ssda903_csv, xml_stream
from assets.returns.errors import ReturnError

HEADER = as_csv("Header", [{"CHILD": "1", "SEX": "F", "DOB": "01/02/2010"}])
CENSUS = census(cin_child())


@pytest.mark.parametrize(
    "before",
    ["<!-- -->" * 200_000, "<?go on?>" * 200_000, '<?xml version="1.0"?>' + " " * 2_000_000],
    ids=["comments", "instructions", "blanks"],
)
def test_a_beginning_without_end_is_refused(tmp_path: Path, before: str) -> None:
    with pytest.raises(ReturnError, match=r"a\.xml: does not begin with an XML element"):
        read_files("cin", tmp_path, {"a.xml": before + CENSUS})


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("cin", census(*["<Child/>"] * 30)),
        ("ssda903", as_xml([{"Header": [{"CHILD": str(number)}]} for number in range(30)])),
    ],
)
def test_more_children_than_any_la_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, content: str
) -> None:
    monkeypatch.setattr(xml_stream, "MAX_CHILDREN", 20)
    with pytest.raises(ReturnError, match=r"a\.xml: holds more than 20 children"):
        read_files(kind, tmp_path, {"a.xml": content})


def test_text_without_end_in_one_element_is_refused(tmp_path: Path) -> None:
    long = CENSUS.replace("<LAchildID>", "<LAchildID>" + "x" * 6_000_000)
    with pytest.raises(ReturnError, match="without the end of a child"):
        read_files("cin", tmp_path, {"a.xml": long})


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("CHILD," + "x" * 100_000, "first line does not name the columns"),
        ("x" * 100_000, "first line does not name the columns"),
        ('CHILD,"' + "x\n" * 100_000, "a quotation mark that is never closed"),
        (HEADER.replace("CHILD,", "CHILD," + "more," * 300), r"has 307 columns; expected at most 200"),
        (HEADER + ",\n" * 2_000, r"has 2,001 lines; no SSDA903 table has over 1,000"),
        (HEADER + "2," + "F" * 20_000, r"has 0 MB; expected an SSDA903 table of at most 0 MB"),
    ],
)
def test_a_csv_that_is_no_table_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, expected: str
) -> None:
    monkeypatch.setattr(ssda903_csv, "MAX_ROWS", 1_000)
    if "MB" in expected:
        monkeypatch.setattr(ssda903_csv, "MAX_TABLE_BYTES", 10_000)
    with pytest.raises(ReturnError, match=expected):
        read_files("ssda903", tmp_path, {"a.csv": content})


def test_a_table_is_told_by_its_first_line_without_reading_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ssda903_csv, "MAX_TABLE_BYTES", 200)
    beside = {"a.csv": HEADER, "notes.txt": "x" * 100_000}
    frames = read_paths("ssda903", saved(tmp_path, beside))
    assert faults(frames) == [("return", "file", "ignored_file")]


def test_names_of_columns_given_again_are_no_child_and_are_told(tmp_path: Path) -> None:
    twice = HEADER + HEADER.splitlines()[0].lower() + "\n" + HEADER.splitlines()[1].replace("1", "2", 1) + "\n"
    frames = read_files("ssda903", tmp_path, {"a.csv": twice})
    assert frames["children"]["row_index"].to_list() == [0, 2]
    assert frames["faults"].select("row_index", "entity", "field", "fault").rows() == [
        (1, "children", "row", "column_names_again")
    ]


def test_a_child_may_be_called_child(tmp_path: Path) -> None:
    frames = read_files("ssda903", tmp_path, {"a.csv": HEADER.replace("\n1,", "\nCHILD,")})
    assert frames["records"].height == 1
    assert faults(frames) == []


@pytest.mark.parametrize("kind", ["cin", "ssda903"])
def test_a_link_to_nothing_and_a_pipe_are_no_files(tmp_path: Path, kind: str) -> None:
    (tmp_path / "gone.csv").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.csv")
    for given in (tmp_path, tmp_path / "pipe.csv", Path("/dev/zero")):
        with pytest.raises(ReturnError, match="is not a file that can be read"):
            read_paths(kind, given)


def test_a_name_that_is_no_text_can_be_printed(tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.csv"))
    odd.write_text("nothing")
    with pytest.raises(ReturnError) as refused:
        read_paths("ssda903", odd)
    assert str(refused.value).encode("utf-8").startswith(b"?.csv: ")


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_a_damaged_zip_of_any_kind_is_refused(tmp_path: Path, method: int) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w", method) as made:
        made.writestr("a.csv", HEADER + "".join(f"{number},F,01/02/2010,,,,\n" for number in range(500)))
    whole = archive.read_bytes()
    archive.write_bytes(whole[:80] + bytes(255 - byte for byte in whole[80:120]) + whole[120:])
    with pytest.raises(ReturnError, match="cannot be unpacked|cannot be read|neither text nor XML"):
        read_paths("ssda903", archive)


def test_a_zip_in_a_zip_is_passed_over(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as inner:
        inner.writestr("a.csv", HEADER)
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as outer:
        outer.write(tmp_path / "inner.zip", "inner.zip")
    with pytest.raises(ReturnError, match="none of the files is part of this return"):
        read_paths("ssda903", tmp_path / "outer.zip")


@pytest.mark.parametrize("declared", ["utf-99", "ascii", "utf-8", "windows-1252"])
def test_a_declared_encoding_is_kept_to(tmp_path: Path, declared: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?>' + census(
        cin_child(characteristics="<Ethnicity>é</Ethnicity>")
    )
    content = text.encode("cp1252")
    if declared == "windows-1252":
        assert read_files("cin", tmp_path, {"a.xml": content})["children"]["ethnicity"].to_list() == ["é"]
        return
    with pytest.raises(ReturnError, match="its letters are in another encoding than it says"):
        read_files("cin", tmp_path, {"a.xml": content})
