"""One class, two engines, the same behaviour."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from assets.warehouse.engine import Warehouse, WarehouseError, open_warehouse, percent_placeholders

FRAME = pl.DataFrame(
    {
        "name": ["", None, 'quote " and, comma', "line\nbreak"],
        "day": [date(2026, 3, 31), None, date(1999, 12, 31), date(2026, 1, 1)],
        "at": [datetime(2026, 3, 31, 23, 59, 59, 123456, tzinfo=UTC), None, None, None],
        "flag": [True, False, None, True],
        "count": [1, None, -3, 4],
        "share": [0.5, None, 1e-9, 2.0],
    },
    schema_overrides={"count": pl.Int32, "at": pl.Datetime("us", "UTC")},
)


def test_a_frame_comes_back_as_it_went_in(warehouse: Warehouse) -> None:
    assert warehouse.replace("samples.thing", FRAME) == 4
    back = warehouse.query("select * from samples.thing order by share nulls first")
    assert back.equals(FRAME.sort("share", nulls_last=False))
    assert back.schema == FRAME.schema


def test_insert_matches_columns_by_name(warehouse: Warehouse) -> None:
    warehouse.replace("samples.thing", pl.DataFrame({"a": [1], "b": ["x"]}))
    warehouse.insert("samples.thing", pl.DataFrame({"b": ["y"], "a": [2]}))
    assert warehouse.query("select a, b from samples.thing order by a").rows() == [(1, "x"), (2, "y")]


def test_an_empty_frame_still_makes_the_table(warehouse: Warehouse) -> None:
    assert not warehouse.exists("samples.thing")
    warehouse.replace("samples.thing", FRAME.clear())
    assert warehouse.exists("samples.thing")
    assert warehouse.columns("samples.thing") == FRAME.columns


def test_replace_touches_only_what_where_covers(warehouse: Warehouse) -> None:
    warehouse.replace("samples.thing", pl.DataFrame({"day": [1, 2], "v": ["a", "b"]}))
    warehouse.replace("samples.thing", pl.DataFrame({"day": [2], "v": ["c"]}), "day = ?", (2,))
    assert warehouse.query("select day, v from samples.thing order by day").rows() == [(1, "a"), (2, "c")]


def test_a_table_replaced_whole_takes_the_new_columns(warehouse: Warehouse) -> None:
    warehouse.replace("samples.thing", pl.DataFrame({"a": [1]}))
    warehouse.replace("samples.thing", pl.DataFrame({"b": ["x"]}))
    assert warehouse.columns("samples.thing") == ["b"]


def test_a_transaction_that_fails_leaves_nothing(warehouse: Warehouse) -> None:
    warehouse.replace("samples.thing", pl.DataFrame({"a": [1]}))

    def fail_half_way() -> None:
        with warehouse.transaction():
            warehouse.insert("samples.thing", pl.DataFrame({"a": [2]}))
            with warehouse.transaction():
                warehouse.insert("samples.thing", pl.DataFrame({"a": [3]}))
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail_half_way()
    assert warehouse.query("select a from samples.thing").rows() == [(1,)]


def test_question_marks_in_quotes_are_no_placeholders(warehouse: Warehouse) -> None:
    found = warehouse.query("select '?' as mark, 'a%' as share, cast(? as integer) as n where 'x' like ?", (7, "x%"))
    assert found.rows() == [("?", "a%", 7)]


def test_time_is_utc(warehouse: Warehouse) -> None:
    found = warehouse.query("select cast('2026-07-01 12:00:00+01' as timestamp with time zone) as at")
    assert found["at"].to_list() == [datetime(2026, 7, 1, 11, tzinfo=UTC)]
    assert found.schema["at"] == pl.Datetime("us", "UTC")


def test_text_sorts_by_code_point(warehouse: Warehouse) -> None:
    warehouse.replace("samples.thing", pl.DataFrame({"t": ["b", "A", "a", "_", "1"]}))
    assert warehouse.query("select t from samples.thing order by t")["t"].to_list() == ["1", "A", "_", "a", "b"]


def test_a_read_only_warehouse_refuses_to_write(warehouse_url: str) -> None:
    with open_warehouse(warehouse_url) as warehouse:
        warehouse.replace("samples.thing", pl.DataFrame({"a": [1]}))
    with open_warehouse(warehouse_url, read_only=True) as reader:
        assert reader.query("select a from samples.thing").rows() == [(1,)]
        with pytest.raises(Exception, match="read-only"):
            reader.execute("delete from samples.thing")


def test_nested_columns_are_refused_by_name(warehouse: Warehouse) -> None:
    with pytest.raises(WarehouseError, match="List"):
        warehouse.replace("samples.thing", pl.DataFrame({"a": [[1, 2]]}))


def test_duckdb_fetches_nothing_and_keeps_its_limits(tmp_path: Path) -> None:
    with open_warehouse(f"duckdb:///{tmp_path / 'w.duckdb'}", threads=1, memory_limit_gb=0.5) as warehouse:
        settings = dict(
            warehouse.query(
                "select name, value from duckdb_settings() where name in"
                " ('autoinstall_known_extensions', 'autoload_known_extensions', 'threads', 'memory_limit', 'TimeZone')"
            ).rows()
        )
    assert settings == {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "threads": "1",
        "memory_limit": "512.0 MiB",
        "TimeZone": "UTC",
    }


def test_another_kind_of_url_is_refused() -> None:
    with pytest.raises(WarehouseError, match="duckdb:/// or postgresql://"):
        open_warehouse("sqlite:///x.db")


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("select ?", "select %s"),
        ("select '?', \"a?\", ?", "select '?', \"a?\", %s"),
        ("select 'it''s ?' || ?", "select 'it''s ?' || %s"),
        ("select 5 % ?", "select 5 %% %s"),
        ("where a like '%x'", "where a like '%%x'"),
    ],
)
def test_placeholders(given: str, made: str) -> None:
    assert percent_placeholders(given) == made
