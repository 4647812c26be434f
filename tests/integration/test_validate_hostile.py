"""csc validate given what is odd, broken or meant to harm: a finding, or one clear line, and never a traceback."""

import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_up_returns import as_csv, as_xml, census, cin_child, saved
from validating import Validate

CENSUS = census(cin_child())
HEADER = as_csv("Header", [{"CHILD": "1", "SEX": "F", "DOB": "01/02/2010"}])
EPISODES = as_csv("Episodes", [{"CHILD": "1", "DECOM": "01/02/2024", "RNE": "S"}])
XML_903 = as_xml([{"Header": [{"CHILD": "1", "SEX": "F"}], "Episodes": [{"CHILD": "1", "DECOM": "01/02/2024"}]}])
GOOD = '[{"la_child_id": "A1"}]'


@pytest.fixture
def validate(monkeypatch: pytest.MonkeyPatch) -> Validate:
    return Validate(monkeypatch)


def _zipped(files: dict[str, bytes | str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def _given(folder: Path, content: bytes | str, name: str) -> Path:
    return saved(folder, {name: content}) / name


REFUSED: list[tuple[str, dict[str, bytes | str], str]] = [
    ("cin", {"a.xml": HEADER}, "a.xml: the name says XML, the content is plain text; export it again or rename it"),
    ("ssda903", {"a.csv": CENSUS}, "a.csv: the name says plain text, the content is XML"),
    (
        "cin",
        {"a.xml": f'<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "{"&a;" * 9}">]>{CENSUS}'},
        "a.xml: has a document type",
    ),
    ("cin", {"a.xml": f'<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]>{CENSUS}'}, "a.xml: has a document type"),
    ("ssda903", {"a.xml": f'<!DOCTYPE m SYSTEM "http://127.0.0.1:9/a.dtd">{XML_903}'}, "a.xml: has a document type"),
    ("cin", {"a.xml": CENSUS[:-9]}, "a.xml, line 1: is not well formed XML"),
    ("ssda903", {"a.csv": HEADER, "b.csv": HEADER}, "a.csv and b.csv: are both the Header table"),
    ("ssda903", {"a.csv": HEADER.replace("CHILD", "KID")}, "a.csv: its first line does not name the columns"),
    ("ssda903", {"a.csv": HEADER.encode("utf-16-le")}, "a.csv: the name says plain text, the content is neither"),
    ("ssda903", {"a.csv": "x" * 200_000}, "a.csv: its first line does not name the columns"),
    ("ssda903", {"a.csv": 'CHILD,"' + "x\n" * 100_000}, "a.csv: has a quotation mark that is never closed"),
    ("cin", {"a.xml": ""}, "a.xml: is empty; expected one CIN census XML"),
    ("ssda903", {"a.csv": ""}, "a.csv: is empty; expected SSDA903 tables as CSV"),
    *((kind, {}, "no file to read") for kind in ("cin", "ssda903")),
    ("payload", {}, "given: holds no .json file"),
    *((kind, {"a.png": b"\x89PNG\0", "b.txt": "words"}, "none of the files is part") for kind in ("cin", "ssda903")),
    ("payload", {"a.png": b"\x89PNG\0", ".hidden.json": GOOD}, "given: holds no .json file"),
    ("ssda903", {"a.zip": _zipped({"b.zip": _zipped({"h.csv": HEADER})})}, "none of the files is part of this return"),
    ("cin", {"a.zip": _zipped({"b.zip": _zipped({"c.xml": CENSUS})})}, "none of the files is part of this return"),
    ("cin", {"a.xml": CENSUS, "b.xml": CENSUS}, "2 files, of which 2 XML; expected one CIN census XML"),
    ("ssda903", {"a.xml": CENSUS}, "a.xml: the outermost element is not EXPSSDA903"),
    ("cin", {"a.xml": XML_903}, "a.xml: the outermost element is not Message"),
    ("cin", {"a.csv": HEADER}, "none of the files is part of this return; expected one CIN census XML"),
    ("cin", {"a.xml": census(cin_child(), year="1066")}, "a.xml: its header is of a year before 2010 or after 2100"),
    ("cin", {"a.xml": census(cin_child(), year="²")}, "a.xml: its header does not say which year it is of"),
    (
        "cin",
        {"a.xml": census(cin_child(), year="99999", reference_date="")},
        "a.xml: its header does not say which year",
    ),
    ("ssda903", {"h.csv": HEADER}, "no episode says of which year the return is"),
    ("ssda903", {"e.csv": EPISODES.replace("2024", "1924")}, "most of its episodes are of a year before 2010"),
    ("ssda903", {"h.csv": HEADER.splitlines()[0]}, "h.csv: hold no row with a child's id"),
    ("payload", {"a.json": b"[" + b" " * 17 * 1024**2 + b"]"}, "a.json: has 17 MB; a batch holds at most 100 children"),
]


@pytest.mark.parametrize(("kind", "files", "reason"), REFUSED)
def test_what_cannot_be_judged_is_refused_in_one_line(
    validate: Validate, tmp_path: Path, kind: str, files: dict[str, bytes | str], reason: str
) -> None:
    said = validate.refused(kind, saved(tmp_path / "given", files))
    assert said.startswith(reason)


@pytest.mark.parametrize(
    ("kind", "content", "name"),
    [("cin", GOOD, "a.json"), ("ssda903", GOOD, "a.json"), ("cin", XML_903, "a.xml"), ("ssda903", CENSUS, "a.xml")],
)
def test_another_kind_of_file_given_by_name_is_refused(
    validate: Validate, tmp_path: Path, kind: str, content: str, name: str
) -> None:
    assert validate.refused(kind, _given(tmp_path, content, name)).startswith(f"{name}: ")


WHOLE_FILE: list[tuple[bytes, str, str]] = [
    (b"", "CSC-001", "it is empty"),
    (b" \n", "CSC-001", "it is empty"),
    (CENSUS.encode(), "CSC-001", "it is XML; a payload is JSON"),
    (_zipped({"a.json": GOOD}), "CSC-001", "it is a zip; unpack it and give the files"),
    (GOOD.encode("utf-16"), "CSC-001", "it is UTF-16 text; save it as UTF-8"),
    (b'{"la_child_id": "A1"}', "CSC-001", "it is one object; put it between [ and ]"),
    (GOOD.encode()[:-4], "CSC-001", "the body ends inside a text: it is cut off or not JSON"),
    (b"null", "CSC-001", "the body is not one JSON array"),
    (b"[]", "CSC-003", "the list in the file is empty"),
    (b"[" + b",".join([b"{}"] * 70_000) + b"]", "CSC-002", "more than 10,000 in the file, so none of them was judged"),
]


@pytest.mark.parametrize(("content", "rule_id", "reason"), WHOLE_FILE)
def test_a_file_that_is_no_batch_has_one_finding(
    validate: Validate, tmp_path: Path, content: bytes, rule_id: str, reason: str
) -> None:
    (row,) = validate.rows("payload", _given(tmp_path, content, "a.json"))
    assert (row["rule_id"], row["record"], row["file"]) == (rule_id, None, "a.json")
    assert reason in row["message"]


DETAILS = "child_details"
SDQ = "health_and_wellbeing.sdq_assessments.#0"
REFUSED_RECORDS: list[tuple[bytes, str, str, str | None, str]] = [
    (b'{"la_child_id":"A1","x":NaN}', "CSC-006", "", "A1", "the record holds NaN or Infinity, which is not JSON"),
    (b'{"la_child_id":"A\xff"}', "CSC-006", "", None, "the record holds bytes that are not UTF-8 text"),
    (b'{"la_child_id":"A1","purge":true,"purge":true}', "CSC-006", "", "A1", "holds the same property twice: purge"),
    (b'{"la_child_id":"A1","x":' + b"[" * 100 + b"]" * 100 + b"}", "CSC-012", "", "A1", "has a name that is not known"),
    (b'{"la_child_id":"A1","x":' + b"[" * 500 + b"]" * 500 + b"}", "CSC-006", "", "A1", "nested too deeply"),
    (b'{"la_child_id":"A1","x":' + b"[" * 99_999 + b"]" * 99_999 + b"}", "CSC-006", "", "A1", "nested too deeply"),
    (b'{"la_child_id":"A1","mis_child_id":"\\ud800"}', "CSC-006", "", "A1", "holds half of a two-part character"),
    (b'{"la_child_id":"A1\\n"}', "CSC-008", "la_child_id", "A1\n", "a character that is not allowed here"),
    (
        b'{"la_child_id":"' + b"x" * 10_000_000 + b'"}',
        "CSC-009",
        "la_child_id",
        None,
        "must have at most 20 characters",
    ),
    (b'{"mis_child_id":"A1"}', "CSC-007", "la_child_id", None, "la_child_id is missing"),
    (b'{"la_child_id":7}', "CSC-014", "la_child_id", None, "la_child_id must be text"),
    (b"7", "CSC-006", "", None, "must be an object"),
    (
        b'{"la_child_id":"A1","child_details":{"date_of_birth":"2025-02-29"}}',
        "CSC-058",
        f"{DETAILS}.date_of_birth",
        "A1",
        f"{DETAILS}.date_of_birth must be a real date, written YYYY-MM-DD",
    ),
    (
        b'{"la_child_id":"A1","health_and_wellbeing":{"sdq_assessments":[{"score":20.0}]}}',
        "CSC-084",
        f"{SDQ}.score",
        "A1",
        f"{SDQ}.score must be a whole number",
    ),
    (
        b'{"la_child_id":"A1","child_details":null}',
        "CSC-013",
        DETAILS,
        "A1",
        "null is not allowed; leave the property out",
    ),
]


@pytest.mark.parametrize(("record", "rule_id", "path", "child", "expected"), REFUSED_RECORDS)
def test_a_refused_record_says_rule_record_field_child_and_what_was_expected(
    validate: Validate, tmp_path: Path, record: bytes, rule_id: str, path: str, child: str | None, expected: str
) -> None:
    body = b'[{"la_child_id": "B1"},' + record + b"]"
    found = [row for row in validate.rows("payload", _given(tmp_path, body, "a.json")) if row["severity"] == "reject"]
    assert [(row["rule_id"], row["record"], row["fields"], row["la_child_id"]) for row in found] == [
        (rule_id, 1, path, child)
    ]
    assert expected in found[0]["message"]


READ_ALL_THE_SAME: list[tuple[str, Callable[[], dict[str, Any]]]] = [
    ("payload", lambda: {"a.json": b"\xef\xbb\xbf" + GOOD.encode()}),
    ("payload", lambda: {"a.JSON": GOOD.replace("A1", "A1\\u0042").replace(" ", "\r\n")}),
    ("payload", lambda: {"a.json": '[{"la_child_id":"A1","child_details":{"first_name":"%s"}}]' % ("x" * 10_000_000)}),
    ("payload", lambda: {"a.json": json.dumps([{"la_child_id": f"A{n}"} for n in range(101)])}),
    ("cin", lambda: {"a.xml": b"\xef\xbb\xbf" + CENSUS.encode()}),
    ("cin", lambda: {"a.xml": ('<?xml version="1.0" encoding="UTF-16"?>' + CENSUS).encode("utf-16")}),
    ("cin", lambda: {"a.xml": CENSUS.replace("A1", "A[/b]")}),
    ("cin", lambda: {"a.xml": census(cin_child(), lea="<b/>")}),
    ("ssda903", lambda: {"a.xml": XML_903}),
    ("ssda903", lambda: {"h.csv": HEADER.replace("F,", "é’,").encode("cp1252"), "e.csv": EPISODES}),
    ("ssda903", lambda: {"h.csv": HEADER.encode("utf-16"), "e.csv": EPISODES.replace("\n", "\r\n")}),
    ("ssda903", lambda: {"h.csv": HEADER + "2,F," + "9" * 1_000_000 + "\n", "e.csv": EPISODES}),
    ("ssda903", lambda: {"h.csv": HEADER.replace("\n1,", "\n\x1b[31m[/b]1,"), "e.csv": EPISODES}),
    ("ssda903", lambda: {"a.zip": _zipped({"some/h.csv": HEADER, "e.csv": EPISODES})}),
]


@pytest.mark.parametrize(("kind", "made"), READ_ALL_THE_SAME)
def test_what_is_odd_is_judged_all_the_same(
    validate: Validate, tmp_path: Path, kind: str, made: Callable[[], dict[str, Any]]
) -> None:
    result = validate(kind, saved(tmp_path, made()))
    assert result.exit_code == 1
    assert " findings in " in result.stdout
    assert "\x1b" not in result.stdout


def test_names_of_columns_given_twice_are_one_finding(validate: Validate, tmp_path: Path) -> None:
    twice = HEADER + HEADER
    found = validate.rows("ssda903", saved(tmp_path, {"h.csv": twice, "e.csv": EPISODES}))
    told = [(row["rule_id"], row["row"], row["file"]) for row in found if "the names of the columns" in row["message"]]
    assert told == [("RET-000", 1, "h.csv")]


def test_the_same_batch_given_twice_is_judged_once(validate: Validate, tmp_path: Path) -> None:
    batch = _given(tmp_path, GOOD, "a.json")
    assert validate.rows("payload", batch, batch, tmp_path) == validate.rows("payload", batch)


def test_batches_of_one_name_are_told_apart(validate: Validate, tmp_path: Path) -> None:
    for day in ("monday", "tuesday"):
        _given(tmp_path / day, GOOD, "batch.json")
    names = {row["file"] for row in validate.rows("payload", tmp_path)}
    assert names == {str(tmp_path / day / "batch.json") for day in ("monday", "tuesday")}


@pytest.mark.parametrize("kind", ["payload", "cin", "ssda903"])
def test_pipes_links_to_nothing_and_devices_are_no_files(validate: Validate, tmp_path: Path, kind: str) -> None:
    suffix = "json" if kind == "payload" else "csv"
    os.mkfifo(tmp_path / f"pipe.{suffix}")
    assert "is not a file that can be read" in validate.refused(kind, tmp_path / f"pipe.{suffix}")
    assert "is not a file that can be read" in validate.refused(kind, "/dev/zero")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / f"gone.{suffix}").symlink_to(tmp_path / "nowhere")
    assert "is not a file that can be read" in validate.refused(kind, folder)


@pytest.mark.parametrize("kind", ["payload", "ssda903"])
def test_a_name_that_is_no_text_is_shown_as_well_as_can_be(validate: Validate, tmp_path: Path, kind: str) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.csv"))
    odd.write_text(EPISODES if kind == "ssda903" else GOOD)
    assert {row["file"] for row in validate.rows(kind, odd)} <= {"?.csv", None}


@pytest.mark.parametrize("kind", ["payload", "cin", "ssda903"])
def test_a_file_that_may_not_be_read_is_said_so(
    validate: Validate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    path = _given(tmp_path, CENSUS if kind == "cin" else HEADER, "a.xml" if kind == "cin" else "a.csv")
    plain = Path.open

    def kept_from_us(self: Path, *arguments: Any, **options: Any) -> Any:
        if self.name == path.name:
            raise PermissionError(13, "Permission denied")
        return plain(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", kept_from_us)
    assert f"{path.name}: cannot be read (Permission denied)" in validate.refused(kind, path)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["payload", "a.json", "--la", "999"], "--la 999 is not the code of a current local authority"),
        (["payload", "a.json", "--year", "2026"], "--year is for a return"),
        (["payload", "a.json", "--previous", "a.json"], "--previous is for a return"),
        (["payload", "a.json", "--as-of", "2026-02-30"], "--as-of must be a day such as"),
        (["payload", "a.json", "--as-of", "0001-01-01"], "--as-of must be a day such as"),
        (["payload", "a.json", "--as-of", "9999-12-31"], "--as-of must be a day such as"),
        (["cin", "a.json", "--year", "99999"], "Invalid value for '--year'"),
        (["cin", "a.json", "--year", "soon"], "Invalid value for '--year'"),
        (["cin", "a.json", "--previous", "a.json"], "are for an SSDA903 only"),
        (["cin", "a.json", "--as-of", "2026-03-31"], "--as-of is for a payload"),
        (["school", "a.json"], "Invalid value for"),
        (["payload"], "Missing argument"),
        (["payload", "absent.json"], "does not exist"),
        (["payload", "a.json", "--format", "xml"], "Invalid value for '--format'"),
    ],
)
def test_wrong_use_is_2(
    validate: Validate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    _given(tmp_path, GOOD, "a.json")
    assert said in validate.refused(*arguments, code=2)
