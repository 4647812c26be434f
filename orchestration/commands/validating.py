"""csc validate: an LA's own file judged before it is sent. Needs no warehouse and no settings."""

import sys
from datetime import date
from pathlib import Path
from typing import Any, cast

import click
import polars as pl
from rich.console import Console
from rich.table import Table

from assets.findings.return_frames import References
from assets.returns.errors import ReturnError
from assets.returns.reader import Kind
from assets.submissions.register_file import current_la_codes
from assets.validation.answers import SHOWN, not_asked
from assets.validation.payload_files import PayloadError
from assets.validation.payloads import check_payload
from assets.validation.returns import Asked, check_return
from orchestration.commands.shared import REFUSED, WRONG_USE, console, explains, fail
from quality.reference.postcodes import PostcodeDirectory, default_folder
from quality.reference.provider_errors import ProviderListError
from quality.reference.providers import read_providers
from quality.rules.catalogue import SEEDS

_PLACES_SHOWN = 3
_NARROWEST = 110
_FORMATS = click.Choice(["table", "csv", "json"])
_YEARS = click.IntRange(2010, 2100)
_PATHS = click.Path(exists=True, path_type=Path)


@click.command()
@click.argument("kind", type=click.Choice(["payload", "cin", "ssda903"]))
@click.argument("paths", nargs=-1, required=True, type=_PATHS)
@click.option("--la", "la_code", metavar="CODE", help="Three digit LA code (default: as the file says, if it does).")
@click.option(
    "--year", type=click.IntRange(2010, 2100), help="Year in which the collection ends (default: from the file)."
)
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
    every one, with the child's id and its place in the file, so treat them as you treat the file. Exit code 1 when a
    rule failed or could not run, or the file could not be read.
    """
    la_code = options["la_code"]
    if la_code is not None and la_code not in (current_la_codes(SEEDS / "local_authority.csv") or ()):
        fail(f"--la {la_code} is not the code of a current local authority in England", WRONG_USE)
    answered = _payload(paths, options) if kind == "payload" else _return(cast(Kind, kind), paths, options)
    shown = answered if everything else answered.filter(pl.col("outcome").is_in(SHOWN))
    _print(shown, answered, form)
    sys.exit(REFUSED if answered["outcome"].is_in(SHOWN).any() else 0)


def _return(kind: Kind, paths: tuple[Path, ...], options: dict[str, Any]) -> pl.DataFrame:
    if options["as_of"]:
        fail("--as-of is for a payload; a return is judged as of its own year's end (--year)", WRONG_USE)
    if kind == "cin" and (options["previous"] or options["providers"]):
        fail("--previous and --providers are for an SSDA903 only", WRONG_USE)
    checked = check_return(
        paths,
        Asked(
            kind,
            options["la_code"],
            options["year"],
            previous=options["previous"],
            references=_references(options["providers"]) if kind == "ssda903" else References(),
            progress=_progress,
        ),
    )
    la = f"LA {checked.la_code}" if checked.la_code else "LA not known (give --la)"
    told = f" ({' and '.join(checked.inferred)} taken from the file)" if checked.inferred else ""
    _progress(f"{checked.children:,} children, {la}, year ending 31 March {checked.year}{told}")
    return checked.answers


def _payload(paths: tuple[Path, ...], options: dict[str, Any]) -> pl.DataFrame:
    for name in ("previous", "providers", "year"):
        if options[name]:
            fail(f"--{name} is for a return; a payload has no year", WRONG_USE)
    checked = check_payload(
        paths, options["la_code"], as_of=_day(options["as_of"]), postcodes=_postcodes(), progress=_progress
    )
    _progress(f"{checked.records:,} records in {checked.files} files, {checked.refused:,} of them would be refused")
    return checked.answers


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()  # noqa: DTZ011  the day where the LA is
    except ValueError:
        fail("--as-of must be a day such as 2026-03-31", WRONG_USE)


def _postcodes() -> PostcodeDirectory | None:
    """The directory in the user's own cache: the first time it is made from the package, which takes seconds."""
    try:
        return PostcodeDirectory.open(default_folder())
    except OSError as error:
        _progress(f"rules on postcodes are left out: their directory cannot be kept ({error.strerror})")
        return None


def _references(providers: Path | None) -> References:
    return References(_postcodes(), read_providers(providers) if providers else None)


def _progress(text: str) -> None:
    console.print(text, markup=False)


def _print(shown: pl.DataFrame, answered: pl.DataFrame, form: str) -> None:
    if form == "csv":
        sys.stdout.write(shown.write_csv())
        return
    if form == "json":
        sys.stdout.write(shown.write_json() + "\n")
        return
    terminal = Console()
    # narrower than this a line a rule cannot be read; a pipe has no width of its own
    terminal.width = max(terminal.width, _NARROWEST)
    terminal.print(_by_rule(shown))
    counts = dict(answered.group_by("outcome").agg(pl.col("rule_id").n_unique()).iter_rows())
    said = ", ".join(f"{counts.get(o, 0)} {o.replace('_', ' ')}" for o in ("passed", "failed", "could_not_run"))
    console.print(f"rules: {said}, {counts.get('not_applicable', 0)} not applicable", markup=False)
    for reason, rules in not_asked(answered).iter_rows():
        console.print(f"  {rules} not applicable: {reason}", markup=False)


def _by_rule(shown: pl.DataFrame) -> Table:
    """One line a rule: how many findings in how many children, what is wrong, and where the first ones are."""
    table = Table()
    for name in ("rule", "DfE code", "severity"):
        table.add_column(name, no_wrap=True)
    for name in ("findings", "children"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("what is wrong, and where", overflow="fold")
    for row in shown.group_by("rule_id", "outcome", maintain_order=True).agg(_SUMMARY).iter_rows(named=True):
        failed = row["outcome"] == "failed"
        numbers = (f"{row['findings']:,}", f"{row['children']:,}") if failed else ("", "")
        text = row["message"] if failed else f"{row['outcome'].replace('_', ' ')}: {row['message']}"
        where = "; ".join(row["places"]) + ("; ..." if row["findings"] > _PLACES_SHOWN else "")
        table.add_row(
            row["rule_id"], row["codes"], row["severity"], *numbers, f"{text}\n  {where}" if where and failed else text
        )
    return table


_FILE = pl.when(pl.col("file").is_not_null()).then(pl.format("{} ", "file")).otherwise(pl.lit(""))
_CHILD = pl.when(pl.col("la_child_id").is_not_null()).then(pl.format("child {}, ", "la_child_id")).otherwise(pl.lit(""))
_ROW = pl.when(pl.col("row").is_not_null()).then(pl.format(" row {}", "row")).otherwise(pl.lit(""))
_PLACE = pl.concat_str(_FILE, _CHILD, "entity", _ROW, pl.lit(" ("), "fields", pl.lit(")"), ignore_nulls=True)
_SUMMARY = (
    pl.concat_str("dfe_code_cin", "dfe_code_903", separator=";").first().str.strip_chars(";").alias("codes"),
    pl.col("severity", "message").first(),
    pl.len().alias("findings"),
    pl.col("la_child_id").n_unique().alias("children"),
    _PLACE.head(_PLACES_SHOWN).alias("places"),
)
