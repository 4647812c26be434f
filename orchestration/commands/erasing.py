"""csc erase and csc erasures: a child erased on request, and the log of every erasure."""

import sys
from datetime import UTC

import click
import polars as pl

from assets.erasure.affected import affected_by, placed_in_landing
from assets.erasure.tombstones import PLACES, as_tombstones
from assets.stores import Stores
from orchestration.commands.processing import finish
from orchestration.commands.reading import FORMATS, print_frame
from orchestration.commands.shared import WRONG_USE, console, fail, open_stores, settings_or_exit
from orchestration.jobs import DAILY_JOB
from orchestration.running import run_job
from quality.schemas.logs import PURGES


@click.command()
@click.option("--la", "la_code", required=True, metavar="CODE", help="Three digit LA code, e.g. 204.")
@click.option(
    "--child-id", required=True, metavar="ID", help="The LA's id of the child; - asks for it, or reads standard input."
)
@click.option("--dry-run", is_flag=True, help="Only say how much there is; erase nothing.")
def erase(la_code: str, child_id: str, dry_run: bool) -> None:
    """Erase a child of an LA everywhere: every stream, live and test, every annual return, and all made from them.

    For a request that comes by letter; purges in the feed are done by every run. A record of the child that is
    received later is a new beginning. Running it again changes nothing. What was done is in `csc erasures`.
    """
    stores = open_stores()
    if la_code not in stores.deployment.la_codes:
        fail(f"--la {la_code} is not the code of a current local authority in England", WRONG_USE)
    asked = tombstones_of_letter(stores, la_code, _given(child_id))
    _say_how_much(stores, asked)
    if dry_run:
        return
    fresh = stores.tombstones.add(asked, stores.now())
    console.print(f"{fresh.height} tombstones kept", markup=False)
    settings = settings_or_exit()
    day = max((str(day) for day in stores.landing.days()), default=str(stores.now().date()))
    finish(run_job(settings, DAILY_JOB, day, day))
    left = stores.tombstones.pending("free_space").join(asked, on="tombstone_id", how="semi")
    if left.height:
        fail("the erasure is not finished; run the command again, or `csc process`")
    console.print("erased; `csc erasures` shows what was done where", markup=False)


@click.command()
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
def erasures(form: str) -> None:
    """The log of erasures: one row per purge or letter, and when each place was done. Nothing personal.

    The table is for a look; csv and json have every column, among them the time at which each place was done.
    """
    log = open_stores().tombstones.log()
    print_frame(_at_a_glance(log) if form == "table" else log, form)


def _at_a_glance(log: pl.DataFrame) -> pl.DataFrame:
    """What fits a terminal: when asked, by what, of what, and when it was finished or which place it waits for."""
    minute = "%Y-%m-%d %H:%M"
    waiting = pl.coalesce(
        pl.when(pl.col(f"{place}_done_at").is_null()).then(pl.lit(f"waits: {place}")) for place in PLACES
    )
    return log.select(
        pl.col("asked_at").dt.strftime(minute),
        "asked_by",
        "source_id",
        "level",
        pl.coalesce(waiting, pl.col(f"{PLACES[-1]}_done_at").dt.strftime(minute)).alias("done_at"),
        pl.col("landing_changed").alias("records"),
        pl.col("tombstone_id").str.head(8).alias("tombstone"),
    )


def _given(child_id: str) -> str:
    if child_id == "-":
        child_id = click.prompt("id", hide_input=True, err=True) if sys.stdin.isatty() else sys.stdin.readline()
    if not child_id.strip():
        fail("--child-id is empty; give the LA's id of the child", WRONG_USE)
    return child_id.strip()


def tombstones_of_letter(stores: Stores, la_code: str, child_id: str) -> pl.DataFrame:
    """A tombstone at the level of the child for each stream and return of the LA, as of now."""
    streams = {stream for day in stores.landing.days() for stream in stores.landing.streams(day)}
    sources = streams | set(stores.register.ids()) | set(stores.returns_landing.return_ids())
    child_key = stores.pseudonyms.child_keys(la_code, pl.Series([child_id]))[0]
    now = stores.now().astimezone(UTC)
    rows = [
        {
            "source_id": source,
            "la_code": la_code,
            "child_key": child_key,
            "submission_day": now.date(),
            "received_at": now,
            "batch_id": "letter",
            "batch_index": 0,
            "level": "child",
        }
        for source in sorted(source for source in sources if source.startswith(f"{la_code}-"))
    ]
    return as_tombstones(pl.DataFrame(rows, schema=PURGES), "letter", now)


def _say_how_much(stores: Stores, asked: pl.DataFrame) -> None:
    batches = [batch for source in asked["source_id"] for batch in stores.landing.batches(stream_id=source)]
    placed, unreadable = placed_in_landing(stores.landing, batches, stores.pseudonyms)
    found = affected_by(asked, placed)
    batch_count = found.select("source_id", "batch_id").unique().height
    console.print(f"{found.height} records in {batch_count} of {len(batches)} landed batches", markup=False)
    returns = set(asked["source_id"]) & set(stores.returns_landing.return_ids())
    console.print(f"{len(returns)} annual returns of the LA will be looked through", markup=False)
    for key in unreadable:
        console.print(f"{key}: cannot be read; look at it by hand", markup=False)
