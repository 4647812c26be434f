"""The dashboard's indicators at the end of March, from the feed, from the return and as published."""

import polars as pl

from assets.reports import words
from assets.reports.cells import SUPPRESSED, Cell, Column, Table, number, table, text
from assets.reports.charts import differences
from assets.reports.pooled import indicators_shown
from assets.reports.section import Section, route_columns
from assets.reports.tables import ReportTables

TITLE = "Indicators side by side"


def indicator_section(tables: ReportTables, routes: list[str], small_number: int, tolerance_pct: float) -> Section:
    """Values and differences."""
    if tables.indicator_agreement.is_empty():
        return Section("indicators", TITLE, ("No indicator can be worked out from a return yet.",))
    rows = _ordered(indicators_shown(tables.indicator_agreement, tables.indicators, small_number))
    shown = rows.filter(~pl.col("hidden") & pl.col("difference").is_not_null() & (pl.col("return_value") != 0))
    chart = differences(
        "Difference between the feed's and the return's value of each indicator, one mark for each authority",
        f"The shaded band is where values are within {tolerance_pct:g} per cent; the values are in the tables.",
        [
            (row["name"] or row["indicator_id"], row["route"], 100 * row["difference"] / abs(row["return_value"]))
            for row in shown.iter_rows(named=True)
        ],
        tolerance_pct,
    )
    return Section(
        "indicators",
        TITLE,
        (
            "The same definition is applied to the feed and to the return, so a difference between the two is a "
            "difference in the data. The published figure is DfE's own, and may follow rules that neither side can, or "
            f"rest on a corrected return. “Within” means within {tolerance_pct:g}% of the return's value.",
        ),
        (chart,) if chart else (),
        (_by_route(rows, routes, tolerance_pct), _by_authority(rows, tables, tolerance_pct)),
        (_by_authority(rows, tables, tolerance_pct, "indicators-authority-sheet"),),
    )


def _ordered(rows: pl.DataFrame) -> pl.DataFrame:
    order = {code: k for k, code in enumerate(words.in_order(rows["route"].unique().to_list()))}
    return (
        rows.with_columns(_route=pl.col("route").replace_strict(order, default=99))
        .sort("indicator_id", "la_code", "_route")
        .with_columns(pl.col("decimals").fill_null(1))
    )


def _by_route(rows: pl.DataFrame, routes: list[str], tolerance_pct: float) -> Table:
    relative = 100 * pl.col("difference").abs() / pl.col("return_value").abs()
    pooled = rows.group_by("indicator_id", "name", "route", maintain_order=True).agg(
        pl.col("within_tolerance").is_not_null().sum().alias("n"),
        pl.col("within_tolerance").sum().alias("n_within"),
        relative.filter((pl.col("return_value") != 0) & ~pl.col("hidden")).median().alias("typical"),
    )
    found: dict[str, dict[str, list[Cell]]] = {}
    for row in pooled.iter_rows(named=True):
        cells = [text(f"{row['n_within']} of {row['n']}" if row["n"] else None), number(row["typical"], 1)]
        found.setdefault(row["name"] or row["indicator_id"], {})[row["route"]] = cells
    blank = [text(None), text(None)]
    columns = route_columns(
        routes, [(f"Authorities within {tolerance_pct:g}%", "count"), ("Median difference, %", "number")]
    )
    return table(
        "indicators-route",
        "Indicators by route: how many authorities are within tolerance, and the usual size of the difference",
        [Column("Indicator"), *columns],
        [[text(name), *(c for route in routes for c in by.get(route, blank))] for name, by in found.items()],
        "The median is of differences without their sign, over the authorities whose values are shown.",
    )


def _by_authority(
    rows: pl.DataFrame, tables: ReportTables, tolerance_pct: float, id_: str = "indicators-authority"
) -> Table:
    names = dict(tables.local_authorities.rows())
    lines = [
        [
            text(row["name"] or row["indicator_id"]),
            text(names.get(row["la_code"], row["la_code"])),
            text(words.route(row["route"])),
            *_values(row),
        ]
        for row in rows.iter_rows(named=True)
    ]
    return table(
        id_,
        "Indicators by local authority",
        [
            *(Column(label) for label in ("Indicator", "Local authority", "Route")),
            *(Column(label, "number") for label in ("Feed", "Return", "Published", "Feed less return")),
            Column(f"Within {tolerance_pct:g}%"),
        ],
        lines,
        "In the order of authority codes, which is not a ranking.",
    )


def _values(row: dict) -> list[Cell]:
    published = row["published_value"]
    said = row["published_status"] if published is None and row["published_status"] not in (None, "ok") else None
    of_dfe = text(said) if said else number(published, row["decimals"])
    if row["hidden"]:
        hidden = Cell(SUPPRESSED, SUPPRESSED)
        return [hidden, hidden, of_dfe, hidden, hidden]
    within = {True: "Yes", False: "No", None: None}[row["within_tolerance"]]
    # One place more than the value itself, or the difference would often read as nought.
    more = row["decimals"] + (0 if row["unit"] == "count" else 1)
    values = [number(row[name], row["decimals"]) for name in ("timely_value", "return_value")]
    return [*values, of_dfe, number(row["difference"], more), text(within)]
