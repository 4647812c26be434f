"""The guard between stages: is this frame what the entity says it is? A wrong frame is our bug, and stops the work.

Whether a value is a plausible one is a matter for the rules, not for this file.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl

from quality.schemas.entities import ALL_ENTITIES, schema_of
from quality.schemas.logs import LOGS

if TYPE_CHECKING:
    import pandera.polars as pa

_SOURCE_TYPES = ("timely", "return")

# Columns that may never be null, whatever the table, where the table has them.
_NEVER_NULL = frozenset(
    {"source_type", "source_id", "la_code", "child_key", "received_at", "content_hash", "batch_id", "submission_day"}
)
# Own ids without which a feed row cannot be keyed; the structure verdict guarantees them.
_KEY_IDS = frozenset(
    {
        "child_and_family_assessment_id",
        "child_in_need_plan_id",
        "section_47_assessment_id",
        "child_protection_plan_id",
        "child_looked_after_placement_id",
        "disability_code",
        "factor",
    }
)


class FrameError(ValueError):
    """A frame that is not what its entity says. Carries table, column and check, never a value."""

    def __init__(self, table: str, message: str) -> None:
        super().__init__(message)
        self.table = table


def _column(name: str, dtype: pl.DataType, table: str) -> "pa.Column":
    import pandera.polars as pa

    checks = [pa.Check.isin(_SOURCE_TYPES)] if name == "source_type" else []
    nullable = not (name in _NEVER_NULL or name in _KEY_IDS)
    if table == "rejected":
        nullable = name not in {"source_id", "submission_day", "rule_id", "reason"}
    if table == "faults":
        nullable = name not in {"source_id", "entity", "field", "fault"}
    return pa.Column(dtype, checks=checks, nullable=nullable)


@cache
def frame_schema(table: str) -> "pa.DataFrameSchema":
    """The pandera schema of one lake table: exact columns, exact order, exact types, and what may be null."""
    # brings pandas with it, half a second and 50 MB that a process which writes no frame is spared
    import pandera.polars as pa

    columns: dict[str, Any] = {name: _column(name, dtype, table) for name, dtype in schema_of(table).items()}
    return pa.DataFrameSchema(columns, strict=True, ordered=True, name=table)


def checked(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The same frame, proven to be a frame of `table`.

    Raises FrameError saying which column fails which check and how often; no value is repeated in it.
    """
    import pandera.errors

    if table not in ALL_ENTITIES and table not in LOGS:
        schema_of(table)
    try:
        schema = frame_schema(table)
        schema.validate(frame.lazy(), lazy=True)
        if not _holds_what_it_may(schema, frame):
            schema.validate(frame, lazy=True)
    except (pandera.errors.SchemaErrors, pandera.errors.SchemaError) as error:
        raise FrameError(table, _explain(table, frame, error)) from None
    return frame


def _holds_what_it_may(schema: "pa.DataFrameSchema", frame: pl.DataFrame) -> bool:
    """Whether no column has a null that may not, and every source type is a known one.

    Of a lazy frame pandera proves names, order and types. It would prove the rest of a whole one with a query or two
    a column, 3 to 10 ms a table however few its rows; this asks the same of all columns at once, and leaves it to
    pandera to say what is wrong when something is.
    """
    never_null = [name for name, column in schema.columns.items() if not column.nullable]
    if any(frame[name].null_count() for name in never_null):
        return False
    return "source_type" not in schema.columns or bool(frame["source_type"].is_in(_SOURCE_TYPES).all())


def _explain(table: str, frame: pl.DataFrame, error: Exception) -> str:
    expected = schema_of(table)
    if dict(frame.schema) != expected:
        wrong = [
            f"{name}: expected {dtype}, got {frame.schema.get(name, 'no such column')}"
            for name, dtype in expected.items()
            if frame.schema.get(name) != dtype
        ]
        wrong += [f"{name}: not a column of {table}" for name in frame.columns if name not in expected]
        return f"frame {table!r} has the wrong shape: {'; '.join(wrong) or 'columns out of order'}"
    schema_errors = getattr(error, "schema_errors", [error])
    failures = sorted({f"{e.schema.name} fails {e.check}" for e in schema_errors if getattr(e, "schema", None)})
    return f"frame {table!r} of {frame.height} rows: {'; '.join(failures)}"
