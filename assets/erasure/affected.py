"""Which landed records are of children of whom something was purged later: looked up in the lake, or read in landing.

Taking anything out of them is the business of landed_batches.py.
"""

from collections.abc import Iterable

import polars as pl

from assets.lake import Lake, day_folder, day_partition
from assets.lake_manifest import by_folder, partition_of
from assets.records.batch import UnreadableBatchError, la_child_id_of, split
from assets.records.pseudonyms import Pseudonyms
from assets.submissions.landed_batch import LandedBatch
from assets.submissions.landing import LandingStore
from assets.submissions.vault import LandingError
from quality.schemas.logs import RECORDS

_ORDER = ("received_at", "batch_id", "batch_index")
# Where a record stands.
PLACED: dict[str, pl.DataType] = {name: RECORDS[name] for name in ("source_id", "child_key", "submission_day", *_ORDER)}
# What of it a tombstone asks for.
AFFECTED: dict[str, pl.DataType] = PLACED | {
    name: pl.String() for name in ("tombstone_id", "level", "episode_key", "item_key")
}
AFFECTED["is_asking"] = pl.Boolean()  # the record in which the purge itself came


def partitions_of(lake: Lake, sources: Iterable[str], days: Iterable[str]) -> list[str]:
    """The lake's partitions of these sources on these days."""
    wanted = set(sources)
    return [day_partition(day, name) for day in days for name in sorted(wanted & lake.members(day_folder(day)).keys())]


def placed_in_lake(lake: Lake, partitions: Iterable[str], tombstones: pl.DataFrame) -> pl.DataFrame:
    """The records of these partitions, stored or set aside, that are of a child with a tombstone, as PLACED.

    Read day by day: a first build has years of them, and hardly any child has a tombstone.
    """
    of_child = ["source_id", "child_key"]
    whose = tombstones.select(of_child).unique()
    found = [pl.DataFrame(schema=PLACED)]
    for folder, members in by_folder(partitions).items() if whose.height else ():
        asked = [partition_of(folder, member) for member in members]
        for table in ("records", "rejected"):
            found.append(lake.read(asked, table, list(PLACED)).join(whose, on=of_child, how="semi"))
    return pl.concat(found).drop_nulls(("child_key", "batch_index")).unique()


def placed_in_landing(
    landing: LandingStore, batches: Iterable[LandedBatch], pseudonyms: Pseudonyms
) -> tuple[pl.DataFrame, list[str]]:
    """The same from the landed bodies themselves, whether or not they were ever taken in; and those not readable."""
    frames, unreadable = [], []
    for batch in batches:
        try:
            whose = [la_child_id_of(raw) for raw in split(landing.read(batch))]
        except (UnreadableBatchError, LandingError):
            unreadable.append(batch.key)
            continue
        keys = pseudonyms.child_keys(batch.la_code, pl.Series(whose, dtype=pl.String))
        frames.append(_placed(batch, keys))
    return pl.concat(frames) if frames else pl.DataFrame(schema=PLACED), unreadable


def _placed(batch: LandedBatch, keys: pl.Series) -> pl.DataFrame:
    about = {
        "source_id": batch.stream_id,
        "submission_day": batch.submission_day,
        "received_at": batch.received_at,
        "batch_id": batch.batch_id,
    }
    rows = pl.DataFrame({"child_key": keys}).with_row_index("batch_index")
    return (
        rows.with_columns(pl.lit(value).alias(name) for name, value in about.items())
        .select(pl.col(name).cast(kind) for name, kind in PLACED.items())
        .drop_nulls("child_key")
    )


def affected_by(tombstones: pl.DataFrame, placed: pl.DataFrame) -> pl.DataFrame:
    """The records that came at or before a purge of their child, one row for each such tombstone, as AFFECTED."""
    asked = tombstones.rename({name: f"{name}_of_purge" for name in _ORDER}).drop("submission_day", "la_code")
    found = placed.join(asked, on=["source_id", "child_key"], how="inner")
    found = found.filter(_not_after()).with_columns(_is_same().alias("is_asking"))
    return found.select(pl.col(name).cast(kind) for name, kind in AFFECTED.items())


def _is_same() -> pl.Expr:
    return pl.all_horizontal(pl.col(name) == pl.col(f"{name}_of_purge") for name in _ORDER)


def _not_after() -> pl.Expr:
    """Batch order within the order of receipt, as everywhere."""
    at, batch, index = (pl.col(name) for name in _ORDER)
    purged_at, in_batch, at_index = (pl.col(f"{name}_of_purge") for name in _ORDER)
    same_batch = (at == purged_at) & (batch == in_batch)
    return (at < purged_at) | ((at == purged_at) & (batch < in_batch)) | (same_batch & (index <= at_index))
