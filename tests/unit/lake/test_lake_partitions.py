"""A lake partition is the last whole one written, whatever happens to the next, and gives back what it was given."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

import assets.files
from assets.files import FileStore
from assets.lake import MANIFEST, Lake
from quality.schemas.entities import ALL_ENTITIES, schema_of
from quality.schemas.logs import LOGS

VALUES = {
    pl.String: "Zoë",
    pl.Date: date(1, 1, 1),
    pl.Datetime: datetime(2026, 3, 29, 1, 30, 0, 123_456, tzinfo=UTC),
    pl.Boolean: True,
    pl.Int32: -(2**31),
}


MAY_BE_NULL = {"row_index", "batch_index", "has_factors", "start_date", "score", "path", "mis_child_id"}


def a_frame(table):
    """Two rows, the second with some nulls."""
    schema = schema_of(table)
    full = {name: "timely" if name == "source_type" else VALUES[kind.base_type()] for name, kind in schema.items()}
    return pl.DataFrame([full, full | dict.fromkeys(schema.keys() & MAY_BE_NULL)], schema=schema)


@pytest.mark.parametrize("table", [*ALL_ENTITIES, *LOGS])
def test_every_table_comes_back_as_it_was_written(table, tmp_path):
    lake, frame = Lake(tmp_path), a_frame(table)
    assert lake.replace("place", {table: frame}) == {table: 2}
    read = lake.read("place", table)
    assert read.schema == frame.schema
    assert read.equals(frame)
    files = str(lake.parts("place", table))
    assert duckdb.sql(f"select * from read_parquet({files})").pl().rows() == frame.rows()


def test_nothing_of_a_partition_counts_before_its_parts_are_on_the_disk(tmp_path, monkeypatch):
    steps = []
    replace, flush = os.replace, assets.files.sync_folder
    monkeypatch.setattr(os, "replace", lambda old, new: (steps.append(Path(new).name), replace(old, new)))
    monkeypatch.setattr(assets.files, "sync_folder", lambda folder: (steps.append("flush"), flush(folder)))
    Lake(tmp_path).replace("place", {"records": a_frame("records"), "purges": a_frame("purges")})
    assert [step.partition("-")[0] for step in steps] == ["flush", "records", "purges", "flush", MANIFEST, "flush"]


@pytest.mark.parametrize("fails_at", ["purges", MANIFEST])
def test_a_write_that_fails_leaves_the_partition_as_it_was(fails_at, tmp_path, monkeypatch):
    lake, frame = Lake(tmp_path), a_frame("records")
    lake.replace("place", {"records": frame})
    replace = os.replace

    def failing(old, new):
        if fails_at in str(new):
            raise OSError("disk full")
        replace(old, new)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OSError, match="disk full"):
        lake.replace("place", {"records": pl.concat([frame, frame]), "purges": a_frame("purges")})
    assert lake.rows("place") == {"records": 2}
    assert lake.read("place", "records").equals(frame)
    assert not list(tmp_path.rglob("*.tmp"))


def test_several_files_are_each_written_whole(tmp_path):
    store = FileStore(tmp_path)
    store.write_all([("a/x", b"1"), ("b/y", b"2"), ("a/x", b"3")])
    assert (store.read("a/x"), store.read("b/y"), store.names("a")) == (b"3", b"2", ["x"])


def test_an_object_store_takes_several_files_too():
    store = FileStore("memory://lake")
    store.write_all([("a/x", b"1"), ("b/y", b"2")])
    assert (store.read("a/x"), store.read("b/y")) == (b"1", b"2")
