"""Who else holds what the children being judged hold: a pupil number, an id, a name with a date of birth.

They are held but not judged this time, so the rules get them as tables of their own.
"""

from collections.abc import Mapping

import polars as pl

from assets.findings.subjects import end_of_day
from assets.warehouse.engine import Warehouse
from quality.rules.logic.held_ids import OWN_IDS, SHORTEST_UNIQUE_ID
from quality.rules.model import ID_PEERS, IDENTITIES, IDENTITY_PEERS, PEERS, before, schema_of_frame

_ASKED: dict[str, pl.DataType] = {
    "source_id": pl.String(),
    "as_of": pl.Date(),
    "asked": pl.String(),
    "known_at": pl.Datetime("us", "UTC"),
}
_HOLDERS = """
    select distinct judged.source_id, judged.as_of, held.child_key, held.{column} as {alias}
    from judged_values as judged
    join history.{table} as held
        on held.source_id = judged.source_id and held.{column} = judged.asked
        and held.known_from <= judged.known_at and (held.known_to is null or held.known_to > judged.known_at)
"""
_PEOPLE = """
    select held.la_code, held.child_key, held.person_hash
    from secure.child_identifiers as held
    where held.person_hash in (
        select mine.person_hash from secure.child_identifiers as mine
        join judged_people as people on people.la_code = mine.la_code and people.child_key = mine.child_key
    )
"""


def peers_of(warehouse: Warehouse, frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Every holder of what these frames hold, at the same moment: PEERS, ID_PEERS, IDENTITIES and IDENTITY_PEERS."""
    children = frames["children"].select("source_id", "as_of", pl.col("unique_pupil_number").alias("asked"))
    upns = _holders(warehouse, children, "children", "unique_pupil_number", "unique_pupil_number")
    return {PEERS: upns, ID_PEERS: _of_ids(warehouse, frames)} | _people(warehouse, frames["children"])


def _of_ids(warehouse: Warehouse, frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Holders of the ids that are new today: one held before was compared on the day it came."""
    found = []
    for table, own_id in OWN_IDS.items():
        now = frames[table].filter(pl.col(own_id).str.len_chars() >= SHORTEST_UNIQUE_ID)
        new = now.join(frames[before(table)], on=["subject", own_id], how="anti")
        asked = new.select("source_id", "as_of", pl.col(own_id).alias("asked"))
        holders = _holders(warehouse, asked, table, own_id, "own_id")
        found.append(holders.with_columns(pl.lit(table).alias("table")))
    return pl.concat(found)


def _holders(warehouse: Warehouse, asked: pl.DataFrame, table: str, column: str, alias: str) -> pl.DataFrame:
    wanted = asked.drop_nulls().unique().with_columns(end_of_day(pl.col("as_of")).alias("known_at"))
    warehouse.create_temporary("judged_values", _ASKED)
    warehouse.insert("judged_values", wanted.select(pl.col(name).cast(dtype) for name, dtype in _ASKED.items()))
    warehouse.analyse("judged_values")
    found = warehouse.query(_HOLDERS.format(table=table, column=column, alias=alias))
    return found.with_columns(pl.col("as_of").cast(pl.Date), pl.col(alias).cast(pl.String))


def _people(warehouse: Warehouse, children: pl.DataFrame) -> dict[str, pl.DataFrame]:
    asked = children.select("la_code", "child_key").unique()
    warehouse.create_temporary("judged_people", {"la_code": pl.String(), "child_key": pl.String()})
    warehouse.insert("judged_people", asked)
    known = warehouse.query(_PEOPLE).cast(pl.String)
    mine = children.join(known, on=["la_code", "child_key"], how="inner", maintain_order="left")
    days = mine.select("la_code", "as_of", "person_hash").unique()
    return {
        IDENTITIES: mine.select(
            (pl.col(name) if name in mine.columns else pl.lit(None)).cast(dtype).alias(name)
            for name, dtype in schema_of_frame(IDENTITIES).items()
        ),
        IDENTITY_PEERS: known.join(days, on=["la_code", "person_hash"], how="inner"),
    }
