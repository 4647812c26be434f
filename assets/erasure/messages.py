"""The log's rows of purge messages: the messages leave landing, but that a stream sent something stays known.

What the messages ask for is in tombstones.py.
"""

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from assets.lake import day_partition
from assets.lake_manifest import by_folder, located, partition_of
from assets.stores import Stores
from quality.schemas.logs import FAULTS, RECORDS

MESSAGE = ["source_id", "batch_id", "batch_index"]


def messages_in(stores: Stores, partitions: set[str]) -> pl.DataFrame:
    """The records of these partitions that carry purge flags (MESSAGE), and whether they carry nothing else."""
    columns = [*MESSAGE, "is_purge_message"]
    found = [pl.DataFrame(schema={name: RECORDS[name] for name in columns})]
    for folder, members in by_folder(sorted(partitions)).items():
        asked = [partition_of(folder, member) for member in members]
        flagged = stores.lake.read(asked, "purges", MESSAGE).unique()
        if flagged.height:
            found.append(stores.lake.read(asked, "records", columns).join(flagged, on=MESSAGE, how="semi"))
    return pl.concat(found)


def keep_messages(stores: Stores, partitions: Sequence[str], now: datetime) -> None:
    """Keep the log's rows of the purge messages in these partitions."""
    records = stores.lake.read(partitions, "records").filter(pl.col("is_purge_message"))
    faults = stores.lake.read(partitions, "faults").join(records.select(MESSAGE), on=MESSAGE, how="semi")
    stores.tombstones.keep_messages(records.select(list(RECORDS)), faults.select(list(FAULTS)), now)


def restore_messages(stores: Stores, partitions: Sequence[str]) -> None:
    """Put the log's rows of erased purge messages back into partitions that were made anew without them."""
    kept = stores.tombstones.messages()
    if kept["records"].is_empty():
        return
    keys = kept["records"].select("submission_day", "source_id").unique().iter_rows()
    concerned = sorted({day_partition(str(day), source) for day, source in keys} & set(partitions))
    present = stores.lake.read(concerned, "records", MESSAGE)
    lacking = kept["records"].join(present, on=MESSAGE, how="anti")
    for partition in concerned:
        folder, stream_id = located(partition)
        of_day = (pl.col("source_id") == stream_id) & (
            pl.col("submission_day") == pl.lit(folder.rpartition("=")[2]).str.to_date()
        )
        rows = lacking.filter(of_day)
        if rows.height:
            _add(stores, partition, rows, kept["faults"].join(rows.select(MESSAGE), on=MESSAGE, how="semi"))


def _add(stores: Stores, partition: str, records: pl.DataFrame, faults: pl.DataFrame) -> None:
    more = {"records": records, "faults": faults}
    held = {table: stores.lake.read(partition, table) for table in stores.lake.rows(partition)}
    tables = {table: pl.concat([held[table], more[table]]) if table in held else more[table] for table in more}
    note = stores.lake.note(partition)
    with stores.lake.replacing(partition) as writer:
        writer.append(held | tables)
        writer.note |= note
