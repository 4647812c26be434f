"""Days and returns from the lake into the warehouse: which of them, and with what beside them.

How a load is done is in load.py and below.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import polars as pl

from assets.lake import day_folder, day_partition
from assets.returns.landed import returns_held, returns_removed
from assets.stores import Stores
from assets.submissions.landed_batch import SANDBOX
from assets.warehouse.calendar import bank_holidays
from assets.warehouse.engine import Warehouse, WarehouseError
from assets.warehouse.held_ids import Purging
from assets.warehouse.load import Loaded, load_days, load_reference, load_returns
from assets.warehouse.to_judge import note_days_to_judge

# How DuckDB and Postgres say that there is no room.
_NO_ROOM = ("no space left", "disk full", "could not extend file")


def load(stores: Stores, days: list[str]) -> tuple[Loaded, Loaded]:
    """Load these days of every live stream, every return in the lake, and what else of the lake was never loaded.

    The last heals a run that was killed between lake and warehouse, and brings what erasure made anew of older days.
    """
    register = stores.register
    removed = stores.removals.days()
    asked, days = days, [day for day in days if day not in removed]
    others = set(stores.lake.days()) - removed - set(days)
    missed = {day: names for day in others if (names := stores.lake.not_loaded(day_folder(day)))}
    written = {day: stores.lake.written(day_folder(day)) for day in {*days, *missed}}
    wanted = {day: {row.stream_id for row in register.live(date.fromisoformat(day))} for day in written}
    live = [
        day_partition(day, stream_id)
        for day in sorted(written)
        for stream_id in sorted(wanted[day] if day in days else wanted[day] & missed[day])
    ]
    held = returns_held(stores.returns_landing, stores.lake)
    known = pl.concat([held, returns_removed(stores.removals.returns())]).unique("return_id", keep="first")
    purging = _purging(stores, known["return_id"].to_list())
    with stores.warehouse() as warehouse, _full_disk_said(warehouse, stores):
        attempts = stores.log.attempts().filter(~pl.col("stream_id").fill_null("").str.ends_with(SANDBOX))
        load_reference(warehouse, register.as_frame(), known, attempts, bank_holidays())
        loaded_days = load_days(warehouse, stores.lake, live, purging)
        loaded_returns = load_returns(warehouse, stores.lake, held["return_id"].to_list(), purging)
        note_days_to_judge(warehouse, date.fromisoformat(asked[0]), date.fromisoformat(asked[-1]))
    for day, members in written.items():
        stores.lake.note_loaded(day_folder(day), members)
    return loaded_days, loaded_returns


@contextmanager
def _full_disk_said(warehouse: Warehouse, stores: Stores) -> Iterator[None]:
    """A load that finds no room is undone; the engine's own words may hold what it was writing, and are not told."""
    try:
        yield
    except warehouse.errors as error:
        if not any(words in str(error).lower() for words in _NO_ROOM):
            raise
        place = stores.deployment.home if warehouse.dialect == "duckdb" else "the Postgres server"
        raise WarehouseError(
            f"the disk is full: the load could not be written to the warehouse at {place}, and is undone; "
            "what was loaded before stands; make room and run it again"
        ) from None


def _purging(stores: Stores, return_ids: list[str]) -> Purging:
    """The tombstones of what the warehouse holds: live streams and returns."""
    sources = {row.stream_id for row in stores.register.live()} | set(return_ids)
    tombstones = stores.tombstones.all().filter(pl.col("source_id").is_in(sources))
    reached = stores.tombstones.notes().filter((pl.col("place") == "landing") & (pl.col("removed") > 0))
    return Purging(stores.pseudonyms.hashed, tombstones, tombstones.join(reached, on="tombstone_id", how="semi"))
