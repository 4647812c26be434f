"""csc send: the reference sender, from files to a receiver."""

import json
import os
import sys
from pathlib import Path

import click
import httpx2

from orchestration.commands.shared import REFUSED, WRONG_USE, console, explains, fail
from sender.children import FileError, files_under
from sender.client import Account, Client, SendingError
from sender.ledger import Ledger
from sender.sending import Sent, send_files

_SECRETS = {"client_secret": "CSC_SEND_CLIENT_SECRET", "supplier_key": "CSC_SEND_SUPPLIER_KEY"}
_GIVEN = ("client_id", "scope", "token_path", "api_path")


@click.command()
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--url", required=True, help="Address of the receiver, such as https://receiver.example.")
@click.option("--la", "la_code", required=True, metavar="CODE", help="The local authority's three digit code.")
@click.option(
    "--credentials",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON file with what `csc stream add --format json` printed.",
)
@click.option(
    "--ledger",
    default=Path("csc-send.sqlite"),
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Local file in which receipts and errors are noted, child by child.",
)
@click.option(
    "--batch", "size", default=100, show_default=True, type=click.IntRange(1, 100), help="Children a request."
)
@click.option("--attempts", default=8, show_default=True, type=click.IntRange(1, 50), help="Tries of one request.")
@explains(FileError, SendingError)
def send(
    paths: tuple[Path, ...], url: str, la_code: str, credentials: Path, ledger: Path, size: int, attempts: int
) -> None:
    """Send children from PATH, files or folders of JSON, to a receiver.

    A child that was accepted as it is now is not sent again, so a run that was cut short goes on where it was. Children
    that are refused are noted with the reason, and the others of their batch are sent without them.
    """
    account = _account(url, la_code, credentials)
    files = files_under(paths)
    with httpx2.Client(timeout=120) as http, Ledger(ledger) as noted:
        sent = send_files(files, Client(account, http, attempts), noted, size, _progress)
        console.print(
            f"{sent.accepted:,} accepted, {sent.refused:,} refused, {sent.passed_over:,} had been accepted before; "
            f"noted in {ledger}",
            markup=False,
        )
        for file, position, error in noted.errors() if sent.refused else []:
            click.echo(f"{file}, child [{position}]: {error}")
    if sent.refused:
        sys.exit(REFUSED)


def _progress(sent: Sent) -> None:
    console.print(f"{sent.accepted + sent.refused:,} children answered", markup=False)


def _account(url: str, la_code: str, credentials: Path) -> Account:
    """Secrets from the environment where they are set there, so that the file need not hold them."""
    try:
        told = json.loads(credentials.read_text(encoding="utf-8"))
        secrets = {name: os.environ.get(variable) or told[name] for name, variable in _SECRETS.items()}
        return Account(url.rstrip("/"), la_code, **secrets, **{name: str(told[name]) for name in _GIVEN})
    except (ValueError, KeyError, TypeError):
        names = ", ".join((*_GIVEN, *_SECRETS))
        fail(f"{credentials}: expected a JSON object with {names}; print it with csc stream add", WRONG_USE)
