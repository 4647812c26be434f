"""One section of the report: words, charts, tables for the page and sheets for the workbook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import polars as pl

from assets.reports import words
from assets.reports.cells import NOTHING, Cell, Column, Kind, Table, text
from assets.reports.charts import Chart


@dataclass(frozen=True)
class Section:
    """Shown in this order: paragraphs, then each chart, then each table. Sheets go to the workbook only."""

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    sheets: tuple[Table, ...] = field(default=())


def across_routes(
    frame: pl.DataFrame, key: Sequence[str], cell: Callable[[dict], Sequence[Cell]], routes: Sequence[str]
) -> dict[tuple, list[Cell]]:
    """For each key, the cells of every route side by side; dashes where a route has none."""
    found: dict[tuple, dict[str, Sequence[Cell]]] = {}
    for row in frame.iter_rows(named=True):
        found.setdefault(tuple(row[name] for name in key), {})[row["route"]] = cell(row)
    width = max((len(cells) for by_route in found.values() for cells in by_route.values()), default=1)
    blank = [text(None)] * width
    return {key_: [c for route in routes for c in by_route.get(route, blank)] for key_, by_route in found.items()}


def route_columns(routes: Sequence[str], labels: Sequence[tuple[str, Kind]]) -> list[Column]:
    """Columns of `across_routes`: for each route, under its name, the labels with their kinds."""
    return [Column(label, kind, words.route(route)) for route in routes for label, kind in labels]


def is_shown(cell: Cell) -> bool:
    """Whether a cell holds a figure."""
    return isinstance(cell.value, (int, float)) and cell.text != NOTHING
