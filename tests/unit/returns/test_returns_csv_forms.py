"""CSV as it really comes: encodings, line ends, quoting, columns in any order, rows of the wrong length."""

from pathlib import Path

import pytest
from made_up_returns import faults, only, read_files

from assets.returns.errors import ReturnError

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
ROW = "1,F,01/02/2010,WBRI,A204123456008,,\n"
SECRET = "Zebedee"


@pytest.mark.parametrize(
    "content",
    [
        HEADER + ROW,
        b"\xef\xbb\xbf" + (HEADER + ROW).encode(),
        (HEADER + ROW).encode("utf-16"),
        (HEADER + ROW).replace("\n", "\r\n"),
        (HEADER + ROW).replace("\n", "\r"),
        "\n" + HEADER + ROW + "\n\n",
        HEADER + ROW + ",,,,,,\n   \n",
        (HEADER + ROW).rstrip(),
        HEADER.lower() + ROW,
        " Child , sex,Dob,ethnic,upn,mother,mc_dob\n" + ROW,
        '"CHILD","SEX","DOB","ETHNIC","UPN","MOTHER","MC_DOB"\n"1","F","01/02/2010","WBRI","A204123456008","",""\n',
        "UPN,ETHNIC,DOB,CHILD,SEX,MC_DOB,MOTHER\nA204123456008,WBRI,01/02/2010,1,F,,\n",
        HEADER + "1,F,01/02/2010,WBRI,A204123456008\n",
        HEADER + ROW.replace(",,\n", ",,,,,\n"),
        HEADER + " 1 , F ,01/02/2010 ,WBRI,\tA204123456008,,\n",
    ],
)
def test_the_same_table_in_many_forms_is_the_same(tmp_path: Path, content: str | bytes) -> None:
    plain = read_files("ssda903", tmp_path / "plain", {"header.csv": HEADER + ROW})
    other = read_files("ssda903", tmp_path / "other", {"anything at all.csv": content})
    assert other["children"].equals(plain["children"])
    assert faults(other) == []


def test_windows_text_is_read(tmp_path: Path) -> None:
    content = (HEADER + ROW).replace("WBRI", "caf\u00e9 \u2019").encode("cp1252")
    assert only(read_files("ssda903", tmp_path, {"h.csv": content}), "children")["ethnicity"] == "CAF\u00c9 \u2019"


def test_quoted_commas_and_line_ends_stay_in_their_cell(tmp_path: Path) -> None:
    frames = read_files(
        "ssda903", tmp_path, {"h.csv": HEADER + ROW.replace("WBRI", '"a, ""b""\nc"') + ROW.replace("1", "2", 1)}
    )
    assert frames["children"]["ethnicity"].to_list() == ['A, "B"\nC', "WBRI"]
    assert frames["children"]["row_index"].to_list() == [0, 1]


def test_a_row_with_too_many_cells_is_read_and_told(tmp_path: Path) -> None:
    frames = read_files("ssda903", tmp_path, {"h.csv": HEADER + ROW + f"2,F,01/02/2010,WBRI,,,,{SECRET}\n"})
    assert frames["children"].height == 2
    assert frames["faults"].select("row_index", "entity", "field", "fault").rows() == [
        (1, "children", "row", "too_many_cells")
    ]


def test_columns_that_are_missing_or_unknown_are_told_without_their_names(tmp_path: Path) -> None:
    frames = read_files("ssda903", tmp_path, {"h.csv": f"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,{SECRET}\n1,F,,WBRI,,,x\n"})
    assert faults(frames) == [
        ("children", "mother_child_date_of_birth", "missing_column"),
        ("children", "column 7", "unknown_column"),
    ]
    assert only(frames, "children")["mother_child_date_of_birth"] is None


def test_an_empty_table_is_a_table(tmp_path: Path) -> None:
    files = {"h.csv": HEADER + ROW, "r.csv": "CHILD,DOB,REVIEW,REVIEW_CODE\n", "u.csv": "CHILD,SEX,DOB,DUC"}
    frames = read_files("ssda903", tmp_path, files)
    assert (frames["reviews"].height, only(frames, "children")["uasc_flag"]) == (0, False)


def test_a_row_without_a_child_is_set_aside_and_told(tmp_path: Path) -> None:
    frames = read_files("ssda903", tmp_path, {"h.csv": HEADER + ROW.replace("1", "", 1) + ROW})
    assert frames["records"].select("child_key", "batch_index").rows() == [("201:1", 1)]
    assert frames["faults"].select("row_index", "field", "fault").rows() == [(0, "la_child_id", "no_child_id")]


def test_header_and_episodes_may_both_be_missing_but_not_unnoticed(tmp_path: Path) -> None:
    frames = read_files("ssda903", tmp_path, {"r.csv": "CHILD,DOB,REVIEW,REVIEW_CODE\n1,,01/01/2024,PN1\n"})
    assert faults(frames) == [("return", "header_and_episodes", "missing_table")]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a.csv": HEADER + ROW, "b.csv": HEADER + ROW}, r"a\.csv and b\.csv: are both the Header table"),
        ({"a.csv": f"{SECRET},F,01/02/2010\n"}, r"a\.csv: its first line does not name the columns"),
        ({"a.csv": ROW}, r"a\.csv: its first line does not name the columns"),
        ({"a.csv": HEADER.replace(",", ";") + ROW}, "separated by commas"),
        ({"a.csv": ""}, r"a\.csv: is empty"),
        ({"a.csv": b"\xef\xbb\xbf\r\n "}, r"a\.csv: is empty"),
        ({"a.csv": HEADER}, r"a\.csv: hold no row with a child's id"),
        ({"a.csv": HEADER.replace("MOTHER", "SEX") + ROW}, r"a\.csv: column SEX is there twice"),
        ({"a.csv": HEADER + f'1,"{SECRET}' + "x" * 200_000}, r"a\.csv: has a quotation mark that is never closed"),
        ({"a.csv": "CHILD,REVIEW,REVIEW_CODE,DUC,DOLO_START,DOLO_END\n1,,,,,\n"}, "of Reviews and of DoLo"),
    ],
)
def test_what_cannot_be_a_return_is_refused_in_plain_words(
    tmp_path: Path, files: dict[str, str | bytes], expected: str
) -> None:
    with pytest.raises(ReturnError, match=expected) as refused:
        read_files("ssda903", tmp_path, files)
    assert SECRET not in str(refused.value)
    assert "; expected " in str(refused.value)
