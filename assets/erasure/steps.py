"""Erasure up to the warehouse, step by step: tombstones first, then landing, then the lake.

Each step can be done again, and whatever a killed run left undone the next one does: a tombstone is pending in a place
until that place is noted as done, and the partitions that are to be made anew are planned before landing is touched.
The warehouse follows in its own load; its free space is the last (finishing.py).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from assets.erasure.affected import AFFECTED, affected_by, partitions_of, placed_in_lake, placed_in_landing
from assets.erasure.landed_batches import erase_in_batches
from assets.erasure.landed_returns import erase_in_returns
from assets.erasure.messages import MESSAGE, keep_messages, messages_in, restore_messages
from assets.erasure.scope import widened
from assets.erasure.tombstones import TOMBSTONES, as_tombstones
from assets.lake import day_folder, day_partition, return_partition
from assets.records.taking_in import take_in_again
from assets.returns.landed import take_in
from assets.stores import Stores
from quality.schemas.logs import PURGES


@dataclass(frozen=True)
class Erased:
    """What a run of the steps did: counts only."""

    tombstones: int
    records_changed: int
    partitions_rewritten: int
    batches_unreadable: int
    returns_opaque: int


@dataclass
class Erasing:
    """One run of the steps: what it looks at, and what the steps so far have found and done."""

    stores: Stores
    taken_in: Sequence[str]  # the lake's partitions in which purges, and what was brought back, are looked for
    fresh: int = 0
    pending: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=TOMBSTONES))  # in the lake or before it
    returned: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=TOMBSTONES))
    affected: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=AFFECTED))
    messages: pl.DataFrame = field(default_factory=pl.DataFrame)
    unreadable: int = 0
    opaque: int = 0
    planned: list[tuple[str, str]] = field(default_factory=list)  # by a run that died
    planned_at: datetime | None = None
    changed: Counter[str] = field(default_factory=Counter)
    again: set[tuple[str, str]] = field(default_factory=set)  # the lake's days and sources to be made anew
    rewritten: Counter[str] = field(default_factory=Counter)


def erase(stores: Stores, days: Sequence[str]) -> Erased:
    """Do what purges in the lake's partitions of these days ask for, and what is pending from before.

    Also takes out again what these days brought back of what was erased: late batches, replays, restored files. What
    the warehouse has not taken in of other days, and will with these, is looked at too.
    """
    erasing = Erasing(stores, sorted({*partitions_of(stores.lake, _streams(stores), days), *_not_loaded(stores)}))
    for step in STEPS:
        step(erasing)
    done = erasing
    return Erased(done.fresh, done.changed.total(), done.rewritten.total(), done.unreadable, done.opaque)


def note_purges(erasing: Erasing) -> None:
    """Keep a tombstone for each purge flag of these partitions, and the log's rows of the messages."""
    stores = erasing.stores
    stores.tombstones.heal()
    purges = stores.lake.read(erasing.taken_in, "purges").select(list(PURGES))
    if purges.height:
        now = stores.now()
        keep_messages(stores, [day_partition(*each) for each in _days_of(purges)], now)
        asked = as_tombstones(purges, "purge", now)
        if stores.deployment.purge_scope == "la":
            asked = pl.concat([asked, as_tombstones(widened(purges, _streams(stores)), "scope", now)])
        erasing.fresh = stores.tombstones.add(asked, now).height
    erasing.pending = stores.tombstones.pending("lake")
    if erasing.pending.height:
        stores.progress(f"erasing what {erasing.pending.height} purges ask for")


def find_records(erasing: Erasing) -> None:
    """Find the landed records that hold what is to go, those that carry the messages, and batches nobody can read.

    For a purge that is pending everywhere in its source; for an older one, in what was just taken in.
    """
    stores, pending = erasing.stores, erasing.pending
    everywhere = partitions_of(stores.lake, pending["source_id"].unique(), stores.lake.days())
    placed = placed_in_lake(stores.lake, everywhere, pending)
    by_letter = pending.filter(pl.col("asked_by") == "letter")["source_id"].unique()
    if len(by_letter):
        batches = [batch for stream in by_letter for batch in stores.landing.batches(stream_id=stream)]
        read, unreadable = placed_in_landing(stores.landing, batches, stores.pseudonyms)
        placed, erasing.unreadable = pl.concat([placed, read]).unique(), len(unreadable)
    known = stores.tombstones.all()
    older = affected_by(known, placed_in_lake(stores.lake, erasing.taken_in, known))
    found = pl.concat([affected_by(pending, placed), older]).unique()
    erasing.affected = found.sort("source_id", "submission_day", *MESSAGE[1:])
    erasing.messages = messages_in(stores, {*everywhere, *erasing.taken_in})
    erasing.returned = pl.concat([pending, _brought_back(stores)]).unique("tombstone_id")


def plan(erasing: Erasing) -> None:
    """Write down which partitions landing may change, so that they are made anew even if this run dies meanwhile."""
    store = erasing.stores.tombstones
    erasing.planned, erasing.planned_at = store.planned(), erasing.stores.now()
    store.plan(_days_of(erasing.affected), erasing.planned_at)


def erase_batches(erasing: Erasing) -> None:
    """Take what is to go out of the landed batches."""
    stores = erasing.stores
    changed, rewritten = erase_in_batches(
        stores.landing, erasing.affected, erasing.messages, stores.pseudonyms.value_key
    )
    erasing.changed += changed
    erasing.again |= rewritten


def erase_returns(erasing: Erasing) -> None:
    """Take children out of the landed returns: where that was asked for now, and out of files that were restored."""
    stores = erasing.stores
    done = erase_in_returns(
        stores.returns_landing,
        stores.tombstones.all(),
        stores.pseudonyms,
        set(erasing.returned["source_id"]),
        stores.tombstones.looked_through(),
    )
    stores.tombstones.note_looked_through(done.states, stores.now())
    erasing.changed += done.changed
    erasing.opaque = len(done.opaque)
    for key in done.opaque:
        stores.progress(f"{key}: holds a file that is neither XML nor CSV; look by hand whether the child is in it")


def note_landing(erasing: Erasing) -> None:
    """Note that landing is done, also where an older tombstone had to be followed again."""
    store = erasing.stores.tombstones
    waiting = store.pending("landing")["tombstone_id"]
    done = {*waiting, *erasing.changed}
    store.note(sorted(done), "landing", erasing.stores.now(), _begun_before(erasing, waiting) | erasing.changed)


def rewrite_days(erasing: Erasing) -> None:
    """Make the lake's partitions of days anew from what landing now holds.

    Every partition of a purge whose lake is not done, those of older ones in which something changed, and those that a
    run that died had planned.
    """
    ids = {*erasing.pending["tombstone_id"], *erasing.changed}
    of_them = erasing.affected.filter(pl.col("tombstone_id").is_in(ids))
    removed = erasing.stores.removals.days()
    erasing.again |= {each for each in (*_days_of(of_them), *erasing.planned) if each[0] not in removed}
    take_in_again(erasing.stores, sorted(erasing.again)).raise_failures()
    where = of_them.select("tombstone_id", "submission_day", "source_id").unique()
    erasing.rewritten += Counter(where["tombstone_id"])


def put_messages_back(erasing: Erasing) -> None:
    """Put the log's rows of erased purge messages back where partitions were made anew without them."""
    by_message = erasing.pending.filter(pl.col("asked_by") == "purge")
    days = {*erasing.again, *_days_of(by_message)}
    held = {(day, source) for day, source in days if source in erasing.stores.lake.members(day_folder(day))}
    restore_messages(erasing.stores, sorted({*erasing.taken_in, *(day_partition(*key) for key in held)}))


def rewrite_returns(erasing: Erasing) -> None:
    """Make the lake's partitions of returns anew from what landing now holds."""
    stores = erasing.stores
    changed = stores.tombstones.all().filter(pl.col("tombstone_id").is_in(list(erasing.changed)))
    concerned = pl.concat([erasing.returned, changed]).unique("tombstone_id")
    for return_id in sorted(set(concerned["source_id"]) & set(stores.returns_landing.return_ids())):
        landed = stores.returns_landing.latest(return_id)
        if landed:
            take_in(stores.returns_landing, stores.lake, stores.pseudonyms, landed)
            erasing.rewritten += Counter(concerned.filter(source_id=return_id)["tombstone_id"])


def note_lake(erasing: Erasing) -> None:
    """Note that the lake is done, and that what was planned has been carried out."""
    store = erasing.stores.tombstones
    done = {*erasing.pending["tombstone_id"], *erasing.rewritten}
    store.note(sorted(done), "lake", erasing.stores.now(), erasing.rewritten)
    if erasing.planned_at:
        store.drop_plans(erasing.planned_at)


# In this order. A run may die before, in or after any of them.
STEPS: tuple[Callable[[Erasing], None], ...] = (
    note_purges,
    find_records,
    plan,
    erase_batches,
    erase_returns,
    note_landing,
    rewrite_days,
    put_messages_back,
    rewrite_returns,
    note_lake,
)


def _days_of(rows: pl.DataFrame) -> list[tuple[str, str]]:
    return sorted((str(day), source) for day, source in rows.select("submission_day", "source_id").unique().rows())


def _begun_before(erasing: Erasing, waiting: pl.Series) -> Counter[str]:
    """What a run that died may have changed for those that still wait, and could not count: the records affected.

    Without it a purge would be found to be one of nothing, because what it named is gone already.
    """
    days = pl.DataFrame(erasing.planned, schema=["submission_day", "source_id"], orient="row").cast(pl.String)
    affected = erasing.affected.filter(pl.col("tombstone_id").is_in(waiting.implode()) & ~pl.col("is_asking"))
    affected = affected.join(erasing.messages.filter("is_purge_message"), on=MESSAGE, how="anti")
    begun = affected.with_columns(pl.col("submission_day").cast(pl.String)).join(days, on=days.columns, how="semi")
    return Counter(begun["tombstone_id"])


def _brought_back(stores: Stores) -> pl.DataFrame:
    """Tombstones whose child is in the lake's partition of a return all the same: restored, or never taken out."""
    tombstones = stores.tombstones.all()
    held = sorted(set(tombstones["source_id"]) & set(stores.returns_landing.return_ids()))
    placed = placed_in_lake(stores.lake, [return_partition(return_id) for return_id in held], tombstones)
    found = affected_by(tombstones, placed).select("tombstone_id").unique()
    return tombstones.join(found, on="tombstone_id", how="semi")


def _not_loaded(stores: Stores) -> list[str]:
    """Partitions of any day that the warehouse lacks, because a run died or files were restored."""
    lake = stores.lake
    return [day_partition(day, name) for day in lake.days() for name in lake.not_loaded(day_folder(day))]


def _streams(stores: Stores) -> list[str]:
    """Every stream that is in the register or has landed anything."""
    landed = {stream for day in stores.landing.days() for stream in stores.landing.streams(day)}
    return sorted(landed | set(stores.register.ids()))
