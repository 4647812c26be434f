"""Ofsted's lists of providers as DfE gives them to LAs for SSDA903: workbooks, whose columns change with the years.

Known are the list of children's homes, that of social care providers (those open and those closed on a sheet each), and
the one of both together, with or without a sheet for supported accommodation. The sheet is known by its columns.
"""

from datetime import date
from pathlib import Path

import fastexcel
import polars as pl

from quality.reference.la_names import la_codes_of
from quality.reference.postcodes import normalised
from quality.reference.provider_errors import ProviderListError
from quality.rules.model import PROVIDER_COLUMNS

# What a column may be called, in small letters.
_URN = ("urn",)
_LA = ("local authority", "provider local authority")
_PROVIDERS_LA = "provider local authority"
# Lists differ in which of the two they call what, so that codes are told apart by what they look like.
_CODES = ("placement code", "placement provider code", "provider code", "provider placement code")
_CLOSED = ("deregistration date", "closed date")
_POSTCODE = ("setting postcode", "setting address postcode")
_ADDRESSES = "address details"

_PROVIDER_CODE = r"^PR\d$"
_PLACEMENT_TYPE = r"^[A-Z]\d{1,2}$"
_LIKE_A_POSTCODE = r"^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$"  # elsewhere stands, for example, that it is not published
# The sheet of supported accommodation says neither.
_SUPPORTED_ACCOMMODATION = ("K3", "PR4")
_DAY_ZERO = date(1899, 12, 30)  # as workbooks count days
_SERIAL = r"^\d+(?:\.0)?$"


def read_workbook(path: Path) -> pl.DataFrame:
    """The providers of a workbook, with the columns of PROVIDER_COLUMNS. Raises ProviderListError."""
    sheets = {name.strip(): _in_small_letters(sheet) for name, sheet in _sheets(path).items()}
    lists = [_providers(path, name, sheet) for name, sheet in sheets.items() if _is_list(name, sheet)]
    if not lists:
        raise ProviderListError(
            f"{path}: no sheet has the columns URN and Placement code in its first row; "
            "take the list of providers as DfE gives it, or write one as CSV"
        )
    providers = pl.concat(lists)
    addresses = [sheet for name, sheet in sheets.items() if name.casefold() == _ADDRESSES]
    return _with_addresses(providers, addresses[0]) if addresses else providers


def _sheets(path: Path) -> dict[str, pl.DataFrame]:
    """Every sheet as text, empty rows too, so that a row can be named by its number."""
    try:
        as_text = {"dtypes": "string"}
        return pl.read_excel(path, sheet_id=0, read_options=as_text, raise_if_empty=False, drop_empty_rows=False)
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError):
        raise ProviderListError(f"{path}: cannot be read as a workbook; save it again as .xlsx") from None


def _in_small_letters(sheet: pl.DataFrame) -> pl.DataFrame:
    """Headings in small letters with single spaces; of two that are then the same, the first."""
    named: dict[str, str] = {}
    for heading in sheet.columns:
        named.setdefault(" ".join(heading.casefold().split()), heading)
    text = {name: pl.col(heading).cast(pl.String).str.strip_chars() for name, heading in named.items()}
    return sheet.select(pl.when(column != "").then(column).alias(name) for name, column in text.items())


def _is_list(name: str, sheet: pl.DataFrame) -> bool:
    if name.casefold() == _ADDRESSES or "urn" not in sheet.columns:
        return False
    return _of_supported_accommodation(sheet) or bool(set(_CODES) & set(sheet.columns))


def _of_supported_accommodation(sheet: pl.DataFrame) -> bool:
    return _PROVIDERS_LA in sheet.columns and "placement code" not in sheet.columns


def _providers(path: Path, name: str, sheet: pl.DataFrame) -> pl.DataFrame:
    sheet = sheet.with_columns(pl.int_range(2, pl.len() + 2).alias("line")).filter(pl.col("urn").is_not_null())
    given = [column for column in _CODES if column in sheet.columns]
    codes = pl.concat_str(given or [pl.lit("")], separator=",", ignore_nulls=True)
    if _of_supported_accommodation(sheet):
        kind, provider = _SUPPORTED_ACCOMMODATION
        own = codes.str.contains("PR", literal=True)
        codes = pl.concat_str(
            codes, pl.lit(kind), pl.when(~own).then(pl.lit(provider)), separator=",", ignore_nulls=True
        )
    listed = codes.str.to_uppercase().str.extract_all(r"[A-Z0-9]+")
    return sheet.select(
        pl.col("urn").str.to_uppercase().str.strip_suffix(".0"),
        la_codes_of(_first(sheet, _LA)).alias("la_code"),
        _like(listed, _PROVIDER_CODE).alias("provider_codes"),
        _like(listed, _PLACEMENT_TYPE).alias("placement_types"),
        _postcodes(sheet).alias("postcode"),
        _days(path, name, _first(sheet, _CLOSED), sheet["line"]).alias("deregistered"),
    ).cast(pl.Schema(PROVIDER_COLUMNS))


def _like(codes: pl.Expr, pattern: str) -> pl.Expr:
    return codes.list.eval(pl.element().filter(pl.element().str.contains(pattern)))


def _first(sheet: pl.DataFrame, names: tuple[str, ...]) -> pl.Series:
    """The column under the first of these headings that the sheet has; nulls where it has none."""
    for name in names:
        if name in sheet.columns:
            return sheet[name]
    return pl.Series([None], dtype=pl.String).new_from_index(0, sheet.height)


def _postcodes(sheet: pl.DataFrame) -> pl.Series:
    postcode = normalised(pl.col("postcode"))
    given = _first(sheet, _POSTCODE).alias("postcode").to_frame()
    return given.select(pl.when(postcode.str.contains(_LIKE_A_POSTCODE)).then(postcode).alias("postcode")).to_series()


def _days(path: Path, name: str, text: pl.Series, lines: pl.Series) -> pl.Series:
    serial = text.set(~text.str.contains(_SERIAL), None).str.strip_suffix(".0").cast(pl.Int32, strict=False)
    days = (
        text.str.slice(0, 10)
        .str.to_date("%Y-%m-%d", strict=False)
        .fill_null(text.str.to_date("%d/%m/%Y", strict=False))
        .fill_null((serial + (_DAY_ZERO - date(1970, 1, 1)).days).cast(pl.Date))
    )
    unread = (text.is_not_null() & days.is_null()).arg_true()
    if len(unread):
        raise ProviderListError(
            f"{path}, sheet {name!r}, row {lines[unread[0]]}: the day of closing must be a date such as 31/03/2026; "
            "correct the cell, or empty it for a provider that is open"
        )
    return days


def _with_addresses(providers: pl.DataFrame, addresses: pl.DataFrame) -> pl.DataFrame:
    """Postcodes from the sheet of addresses, where the list has them there."""
    if "urn" not in addresses.columns:
        return providers
    urn = pl.col("urn").str.to_uppercase().str.strip_suffix(".0")
    found = addresses.select(urn, _postcodes(addresses).alias("elsewhere")).drop_nulls().unique("urn", keep="first")
    joined = providers.join(found, on="urn", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("postcode", "elsewhere").alias("postcode")).drop("elsewhere")
