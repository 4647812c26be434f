"""The same rules on feed and return: which fail most, and on which side."""

import polars as pl

from assets.comparison.wilson import with_share
from assets.reports import words
from assets.reports.cells import Cell, Column, Kind, Table, base, share, table, text
from assets.reports.charts import RETURNS_SERIES, Dot, dots
from assets.reports.pooled import validity_by_rule
from assets.reports.section import Section, is_shown
from assets.reports.tables import ReportTables

TITLE = "The same rules on both sources"
RULES_SHOWN = 15
RULES_DRAWN = 8


def validity_section(tables: ReportTables, routes: list[str], small_number: int) -> Section:
    """Rules failing most."""
    if tables.validity.is_empty():
        return Section("validity", TITLE, ("No rule has been run on a feed or a return yet.",))
    rows = validity_by_rule(tables.validity).with_columns(pl.col("route").fill_null(RETURNS_SERIES))
    sides = [*routes, RETURNS_SERIES] if RETURNS_SERIES in rows["route"].to_list() else routes
    ranked = _ranked(rows, small_number)
    chart = dots(
        "Share of rows failing each rule, by route and in the returns, with 95% intervals",
        "A line for each of the rules that fail most and a mark for each route and for the returns; see the table.",
        _points(rows, ranked[:RULES_DRAWN], small_number),
        "Per cent of rows checked that fail",
    )
    messages = dict(tables.rules.rows())
    return Section(
        "validity",
        TITLE,
        (
            "Feed and returns are put through the same rules. For the feed each day's rules look at the children "
            "that the day's records touched, so a row can be checked more than once; for a return every row is checked "
            "once.",
            "A failing row is one to look at, not always one that is wrong.",
        ),
        (chart,) if chart else (),
        (_table("validity-rules", rows, ranked[:RULES_SHOWN], sides, messages, small_number),),
        (_table("validity-rules-sheet", rows, ranked, sides, messages, small_number),),
    )


def _ranked(rows: pl.DataFrame, small_number: int) -> list[str]:
    """Rules by their highest share on any side; failures that are small numbers have no place in the order."""
    counted = rows.filter((pl.col("rows_failed") > small_number) & (pl.col("rows_checked") > 0))
    by_share = counted.with_columns(share=pl.col("rows_failed") / pl.col("rows_checked"))
    return (
        by_share.group_by("rule_id")
        .agg(pl.col("share").max())
        .sort("share", "rule_id", descending=[True, False])["rule_id"]
        .to_list()
    )


def _points(rows: pl.DataFrame, rules: list[str], small_number: int) -> list[Dot]:
    with_ends = with_share(rows, "rows_failed", "rows_checked", "share")
    found = {(row["rule_id"], row["route"]): row for row in with_ends.iter_rows(named=True)}
    return [
        Dot(rule, side, row["share"], row["low"], row["high"])
        for rule in rules
        for (of_rule, side), row in found.items()
        if of_rule == rule and is_shown(share(row["rows_failed"], row["rows_checked"], small_number))
    ]


def _table(
    id_: str, rows: pl.DataFrame, rules: list[str], sides: list[str], messages: dict[str, str], small_number: int
) -> Table:
    found = {(row["rule_id"], row["route"]): row for row in rows.iter_rows(named=True)}
    described = {row["rule_id"]: row for row in rows.iter_rows(named=True)}
    lines = [
        [
            text(rule),
            text(messages.get(rule)),
            text((described[rule]["severity"] or "").capitalize()),
            *(cell for side in sides for cell in _side_cells(found.get((rule, side)), small_number)),
        ]
        for rule in rules
    ]
    names = ["Returns" if side == RETURNS_SERIES else words.route(side) for side in sides]
    labels: list[tuple[str, Kind]] = [("Rows", "count"), ("Fail", "share")]
    columns = [Column(label, kind, name) for name in names for label, kind in labels]
    return table(
        id_,
        "Rules that fail most, feed and returns",
        [Column("Rule"), Column("What it asks"), Column("Weight"), *columns],
        lines,
        "In the order of the highest share on any side. Rows checked are to the nearest ten.",
    )


def _side_cells(row: dict | None, small_number: int) -> list[Cell]:
    if row is None:
        return [text(None), text(None)]
    return [base(row["rows_checked"], small_number), share(row["rows_failed"], row["rows_checked"], small_number)]
