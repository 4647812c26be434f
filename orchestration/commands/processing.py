"""csc process and csc report: the same jobs as in the Dagster UI, run in this process."""

import sys
from datetime import date
from pathlib import Path

import click

from assets.records.pending import pending_days
from assets.warehouse.engine import WarehouseError
from orchestration.commands.shared import REFUSED, WRONG_USE, console, explains, fail, open_stores, settings_or_exit
from orchestration.jobs import DAILY_JOB
from orchestration.running import RunOutcome, run_job


@click.command()
@click.option("--from", "first", metavar="DAY", help="First submission day, YYYY-MM-DD (default: first not taken in).")
@click.option("--to", "last", metavar="DAY", help="Last submission day, YYYY-MM-DD (default: last landed day).")
def process(first: str | None, last: str | None) -> None:
    """Materialise submission days and everything after them: history, findings, indicators, comparison, report.

    Without options, all landed days that have not been taken in yet, or the last landed day if none is waiting.
    """
    settings = settings_or_exit()
    stores = open_stores()
    removed = stores.removals.days()
    landed = [str(day) for day in stores.landing.days() if str(day) not in removed]
    if not landed and not stores.returns_landing.all():
        fail("nothing has landed yet; use `csc land` or `csc load-return` first", REFUSED)
    waiting = sorted(pending_days(stores.landing, stores.lake, removed=removed))
    newest = landed[-1] if landed else str(stores.now().date())
    end = _day(last) or newest
    start = _day(first) or (waiting[0] if waiting and waiting[0] <= end else end)
    if start > end:
        fail(f"--from {start} is after --to {end}", WRONG_USE)
    if start < settings.first_day:
        fail(f"{start} is before the first submission day; set CSC_FIRST_DAY to {start} or earlier", WRONG_USE)
    gone = sorted(day for day in removed if start <= day <= end)
    if gone:
        console.print(
            f"{len(gone)} of these days are past retention, {gone[0]} to {gone[-1]}: the warehouse keeps what it knows",
            markup=False,
        )
    console.print(f"processing submission days {start} to {end}", markup=False)
    finish(run_job(settings, DAILY_JOB, start, end))


@click.command()
@click.option("--year", type=click.IntRange(2010, 2100), help="Year in which the returns end (default: the latest).")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder (default: CSC_REPORTS).")
@explains(WarehouseError)
def report(year: int | None, out: Path | None) -> None:
    """Write the evaluator's burden and quality comparison report, as HTML and as a workbook, and print their paths."""
    from assets.reports.writing import write_report

    stores = open_stores()
    files = write_report(stores, year, out or stores.deployment.reports_dir)
    click.echo(files.html)
    click.echo(files.xlsx)


def finish(outcome: RunOutcome) -> None:
    """Say how a run ended; leaves with exit code 1 when it failed."""
    for check in outcome.failed_checks:
        console.print(f"check failed ({check})", markup=False)
    if outcome.success:
        console.print(f"done: run {outcome.run_id[:8]}; details in the Dagster UI (make ui)", markup=False)
        return
    if outcome.reason:
        console.print(f"error: {outcome.reason}", markup=False, style="red")
    steps = ", ".join(outcome.failed_steps) or "before its first step"
    console.print(f"run {outcome.run_id[:8]} failed in: {steps}; see {outcome.log} or the Dagster UI", markup=False)
    sys.exit(REFUSED)


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise click.BadParameter("must be a day such as 2026-03-31") from None
