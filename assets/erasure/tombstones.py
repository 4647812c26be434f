"""What is to be erased, and how far that is: tombstones, and notes of what was done, in files that are only added.

    erasure/tombstones/<UTC time>_<uuid>.parquet   what was asked for: keyed hashes and times, nothing personal
    erasure/notes/<UTC time>_<uuid>.parquet        what was done for which tombstone, in which place, and when
    erasure/plans/<UTC time>_<uuid>.parquet        the lake's partitions that a run is about to make anew; then deleted
    erasure/looked_through/<...>.parquet           landings of returns, as they were when nothing was left to take out
    erasure/messages/..., erasure/faults/...       the log's rows of the messages that asked, which are gone themselves

They lie in the lake's store and outlive the lake's days: whoever replays an old day, or restores one from a backup,
finds them here. What must not be forgotten lies in other places too, for the lake may be restored as a whole. Erasing
itself does not belong here.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import polars as pl

from assets.erasure.added_rows import AddedRows
from assets.files import FileStore
from quality.schemas.logs import FAULTS, PURGES, RECORDS

TOMBSTONES: dict[str, pl.DataType] = {
    "tombstone_id": pl.String(),
    **PURGES,
    "asked_by": pl.String(),  # purge (a flag in the feed), scope (a flag in another stream of the LA) or letter
    "asked_at": pl.Datetime("us", "UTC"),
}
NOTES: dict[str, pl.DataType] = {
    "tombstone_id": pl.String(),
    "place": pl.String(),
    "removed": pl.Int64(),  # records, rows or files changed
    "done_at": pl.Datetime("us", "UTC"),
}
_PLANS: dict[str, pl.DataType] = {"submission_day": pl.String(), "source_id": pl.String()}
_LOOKED_THROUGH: dict[str, pl.DataType] = {"key": pl.String(), "state": pl.String()}
# In the order in which they are done.
PLACES = ("landing", "lake", "warehouse", "free_space")

_ROOT = "erasure"
_NATURAL_KEY = (
    *("source_id", "child_key", "level", "episode_key", "item_key"),
    *("received_at", "batch_id", "batch_index"),
)


def as_tombstones(purges: pl.DataFrame, asked_by: str, asked_at: datetime) -> pl.DataFrame:
    """Tombstones of purge flags. The same flag has the same tombstone, however often its day is taken in."""
    keys = purges.select(_NATURAL_KEY).cast(pl.String).fill_null("").rows()
    ids = [hashlib.blake2b("|".join(key).encode(), digest_size=16).hexdigest() for key in keys]
    return purges.with_columns(
        pl.Series("tombstone_id", ids, dtype=pl.String),
        pl.lit(asked_by).alias("asked_by"),
        pl.lit(asked_at).cast(TOMBSTONES["asked_at"]).alias("asked_at"),
    ).select(pl.col(name).cast(kind) for name, kind in TOMBSTONES.items())


class TombstoneStore:
    """Tombstones and notes beside the lake."""

    def __init__(self, lake: FileStore, copies: Sequence[FileStore] = ()) -> None:
        """copies: where else to keep what must not be forgotten when the lake is put back to what it was."""
        everywhere = [lake, *copies]
        self._tombstones = AddedRows(f"{_ROOT}/tombstones", TOMBSTONES, everywhere)
        self._messages = AddedRows(f"{_ROOT}/messages", RECORDS, everywhere)
        self._faults = AddedRows(f"{_ROOT}/faults", FAULTS, everywhere)
        # these tell what was done to the lake, and go with it: one put back to what it was is to be done again
        self._notes = AddedRows(f"{_ROOT}/notes", NOTES, [lake])
        self._plans = AddedRows(f"{_ROOT}/plans", _PLANS, [lake])
        self._looked_through = AddedRows(f"{_ROOT}/looked_through", _LOOKED_THROUGH, [lake])

    def heal(self) -> None:
        """Put what a place has lost of what must not be forgotten back into it."""
        for rows in (self._tombstones, self._messages, self._faults):
            rows.heal()

    def add(self, tombstones: pl.DataFrame, now: datetime) -> pl.DataFrame:
        """Keep those that are not known yet, durably, before this returns; gives them."""
        known = self.all()
        fresh = tombstones.unique("tombstone_id", maintain_order=True).join(known, on="tombstone_id", how="anti")
        self._tombstones.add(fresh, now)
        return fresh

    def all(self) -> pl.DataFrame:
        """Every tombstone, as TOMBSTONES."""
        return self._tombstones.all()

    def pending(self, place: str) -> pl.DataFrame:
        """Tombstones for which that place has not been done."""
        notes = self.notes().filter(pl.col("place") == place)
        return self.all().join(notes, on="tombstone_id", how="anti")

    def note(self, tombstones: Iterable[str], place: str, now: datetime, removed: dict[str, int] | None = None) -> None:
        """Write down that a place has been done for these tombstones. removed: how much, by tombstone."""
        counts = removed or {}
        rows = [(each, place, counts.get(each, 0), now) for each in tombstones]
        self._notes.add(pl.DataFrame(rows, schema=NOTES, orient="row"), now)

    def plan(self, partitions: Iterable[tuple[str, str]], now: datetime) -> None:
        """Write down the partitions (submission day and source) that are to be made anew, before landing changes."""
        self._plans.add(pl.DataFrame(list(partitions), schema=_PLANS, orient="row"), now)

    def planned(self) -> list[tuple[str, str]]:
        """The partitions that a run had planned and has not said to be done."""
        return sorted({(day, source) for day, source in self._plans.all().iter_rows()})

    def drop_plans(self, until: datetime) -> None:
        """The plans made up to then have been carried out."""
        self._plans.drop(until)

    def note_looked_through(self, states: Mapping[str, str], now: datetime) -> None:
        """Write down in which state the landings of returns (by key) have nothing that is to be taken out."""
        self._looked_through.add(pl.DataFrame(list(states.items()), schema=_LOOKED_THROUGH, orient="row"), now)

    def looked_through(self) -> dict[str, str]:
        """The state last noted of each landing of a return."""
        return dict(self._looked_through.all().iter_rows())

    def keep_messages(self, records: pl.DataFrame, faults: pl.DataFrame, now: datetime) -> None:
        """Keep the log rows of purge messages (RECORDS, FAULTS): the messages themselves leave landing."""
        for rows, store in ((records, self._messages), (faults, self._faults)):
            store.add(rows.join(store.all(), on=rows.columns, how="anti", nulls_equal=True), now)

    def messages(self) -> dict[str, pl.DataFrame]:
        """The log rows kept of purge messages, by table of the lake."""
        return {"records": self._messages.all(), "faults": self._faults.all()}

    def notes(self) -> pl.DataFrame:
        """Every note, as NOTES."""
        return self._notes.all()

    def log(self) -> pl.DataFrame:
        """One row a tombstone for an auditor: what was asked, by whom, when each place was done, and how much went."""
        done = self.notes()
        said = self.all().select("asked_at", "asked_by", "source_id", "level", "received_at", "tombstone_id")
        for place in PLACES:
            of_place = done.filter(pl.col("place") == place).group_by("tombstone_id")
            told = of_place.agg(
                pl.col("done_at").min().alias(f"{place}_done_at"), pl.col("removed").sum().alias(f"{place}_changed")
            )
            said = said.join(told, on="tombstone_id", how="left", maintain_order="left")
        return said.drop("warehouse_changed", "free_space_changed").sort("asked_at", "tombstone_id")
