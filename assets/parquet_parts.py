"""Entity frames as the bytes of parquet files. Which files there are is the lake's business."""

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

# How the names of columns of keys, hashes and ids end.
_LONG = ("_key", "_hash", "_id")
_ROW_GROUP = 122_880  # DuckDB's own, so that its threads share a big file


def as_parquet(frame: pl.DataFrame) -> bytes:
    """A frame as a parquet file. The types are in the tables' schemas, so readers need no Arrow schema in the file.

    Arrow's writer, because polars' costs half as much again for a big frame, and twice as much for one of 500 rows.
    Keys, hashes and ids are all different, and zstd at level 1 halves them. For the rest lz4 does as well, and zstd
    takes longer to set up for a small column than to compress it. Looking for repeats (dictionaries) costs more than
    it saves.
    """
    table = frame.to_arrow(compat_level=pl.CompatLevel.newest())
    long = {name for name in table.column_names if name.endswith(_LONG) and name != "source_id"}
    target = pa.BufferOutputStream()
    pq.write_table(
        table,
        target,
        compression={name: "zstd" if name in long else "lz4" for name in table.column_names},
        compression_level=dict.fromkeys(long, 1) or None,
        use_dictionary=False,
        write_statistics=False,
        store_schema=False,
        row_group_size=_ROW_GROUP,
    )
    content: bytes = target.getvalue().to_pybytes()
    return content
