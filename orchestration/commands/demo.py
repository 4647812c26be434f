"""csc demo and csc synth: made-up authorities, generated, and taken through the whole platform."""

import os
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

import click

from orchestration.commands.processing import finish
from orchestration.commands.shared import console, open_stores, settings_or_exit
from orchestration.demonstration import arrive
from orchestration.jobs import DAILY_JOB
from orchestration.running import run_job
from synthetic.generate import generate
from synthetic.scenario import PRESETS

_NEXT = """Next:
  make ui                                                  see the runs and the asset graph
  .venv/bin/csc query "select * from comparison.coverage"  the tables under the report
  .venv/bin/csc stream add --help                          register a stream of your own"""
_AFTER_POSTGRES = """The server has stopped with the demonstration. Next:
  CSC_WAREHOUSE_URL=postgresql://user:password@host/database make demo   the same on a server of your own
  CSC_WAREHOUSE_URL=postgresql://user:password@host/database make ui     its runs and asset graph
  make demo                                                              the same on DuckDB"""
_SEED = click.option("--seed", type=int, help="Another seed makes other children (default: the preset's).")
_PRESET = click.option("--preset", type=click.Choice(sorted(PRESETS)), default="demo", show_default=True)


@click.command()
@_PRESET
@_SEED
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write.")
def synth(preset: str, seed: int | None, out: Path) -> None:
    """Make up local authorities: their streams, daily batches, annual returns, and a manifest of injected faults."""
    scenario = PRESETS[preset]
    generate(scenario if seed is None else replace(scenario, seed=seed), out, lambda line: console.print(line))
    click.echo(out)


@click.command()
@_PRESET
@click.option("--postgres", is_flag=True, help="Use a Postgres server started for it, instead of DuckDB.")
def demo(preset: str, postgres: bool) -> None:
    """The main job on made-up authorities: generate, land, process every day, compare, and write the report.

    Running it again changes nothing.
    """
    started = time.monotonic()
    with _server() if postgres else nullcontext(""):
        settings = settings_or_exit()
        stores = open_stores()
        arrived = arrive(stores, PRESETS[preset])
        finish(run_job(settings, DAILY_JOB, arrived.first_day, arrived.last_day))
    minutes = (time.monotonic() - started) / 60
    console.print(f"finished in {minutes:.1f} minutes", markup=False)
    click.echo(f"\nThe report: {_newest(stores.deployment.reports_dir)}\n")
    click.echo(_AFTER_POSTGRES if postgres else _NEXT)


def _newest(folder: Path) -> Path:
    return max(folder.glob("*.html"), key=lambda path: path.stat().st_mtime)


def _server() -> AbstractContextManager[str]:
    """A Postgres server for as long as the demonstration runs, with a home of its own; settings then point at both.

    The server's folder lies beside that home and not in it: a server started by root runs as another user, whom the
    home does not let in.
    """
    from orchestration.local_postgres import running_server

    given = settings_or_exit().home.absolute()
    beside = given.with_name(f"{given.name}-postgres")
    os.environ["CSC_HOME"] = str(beside / "home")
    return running_server(beside / "server")
