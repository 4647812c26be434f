"""Each kind of value in every form in which a return may hold it."""

from datetime import date

import polars as pl
import pytest

from assets.returns.values import cleaned, misread, read_as, unread

DAY = date(2024, 3, 31)


@pytest.mark.parametrize(
    ("reading", "text", "value"),
    [
        ("date", "2024-03-31", DAY),
        ("date", "31/03/2024", DAY),
        ("date", "1/4/2024", date(2024, 4, 1)),
        ("date", "2024-03-31T00:00:00", DAY),
        ("date", "2024-03-31Z", DAY),
        ("date", "2024-03-31+01:00", DAY),
        ("date", "31/03/2024 00:00", DAY),
        ("date", "29/02/2024", date(2024, 2, 29)),
        ("date", "29/02/2023", None),
        ("date", "31/03/24", None),
        ("date", "20240331", None),
        ("date", "03/31/2024", None),
        ("date", "ZZ/ZZ/2024", None),
        ("flag", "true", True),
        ("flag", "TRUE", True),
        ("flag", "1", True),
        ("flag", "1.0", True),
        ("flag", "false", False),
        ("flag", "FALSE", False),
        ("flag", "0", False),
        ("flag", "maybe", None),
        ("flag", "no", False),
        ("boolean", "true", True),
        ("boolean", "False", False),
        ("boolean", "1", True),
        ("boolean", "no", None),
        ("boolean", "1.0", None),
        ("not_boolean", "true", False),
        ("not_boolean", "0", True),
        ("not_boolean", "yes", None),
        ("number", "12", 12),
        ("number", "12.0", 12),
        ("number", "-3", -3),
        ("number", "4.5", None),
        ("number", "99999999999", None),
        ("number", "twelve", None),
        ("sex", "1", "M"),
        ("sex", "2", "F"),
        ("sex", "0", "U"),
        ("sex", "9", "U"),
        ("sex", "m", "M"),
        ("sex", "F", "F"),
        ("sex", "X", "X"),
        ("first", "K1", "K"),
        ("second", "K1", "1"),
        ("first", "0", "0"),
        ("second", "0", None),
        ("first", "K12", None),
        ("text", "EG19 7TT", "EG19 7TT"),
    ],
)
def test_a_value_is_read_as_its_kind(reading: str, text: str, value: object) -> None:
    column = pl.Series([None, text])
    values = read_as(reading, column)
    assert values.to_list() == [None, value]
    bad = unread(reading, column, values)
    assert (bad.to_list() if bad is not None else []) == ([1] if value is None and reading != "second" else [])


def test_white_space_around_a_value_goes_and_a_blank_is_null() -> None:
    frame = pl.DataFrame({"text": [" a b ", "", "  ", "\u00a0", "\t", None]})
    assert cleaned(frame)["text"].to_list() == ["a b", None, None, None, None, None]


@pytest.mark.parametrize(
    ("text", "fault"), [("1", None), ("0", None), ("1.0", "written_otherwise"), ("Y", "not_a_flag")]
)
def test_a_flag_of_an_ssda903_is_to_be_0_or_1(text: str, fault: str | None) -> None:
    column = pl.Series([None, text])
    assert list(misread("flag", column, read_as("flag", column))) == ([fault] if fault else [])


@pytest.mark.parametrize(
    ("text", "value", "fault"),
    [
        ("31/03/2024", DAY, None),
        ("1/4/2024", date(2024, 4, 1), None),
        ("2024-03-31", DAY, "written_otherwise"),
        ("31/03/2024 00:00", DAY, "written_otherwise"),
        ("31/02/2024", None, "not_a_date"),
        ("31/03/0204", None, "not_a_date"),
        ("31/03/3024", None, "not_a_date"),
        ("ZZ/03/2024", None, "partly_known"),
        ("ZZ/ZZ/2024", None, "partly_known"),
        ("zz/zz/zzzz", None, "partly_known"),
        ("ZZ/2024", None, "not_a_date"),
    ],
)
def test_a_date_of_an_ssda903_is_to_be_written_day_first(text: str, value: date | None, fault: str | None) -> None:
    column = pl.Series([None, text, "01/04/2023"])
    values = read_as("day_first", column)
    assert values.to_list() == [None, value, date(2023, 4, 1)]
    found = {name: positions.to_list() for name, positions in misread("day_first", column, values).items()}
    assert found == ({fault: [1]} if fault else {})
