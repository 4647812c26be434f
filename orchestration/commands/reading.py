"""csc query: a look at the warehouse, for reading only."""

import sys

import click
import polars as pl
from rich.console import Console
from rich.table import Table

from assets.warehouse.engine import WarehouseError
from orchestration.commands.shared import WRONG_USE, explains, fail, open_stores

FORMATS = ["table", "csv", "json"]


@click.command()
@click.argument("sql")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@explains(WarehouseError)
def query(sql: str, form: str) -> None:
    """Run SQL over the warehouse, read-only, and print the rows.

    The tables are in the schemas marts, comparison, history, findings and raw, for example
    "select * from marts.fct_indicator_value limit 5".
    """
    with open_stores().warehouse(read_only=True) as warehouse:
        try:
            rows = warehouse.query(sql)
        except warehouse.errors as error:
            fail(str(error).strip(), WRONG_USE)
    print_frame(rows, form)


@click.command()
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@explains(WarehouseError)
def checksum(form: str) -> None:
    """Print a checksum of each history table: equal for equal history, in whatever order the days were processed."""
    from assets.warehouse.checksum import checksums

    with open_stores().warehouse(read_only=True) as warehouse:
        print_frame(checksums(warehouse), form)


def print_frame(rows: pl.DataFrame, form: str) -> None:
    """Print a frame on standard output in one of FORMATS."""
    if form == "csv":
        sys.stdout.write(rows.write_csv())
    elif form == "json":
        sys.stdout.write(rows.write_json() + "\n")
    else:
        Console().print(as_table(rows))


def as_table(rows: pl.DataFrame) -> Table:
    """A frame as a table for the terminal, numbers to the right."""
    table = Table()
    for name, dtype in rows.schema.items():
        table.add_column(name, justify="right" if dtype.is_numeric() else "left", overflow="fold")
    for row in rows.iter_rows():
        table.add_row(*("" if value is None else str(value) for value in row))
    return table
