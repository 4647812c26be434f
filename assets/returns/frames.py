"""From entity rows of a chunk to the frames of the lake: lineage, pseudonyms, content hashes and the child records."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import polars as pl

from assets.records.pseudonyms import Pseudonyms
from assets.returns.convert import Converted
from assets.returns.raw import FAULT_SCHEMA, NAMELESS, ROW, SLOT, RawChunk
from quality.rules.model import IDENTITY_ATTRIBUTES, Kind
from quality.rules.reading import doubts
from quality.schemas.entities import ALL_ENTITIES, schema_of
from quality.schemas.logs import LOGS

_LONDON = ZoneInfo("Europe/London")
_PUPIL_NUMBERS = ("unique_pupil_number", "former_unique_pupil_number")
_BETWEEN_VALUES, _BETWEEN_ROWS, _NOTHING = "\x1f", "\x1e", "\x00"


@dataclass(frozen=True)
class Lineage:
    """Where and when a return came from: what every row of it carries."""

    return_id: str
    la_code: str
    kind: Kind
    year: int
    received_at: datetime

    @property
    def submission_day(self) -> date:
        """The London date of receipt."""
        return self.received_at.astimezone(_LONDON).date()

    @property
    def batch_id(self) -> str:
        """The same for every landing of this return."""
        return str(uuid.uuid5(uuid.NAMESPACE_URL, self.return_id))

    @property
    def constants(self) -> dict[str, pl.Expr]:
        """Columns that are the same on every row."""
        return {
            "source_type": pl.lit("return"),
            "source_id": pl.lit(self.return_id),
            "la_code": pl.lit(self.la_code),
            "received_at": pl.lit(self.received_at.astimezone(UTC)).cast(pl.Datetime("us", "UTC")),
            "receipt_id": pl.lit(self.return_id),
            "submission_day": pl.lit(self.submission_day),
            "batch_id": pl.lit(self.batch_id),
            "payload_mode": pl.lit("full"),
            "schema_version": pl.lit(f"{self.kind}-{self.year}"),
            "purge": pl.lit(False),
        }


def lake_frames(
    chunk: RawChunk, converted: Converted, lineage: Lineage, pseudonyms: Pseudonyms, *, hashing_content: bool = True
) -> dict[str, pl.DataFrame]:
    """Every lake table for the children of a chunk: the entities, records, identifiers and faults; some are empty.

    The rules on identities are asked here, before there are only hashes; what they find is among the faults.
    """
    if "children" in converted.entities:
        converted.faults.append(_doubts(chunk, converted.entities["children"], lineage))
    entities = {name: _pseudonymous(frame, pseudonyms) for name, frame in converted.entities.items()}
    children = chunk.children.with_columns(
        pseudonyms.child_keys(lineage.la_code, _names(chunk, lineage)).cast(pl.String).alias("child_key"),
        (_content_hashes(len(chunk.children), entities, pseudonyms) if hashing_content else pl.lit("")).alias(
            "content_hash"
        ),
        pl.col("position").alias("batch_index"),
    )
    frames = {name: _entity_frame(name, entities.get(name), children, lineage) for name in ALL_ENTITIES}
    frames["records"] = _records(children, lineage)
    named = children.filter(pl.col("la_child_id").is_not_null())
    frames["identifiers"] = _exactly("identifiers", named, lineage.constants)
    frames["faults"] = _faults(pl.concat([chunk.faults, *converted.faults]), children, lineage)
    return frames | {name: pl.DataFrame(schema=schema_of(name)) for name in LOGS if name not in frames}


def _names(chunk: RawChunk, lineage: Lineage) -> pl.Series:
    """What each child is called: its id, else its place in this return, which makes it a child like no other."""
    place = pl.format("{}{} {}", pl.lit(NAMELESS), pl.lit(lineage.return_id), "position")
    return chunk.children.select(pl.coalesce("la_child_id", place)).to_series()


def _doubts(chunk: RawChunk, children: pl.DataFrame, lineage: Lineage) -> pl.DataFrame:
    ids = chunk.children["la_child_id"].gather(children[SLOT].cast(pl.UInt32))
    known = [name for name in IDENTITY_ATTRIBUTES if name in children.columns]
    people = children.select(SLOT, ROW, *known).with_columns(ids.alias("la_child_id"))
    found = doubts(people, lineage.kind, (SLOT, ROW), date(lineage.year, 3, 31))
    return found.with_columns(pl.lit(None, dtype=pl.Int32).alias("position")).select(list(FAULT_SCHEMA))


def _pseudonymous(frame: pl.DataFrame, pseudonyms: Pseudonyms) -> pl.DataFrame:
    columns = [name for name in _PUPIL_NUMBERS if name in frame.columns]
    return frame.with_columns(pseudonyms.hashed(frame[name]).cast(pl.String).alias(name) for name in columns)


def _content_hashes(count: int, entities: Mapping[str, pl.DataFrame], pseudonyms: Pseudonyms) -> pl.Series:
    """One hash a slot over all that the return says about the child, whatever its place in the file."""
    lines = [
        frame.select(SLOT, pl.concat_str([pl.lit(name), *_written(frame)], separator=_BETWEEN_VALUES).alias("line"))
        for name in ALL_ENTITIES
        if (frame := entities.get(name)) is not None
    ]
    said = [""] * count
    if lines:
        joined = pl.concat(lines).group_by(SLOT, maintain_order=True).agg(pl.col("line").str.join(_BETWEEN_ROWS))
        for slot, content in zip(joined[SLOT].to_list(), joined["line"].to_list(), strict=True):
            said[slot] = content
    return pl.Series([pseudonyms.content_hash(content.encode()) for content in said], dtype=pl.String)


def _written(frame: pl.DataFrame) -> list[pl.Expr]:
    dates = {name for name, dtype in frame.schema.items() if dtype == pl.Date}
    return [
        (pl.col(name).to_physical() if name in dates else pl.col(name)).cast(pl.String).fill_null(_NOTHING)
        for name in frame.columns
        if name not in (SLOT, ROW)
    ]


def _entity_frame(name: str, rows: pl.DataFrame | None, children: pl.DataFrame, lineage: Lineage) -> pl.DataFrame:
    if rows is None or rows.is_empty():
        return pl.DataFrame(schema=schema_of(name))
    of_child = children.select("child_key", "batch_index", "content_hash")[rows[SLOT].cast(pl.UInt32)]
    frame = pl.concat([rows.rename({ROW: "row_index"}), of_child], how="horizontal")
    return _exactly(name, frame, lineage.constants)


def _records(children: pl.DataFrame, lineage: Lineage) -> pl.DataFrame:
    said = {name: pl.lit(True) for name in ("has_child_details", "has_disabilities", "has_sdq_assessments")}
    return _exactly("records", children, lineage.constants | said | {"is_purge_message": pl.lit(False)})


def _faults(faults: pl.DataFrame, children: pl.DataFrame, lineage: Lineage) -> pl.DataFrame:
    of_slot = children.with_row_index(SLOT).select(pl.col(SLOT).cast(pl.Int32), "child_key", "batch_index")
    found = faults.join(of_slot, on=SLOT, how="left", maintain_order="left").with_columns(
        pl.coalesce("batch_index", "position").alias("batch_index"), pl.col(ROW).alias("row_index")
    )
    return _exactly("faults", found, lineage.constants)


def _exactly(table: str, frame: pl.DataFrame, constants: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """The table's columns in its order: from the frame where it has them, else constant, else null."""
    return frame.select(
        (pl.col(name) if name in frame.columns else constants.get(name, pl.lit(None))).cast(dtype).alias(name)
        for name, dtype in schema_of(table).items()
    )
