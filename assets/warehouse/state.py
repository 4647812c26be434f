"""The state of children as it was known at a moment: a filter on history, as frames of the rules and the comparison."""

from collections.abc import Collection, Iterator
from datetime import datetime

import polars as pl

from assets.warehouse.engine import Warehouse, WarehouseError
from quality.schemas.entities import ALL_ENTITIES, POLARS_TYPES

_TIME = pl.Datetime("us", "UTC")
SUBJECTS: dict[str, pl.DataType] = {
    "subject": pl.UInt32(),
    "source_id": pl.String(),
    "child_key": pl.String(),
    "as_of": pl.Date(),
    "period_start": pl.Date(),
    "known_at": _TIME,
}
_SUBJECT_COLUMNS = {name: SUBJECTS[name] for name in ("subject", "as_of", "period_start")}
_LINEAGE: dict[str, pl.DataType] = {name: pl.String() for name in ("source_type", "source_id", "la_code", "child_key")}


def state_of_subjects(
    warehouse: Warehouse, subjects: pl.DataFrame, entities: Collection[str] = tuple(ALL_ENTITIES)
) -> dict[str, pl.DataFrame]:
    """Per entity (of those named), the rows known of each subject's child at its known_at.

    subjects: see SUBJECTS; a child may be several subjects, at several moments. The frames have subject, as_of,
    period_start, row (unique in the frame), source_type, source_id, la_code, child_key and the attributes. Raises
    WarehouseError when history has not been built.
    """
    _require_history(warehouse)
    with warehouse.transaction():
        warehouse.create_temporary("state_subjects", SUBJECTS)
        warehouse.insert("state_subjects", subjects.select(pl.col(n).cast(t) for n, t in SUBJECTS.items()))
        warehouse.analyse("state_subjects")
        found = {}
        for name, schema in _entity_schemas(_SUBJECT_COLUMNS):
            if name not in entities:
                continue
            columns = ", ".join(f'{"s" if c in _SUBJECT_COLUMNS else "h"}."{c}"' for c in schema)
            rows = warehouse.query(
                f"""
                select {columns}
                from state_subjects as s
                inner join history.{name} as h
                    on h.source_id = s.source_id and h.child_key = s.child_key
                    and h.known_from <= s.known_at and (h.known_to is null or h.known_to > s.known_at)
                """
            )
            found[name] = _numbered(rows, schema, list(_SUBJECT_COLUMNS))
        warehouse.execute("drop table state_subjects")
    return found


def state_of_source(warehouse: Warehouse, source_id: str, known_at: datetime | None = None) -> dict[str, pl.DataFrame]:
    """Per entity, the rows known of every child of a source at a moment (default: now, the open versions).

    The frames are as those of state_of_subjects, without the subject's columns.
    """
    _require_history(warehouse)
    known = "known_to is null" if known_at is None else "known_from <= ? and (known_to is null or known_to > ?)"
    moments = () if known_at is None else (known_at, known_at)
    found = {}
    for name, schema in _entity_schemas({}):
        columns = ", ".join(f'"{column}"' for column in schema)
        rows = warehouse.query(
            f"select {columns} from history.{name} where source_id = ? and {known}", (source_id, *moments)
        )
        found[name] = _numbered(rows, schema, [])
    return found


def _entity_schemas(first: dict[str, pl.DataType]) -> Iterator[tuple[str, dict[str, pl.DataType]]]:
    for name, entity in ALL_ENTITIES.items():
        yield name, first | _LINEAGE | {column.name: POLARS_TYPES[column.kind] for column in entity.columns}


def _numbered(rows: pl.DataFrame, schema: dict[str, pl.DataType], first: list[str]) -> pl.DataFrame:
    """Rightly typed, in an order that depends on the rows alone, with `row` after the subject's columns."""
    typed = rows.select(pl.col(name).cast(dtype) for name, dtype in schema.items())
    ordered = typed.sort([*first[:1], *(name for name in schema if name not in first)])
    numbered = ordered.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"))
    return numbered.select(*first, "row", *(name for name in schema if name not in first))


def _require_history(warehouse: Warehouse) -> None:
    missing = set(ALL_ENTITIES) - set(warehouse.tables("history"))
    if missing:
        raise WarehouseError(f"history.{min(missing)} is not there; build the history first (dbt tag:history)")
