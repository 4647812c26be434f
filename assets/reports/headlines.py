"""The findings in sentences and in one table, worked out from the same counts as the sections."""

import polars as pl

from assets.comparison.timeliness import summary
from assets.reports import words
from assets.reports.cells import Cell, Column, Table, number, said_number, share, table, text
from assets.reports.pooled import validity_by_rule
from assets.reports.section import is_shown
from assets.reports.tables import ReportTables

_CHILDREN = "children"  # counted through their rows, so left out where rows are added up


def sentences(
    tables: ReportTables, routes: list[str], small_number: int, tolerance_pct: float
) -> list[tuple[str, str]]:
    """Of each route its name and the findings; what is missing is said instead of left out."""
    return [_of_route(tables, route, small_number, tolerance_pct) for route in routes]


def at_a_glance(tables: ReportTables, routes: list[str], small_number: int, tolerance_pct: float) -> Table:
    """One column a route, one row a question."""
    questions: list[tuple[str, list[Cell]]] = [
        ("Authorities sending", [number(_authorities(tables, route)) for route in routes]),
        ("Rows of the returns that the feed holds", [_complete(tables, route, small_number) for route in routes]),
        ("Compared values that agree", [_agree(tables, route, small_number) for route in routes]),
        ("Events known within 7 days", [_known(tables, route, 7, small_number) for route in routes]),
        ("Days until half the events are known", [_median_days(tables, route, small_number) for route in routes]),
        (
            f"Indicators within {tolerance_pct:g}% of the return",
            [_within(tables, route) for route in routes],
        ),
        ("Rows checked that fail an error rule", [_failing(tables, route, small_number) for route in routes]),
    ]
    if tables.validity.filter(pl.col("source_type") == "return").height:
        of_returns = _failing(tables, None, small_number)
        note = f"In the returns themselves {of_returns.text} of rows checked fail an error rule. "
    else:
        note = ""
    return table(
        "glance",
        "The routes at a glance",
        [Column("Measure"), *(Column(words.route(route), "share") for route in routes)],
        [[text(question), *cells] for question, cells in questions],
        note + "The smaller figures are 95% intervals.",
    )


def _of_route(tables: ReportTables, route: str, small_number: int, tolerance_pct: float) -> tuple[str, str]:
    complete, agree = _complete(tables, route, small_number), _agree(tables, route, small_number)
    parts = []
    if complete.text != text(None).text:
        parts.append(f"the feed holds {_said(complete)} of the rows of the returns")
    if agree.text != text(None).text:
        parts.append(f"where both hold a value, {_said(agree)} of values agree")
    median, known = _median_days(tables, route, small_number), _known(tables, route, 7, small_number)
    if is_shown(median):
        parts.append(f"half of all events were known within {_days(median)}, and {_said(known)} within 7 days")
    within = _within(tables, route)
    if within.text != text(None).text:
        parts.append(f"{within.text} indicator values are within {tolerance_pct:g}% of the return's")
    who = words.counted(_authorities(tables, route), "authority", "authorities")
    said = "; ".join(parts) if parts else "nothing can be compared yet"
    return f"{words.route(route)} ({who})", f"{said}."


def _said(cell: Cell) -> str:
    return f"{cell.text} (95% interval {cell.detail})" if cell.detail else cell.text


def _days(cell: Cell) -> str:
    value = float(cell.value) if isinstance(cell.value, (int, float)) else 0.0
    return "1 day" if value == 1 else f"{said_number(value, 0 if value.is_integer() else 1)} days"


def _authorities(tables: ReportTables, route: str) -> int:
    return int(tables.streams.filter(pl.col("route") == route)["la_code"].n_unique())


def _complete(tables: ReportTables, route: str, small_number: int) -> Cell:
    rows = tables.coverage.filter((pl.col("route") == route) & (pl.col("entity") != _CHILDREN))
    return share(int(rows["n_both"].sum()), int(rows["n_return"].sum()), small_number)


def _agree(tables: ReportTables, route: str, small_number: int) -> Cell:
    rows = tables.field_agreement.filter(pl.col("route") == route)
    return share(int(rows["n_agree"].sum()), int(rows["n_compared"].sum()), small_number)


def _known(tables: ReportTables, route: str, days: int, small_number: int) -> Cell:
    lags = tables.timeliness_curve.filter(pl.col("route") == route)
    return share(int(lags.filter(pl.col("lag_days") <= days)["n"].sum()), int(lags["n"].sum()), small_number)


def _median_days(tables: ReportTables, route: str, small_number: int) -> Cell:
    lags = tables.timeliness_curve.filter(pl.col("route") == route)
    if int(lags["n"].sum()) <= small_number:
        return text(None)
    return number(summary(lags, ["route"])["lag_median_days"].to_list()[0], 1)


def _within(tables: ReportTables, route: str) -> Cell:
    judged = tables.indicator_agreement.filter((pl.col("route") == route) & pl.col("within_tolerance").is_not_null())
    if judged.is_empty():
        return text(None)
    return text(f"{int(judged['within_tolerance'].sum())} of {judged.height}")


def _failing(tables: ReportTables, route: str | None, small_number: int) -> Cell:
    rows = validity_by_rule(tables.validity).filter(
        pl.col("route").eq_missing(pl.lit(route, dtype=pl.String())) & (pl.col("severity") == "error")
    )
    return share(int(rows["rows_failed"].sum()), int(rows["rows_checked"].sum()), small_number)
