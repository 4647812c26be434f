"""From the text of a column to values of its kind, and which cells could not be read. Whole columns at a time."""

import polars as pl

from assets.returns.layout import Reading

_TYPES: dict[str, pl.DataType] = {
    "date": pl.Date(),
    "flag": pl.Boolean(),
    "not_flag": pl.Boolean(),
    "number": pl.Int32(),
}
FAULT_OF: dict[str, str] = {
    "date": "not_a_date",
    "flag": "not_a_flag",
    "not_flag": "not_a_flag",
    "number": "not_a_number",
    "first": "not_a_code",
    "second": "not_a_code",
}
# Spreadsheets write a column of 1, 0 and blanks as 1.0 and 0.0.
_FLAGS = {"true": True, "1": True, "1.0": True, "yes": True, "false": False, "0": False, "0.0": False, "no": False}
# 0 and 9 in the census, 1 and 2 in both returns, up to the 2023/24 collections.
_SEXES = {"1": "M", "2": "F", "0": "U", "9": "U", "M": "M", "F": "F", "U": "U"}

_ISO = r"^\d{4}-\d{2}-\d{2}$"
_DAY_FIRST = r"^\d{1,2}/\d{1,2}/\d{4}$"
# What xs:date and spreadsheets may add: a time of day, a time zone.
_AFTER_DATE = r"^(\S{8,10}?)(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(?:Z|[+-]\d{2}:\d{2})?$"
_WHOLE_NUMBER = r"^([+-]?\d+)(?:\.0*)?$"
_TWO_CHARACTERS = r"^[A-Za-z0-9][0-9]?$"


def cleaned(frame: pl.DataFrame) -> pl.DataFrame:
    """Text columns without white space around their values; empty is null."""
    text = pl.col(pl.String).str.strip_chars()
    return frame.with_columns(pl.when(text != "").then(text))


def read_as(reading: Reading, text: pl.Series) -> pl.Series:
    """A cleaned text column as values of its kind; null where it is null or cannot be read."""
    if text.null_count() == len(text):
        return pl.Series(text.name, [None] * len(text), dtype=_TYPES.get(reading, pl.String()))
    if reading in _READERS:
        return _READERS[reading](text)
    return text


def unread(reading: Reading, text: pl.Series, values: pl.Series) -> pl.Series | None:
    """Positions of cells that held something which could not be read; None when there are none."""
    if reading not in FAULT_OF or reading == "second" or values.null_count() == text.null_count():
        return None
    return (text.is_not_null() & values.is_null()).arg_true()


def _dates(text: pl.Series) -> pl.Series:
    found = _exact_dates(text)
    if found.null_count() > text.null_count():
        found = found.fill_null(_exact_dates(text.str.extract(_AFTER_DATE)))
    return found


def _exact_dates(text: pl.Series) -> pl.Series:
    found = text.str.to_date("%Y-%m-%d", strict=False).set(~text.str.contains(_ISO), None)
    if found.null_count() > text.null_count():
        day_first = text.str.to_date("%d/%m/%Y", strict=False).set(~text.str.contains(_DAY_FIRST), None)
        found = found.fill_null(day_first)
    return found


def _flags(text: pl.Series) -> pl.Series:
    return text.str.to_lowercase().replace_strict(_FLAGS, default=None, return_dtype=pl.Boolean())


def _numbers(text: pl.Series) -> pl.Series:
    return text.str.extract(_WHOLE_NUMBER).cast(pl.Int32, strict=False)


def _sexes(text: pl.Series) -> pl.Series:
    """Anything else is left as it came: whether it is a known code is for the rules to say."""
    found = text.str.to_uppercase().replace_strict(_SEXES, default=None, return_dtype=pl.String())
    return found.fill_null(text)


def _coded(text: pl.Series) -> pl.Series:
    return text.set(~text.str.contains(_TWO_CHARACTERS), None)


def _second(text: pl.Series) -> pl.Series:
    second = _coded(text).str.slice(1, 1)
    return second.set(second == "", None)


_READERS = {
    "date": _dates,
    "flag": _flags,
    "not_flag": lambda text: ~_flags(text),
    "number": _numbers,
    "sex": _sexes,
    "first": lambda text: _coded(text).str.slice(0, 1),
    "second": _second,
}
