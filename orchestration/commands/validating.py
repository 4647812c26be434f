"""csc validate: an LA's own file judged before it is sent. Needs no warehouse and no settings."""

import sys
from datetime import date
from pathlib import Path
from typing import Any, cast

import click

from assets.findings.return_frames import References
from assets.returns.errors import ReturnError
from assets.returns.reader import Kind as ReturnKind
from assets.submissions.register_file import current_la_codes
from assets.validation.answers import SHOWN
from assets.validation.payload_files import PayloadError
from assets.validation.payloads import check_payload
from assets.validation.places import NoDirectoryError, rules_on_places, users_directory
from assets.validation.returns import YEARS, Asked, check_return
from orchestration.commands.answers_shown import Shown, show
from orchestration.commands.progress import Progress
from orchestration.commands.shared import REFUSED, WRONG_USE, console, explains, fail
from quality.reference.postcodes import PostcodeDirectory
from quality.reference.provider_errors import ProviderListError
from quality.reference.providers import read_providers
from quality.rules.catalogue import SEEDS
from quality.rules.model import Kind

_FORMATS = click.Choice(["table", "csv", "json"])
_PATHS = click.Path(exists=True, path_type=Path)
_YEAR = click.IntRange(YEARS[0], YEARS[-1])


@click.command()
@click.argument("kind", type=click.Choice(["payload", "cin", "ssda903"]))
@click.argument("paths", nargs=-1, required=True, type=_PATHS)
@click.option("--la", "la_code", metavar="CODE", help="Three digit LA code (default: as the file says, if it does).")
@click.option("--year", type=_YEAR, help="Year in which the collection ends (default: from the file).")
@click.option(
    "--previous",
    multiple=True,
    type=_PATHS,
    help="Last year's SSDA903: a folder or a file; may be given more than once.",
)
@click.option("--providers", type=_PATHS, help="Ofsted's list of providers, for the rules on URNs of an SSDA903.")
@click.option("--as-of", metavar="DAY", help="Day on which a payload counts as received, YYYY-MM-DD (default: today).")
@click.option("--format", "form", type=_FORMATS, default="table", show_default=True)
@click.option("--all", "everything", is_flag=True, help="Show every rule's outcome, also passed and not applicable.")
@explains(ReturnError, PayloadError, ProviderListError)
def validate(kind: str, paths: tuple[Path, ...], form: str, everything: bool, **options: Any) -> None:
    """Judge your own file by the data collection's rules before you send it.

    KIND is payload (JSON batches), cin (a CIN census XML) or ssda903 (its CSV files, a folder of them, a zip, or its
    XML); PATHS are files or folders. Nothing is stored or sent. The table groups findings by rule; csv and json give
    every one, with the child's id and its place in the file, so treat them as you treat the file. Records and rows
    are counted from 0. Exit code 1 when a rule failed or could not run, or the file could not be read.
    """
    la_code = options["la_code"]
    if la_code is not None and la_code not in (current_la_codes(SEEDS / "local_authority.csv") or ()):
        fail(f"--la {la_code} is not the code of a current local authority in England", WRONG_USE)
    judge = _payload if kind == "payload" else _return
    with Progress(console) as progress:
        shown = judge(cast(Kind, kind), paths, options, progress)
    show(shown, form, everything=everything)
    sys.exit(REFUSED if shown.answers["outcome"].is_in(SHOWN).any() else 0)


def _return(kind: Kind, paths: tuple[Path, ...], options: dict[str, Any], progress: Progress) -> Shown:
    if options["as_of"]:
        fail("--as-of is for a payload; a return is judged as of its own year's end (--year)", WRONG_USE)
    if kind == "cin" and (options["previous"] or options["providers"]):
        fail("--previous and --providers are for an SSDA903 only", WRONG_USE)
    references = References()
    if kind == "ssda903":
        providers = read_providers(options["providers"]) if options["providers"] else None
        references = References(_postcodes(kind, progress), providers)
    asked = Asked(
        cast(ReturnKind, kind),
        options["la_code"],
        options["year"],
        previous=options["previous"],
        references=references,
        progress=progress,
    )
    checked = check_return(paths, asked)
    la = f"LA {checked.la_code}" if checked.la_code else "LA not known (give --la)"
    told = f" ({' and '.join(checked.inferred)} taken from the file)" if checked.inferred else ""
    progress.note(f"{_counted(checked.children, 'child')}, {la}, year ending 31 March {checked.year}{told}")
    return Shown(checked.answers, kind, _counted(checked.children, "child"))


def _payload(kind: Kind, paths: tuple[Path, ...], options: dict[str, Any], progress: Progress) -> Shown:
    for name in ("previous", "providers", "year"):
        if options[name]:
            fail(f"--{name} is for a return; a payload has no year", WRONG_USE)
    as_of = _day(options["as_of"])
    postcodes = _postcodes(kind, progress)
    checked = check_payload(paths, options["la_code"], as_of=as_of, postcodes=postcodes, progress=progress)
    records = _counted(checked.records, "record")
    said = [f"{records} in {_counted(checked.files, 'file')}"]
    if checked.refused:
        said.append(f"{checked.refused:,} of them would be refused, and with each its whole batch")
    if checked.unreadable:
        said.append(f"{_counted(checked.unreadable, 'file')} could not be taken apart into records")
    progress.note("; ".join(said))
    return Shown(checked.answers, kind, records)


def _counted(count: int, what: str) -> str:
    many = {"child": "children"}.get(what, f"{what}s")
    return f"{count:,} {what if count == 1 else many}"


def _day(text: str | None) -> date:
    try:
        day = date.fromisoformat(text) if text else date.today()  # noqa: DTZ011  the day where the LA is
    except ValueError:
        day = date.min
    if day.year not in YEARS:
        fail(f"--as-of must be a day such as 2026-03-31, from {YEARS[0]} to {YEARS[-1]}", WRONG_USE)
    return day


def _postcodes(kind: Kind, progress: Progress) -> PostcodeDirectory | None:
    progress("opening the postcode directory")
    try:
        return users_directory()
    except NoDirectoryError as reason:
        left_out = ", ".join(rules_on_places(kind))
        progress.note(f"no postcode directory: {reason}; these rules are left out, or see less: {left_out}")
        return None
