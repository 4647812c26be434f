"""csc land and csc load-return: what comes in by hand, stored as if received."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from assets.returns.errors import ReturnError
from assets.returns.landed import land_return, take_in
from assets.submissions.land import Landed, Refused, Unreadable, land_files
from assets.submissions.register import RegisterError
from assets.submissions.vault import LandingError
from orchestration.commands.shared import REFUSED, WRONG_USE, console, explains, fail, moment_option, open_stores
from quality.rules.catalogue import catalogue
from quality.schemas.entities import ALL_ENTITIES


@click.command()
@click.option("--stream", "stream_id", required=True, metavar="ID", help="Stream that sent it, e.g. 204-d2i.")
@moment_option
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@explains(LandingError, RegisterError)
def land(stream_id: str, received_at: str | None, files: tuple[Path, ...]) -> None:
    """Store batch FILES as if received on that stream, and print a receipt for each record.

    A file that cannot be a batch is refused with its errors; the others are stored all the same. Exit code 1 if any
    was refused. The structure of each record is judged when the day is processed.
    """
    places = open_stores().submissions
    results = land_files(files, stream_id, places, received_at=parsed_moment(received_at))
    shown = [_show(path, result) for path, result in results]
    sys.exit(0 if all(shown) else REFUSED)


def _show(path: Path, result: Landed | Refused | Unreadable) -> bool:
    """Print what became of one file; whether it was landed."""
    if isinstance(result, Unreadable):
        console.print(result.reason, markup=False)
        return False
    if isinstance(result, Refused):
        console.print(f"{path.name}: refused\n{result.text}", markup=False)
        return False
    if result.batch is None:
        console.print(f"{path.name}: no children in it, nothing to land", markup=False)
        return True
    again = "; landed before, stored once" if result.duplicate else ""
    day = result.batch.submission_day
    console.print(f"{path.name}: {len(result.receipts)} records landed for {day}{again}", markup=False)
    for receipt in result.receipts:
        click.echo(receipt)
    return True


# Faults of the return as a whole, which set no cell aside.
_FAULTS = {
    "differs": "items of the header differ from the year it is loaded as; everything is loaded all the same",
    "missing": "items of the header are missing",
    "missing_table": "tables of the return were not given",
    "repeated": "children, codes or elements are there more than once",
    "missing_column": "columns are missing, and read as empty",
    "unknown_column": "columns are not known, and left out",
    "unknown_element": "elements are not known, and left out",
    "ignored_file": "files beside the return are no part of it, and passed over",
}


# Found on reading and loaded as they are: whether they are wrong is for the rules to say.
_DOUBTS = {"not_in_header", "differs_from_header", "not_letters_or_digits", "too_long"}


@click.command("load-return")
@click.argument("kind", type=click.Choice(["cin", "ssda903"]))
@click.option("--la", "la_code", required=True, metavar="CODE", help="Three digit LA code, e.g. 204.")
@click.option("--year", required=True, type=click.IntRange(2010, 2100), help="Year in which the collection ends.")
@moment_option
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@explains(LandingError, ReturnError)
def load_return(kind: str, la_code: str, year: int, received_at: str | None, paths: tuple[Path, ...]) -> None:
    """Load an annual return: a CIN census XML, or the CSV files (a folder, files or a zip) or XML of an SSDA903.

    The files are kept as given; the return is read at once, so that what is wrong with it is said now, and goes to the
    warehouse with the next `csc process`. Loading the same files twice changes nothing. Exit code 1 when cells could
    not be read; they are counted, and everything else is loaded.
    """
    stores = open_stores()
    if la_code not in stores.deployment.la_codes:
        fail(f"--la {la_code} is not the code of a current local authority in England", WRONG_USE)
    landed = land_return(
        stores.returns_landing,
        stores.pseudonyms,
        kind=kind,
        la_code=la_code,
        year=year,
        received_at=parsed_moment(received_at) or stores.now(),
        paths=paths,
    )
    summary = take_in(stores.returns_landing, stores.lake, stores.pseudonyms, landed)
    again = "; the same files as before" if landed.duplicate else ""
    rows = ", ".join(f"{count:,} {table}" for table, count in summary.rows.items() if table in ALL_ENTITIES)
    console.print(f"{summary.return_id}: {summary.children:,} children{again}", markup=False)
    console.print(f"rows: {rows or 'none'}", markup=False)
    doubts = {fault: count for fault, count in summary.faults.items() if fault in catalogue() or fault in _DOUBTS}
    set_aside = {fault: count for fault, count in summary.faults.items() if fault not in doubts}
    for fault, count in set_aside.items():
        console.print(f"{count:,} {_FAULTS.get(fault, 'cells set aside: ' + fault.replace('_', ' '))}", markup=False)
    if doubts:
        console.print(f"{sum(doubts.values()):,} doubts for the rules, loaded all the same: csc validate shows them")
    sys.exit(REFUSED if set_aside else 0)


def parsed_moment(text: str | None) -> datetime | None:
    """An ISO 8601 moment in UTC, or None. Raises click.BadParameter for anything else."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter("must be an ISO 8601 moment such as 2026-03-31T08:00:00Z") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
