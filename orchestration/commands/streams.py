"""csc stream: the register of who sends what, by which route, and with which credentials."""

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

import click
from rich.console import Console

from assets.submissions.landed_batch import SANDBOX
from assets.submissions.register import (
    SUFFIX_OF_ROUTE,
    Environment,
    PayloadMode,
    RegisterError,
    Route,
    Stream,
)
from assets.submissions.register_file import add_stream, end_stream
from orchestration.commands.reading import as_table
from orchestration.commands.shared import WRONG_USE, console, explains, fail, open_stores, settings_or_exit
from receiver.credentials import CredentialsError, Issued, issue, read_credentials

if TYPE_CHECKING:
    from assets.stores import Stores

DAY = click.DateTime(["%Y-%m-%d"])
FORMAT = click.Choice(["text", "json"])
_environment = click.option(
    "--environment",
    type=click.Choice(["test", "live"]),
    help="Which of the two, where the stream has a sandbox (test) beside it (default: live, else what there is).",
)


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
@click.option("--format", "as_format", type=FORMAT, default="text", show_default=True, help="How to print it.")
@explains(RegisterError, CredentialsError)
def add(
    stream_id: str,
    cms_supplier: str,
    payload_mode: str,
    environment: str,
    start_date: datetime | None,
    end_date: datetime | None,
    is_primary: bool,
    as_format: str,
) -> None:
    """Add STREAM, named <la_code>-<byo|d2i|cms>, to the register, or a change of its mode from a date on.

    With --environment test it is the stream's sandbox, which may be open beside it; its data never reach live tables.
    What is new is given credentials for the receiver; they are printed now and never again.
    """
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
    console.print(f"{row.source_id} is registered", markup=False)
    if not _has_client(stores, row.source_id):
        _tell(issue(stores.deployment.home, row.source_id, stores.now()), row.environment, as_format)


@stream.command("rotate-key")
@click.argument("stream_id", metavar="STREAM")
@_environment
@click.option("--overlap-days", default=7, show_default=True, type=click.IntRange(0, 90), help="How long the old hold.")
@click.option("--format", "as_format", type=FORMAT, default="text", show_default=True, help="How to print it.")
@explains(RegisterError, CredentialsError)
def rotate_key(stream_id: str, environment: str | None, overlap_days: int, as_format: str) -> None:
    """Give STREAM a new client secret and supplier key; the old ones hold for the overlap."""
    stores = open_stores()
    row = _registered(stores, stream_id, environment)
    issued = issue(stores.deployment.home, row.source_id, stores.now(), timedelta(days=overlap_days))
    _tell(issued, row.environment, as_format)


@stream.command()
@click.argument("stream_id", metavar="STREAM")
@_environment
@click.option("--on", "last_day", type=DAY, help="Last day on which it may send (default: today).")
@explains(RegisterError)
def end(stream_id: str, environment: str | None, last_day: datetime | None) -> None:
    """End STREAM: after that day nothing is taken of it. What it has sent stays."""
    stores = open_stores()
    day = last_day.date() if last_day else stores.now().date()
    row = _registered(stores, stream_id, environment)
    end_stream(stores.register_path, row.source_id, day, stores.deployment.la_codes)
    console.print(f"{row.source_id} ends on {day}", markup=False)


@stream.command("list")
@explains(RegisterError)
def list_streams() -> None:
    """Print the register."""
    Console().print(as_table(open_stores().register.as_frame()))


def _registered(stores: "Stores", stream_id: str, environment: str | None) -> Stream:
    """The latest row of that stream in that environment; live is meant where nothing is said and both are there."""
    found = [stores.register.get(source_id) for source_id in (stream_id, stream_id.removesuffix(SANDBOX) + SANDBOX)]
    wanted = [row for row in found if row and environment in (None, row.environment)]
    if not wanted:
        where = f" ({environment})" if environment else ""
        fail(f"{stream_id} is not in the register{where}; add it with `csc stream add`")
    return wanted[0]


def _has_client(stores: "Stores", source_id: str) -> bool:
    return any(client.source_id == source_id for client in read_credentials(stores.deployment.home).values())


def _tell(issued: Issued, environment: Environment, as_format: str) -> None:
    """Print credentials, once. api_path is the base path before /children_social_care_data."""
    from receiver.app import API_PATHS, TOKEN_PATH

    told = {
        "client_id": issued.client_id,
        "client_secret": issued.client_secret,
        "scope": settings_or_exit().token_scope,
        "supplier_key": issued.supplier_key,
        "token_path": TOKEN_PATH,
        "api_path": API_PATHS[environment],
    }
    if as_format == "json":
        click.echo(json.dumps(told, indent=1))
        return
    for name, value in told.items():
        click.echo(f"{name:14} {value}")
    console.print("keep these now: secret and key are kept here as hashes only", markup=False)
