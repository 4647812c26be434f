"""From the census's raw tables to entity rows. Only what is particular to the census is here."""

import polars as pl

from assets.returns.cin import CIN_FIELDS
from assets.returns.convert import Converted, shaped, typed, with_upn_split, without_empty
from assets.returns.raw import RawChunk
from assets.returns.values import cleaned

# Tables that are lists of codes: an empty element says nothing and is no row. A review without a date is still one.
_LISTS = {
    table: fields[0].column for table, fields in CIN_FIELDS.items() if len(fields) == 1 and table != "cp_plan_reviews"
}


def cin_entities(chunk: RawChunk) -> Converted:
    """Every entity that the census holds, for the children of this chunk."""
    converted = Converted({})
    for table, fields in CIN_FIELDS.items():
        raw = chunk.tables.get(table)
        if raw is None or raw.is_empty():
            continue
        if table in _LISTS:
            raw = without_empty(cleaned(raw), [_LISTS[table]])
        rows = typed(raw, fields, converted.faults)
        converted.entities[table] = shaped(table, _PARTICULARS.get(table, _as_is)(rows))
    return converted


def _as_is(rows: pl.DataFrame) -> pl.DataFrame:
    return rows


def _children(rows: pl.DataFrame) -> pl.DataFrame:
    """GenderCurrent became Sex with the 2024/25 census."""
    return with_upn_split(rows.with_columns(pl.coalesce("sex", "gender_current").alias("sex")))


def _assessments(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.col("has_factors").fill_null(False))


_PARTICULARS = {"children": _children, "assessments": _assessments}
