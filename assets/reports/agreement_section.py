"""Where feed and return hold the same row: whether its fields agree, by entity, field and route."""

import polars as pl

from assets.comparison.plan import COMPARED
from assets.comparison.wilson import with_share
from assets.reports import words
from assets.reports.cells import Cell, Column, Kind, Table, base, share, table, text
from assets.reports.charts import Dot, dots
from assets.reports.pooled import agreement_by_route
from assets.reports.section import Section, across_routes, is_shown, route_columns
from assets.reports.tables import ReportTables

TITLE = "Whether feed and return say the same"
_ENTITIES = list(dict.fromkeys(entity for entities in COMPARED.values() for entity in entities))


def agreement_section(tables: ReportTables, routes: list[str], small_number: int) -> Section:
    """Agreement of fields."""
    rows = _ordered(agreement_by_route(tables.field_agreement)).filter(pl.col("n_compared") > 0)
    if rows.is_empty():
        return Section("agreement", TITLE, ("No row of a feed could be matched with a row of a return yet.",))
    by_entity = rows.group_by("route", "entity", maintain_order=True).agg(pl.col("n_compared", "n_agree").sum())
    chart = dots(
        "Share of field values on which feed and return agree, by entity and route, with 95% intervals",
        "A line for each entity and a mark for each route, all its fields together; each field is in the table.",
        _points(by_entity, small_number),
        "Per cent of compared values that agree",
    )
    return Section(
        "agreement",
        TITLE,
        (
            "Rows found on both sides are compared field by field, wherever both sides hold a value. Rows may be "
            "matched on dates that are some days apart, so a date used in the match can differ too.",
            "“Blank in the feed” is the share of the return's values for which the feed holds none.",
        ),
        (chart,) if chart else (),
        (_by_field(rows, routes, small_number),),
        (_long(rows, small_number),),
    )


def _points(by_entity: pl.DataFrame, small_number: int) -> list[Dot]:
    with_ends = with_share(by_entity, "n_agree", "n_compared", "agreement")
    return [
        Dot(words.entity(row["entity"]), row["route"], row["agreement"], row["low"], row["high"])
        for row in with_ends.iter_rows(named=True)
        if is_shown(share(row["n_agree"], row["n_compared"], small_number))
    ]


def _ordered(rows: pl.DataFrame) -> pl.DataFrame:
    order = pl.DataFrame({"entity": _ENTITIES}).with_row_index("position")
    return rows.join(order, on="entity", how="left", maintain_order="left").sort(
        "position", "kind", maintain_order=True
    )


def _blank(row: dict, missing: str, small_number: int) -> Cell:
    shown = share(row[missing], row["n_compared"] + row[missing], small_number)
    return Cell(shown.value, shown.text, shown.decimals)


def _by_field(rows: pl.DataFrame, routes: list[str], small_number: int) -> Table:
    def cells(row: dict) -> list[Cell]:
        agrees = share(row["n_agree"], row["n_compared"], small_number)
        return [base(row["n_compared"], small_number), agrees, _blank(row, "n_missing_timely", small_number)]

    found = across_routes(rows, ["kind", "entity", "field"], cells, routes)
    labels: list[tuple[str, Kind]] = [("Pairs", "count"), ("Agree", "share"), ("Blank in feed", "share")]
    return table(
        "agreement-field",
        "Agreement of feed and return by entity, field and route",
        [Column("Entity"), Column("Field"), *route_columns(routes, labels)],
        [[_entity(kind, entity), text(words.field(field)), *row] for (kind, entity, field), row in found.items()],
        "Pairs are to the nearest ten. The smaller figures are 95% intervals.",
    )


def _entity(kind: str, entity: str) -> Cell:
    name = words.entity(entity)
    return text(f"{name} ({words.RETURNS_SHORT[kind]})" if entity == "children" else name)


def _long(rows: pl.DataFrame, small_number: int) -> Table:
    lines = []
    for row in rows.iter_rows(named=True):
        agrees = share(row["n_agree"], row["n_compared"], small_number)
        lines.append(
            [
                text(words.route(row["route"])),
                text(words.RETURNS_SHORT[row["kind"]]),
                text(words.entity(row["entity"])),
                text(words.field(row["field"])),
                base(row["n_compared"], small_number),
                Cell(agrees.value, agrees.text, 1),
                text(agrees.detail or None),
                _blank(row, "n_missing_timely", small_number),
                _blank(row, "n_missing_return", small_number),
            ]
        )
    labels = ("Route", "Return", "Entity", "Field")
    return table(
        "agreement-field-sheet",
        "Agreement of feed and return by entity, field and route",
        [
            *(Column(label) for label in labels),
            Column("Pairs compared (nearest ten)", "count"),
            Column("Agree", "share"),
            Column("95% interval"),
            Column("Blank in the feed", "share"),
            Column("Blank in the return", "share"),
        ],
        lines,
    )
