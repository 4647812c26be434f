"""Erasure up to the warehouse, step by step: tombstones first, then landing, then the lake.

Each step can be done again, and whatever a killed run left undone the next one does: a tombstone is pending in a place
until that place is noted as done. The warehouse follows in its own load; its free space is the last.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from assets.erasure.affected import affected_by, partitions_of, placed_in_lake, placed_in_landing
from assets.erasure.landed_batches import erase_in_batches
from assets.erasure.landed_returns import erase_in_returns
from assets.erasure.scope import widened
from assets.erasure.tombstones import as_tombstones
from assets.lake import day_partition, return_partition
from assets.lake_manifest import located
from assets.records.taking_in import take_in_again
from assets.returns.landed import take_in
from assets.stores import Stores
from assets.warehouse.free_space import rewrite
from quality.schemas.logs import FAULTS, PURGES, RECORDS

_MESSAGE = ["source_id", "batch_id", "batch_index"]


@dataclass(frozen=True)
class Erased:
    """What a run of the steps did: counts only."""

    tombstones: int
    records_changed: int
    partitions_rewritten: int
    batches_unreadable: int


def erase(stores: Stores, days: Sequence[str]) -> Erased:
    """Do what purges in the lake's partitions of these days ask for, and what is pending from before.

    Also takes out again what these days brought back of what was erased: late batches, replays, restored files.
    """
    taken_in = partitions_of(stores.lake, _streams(stores), days)
    fresh = note_purges(stores, taken_in)
    pending = stores.tombstones.pending("landing")
    if pending.height:
        stores.progress(f"erasing what {pending.height} purges ask for")
    affected, messages, unreadable = _find(stores, taken_in, pending)
    changed = erase_in_batches(stores.landing, affected, messages, stores.pseudonyms.value_key)
    of_returns = pl.concat([pending, _brought_back(stores)]).unique("tombstone_id")
    changed += erase_in_returns(stores.returns_landing, of_returns, stores.pseudonyms)
    stores.tombstones.note(pending["tombstone_id"], "landing", stores.now(), changed)
    rewritten = rewrite_lake(stores, affected, changed, taken_in)
    return Erased(fresh.height, changed.total(), rewritten, unreadable)


def note_purges(stores: Stores, taken_in: Sequence[str]) -> pl.DataFrame:
    """Keep a tombstone for each purge flag of these partitions, and the log's rows of the messages; the new ones."""
    purges = stores.lake.read(taken_in, "purges").select(list(PURGES))
    if purges.is_empty():
        return purges
    now = stores.now()
    records = stores.lake.read(taken_in, "records").filter(pl.col("is_purge_message"))
    faults = stores.lake.read(taken_in, "faults").join(records.select(_MESSAGE), on=_MESSAGE, how="semi")
    stores.tombstones.keep_messages(records.select(list(RECORDS)), faults.select(list(FAULTS)), now)
    asked = as_tombstones(purges, "purge", now)
    if stores.deployment.purge_scope == "la":
        asked = pl.concat([asked, as_tombstones(widened(purges, _streams(stores)), "scope", now)])
    return stores.tombstones.add(asked, now)


def _find(stores: Stores, taken_in: Sequence[str], pending: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """The landed records that hold what is to go, those that carry the messages, and how many batches nobody can read.

    For a purge that is pending everywhere in its source; for an older one, in what was just taken in.
    """
    lake = stores.lake
    everywhere = partitions_of(lake, pending["source_id"].unique(), lake.days())
    placed = placed_in_lake(lake, everywhere)
    unreadable: list[str] = []
    by_letter = pending.filter(pl.col("asked_by") == "letter")["source_id"].unique()
    if len(by_letter):
        batches = [batch for stream in by_letter for batch in stores.landing.batches(stream_id=stream)]
        read, unreadable = placed_in_landing(stores.landing, batches, stores.pseudonyms)
        placed = pl.concat([placed, read]).unique()
    affected = [affected_by(pending, placed)]
    tombstones = stores.tombstones.all()
    affected.append(affected_by(tombstones, placed_in_lake(lake, taken_in)))
    found = pl.concat(affected).unique().sort("source_id", "submission_day", "received_at", "batch_id", "batch_index")
    return found, _messages(stores, {*everywhere, *taken_in}), len(unreadable)


def _brought_back(stores: Stores) -> pl.DataFrame:
    """Tombstones whose child is in the lake's partition of a return all the same: restored, or never taken out."""
    tombstones = stores.tombstones.all()
    held = sorted(set(tombstones["source_id"]) & set(stores.returns_landing.return_ids()))
    placed = placed_in_lake(stores.lake, [return_partition(return_id) for return_id in held])
    found = affected_by(tombstones, placed).select("tombstone_id").unique()
    return tombstones.join(found, on="tombstone_id", how="semi")


def _messages(stores: Stores, partitions: set[str]) -> pl.DataFrame:
    asked = sorted(partitions)
    flagged = stores.lake.read(asked, "purges", _MESSAGE).unique()
    records = stores.lake.read(asked, "records", [*_MESSAGE, "is_purge_message"])
    return flagged.join(records, on=_MESSAGE, how="inner")


def rewrite_lake(stores: Stores, affected: pl.DataFrame, changed: Counter[str], taken_in: Sequence[str]) -> int:
    """Make the lake's partitions anew from what landing now holds; returns how many it were.

    Every partition of a purge whose landing or lake is not done, and those of older ones in which something changed.
    """
    pending = stores.tombstones.pending("lake")
    ids = {*pending["tombstone_id"], *changed}
    of_them = affected.filter(pl.col("tombstone_id").is_in(ids)).select("submission_day", "source_id").unique()
    again = sorted((str(day), stream_id) for day, stream_id in of_them.iter_rows())
    take_in_again(stores, again).raise_failures()
    restore_messages(stores, sorted({*taken_in, *(day_partition(*key) for key in again)}))
    returns = _returns_asked(stores, pl.concat([pending, _brought_back(stores)]))
    for return_id in returns:
        landed = stores.returns_landing.latest(return_id)
        if landed:
            take_in(stores.returns_landing, stores.lake, stores.pseudonyms, landed)
    stores.tombstones.note(pending["tombstone_id"], "lake", stores.now())
    return len(again) + len(returns)


def restore_messages(stores: Stores, partitions: Sequence[str]) -> None:
    """Put the log's rows of erased purge messages back into partitions that were made anew without them."""
    kept = stores.tombstones.messages()
    if kept["records"].is_empty():
        return
    present = stores.lake.read(partitions, "records", _MESSAGE)
    lacking = kept["records"].join(present, on=_MESSAGE, how="anti")
    for partition in partitions:
        folder, stream_id = located(partition)
        of_day = (pl.col("source_id") == stream_id) & (
            pl.col("submission_day") == pl.lit(folder.rpartition("=")[2]).str.to_date()
        )
        rows = lacking.filter(of_day)
        if rows.height:
            _add(stores, partition, rows, kept["faults"].join(rows.select(_MESSAGE), on=_MESSAGE, how="semi"))


def _add(stores: Stores, partition: str, records: pl.DataFrame, faults: pl.DataFrame) -> None:
    more = {"records": records, "faults": faults}
    held = {table: stores.lake.read(partition, table) for table in stores.lake.rows(partition)}
    tables = {table: pl.concat([held[table], more[table]]) if table in held else more[table] for table in more}
    note = stores.lake.note(partition)
    with stores.lake.replacing(partition) as writer:
        writer.append(held | tables)
        writer.note |= note


def _returns_asked(stores: Stores, tombstones: pl.DataFrame) -> list[str]:
    return sorted(set(tombstones["source_id"]) & set(stores.returns_landing.return_ids()))


def _streams(stores: Stores) -> list[str]:
    """Every stream that is in the register or has landed anything."""
    landed = {stream for day in stores.landing.days() for stream in stores.landing.streams(day)}
    return sorted(landed | set(stores.register.ids()))


def finish(stores: Stores) -> int:
    """Note that the warehouse has followed, and write it anew; how many tombstones that was for."""
    places = stores.deployment
    pending = stores.tombstones.pending("free_space").join(
        stores.tombstones.pending("lake"), on="tombstone_id", how="anti"
    )
    if pending.is_empty():
        return 0
    stores.progress(f"writing the warehouse anew, without what {pending.height} purges erased")
    followed = pending.join(stores.tombstones.pending("warehouse"), on="tombstone_id", how="semi")
    stores.tombstones.note(followed["tombstone_id"], "warehouse", stores.now())
    rewrite(places.warehouse_url, threads=places.threads, memory_limit_gb=places.memory_limit_gb)
    stores.tombstones.note(pending["tombstone_id"], "free_space", stores.now())
    return pending.height
