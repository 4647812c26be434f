"""The guard between stages refuses exactly the frames that pandera, asked about every column and row, refuses."""

import pandera.errors
import polars as pl
import pytest

from quality.schemas.entities import ALL_ENTITIES, schema_of
from quality.schemas.frames import FrameError, checked, frame_schema
from quality.schemas.logs import LOGS

TABLES = [*ALL_ENTITIES, *LOGS]


def plain(table):
    """Two rows of a value in every column."""
    one = pl.select(
        pl.lit("timely" if name == "source_type" else "1").alias(name)
        if kind == pl.String
        else pl.lit(0).cast(kind).alias(name)
        for name, kind in schema_of(table).items()
    )
    return pl.concat([one, one])


def refused_by_pandera(table, frame):
    try:
        frame_schema(table).validate(frame, lazy=True)
    except (pandera.errors.SchemaErrors, pandera.errors.SchemaError):
        return True
    return False


def refused(table, frame):
    try:
        checked(table, frame)
    except FrameError:
        return True
    return False


@pytest.mark.parametrize("table", TABLES)
def test_a_null_or_an_odd_value_is_refused_where_pandera_refuses_it(table):
    whole = plain(table)
    assert not refused(table, whole)
    answers = set()
    for name in whole.columns:
        first = pl.int_range(pl.len()) == 0
        for value in (None, "no such thing" if whole[name].dtype == pl.String else None):
            changed = whole.with_columns(pl.when(first).then(pl.lit(value)).otherwise(pl.col(name)).alias(name))
            answers.add(refused(table, changed))
            assert refused(table, changed) == refused_by_pandera(table, changed), name
    assert True in answers


@pytest.mark.parametrize("table", TABLES)
def test_another_shape_is_refused_where_pandera_refuses_it(table):
    whole = plain(table)
    for changed in (
        whole.drop(whole.columns[-1]),
        whole.with_columns(pl.lit(1).alias("more")),
        whole.select(reversed(whole.columns)),
        whole.with_columns(pl.lit(1.5).alias(whole.columns[0])),
        whole.with_columns(pl.lit("2026-01-01").alias(whole.columns[-1]).cast(pl.Categorical)),
    ):
        assert refused(table, changed)
        assert refused_by_pandera(table, changed)


def test_the_guard_says_which_column_and_no_value():
    frame = plain("episodes").with_columns(pl.lit("Quixotic").alias("source_type"))
    with pytest.raises(FrameError, match="2 rows: source_type fails <Check isin") as refusal:
        checked("episodes", frame)
    assert "Quixotic" not in str(refusal.value)
