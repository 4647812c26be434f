"""How soon after an event the feed knew of it, by route and by kind of event."""

from typing import Any

import polars as pl

from assets.comparison.timeliness import EVENTS, WITHIN_DAYS, summary
from assets.reports import words
from assets.reports.cells import SUPPRESSED, Cell, Column, Table, base, number, said_share, share, table, text
from assets.reports.charts import Step, curves
from assets.reports.pooled import curve_points
from assets.reports.section import Section
from assets.reports.tables import ReportTables

TITLE = "How soon the feed knows"
_ORDER = [(entity, event) for entity, events in EVENTS.items() for event in events]
_WITHIN = {days: f"within_{days}_day" + ("" if days == 1 else "s") for days in WITHIN_DAYS}


def timeliness_section(tables: ReportTables, routes: list[str], small_number: int) -> Section:
    """Days from event to first known."""
    if tables.timeliness_curve.is_empty():
        said = "No event is dated on or after a stream's first submission day yet, so no delay can be measured."
        return Section("timeliness", TITLE, (said,))
    points = curve_points(tables.timeliness_curve, small_number)
    chart = curves(
        "Share of events known to the feed by days since the event, by route",
        "A rising line for each route, all kinds of event together; the figures are in the first table below.",
        [Step(row["route"], row["lag_days"], row["n"] / row["n_all"]) for row in points.iter_rows(named=True)],
    )
    by_event = _ordered(summary(tables.timeliness_curve, ["route", "entity", "event"]))
    lines = [(row, _event_cells(row, small_number)) for row in by_event.iter_rows(named=True)]
    return Section(
        "timeliness",
        TITLE,
        (
            "For every event dated while a stream was running: the days until the first submission that held its date. "
            "The annual returns show the same events some months after the end of March.",
            "A delay has two parts that cannot be told apart here: until the event is recorded in the authority's "
            "system, and until the record is sent.",
        ),
        (chart,) if chart else (),
        (_curve_table(points, routes), _event_table(lines, "timeliness-event")),
        (_event_table(lines, "timeliness-event-sheet"),),
    )


def _ordered(rows: pl.DataFrame) -> pl.DataFrame:
    order = pl.DataFrame(_ORDER, schema=["entity", "event"], orient="row").with_row_index("position")
    named = rows.with_columns(pl.col("route").replace_strict(_route_order(rows), default=99).alias("_route"))
    return named.join(order, on=["entity", "event"], how="left").sort("position", "_route")


def _route_order(rows: pl.DataFrame) -> dict[str, int]:
    return {code: k for k, code in enumerate(words.in_order(rows["route"].unique().to_list()))}


def _event_cells(row: dict[str, Any], small_number: int) -> list[Cell]:
    n = row["n"]
    is_few = n <= small_number
    hidden = Cell(SUPPRESSED, SUPPRESSED)
    return [
        base(n, small_number),
        hidden if is_few else number(row["lag_median_days"], 1),
        hidden if is_few else number(row["lag_p90_days"], 1),
        *(share(round(row[name] * n), n, small_number) for name in _WITHIN.values()),
    ]


def _event_table(lines: list[tuple[dict[str, Any], list[Cell]]], id_: str) -> Table:
    return table(
        id_,
        "Days from event to first known, by kind of event and route",
        [
            Column("Event"),
            Column("Route"),
            Column("Events", "count"),
            Column("Median days", "number"),
            Column("90% known by day", "number"),
            *(Column(f"Within {words.counted(days, 'day')}", "share") for days in WITHIN_DAYS),
        ],
        [
            [text(words.event(row["entity"], row["event"])), text(words.route(row["route"])), *cells]
            for row, cells in lines
        ],
        "Events are to the nearest ten. The smaller figures are 95% intervals. "
        "A delay below nought is a date sent before it came.",
    )


def _curve_table(points: pl.DataFrame, routes: list[str]) -> Table:
    by_day: dict[int, dict[str, Cell]] = {}
    for row in points.sort("lag_days").iter_rows(named=True):
        share_known = row["n"] / row["n_all"]
        by_day.setdefault(row["lag_days"], {})[row["route"]] = Cell(share_known, said_share(share_known, 0), 0)
    return table(
        "timeliness-curve",
        "Share of events known to the feed by days since the event",
        [Column("Days since the event", "number"), *(Column(words.route(route), "share") for route in routes)],
        [[number(days), *(cells.get(route, text(None)) for route in routes)] for days, cells in by_day.items()],
        "Days are left out where so few events lie between two of them that they would be small numbers.",
    )
