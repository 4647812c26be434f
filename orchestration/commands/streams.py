"""csc stream: the register of who sends what, by which route."""

from datetime import datetime
from typing import cast

import click
from rich.console import Console

from assets.submissions.register import (
    SUFFIX_OF_ROUTE,
    Environment,
    PayloadMode,
    RegisterError,
    Route,
    Stream,
)
from assets.submissions.register_file import add_stream
from orchestration.commands.reading import as_table
from orchestration.commands.shared import WRONG_USE, console, explains, fail, open_stores

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def stream() -> None:
    """Register streams: one LA on one route, with how it sends and since when."""


@stream.command()
@click.argument("stream_id", metavar="STREAM")
@click.option("--cms-supplier", required=True, help="Supplier of the LA's case management system.")
@click.option("--mode", "payload_mode", type=click.Choice(["full", "delta"]), required=True, help="What a record is.")
@click.option("--environment", type=click.Choice(["test", "live"]), default="live", show_default=True)
@click.option("--start-date", type=DAY, help="First day on which it may send (default: today).")
@click.option("--end-date", type=DAY, help="Last day on which it may send (default: open).")
@click.option(
    "--primary/--not-primary", "is_primary", default=True, show_default=True, help="LA's figures come from it."
)
@explains(RegisterError)
def add(
    stream_id: str,
    cms_supplier: str,
    payload_mode: str,
    environment: str,
    start_date: datetime | None,
    end_date: datetime | None,
    is_primary: bool,
) -> None:
    """Add STREAM, named <la_code>-<byo|d2i|cms>, to the register, or a change of its mode from a date on."""
    stores = open_stores()
    la_code, _, suffix = stream_id.partition("-")
    route = next((name for name, short in SUFFIX_OF_ROUTE.items() if short == suffix), None)
    if route is None:
        fail(f"STREAM must be <la_code>-<{'|'.join(SUFFIX_OF_ROUTE.values())}>, for example 204-d2i", WRONG_USE)
    row = Stream(
        stream_id,
        la_code,
        cast(Route, route),
        cast(Environment, environment),
        cast(PayloadMode, payload_mode),
        start_date.date() if start_date else stores.now().date(),
        end_date.date() if end_date else None,
        cms_supplier,
        is_primary,
    )
    add_stream(stores.register_path, row, stores.deployment.la_codes)
    console.print(f"{stream_id} is registered", markup=False)


@stream.command("list")
@explains(RegisterError)
def list_streams() -> None:
    """Print the register."""
    Console().print(as_table(open_stores().register.as_frame()))
