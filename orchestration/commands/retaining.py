"""csc retention: remove what landing and lake have kept for the configured period."""

import click

from assets.retention.removing import Aged, aged
from orchestration.commands.processing import finish
from orchestration.commands.shared import console, open_stores, settings_or_exit
from orchestration.jobs import RETENTION_JOB
from orchestration.running import run_job


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
def retention(dry_run: bool) -> None:
    """Remove landed batches, annual returns and lake days older than CSC_RETENTION_MONTHS, and say what went.

    History and the log of records stay in the warehouse. Runs by itself on the first of each month.
    """
    what = aged(open_stores())
    _say(what, "would be removed" if dry_run else "to be removed")
    if not dry_run:
        finish(run_job(settings_or_exit(), RETENTION_JOB))


def _say(what: Aged, doing: str) -> None:
    span = f", {what.days[0]} to {what.days[-1]}" if what.days else ""
    console.print(f"kept: everything since {what.kept_from}", markup=False)
    console.print(
        f"{doing}: {len(what.days)} submission days{span}; {len(what.superseded)} landings of annual returns;"
        f" {what.files:,} files, {what.bytes:,} bytes in landing",
        markup=False,
    )
    for return_id in sorted(what.returns):
        console.print(f"{doing}: return {return_id}", markup=False)
