"""From the text of a column to values of its kind, and which cells could not be read. Whole columns at a time."""

from collections.abc import Callable, Mapping
from datetime import date

import polars as pl

from assets.returns.layout import Reading

_TYPES: dict[str, pl.DataType] = {
    "date": pl.Date(),
    "day_first": pl.Date(),
    "flag": pl.Boolean(),
    "boolean": pl.Boolean(),
    "not_boolean": pl.Boolean(),
    "number": pl.Int32(),
}
FAULT_OF: dict[str, str] = {
    "date": "not_a_date",
    "day_first": "not_a_date",
    "flag": "not_a_flag",
    "boolean": "not_a_flag",
    "not_boolean": "not_a_flag",
    "number": "not_a_number",
    "first": "not_a_code",
    "second": "not_a_code",
}
# A value read all the same, and a date that says ZZ for what is not known of it.
WRITTEN_OTHERWISE, PARTLY_KNOWN = "written_otherwise", "partly_known"
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}
# Spreadsheets write a column of 1, 0 and blanks as 1.0 and 0.0.
_FLAGS = _BOOLEANS | {"1.0": True, "yes": True, "0.0": False, "no": False}
# 0 and 9 in the census, 1 and 2 in both returns, up to the 2023/24 collections.
_SEXES = {"1": "M", "2": "F", "0": "U", "9": "U", "M": "M", "F": "F", "U": "U"}

_ISO = r"^\d{4}-\d{2}-\d{2}$"
_DAY_FIRST = r"^\d{1,2}/\d{1,2}/\d{4}$"
# How SSDA903 wants a date and a flag; one written in another way is understood, and a fault all the same.
_WRITTEN: dict[str, str] = {"day_first": _DAY_FIRST, "flag": "^[01]$"}
_PARTLY_KNOWN = r"(?i)^(?:\d{1,2}/\d{1,2}/ZZZZ|(?:\d{1,2}|ZZ)/ZZ/(?:\d{4}|ZZZZ)|ZZ/\d{1,2}/(?:\d{4}|ZZZZ))$"
# A year outside these is a slip of the pen (0204, 3024); validators that count nanoseconds know no others either.
_FIRST_DAY, _LAST_DAY = date(1678, 1, 1), date(2262, 4, 10)
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


def misread(reading: Reading, text: pl.Series, values: pl.Series) -> dict[str, pl.Series]:
    """By fault, the positions of cells that could not be read or were not written as asked for."""
    found = {}
    bad = unread(reading, text, values)
    if bad is not None:
        found[FAULT_OF[reading]] = bad
    if reading in _WRITTEN:
        otherwise = values.is_not_null() & ~text.str.contains(_WRITTEN[reading])
        found[WRITTEN_OTHERWISE] = otherwise.arg_true()
    if reading == "day_first" and bad is not None:
        partly = text[bad].str.contains(_PARTLY_KNOWN)
        found |= {PARTLY_KNOWN: bad.filter(partly), FAULT_OF[reading]: bad.filter(~partly)}
    return {fault: positions for fault, positions in found.items() if len(positions)}


def _day_first(text: pl.Series) -> pl.Series:
    found = _written_day_first(text)
    if found.null_count() > text.null_count():
        found = found.fill_null(_dates(text))
    return found.set(~found.is_between(_FIRST_DAY, _LAST_DAY), None)


def _dates(text: pl.Series) -> pl.Series:
    found = _exact_dates(text)
    if found.null_count() > text.null_count():
        found = found.fill_null(_exact_dates(text.str.extract(_AFTER_DATE)))
    return found


def _exact_dates(text: pl.Series) -> pl.Series:
    found = text.str.to_date("%Y-%m-%d", strict=False).set(~text.str.contains(_ISO), None)
    if found.null_count() > text.null_count():
        found = found.fill_null(_written_day_first(text))
    return found


def _written_day_first(text: pl.Series) -> pl.Series:
    return text.str.to_date("%d/%m/%Y", strict=False).set(~text.str.contains(_DAY_FIRST), None)


def _flags(text: pl.Series, known: Mapping[str, bool] = _FLAGS) -> pl.Series:
    return text.str.to_lowercase().replace_strict(known, default=None, return_dtype=pl.Boolean())


def _booleans(text: pl.Series) -> pl.Series:
    return _flags(text, _BOOLEANS)


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


_READERS: dict[str, Callable[[pl.Series], pl.Series]] = {
    "date": _dates,
    "day_first": _day_first,
    "flag": _flags,
    "boolean": _booleans,
    "not_boolean": lambda text: ~_booleans(text),
    "number": _numbers,
    "sex": _sexes,
    "first": lambda text: _coded(text).str.slice(0, 1),
    "second": _second,
}
