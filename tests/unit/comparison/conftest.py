"""Builders of invented frames: every attribute is null unless a test names it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from assets.comparison.plan import SUBJECTS
from assets.comparison.scope import empty_state

Rows = list[dict[str, Any]]


def _typed(value: Any) -> Any:
    """Dates are written as text in tests."""
    if isinstance(value, str) and len(value) == 10 and value[4] == "-" == value[7]:
        return date.fromisoformat(value)
    return value


def make_frame(entity: str, rows: Rows) -> pl.DataFrame:
    """Rows of an entity; `child` is short for child_key; `known` a day, noon UTC, default 1 January 2026."""
    blank = empty_state(entity)
    full = []
    for row in rows:
        values = {name: None for name in blank.columns} | {key: _typed(value) for key, value in row.items()}
        values["child_key"] = values.pop("child")
        day = values.pop("known", date(2026, 1, 1))
        values["known_from"] = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        full.append(values)
    return pl.DataFrame(full, schema=blank.schema, orient="row") if full else blank


def make_state(**entities: Rows) -> dict[str, pl.DataFrame]:
    """A whole state: the entities given, every other empty."""
    return {entity: make_frame(entity, entities.get(entity, [])) for entity in SUBJECTS}


@pytest.fixture
def a_frame() -> Callable[[str, Rows], pl.DataFrame]:
    """The frame builder."""
    return make_frame


@pytest.fixture
def a_state() -> Callable[..., dict[str, pl.DataFrame]]:
    """The state builder."""
    return make_state
