"""Checksums of what is known: equal for equal history, whatever the order in which it was worked out, on any engine."""

import hashlib

import polars as pl

from assets.warehouse.engine import Warehouse
from quality.schemas.entities import ALL_ENTITIES

_LINEAGE = ("source_type", "source_id", "la_code", "child_key")
_NOTHING = "\x00"


def checksums(warehouse: Warehouse) -> pl.DataFrame:
    """One row per history table: table_name, versions (how many), checksum (of the rows, their order left aside)."""
    found = []
    for name, entity in ALL_ENTITIES.items():
        columns = [*_LINEAGE, *entity.attributes, "known_from", "known_to", "closed_reason"]
        quoted = ", ".join(f'"{column}"' for column in columns)
        rows = warehouse.query(f"select {quoted} from history.{name}")
        found.append((name, rows.height, _of_rows(rows)))
    return pl.DataFrame(found, schema=["table_name", "versions", "checksum"], orient="row")


def _of_rows(rows: pl.DataFrame) -> str:
    moments = pl.selectors.datetime().dt.convert_time_zone("UTC").dt.strftime("%Y-%m-%dT%H:%M:%S%.6f")
    texts = rows.with_columns(moments).select(pl.all().cast(pl.String).fill_null(_NOTHING))
    digest = hashlib.blake2b(digest_size=16)
    for line in texts.select(pl.concat_str(pl.all(), separator="\x01")).to_series().sort():
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()
