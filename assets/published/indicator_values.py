"""DfE's published statistics, where a user has put them, as indicator values in the shape of marts.fct_indicator_value.

Every file is optional; one that is there and is not what it should be is an error. Which column holds what is in
publications.py; reference tables of LAs and populations of the platform's own are seeds of the dbt project.
"""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import polars as pl

from assets.published.publications import PUBLICATIONS, Publication

# The columns of raw.published_values, in table order.
SCHEMA: dict[str, pl.DataType] = {
    "source_type": pl.String(),
    "source_id": pl.String(),
    "area_type": pl.String(),
    "area_code": pl.String(),
    "indicator_id": pl.String(),
    "period_type": pl.String(),
    "period_end": pl.Date(),
    "breakdown": pl.String(),
    "breakdown_value": pl.String(),
    "numerator": pl.Int64(),
    "denominator": pl.Int64(),
    "value": pl.Float64(),
    "status": pl.String(),
}

_LEVELS = {"National": "england", "Regional": "region", "Local authority": "la"}
# Symbols of published cells and the status they become; a blank says no more than that there is nothing.
_SYMBOLS = {"c": "c", "x": "x", "z": "z", "k": "k", "u": "u", "low": "k", "[x]": "x", "": "x"}
_HEAD = ("time_period", "geographic_level", "region_name", "old_la_code")
_AREA = ("area_type", "area_code", "year")


class PublishedFileError(ValueError):
    """A published file that is not what it should be: which file, what was expected, what to do."""


def indicator_values(folder: Path, la_codes: Collection[str], regions: Collection[str]) -> pl.DataFrame:
    """Published values of every indicator found in a folder: England, the given regions and the given LAs.

    la_codes and regions leave out authorities that have ended and the halves of London.
    """
    found = [_values_of(publication, folder) for publication in PUBLICATIONS]
    values = pl.concat([frame for frame in found if frame is not None] or [pl.DataFrame(schema=SCHEMA)])
    is_wanted = (
        (pl.col("area_type") == "england")
        | ((pl.col("area_type") == "region") & pl.col("area_code").is_in(list(regions)))
        | ((pl.col("area_type") == "la") & pl.col("area_code").is_in(list(la_codes)))
    )
    return values.filter(is_wanted)


def _values_of(publication: Publication, folder: Path) -> pl.DataFrame | None:
    path = _latest(folder, publication.files)
    population = _latest(folder, publication.population) if publication.population else None
    if path is None or (publication.population and population is None):
        return None
    cells = _cells(path, publication)
    if population is not None:
        cells = _with_rate(cells, population)
    return cells.select(
        source_type=pl.lit("published"),
        source_id=pl.lit(path.stem),
        area_type=pl.col("area_type"),
        area_code=pl.col("area_code"),
        indicator_id=pl.lit(publication.indicator_id),
        period_type=pl.lit("financial_year"),
        period_end=pl.date(pl.col("year"), 3, 31),
        breakdown=pl.lit("all"),
        breakdown_value=pl.lit("all"),
        numerator=pl.col("numerator").cast(pl.Int64),
        denominator=pl.col("denominator").cast(pl.Int64),
        value=pl.col("value"),
        status=pl.col("status"),
    )


def _latest(folder: Path, pattern: str) -> Path | None:
    return max(folder.glob(pattern), default=None)


def _cells(path: Path, publication: Publication) -> pl.DataFrame:
    """Area, year, numerator, denominator, value and status of the indicator's rows."""
    names = (publication.value, publication.numerator, publication.denominator)
    selectors = [publication.where, publication.denominator_where or {}]
    needed = [*_HEAD, *(name for name in names if name), *(column for where in selectors for column in where)]
    table = _read(path, needed)
    rows = _rows(table, publication.where, path)
    cells = rows.select(
        *_AREA,
        numerator=_number(publication.numerator),
        denominator=_number(None if publication.denominator_where else publication.denominator),
        value=_number(publication.value),
        status=_status(path, rows[publication.shown]),
    )
    if publication.denominator_where:
        total = _rows(table, publication.denominator_where, path)
        totals = total.select(*_AREA, denominator=_number(publication.denominator))
        cells = cells.drop("denominator").join(totals, on=_AREA, how="left", maintain_order="left")
    return cells


def _with_rate(cells: pl.DataFrame, population: Path) -> pl.DataFrame:
    """Numerators per 10,000 residents of the mid-year of the calendar year before the year ends."""
    residents = _read(population, [*_HEAD, "population_estimate"]).select(
        "area_type", "area_code", pl.col("year") + 1, denominator=_number("population_estimate")
    )
    joined = cells.drop("denominator").join(residents, on=_AREA, how="left", maintain_order="left")
    is_divisible = pl.col("denominator") > 0
    return joined.with_columns(
        value=pl.when(is_divisible).then(pl.col("numerator") * 10000 / pl.col("denominator")),
        status=pl.when(is_divisible).then(pl.col("status")).otherwise(pl.lit("z")),
    )


def _read(path: Path, needed: Iterable[str]) -> pl.DataFrame:
    table = pl.read_csv(path, infer_schema=False)
    absent = sorted(set(needed) - set(table.columns))
    if absent:
        raise PublishedFileError(
            f"{path.name}: columns {', '.join(absent)} are not there; download the file again, or take it away"
        )
    level = pl.col("geographic_level").replace_strict(_LEVELS, default=None)
    return table.filter(level.is_not_null() & pl.col("time_period").str.contains(r"^\d{4}$")).with_columns(
        area_type=level,
        area_code=pl.when(level == "england")
        .then(pl.lit("England"))
        .otherwise(pl.when(level == "region").then(pl.col("region_name")).otherwise(pl.col("old_la_code"))),
        year=pl.col("time_period").cast(pl.Int32),
    )


def _rows(table: pl.DataFrame, where: Mapping[str, str], path: Path) -> pl.DataFrame:
    rows = table
    for column, wanted in where.items():
        rows = rows.filter(pl.col(column) == wanted)
    if rows.is_empty():
        raise PublishedFileError(f"{path.name}: no rows where {dict(where)}; download the file again, or take it away")
    return rows


def _number(column: str | None) -> pl.Expr:
    """The numbers of a column; symbols and blanks are null."""
    return pl.lit(None, pl.Float64) if column is None else pl.col(column).cast(pl.Float64, strict=False)


def _status(path: Path, column: pl.Series) -> pl.Series:
    cells = column.fill_null("").str.strip_chars()
    is_number = cells.cast(pl.Float64, strict=False).is_not_null()
    unknown = cells.filter(~is_number & ~cells.is_in(list(_SYMBOLS))).unique().sort().to_list()
    if unknown:
        raise PublishedFileError(
            f"{path.name}: column {column.name} holds {', '.join(map(repr, unknown))}; expected numbers or the symbols "
            f"{', '.join(symbol for symbol in _SYMBOLS if symbol)}"
        )
    return cells.replace(_SYMBOLS).zip_with(~is_number, pl.repeat("ok", len(cells), eager=True))
