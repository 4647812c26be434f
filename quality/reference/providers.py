"""Lists of the providers that Ofsted registers, read for the rules that hold an episode's URN against them.

Our own form is a CSV with the columns of model.PROVIDER_COLUMNS: urn; la_code, three digits; provider_codes (PR1) and
placement_types (K2), several of either separated by `;`; postcode; deregistered as YYYY-MM-DD. Only urn is needed in
every row. Workbooks as DfE gives them to LAs are read by provider_workbooks.py.
"""

from pathlib import Path

import polars as pl

from quality.reference.postcodes import normalised
from quality.reference.provider_errors import ProviderListError
from quality.reference.provider_workbooks import read_workbook
from quality.rules.model import PROVIDER_COLUMNS

_SEVERAL = ";"
_LA_CODE = r"^\d{3}$"
_DAY = r"^\d{4}-\d{2}-\d{2}$"


def read_providers(path: Path) -> pl.DataFrame:
    """The providers of a list, or of every list in a folder, with the columns of PROVIDER_COLUMNS.

    A provider has a row for each entry; what one says and another does not holds for both. Raises ProviderListError.
    """
    if not path.is_dir():
        return _read(path)
    lists = sorted(file for file in path.iterdir() if file.suffix.lower() in _READERS and not file.name.startswith("~"))
    if not lists:
        raise ProviderListError(f"{path}: a list of providers is a .csv or .xlsx file, and there is none; put one here")
    return pl.concat(_read(file) for file in lists)


def _read(path: Path) -> pl.DataFrame:
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise ProviderListError(f"{path}: expected a .csv or .xlsx file; save the list as one of them")
    if not path.is_file():
        raise ProviderListError(f"{path}: there is no such file; give the path of a list of providers")
    return reader(path)


def _read_csv(path: Path) -> pl.DataFrame:
    try:
        rows = pl.read_csv(path, infer_schema=False)
    except (pl.exceptions.PolarsError, UnicodeDecodeError):
        expected = ",".join(PROVIDER_COLUMNS)
        raise ProviderListError(f"{path}: cannot be read as CSV in UTF-8; expected a first line {expected}") from None
    lacking = [name for name in PROVIDER_COLUMNS if name not in rows.columns]
    if lacking:
        raise ProviderListError(f"{path}, line 1: the column {lacking[0]} is missing; add it, empty if need be")
    rows = rows.select(_text(name) for name in PROVIDER_COLUMNS)
    _expect(path, rows["urn"].is_not_null(), "urn must not be empty")
    _expect(path, rows["la_code"].str.contains(_LA_CODE), "la_code must be three digits, such as 204")
    days = (
        rows["deregistered"].str.to_date("%Y-%m-%d", strict=False).set(~rows["deregistered"].str.contains(_DAY), None)
    )
    _expect(path, days.is_not_null() | rows["deregistered"].is_null(), "deregistered must be a date as YYYY-MM-DD")
    return rows.select(
        pl.col("urn").str.to_uppercase(),
        "la_code",
        *(_listed(name) for name in ("provider_codes", "placement_types")),
        normalised(pl.col("postcode")),
        days,
    ).cast(pl.Schema(PROVIDER_COLUMNS))


def _text(name: str) -> pl.Expr:
    text = pl.col(name).str.strip_chars()
    return pl.when(text != "").then(text).alias(name)


def _listed(name: str) -> pl.Expr:
    codes = pl.col(name).str.to_uppercase().str.split(_SEVERAL)
    return codes.list.eval(pl.element().str.strip_chars()).list.eval(pl.element().filter(pl.element() != ""))


def _expect(path: Path, holds: pl.Series, expected: str) -> None:
    """Raise for the first row on which this is not so; a null is so."""
    wrong = (~holds).fill_null(False).arg_true()
    if len(wrong):
        raise ProviderListError(f"{path}, line {wrong[0] + 2}: {expected}; correct the line and read the list again")


_READERS = {".csv": _read_csv, ".xlsx": read_workbook}
