"""From the raw tables of a chunk to rows of entities with typed attributes, and the cells that could not be read.

What is the same for both returns. What only one of them needs is in cin_entities.py and ssda903_entities.py.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

from assets.returns.layout import Field
from assets.returns.raw import FAULT_SCHEMA, NO_FAULTS, ROW, SLOT
from assets.returns.values import cleaned, misread, read_as
from quality.schemas.entities import ALL_ENTITIES, POLARS_TYPES

_UPN_REASON = r"(?i)^UN[0-9]{1,2}$"


@dataclass
class Converted:
    """Entity rows of one chunk (slot, row, attributes) and what could not be read in them."""

    entities: dict[str, pl.DataFrame]
    faults: list[pl.DataFrame] = field(default_factory=list)

    def all_faults(self) -> pl.DataFrame:
        """Every fault found, as one frame."""
        return pl.concat(self.faults) if self.faults else NO_FAULTS


def typed(raw: pl.DataFrame, fields: Sequence[Field], faults: list[pl.DataFrame]) -> pl.DataFrame:
    """Slot, row, made-up ids, then one column an attribute, read as its kind. Faults found are added to the list.

    A column that the raw table does not have becomes nulls.
    """
    text = cleaned(raw)
    source = {field.column for field in fields}
    columns = [text[name] for name in raw.columns if name not in source]
    for wanted in fields:
        cells = text[wanted.column] if wanted.column in text.columns else pl.Series([None] * len(text), dtype=pl.String)
        values = read_as(wanted.reading, cells)
        columns.append(values.alias(wanted.attribute))
        for fault, at in misread(wanted.reading, cells, values).items():
            faults.append(at_rows(text.select(SLOT, ROW)[at], wanted.entity, wanted.attribute, fault))
    return pl.DataFrame(columns)


def at_rows(rows: pl.DataFrame, entity: str, attribute: str, fault: str) -> pl.DataFrame:
    """A fault of this kind at each of these rows (slot, row)."""
    labels = {"position": None, "entity": entity, "field": attribute, "fault": fault}
    return rows.with_columns(pl.lit(value).alias(name) for name, value in labels.items()).select(
        pl.col(name).cast(dtype) for name, dtype in FAULT_SCHEMA.items()
    )


def shaped(entity: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Slot, row and exactly the entity's attributes in its order; those the return does not have are null."""
    return frame.select(
        SLOT,
        ROW,
        *(
            pl.col(column.name) if column.name in frame.columns else pl.lit(None).cast(kind).alias(column.name)
            for column in ALL_ENTITIES[entity].columns
            for kind in (POLARS_TYPES[column.kind],)
        ),
    )


def with_upn_split(children: pl.DataFrame) -> pl.DataFrame:
    """The UPN column without the codes for why there is none, which go to the column of reasons."""
    upn = pl.col("unique_pupil_number")
    is_reason = upn.str.contains(_UPN_REASON)
    reason: pl.Expr = pl.when(is_reason).then(upn.str.to_uppercase())
    if "unique_pupil_number_unknown_reason" in children.columns:
        reason = pl.coalesce("unique_pupil_number_unknown_reason", reason)
    return children.with_columns(
        pl.when(is_reason.not_()).then(upn).alias("unique_pupil_number"),
        reason.alias("unique_pupil_number_unknown_reason"),
    )


def numbered(frame: pl.DataFrame, id_column: str) -> pl.DataFrame:
    """Rows with an id made up from their order within the child: 1, 2, ..."""
    ordinal = pl.int_range(1, pl.len() + 1).over(SLOT)
    return frame.with_columns(ordinal.cast(pl.String).alias(id_column))


def without_empty(frame: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
    """Rows in which at least one of these columns says something."""
    return frame.filter(pl.any_horizontal(pl.col(list(columns)).is_not_null()))
