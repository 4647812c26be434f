"""How much of the returns the feed holds: by entity and route, and by LA with small numbers hidden."""

import polars as pl

from assets.comparison.plan import COMPARED
from assets.comparison.wilson import with_share
from assets.reports import words
from assets.reports.cells import Cell, Column, Kind, Table, count, share, table, text
from assets.reports.charts import Dot, dots
from assets.reports.pooled import coverage_cells
from assets.reports.section import Section, across_routes, is_shown, route_columns
from assets.reports.tables import ReportTables

TITLE = "How much of the returns the feed holds"
_ORDER = [(kind, entity) for kind, entities in COMPARED.items() for entity in entities]


def coverage_section(tables: ReportTables, routes: list[str], small_number: int) -> Section:
    """Completeness and surplus."""
    if tables.coverage.is_empty():
        return Section(
            "coverage", TITLE, ("There is no return to hold the feed against, so nothing can be said here.",)
        )
    rows = _ordered(coverage_cells(tables.coverage, small_number))
    whole, of_las = rows.filter(pl.col("source_id").is_null()), rows.filter(pl.col("source_id").is_not_null())
    chart = dots(
        "Share of the return's rows that the feed holds, by entity and route, with 95% intervals",
        "A line for each entity and a mark for each route, none where the figure is hidden; see the first table below.",
        _points(whole, small_number),
        "Per cent of the return's rows that are in the feed",
    )
    return Section(
        "coverage",
        TITLE,
        (
            "Each row that a return holds is looked for in the feed of the same authority. Completeness is the share "
            "found. Rows that only the feed holds may be wrong in the feed, or missing from the return.",
        ),
        (chart,) if chart else (),
        (_by_entity(whole, routes, small_number), *_by_authority(of_las, tables, small_number)),
        (_long(whole, small_number), _long_authorities(of_las, tables, small_number)),
    )


def _completeness(row: dict, small_number: int) -> Cell:
    hidden = row["n_both_hidden"] or row["n_return_only_hidden"]
    return share(row["n_both"], row["n_return"], small_number, hidden=hidden, base_hidden=row["n_return_hidden"])


def _points(whole: pl.DataFrame, small_number: int) -> list[Dot]:
    with_ends = with_share(whole, "n_both", "n_return", "completeness")
    return [
        Dot(_name(row), row["route"], row["completeness"], row["low"], row["high"])
        for row in with_ends.iter_rows(named=True)
        if is_shown(_completeness(row, small_number))
    ]


def _name(row: dict) -> str:
    return (
        f"{words.entity(row['entity'])} ({words.RETURNS_SHORT[row['kind']]})"
        if row["entity"] == "children"
        else words.entity(row["entity"])
    )


def _ordered(rows: pl.DataFrame) -> pl.DataFrame:
    order = pl.DataFrame(_ORDER, schema=["kind", "entity"], orient="row").with_row_index("position")
    return rows.join(order, on=["kind", "entity"], how="left", maintain_order="left").sort(
        "position", maintain_order=True
    )


def _by_entity(whole: pl.DataFrame, routes: list[str], small_number: int) -> Table:
    def cells(row: dict) -> list[Cell]:
        return [
            count(row["n_return"], small_number, hidden=row["n_return_hidden"]),
            _completeness(row, small_number),
            count(row["n_timely_only"], small_number),
        ]

    found = across_routes(whole, ["kind", "entity"], cells, routes)
    labels: list[tuple[str, Kind]] = [("In the return", "count"), ("Also in feed", "share"), ("Only in feed", "count")]
    return table(
        "coverage-entity",
        "Completeness of the feed by entity and route",
        [Column("Return"), Column("Entity"), *route_columns(routes, labels)],
        [[text(words.RETURNS_SHORT[kind]), text(words.entity(entity)), *row] for (kind, entity), row in found.items()],
        "The smaller figures are 95% intervals.",
    )


def _by_authority(of_las: pl.DataFrame, tables: ReportTables, small_number: int) -> list[Table]:
    """One table a kind of return: authorities down, entities across."""
    kinds = [kind for kind in words.RETURNS if kind in of_las["kind"].to_list()]
    return [_authorities_of(kind, of_las.filter(pl.col("kind") == kind), tables, small_number) for kind in kinds]


def _authorities_of(kind: str, of_las: pl.DataFrame, tables: ReportTables, small_number: int) -> Table:
    entities = list(dict.fromkeys(of_las["entity"].to_list()))
    names = dict(tables.local_authorities.rows())
    by_stream: dict[tuple[str, str], dict[str, Cell]] = {}
    for row in of_las.sort("la_code", "route", maintain_order=True).iter_rows(named=True):
        shown = _completeness(row, small_number)
        by_stream.setdefault((row["la_code"], row["route"]), {})[row["entity"]] = Cell(shown.value, shown.text, 1)
    return table(
        f"coverage-authority-{kind}",
        f"Completeness of the feed by local authority, per cent of the rows of the {words.RETURNS_SHORT[kind]}",
        [Column("Local authority"), Column("Route"), *(Column(words.entity(entity), "share") for entity in entities)],
        [
            [text(names.get(la_code, la_code)), text(words.route(route)), *(cells.get(e, text(None)) for e in entities)]
            for (la_code, route), cells in by_stream.items()
        ],
        "In the order of authority codes, which is not a ranking.",
    )


def _long(whole: pl.DataFrame, small_number: int) -> Table:
    return table(
        "coverage-entity-sheet",
        "Completeness of the feed by entity and route",
        [Column("Route"), Column("Return"), Column("Entity"), *_LONG_COLUMNS, Column("Only in the feed", "count")],
        [
            [
                *(
                    text(words.route(row["route"])),
                    text(words.RETURNS_SHORT[row["kind"]]),
                    text(words.entity(row["entity"])),
                ),
                *_long_cells(row, small_number),
                count(row["n_timely_only"], small_number),
            ]
            for row in whole.iter_rows(named=True)
        ],
    )


_LONG_COLUMNS = (
    Column("Rows in the return", "count"),
    Column("In both", "count"),
    Column("Only in the return", "count"),
    Column("Completeness", "share"),
    Column("95% interval"),
)


def _long_cells(row: dict, small_number: int) -> list[Cell]:
    counts = [count(row[n], small_number, hidden=row[f"{n}_hidden"]) for n in ("n_return", "n_both", "n_return_only")]
    shown = _completeness(row, small_number)
    return [*counts, Cell(shown.value, shown.text, 1), text(shown.detail or None)]


def _long_authorities(of_las: pl.DataFrame, tables: ReportTables, small_number: int) -> Table:
    names = dict(tables.local_authorities.rows())
    return table(
        "coverage-authority-sheet",
        "Completeness of the feed by local authority",
        [Column("Local authority"), Column("Route"), Column("Return"), Column("Entity"), *_LONG_COLUMNS],
        [
            [
                text(names.get(row["la_code"], row["la_code"])),
                text(words.route(row["route"])),
                text(words.RETURNS_SHORT[row["kind"]]),
                text(words.entity(row["entity"])),
                *_long_cells(row, small_number),
            ]
            for row in of_las.sort("la_code", "route", maintain_order=True).iter_rows(named=True)
        ],
    )
